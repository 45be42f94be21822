"""The story of reviews and suits: which rows of table 4 every number of a passage is of.

行政诉讼13件：未经复议直接起诉6件，维持2件……；复议后起诉7件，维持1件……: each ending is of the kind that was
named last, or of all kinds told before it; a list of endings is of those that most of it agrees with.
"""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.rules.claims.case_teller import AMONG, CLOSED, OF_REVIEWS, OF_SUITS, Teller
from monitor.rules.claims.case_told import Last, union
from monitor.rules.claims.case_words import Piece, pieces
from monitor.rules.claims.ending_divided import divides_an_ending
from monitor.rules.claims.remedy_rows import KINDS, REVIEWS, SUITS, Ending, Rows
from monitor.rules.claims.remedy_words import SOME_CASES
from monitor.rules.prose.sentences import Sentence

_HANDLED: Ending = (CLOSED, (("total",), ("upheld", "corrected", "other")))
"""审结行政复议7件 counts those that ended, or all of them."""
_EXCEPT = re.compile("除[^，。；]{0,16}外")
_SAYS_WHICH = ("为", "是", "系", "属")
_POINTERS = {"前者": 0, "后者": 1}
_EACH_ENDING = re.compile("K?O{2,}[EA]N")
_HEADING = re.compile("(?:方面|情况|案件|复议|诉讼)$")
"""行政复议方面，以我局为被申请人的案件5件: what a number without a name right behind it counts."""


