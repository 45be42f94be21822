"""What the pieces of a story of reviews and suits tell: totals, ways of bringing suits, endings, denials.

case_story.py knows the shape of a piece; here its number, or its 均, finds the rows that it is of.
"""

from __future__ import annotations

from decimal import Decimal

from monitor.rules.claims.case_list import Endings
from monitor.rules.claims.case_told import ALL_CASES, Last, Place, Told, union
from monitor.rules.claims.case_words import Piece
from monitor.rules.claims.claim import number_in_table
from monitor.rules.claims.remedy_rows import KINDS, SUITS, Ending, Rows, total_of
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence

CLOSED = "已审结"
AMONG = ("中", "里")
_DEFINITE = "：（中里"
"""Marks behind a number that open what became of these cases alone."""
_NEW = ("新增", "新发生", "维持后", "纠正后")
"""Some of the cases of a kind, perhaps not all."""
OF_REVIEWS, OF_SUITS = ("复议机关", "复议机构", "复议决定", "复议结果"), ("法院", "判决")


class Teller:
    """Keeps what was named and counted so far; `told` is what the sentences say."""

    def __init__(self, context: RuleContext) -> None:
        self._context = context
        self._own = context.report.organization or ""
        self._last = Last()
        self._totals: dict[Rows, tuple[Quantity, Place]] = {}
        self._kinds: list[Rows] = []
        self._apart = False
        self._respective: Rows | None = None
        self._sentence: Sentence | None = None
        self._count = 0
        self._pair: list[Rows] = []
        self._all_told = ""
        self.told: list[Told] = []
        self._list = Endings(context, self.told)

    def _name(self, rows: Rows | None, *, definite: bool = False) -> None:
        self._last.rows, self._last.definite, self._last.is_ended = rows, definite, False
        self._last.item, self._last.of_item, self._last.headed = None, None, -1
        if rows is not None and rows not in self._kinds:
            self._kinds.append(rows)

    def _total(
        self, piece: Piece, rows: Rows, ending: Ending | None = None, others: tuple[Rows, ...] = ()
    ) -> None:
        item, last = piece.numbers[0], self._last
        self._name(rows, definite=piece.words.endswith(AMONG))
        last.item, last.of_item, last.place = item, rows, (self._count, item.start)
        last.is_new = piece.names(_NEW)
        last.since = [rows] if piece.mark in "；。" else [*last.since, rows]
        self._totals[rows] = (item, last.place)
        self._tell(piece, item.value, (rows, *others), ending)

    def _way(self, piece: Piece) -> bool:
        """Read how all suits of the number before were brought: 均为复议后起诉."""
        last, rows = self._last, piece.kinds[-1]
        if last.item is None or last.of_item != SUITS or rows not in KINDS or not last.item.value:
            return False
        self._tell(piece, last.item.value, (rows,), None, of_all=True)
        last.rows, last.of_item = rows, rows
        last.since.append(rows)
        return True

    def _groups(self, piece: Piece) -> tuple[Rows, ...]:
        """Return the rows that an ending may be of."""
        last = self._last
        is_next = piece.mark in _DEFINITE and last.item is not None and last.of_item is not None
        if last.rows and (last.definite or is_next or (self._apart and piece.mark in "，、")):
            return (last.rows,)
        groups = [last.rows] if last.rows else []
        if last.rows in KINDS:
            groups.append(SUITS)
        groups += [*last.since, union(last.since)]
        if piece.mark in "；。" or not last.rows:
            groups += [*self._kinds, *([SUITS, union(self._kinds)] if self._kinds else [])]
        return tuple(rows for rows in dict.fromkeys(groups) if rows)

    def _ending(self, piece: Piece, ending: Ending) -> None:
        item, groups, last = piece.numbers[0], self._groups(piece), self._last
        if self._list.has_any and piece.mark in "，、":
            groups = self._list.groups()
        last.is_ended = True
        last.item, last.of_item, last.place = item, None, (self._count, item.start)
        if groups:
            self._tell(piece, item.value, groups, ending)
            self._list.add_last()
        if ending[0] != CLOSED:
            last.item = None

    def _each_ending(self, piece: Piece) -> None:
        """Read endings that share one number: 维持、纠正、尚未审结各3件."""
        for ending in piece.endings:
            self._ending(piece, ending)

    def _all(self, piece: Piece) -> bool:
        """Read what became of all cases of the number before: 均为维持."""
        last = self._last
        groups = (last.of_item,) if last.of_item else self._groups(piece)
        value = last.item.value if last.item else Decimal(0)
        if piece.names(OF_REVIEWS) and piece.names(OF_SUITS):
            groups = (union(last.since),)
            value = sum((self._totals[rows][0].value for rows in last.since), Decimal(0))
            if sum(map(len, last.since)) != len(groups[0]):
                return False
            if not all(map(self._is_right, last.since)):
                return True
        if not value or not groups:
            return False
        self._all_told = piece.endings[-1][0]
        self._tell(piece, value, groups, piece.endings[-1], of_all=True)
        last.since, last.is_ended = [], True
        return True

    def _is_right(self, rows: Rows) -> bool:
        return number_in_table(self._context, total_of(rows, "")) == self._totals[rows][0].value

    def _all_of_kind(self, piece: Piece) -> bool:
        """Read what became of all cases of a kind: 复议案件均获维持."""
        rows = piece.kinds[0]
        item, place = self._totals.get(rows, (None, (-1, -1)))
        if item is None or not item.value:
            return False
        self._name(rows, definite=True)
        self._last.place = place
        self._tell(piece, item.value, (rows,), piece.endings[0], of_all=True)
        return True

    def _denial(self, piece: Piece) -> bool:
        """Read what is denied: 没有直接起诉的, 没有被纠正的案件."""
        if piece.numbers or ("A" in piece.signs and not piece.words.endswith("零")):
            return False
        self._last.place = (self._count, piece.start)
        if piece.kinds and not piece.endings:
            for rows in piece.kinds:
                self._tell(piece, Decimal(0), (rows,), None)
            self._kinds += (rows for rows in piece.kinds if rows not in self._kinds)
            self._last.item = None
            return True
        if len(piece.endings) != 1 or len(piece.kinds) > 1:
            return False
        if self._all_told and self._all_told != piece.endings[0][0]:
            return True  # 均被纠正，没有被维持的 says one thing
        if len(piece.endings[0][1]) == 1:  # 没有败诉的 does not say what the table calls it
            groups = piece.kinds or (*self._groups(piece), *self._kinds, ALL_CASES)
            self._tell(piece, Decimal(0), tuple(dict.fromkeys(groups)), piece.endings[0])
        return True

    def _tell(
        self,
        piece: Piece,
        value: Decimal,
        groups: tuple[Rows, ...],
        ending: Ending | None,
        *,
        of_all: bool = False,
    ) -> None:
        last = self._last
        if self._sentence is None:
            return
        is_here = of_all and last.place[0] == self._count
        start = min(piece.start, last.place[1]) if is_here else piece.start
        self.told.append(
            Told(self._sentence, start, piece.end, value, last.place, groups, ending, last.is_new, of_all)
        )
