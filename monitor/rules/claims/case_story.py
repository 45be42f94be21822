"""The story of reviews and suits: which rows of table 4 every number of a passage is of.

行政诉讼13件：未经复议直接起诉6件，维持2件……；复议后起诉7件，维持1件……: each ending is of the kind that was
named last, or of all kinds told before it; a list of endings is of those that most of it agrees with.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from monitor.rules.claims.case_told import ALL_CASES, Last, Place, Told, union
from monitor.rules.claims.case_words import Piece, pieces
from monitor.rules.claims.claim import may_be
from monitor.rules.claims.remedy_rows import KINDS, REVIEWS, SUITS, Ending, Rows
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence

CLOSED = "已审结"
_HANDLED: Ending = (CLOSED, (("total",), ("upheld", "corrected", "other")))
"""审结行政复议7件 counts those that ended, or all of them."""
_EXCEPT = re.compile("除[^，。；]{0,16}外")
_AMONG = ("中", "里")
_DEFINITE = "：（中里"
"""Marks behind a number that open what became of these cases alone."""
_NEW = ("新增", "新发生")
_SAYS_WHICH = ("为", "是", "系", "属")
_OF_REVIEWS, _OF_SUITS = ("复议机关", "复议机构", "复议决定", "复议结果"), ("法院", "判决")


class Story:
    """Reads the sentences of a passage one after the other; `told` is what they say."""

    def __init__(self, context: RuleContext) -> None:
        self._context = context
        self._own = context.report.organization or ""
        self._last = Last()
        self._list: list[int] = []
        self._totals: dict[Rows, tuple[Quantity, Place]] = {}
        self._kinds: list[Rows] = []
        self._apart = False
        self._respective: Rows | None = None
        self._sentence: Sentence | None = None
        self._count = 0
        self.told: list[Told] = []

    def read(self, sentence: Sentence) -> None:
        """Read one sentence; what stands between semicolons is left out where a word of it is not known."""
        self._sentence, self._count = sentence, self._count + 1
        parts: list[list[Piece]] = [[]]
        for piece in pieces(sentence.text, self._own):
            if piece.mark in "；。" and parts[-1]:
                parts.append([])
            parts[-1].append(piece)
        for part in parts:
            before = len(self.told)
            said = [piece for piece in part if set(piece.signs) & set("KNO")]
            is_strange = any(piece.is_strange for piece in said) or _EXCEPT.search(sentence.text)
            if is_strange or not all(map(self._piece, said)):
                self._list = [place for place in self._list if place < before]
                del self.told[before:]
                self.stop()

    def stop(self) -> None:
        """Forget what was named last."""
        self._end_list()
        self._last = Last()
        self._kinds, self._totals = [], {}

    def _end_list(self) -> None:
        """Leave to the endings of a list the rows that most of them agree with."""
        listed = [self.told[place] for place in self._list]
        groups = dict.fromkeys(rows for told in listed for rows in told.groups)
        right = {rows: sum(self._agrees(told, rows) for told in listed) for rows in groups}
        best = max(right.values(), default=0)
        for place, told in zip(self._list, listed, strict=True):
            kept = tuple(rows for rows in told.groups if right[rows] == best)
            self.told[place] = replace(told, groups=kept or told.groups)
        self._list = []

    def _agrees(self, told: Told, rows: Rows) -> bool:
        claim = replace(told, groups=(rows,)).claim()
        return rows in told.groups and bool(told.value) and may_be(self._context, claim, told.value)

    def _piece(self, piece: Piece) -> bool:
        """Read one piece; False where it cannot be told what it says."""
        if piece.kinds:
            self._turn_to(piece.kinds[0])
        if piece.signs != "N":
            self._respective = None
        if "D" in piece.signs:
            return self._denial(piece)
        if not piece.kinds and not self._is_of_named(piece):
            return False
        if "K" in piece.signs:
            return self._of_kind(piece) if piece.numbers else self._without_number(piece)
        return self._of_named(piece)

    def _turn_to(self, rows: Rows) -> None:
        """End the list before another kind; of two ways told one after the other, each has its own."""
        last = self._last
        if rows not in KINDS:
            self._apart = False
        elif last.rows in KINDS and last.rows != rows and last.is_ended:
            self._apart = True
            for place in self._list:
                self.told[place] = replace(self.told[place], groups=(last.rows,))
        if self._list:
            last.since = []
        self._end_list()

    def _is_of_named(self, piece: Piece) -> bool:
        """Tell whether the words for who decided fit the kind named last: 法院 decides no reviews."""
        rows = self._last.rows
        of_reviews = any(word in piece.words for word in _OF_REVIEWS)
        of_suits = any(word in piece.words for word in _OF_SUITS)
        return rows is None or not ((of_reviews and rows != REVIEWS) or (of_suits and rows == REVIEWS))

    def _of_kind(self, piece: Piece) -> bool:
        """Read a piece that names a kind and counts something: 直接起诉2件, 复议维持2件."""
        item, kinds, last = piece.numbers[0], piece.kinds, self._last
        match piece.signs:
            case "KN" | "NK" | "KAN":
                self._total(piece, kinds[0])
            case "OKN" if piece.endings[0][0] == CLOSED:
                self._total(piece, kinds[0], _HANDLED)
            case "KKN" if "分别" in piece.words:
                self._total(piece, kinds[0])
                self._respective = kinds[1]
            case "KKN":
                self._total(piece, union(kinds))
            case "KKEN":
                for rows in kinds:
                    self._total(piece, rows)
                self._name(SUITS if set(kinds) == set(KINDS) else None)
                last.item, last.of_item = item, kinds[-1] if last.rows else None
            case "KNAK" | "KNAO":
                self._total(piece, kinds[0])
                return self._way(piece) if len(kinds) > 1 else self._all(piece)
            case "KON" | "KNO" | "NKO" | "NOK" if not self._is_of_before(piece):
                self._name(kinds[0], definite=True)
                self._ending(piece, piece.endings[0])
            case _:
                return False
        return True

    def _without_number(self, piece: Piece) -> bool:
        """Read a piece that names a kind and counts nothing: 均为复议后起诉, 复议案件均获维持."""
        match piece.signs:
            case "AK":
                return self._way(piece)
            case "K" if piece.words.startswith(_SAYS_WHICH):
                return self._way(piece)
            case "K" if piece.mark != "（":
                self._name(piece.kinds[0])
            case "KK":
                self._name(None)  # a heading: 复议诉讼情况：
            case "KAO":
                return self._all_of_kind(piece)
            case _:
                return False
        return True

    def _of_named(self, piece: Piece) -> bool:
        """Read a piece about the kind that was named last: 维持2件, 均为维持."""
        match piece.signs:
            case "N" if self._respective:
                self._total(piece, self._respective)
            case "ON" | "NO" | "NAO" | "OAN":
                self._ending(piece, piece.endings[0])
            case "ONAO" if piece.endings[0][0] == CLOSED:
                self._ending(piece, piece.endings[0])
                return self._all(piece)
            case "OOEN":
                for ending in piece.endings:
                    self._ending(piece, ending)
            case "AO":
                return self._all(piece)
            case "O":
                is_one = self._last.item is not None and self._last.item.value == 1
                return not is_one or self._all(piece)
            case _:
                return False
        return True

    def _is_of_before(self, piece: Piece) -> bool:
        """Tell what reviews came to before the suits that were named: 诉讼3件，其中1件复议维持."""
        is_beside = piece.kinds[0] == REVIEWS and piece.mark not in "；。"
        return is_beside and self._last.rows not in (None, REVIEWS)

    def _name(self, rows: Rows | None, *, definite: bool = False) -> None:
        self._last.rows, self._last.definite, self._last.is_ended = rows, definite, False
        self._last.item, self._last.of_item = None, None
        if rows is not None and rows not in self._kinds:
            self._kinds.append(rows)

    def _total(self, piece: Piece, rows: Rows, ending: Ending | None = None) -> None:
        item, last = piece.numbers[0], self._last
        self._name(rows, definite=piece.words.endswith(_AMONG))
        last.item, last.of_item, last.place = item, rows, (self._count, item.start)
        last.is_new = any(word in piece.words for word in _NEW)
        last.since = [rows] if piece.mark in "；。" else [*last.since, rows]
        self._totals[rows] = (item, last.place)
        self._tell(piece, item.value, (rows,), ending)

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
        if self._list and piece.mark in "，、":
            groups = self.told[self._list[-1]].groups
        last.is_ended = True
        last.item, last.of_item, last.place = item, None, (self._count, item.start)
        if groups:
            self._tell(piece, item.value, groups, ending)
            self._list.append(len(self.told) - 1)
        if ending[0] != CLOSED:
            last.item = None

    def _all(self, piece: Piece) -> bool:
        """Read what became of all cases of the number before: 均为维持."""
        last = self._last
        groups = (last.of_item,) if last.of_item else self._groups(piece)
        if last.item is None or not last.item.value or not groups:
            return False
        self._tell(piece, last.item.value, groups, piece.endings[-1], of_all=True)
        last.since, last.is_ended = [], True
        return True

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