class Story(Teller):
    """Reads the sentences of a passage one after the other; `told` is what they say."""

    def read(self, sentence: Sentence) -> None:
        """Read one sentence; what stands between semicolons is left out where a word of it is not known."""
        self._sentence, self._count = sentence, self._count + 1
        parts: list[list[Piece]] = [[]]
        for piece in pieces(sentence.text, self._own):
            if piece.mark in "；。" and parts[-1]:
                parts.append([])
            parts[-1].append(piece)
        for part in parts:
            before, self._all_told = len(self.told), ""
            said = [piece for piece in part if set(piece.signs) & set("KNO")]
            is_strange = any(piece.is_strange for piece in said) or _EXCEPT.search(sentence.text)
            if is_strange or not all(map(self._piece, said)):
                self._list.forget_from(before)
                del self.told[before:]
                self.stop()

    def stop(self) -> None:
        """Forget what was named last."""
        self._list.end()
        self._last = Last()
        self._kinds, self._totals = [], {}

    def _piece(self, piece: Piece) -> bool:
        """Read one piece; False where it cannot be told what it says."""
        of = self._last.rows
        if piece.kinds:
            self._turn_to(piece.kinds[0])
        if piece.signs != "N":
            self._respective = None
        if piece.numbers and SOME_CASES.search(self._before_number(piece)):
            return False
        if "D" in piece.signs:
            return self._denial(piece)
        if "其中" in piece.words and piece.kinds[:1] not in ((), (REVIEWS,)) and of == REVIEWS:
            return False  # 行政复议5件，其中1件提起诉讼
        if piece.kinds and piece.numbers and not piece.endings and self._divides_an_ending(piece):
            return False
        if not piece.kinds and not (self._points_back(piece) and self._is_of_named(piece)):
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
            self._list.are_of(last.rows)
        if self._list.has_any:
            last.since = []
        self._list.end()

    def _points_back(self, piece: Piece) -> bool:
        """Turn to the former or the latter of two kinds counted (前者维持3件); False where there are none."""
        place = next((place for word, place in _POINTERS.items() if word in piece.words), None)
        if place is None:
            return True
        if place == 0 or not self._pair:
            self._pair = self._last.since[-2:]
        if len(self._pair) < 2:
            return False
        rows = self._pair[place]
        self._list.end()
        self._name(rows, definite=True)
        self._last.item, self._last.place = self._totals[rows]
        self._last.of_item = rows
        return True

    def _is_of_named(self, piece: Piece) -> bool:
        """Tell whether the words for who decided fit the kind named last: 法院 decides no reviews."""
        rows = self._last.rows
        of_reviews, of_suits = piece.names(OF_REVIEWS), piece.names(OF_SUITS)
        if of_reviews and of_suits:
            return piece.signs == "AO" and REVIEWS in self._last.since
        return rows is None or not ((of_reviews and rows != REVIEWS) or (of_suits and rows == REVIEWS))

    def _before_number(self, piece: Piece) -> str:
        return self._sentence.text[piece.start : piece.numbers[0].start] if self._sentence else ""

    def _divides_an_ending(self, piece: Piece) -> bool:
        text = self._sentence.text if self._sentence else ""
        return divides_an_ending(text, piece.numbers[0].start)

    def _of_kind(self, piece: Piece) -> bool:
        """Read a piece that names a kind and counts something: 直接起诉2件, 复议维持2件."""
        kinds = piece.kinds
        match piece.signs:
            case "KN" | "NK" | "KAN":
                self._total(piece, kinds[0])
            case "OKN" if piece.endings[0][0] == CLOSED:
                self._total(piece, kinds[0], _HANDLED)
            case "KKN" if "分别" in piece.words:
                self._total(piece, kinds[0])
                self._respective = kinds[1]
            case "KKAN":
                self._total(piece, kinds[0], others=(kinds[1], union(kinds)))
            case "KKN":
                self._total(piece, union(kinds))
            case "KKEN":
                self._each_kind(piece)
            case "KNAK" | "KNAO" | "KNAKO":
                self._total(piece, kinds[0])
                is_told = len(kinds) == 1 or self._way(piece)
                return is_told and (not piece.endings or self._all(piece))
            case signs if _EACH_ENDING.fullmatch(signs):
                self._name(kinds[0], definite=True)
                self._each_ending(piece)
            case "KON" | "KNO" | "NKO" | "NOK" if not self._is_of_before(piece):
                self._name(kinds[0], definite=True)
                self._ending(piece, piece.endings[0])
            case _:
                return False
        return True

    def _each_kind(self, piece: Piece) -> None:
        """Read kinds that share one number: 直接起诉、复议后起诉各5件."""
        item, kinds, last = piece.numbers[0], piece.kinds, self._last
        for rows in kinds:
            self._total(piece, rows)
        self._name(SUITS if set(kinds) == set(KINDS) else None)
        last.item = replace(item, value=item.value * len(kinds))
        last.of_item = union(kinds) if last.rows else None

    def _without_number(self, piece: Piece) -> bool:
        """Read a piece that names a kind and counts nothing: 均为复议后起诉, 复议案件均获维持."""
        match piece.signs:
            case "AK":
                return self._way(piece)
            case "AKO" | "AKAO":
                return self._way(piece) and self._all(piece)
            case "K" if piece.words.startswith(_SAYS_WHICH):
                return self._way(piece)
            case "K" if piece.mark != "（":
                self._name(piece.kinds[0], definite=piece.words.endswith(AMONG))
                self._last.headed = piece.end if _HEADING.search(piece.words) else -1
                self._last.since = [] if piece.mark in "；。" else self._last.since
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
            case "N" if self._last.rows and self._last.headed == piece.start - 1:
                self._total(piece, self._last.rows)
            case "ON" | "NO" | "NAO" | "OAN":
                self._ending(piece, piece.endings[0])
            case "ONAO" if piece.endings[0][0] == CLOSED:
                self._ending(piece, piece.endings[0])
                return self._all(piece)
            case signs if _EACH_ENDING.fullmatch(signs):
                self._each_ending(piece)
            case "AOAO" if piece.endings[0][0] == CLOSED:
                return self._all(piece)
            case "AO":
                return self._all(piece)
            case "O":
                is_one = self._last.item is not None and self._last.item.value == 1
                is_result = piece.words.startswith("结果") and piece.mark == "，"
                return not (is_one or is_result) or self._all(piece)
            case _:
                return False
        return True

    def _is_of_before(self, piece: Piece) -> bool:
        """Tell what reviews came to before the suits that were named: 诉讼3件，其中1件复议维持."""
        is_beside = piece.kinds[0] == REVIEWS and piece.mark not in "；。"
        return is_beside and self._last.rows not in (None, REVIEWS)
