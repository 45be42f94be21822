"""Find the row that a run of numbers belongs to, from the words around it.

The label ends right before the run; or, where a page layout centres the numbers beside a wrapped label,
it begins before the run and goes on after it. Pieces of merged headings (三、本 / 年度办 / 理结果) may
stand between and are set aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extract.flow_stream import LabelPiece, Stream
from extract.formats import GROUP, TableForm

_DIGITS = "0123456789"
_LEAST_HEAD_CHARS = 2
_LEAST_SPLIT_CHARS = 6
_LEAST_FUZZY_CHARS = 4
_LEAST_FUZZY_SCORE = 80.0
_LEAST_FUZZY_MARGIN = 12.0
_LEAST_RESEMBLANCE = 60.0
_END_CHARS = 4
_LEAST_END_SCORE = 50.0


@dataclass(slots=True)
class FlowLabels:
    """The labels of one table as strings to look for in running text."""

    form: TableForm
    _patterns: list[tuple[str, str, str]] = field(init=False)
    _headings: str = field(init=False)

    def __post_init__(self) -> None:
        """Compile the patterns, longest first."""
        labels = self.form.labels.labels
        self._patterns = sorted(
            {(core, label.number, label.key) for label in labels for core in label.cores},
            key=lambda item: (-len(item[0]), item),
        )
        groups = [
            label.number + core for label in labels if label.key.startswith(GROUP) for core in label.cores
        ]
        self._headings = "|".join(groups)

    def find(self, stream: Stream, number: int, previous: str) -> str | None:
        """Return the key of the row that run `number` belongs to; `previous` is the last row found."""
        gap = stream.gap(number)
        befores = list(self._variants(gap, keep_last=True)) + list(self._variants(gap, keep_last=False))
        for text in befores:
            key = self._ends_with(text, previous)
            if key:
                return key
        afters = list(self._variants(stream.gap(number + 1), keep_last=False))
        found = {key for b in befores for a in afters if (key := self._split(b, a, previous))}
        if found:
            return found.pop() if len(found) == 1 else None
        fuzzy = {key for text in befores if (key := self._fuzzy(text, previous))}
        return fuzzy.pop() if len(fuzzy) == 1 else None

    def names(self, pieces: Sequence[LabelPiece], key: str) -> bool:
        """Tell whether the words name a row, in full and with its number where it has one."""
        text = "".join(piece.text for piece in pieces)
        return any(n + core in text for core, n, own in self._patterns if own == key and len(n + core) > 1)

    def is_glued(self, pieces: Sequence[LabelPiece], key: str) -> bool:
        """Tell whether digits follow right behind the words of a row: then it is not blank."""
        bare = {piece.text.rstrip(_DIGITS) for piece in pieces if piece.text[-1:] in _DIGITS}
        return any(
            text.endswith(core) or (len(text) > 1 and core.endswith(text))
            for text in bare
            for core, _number, own in self._patterns
            if own == key
        )

    def resembles(self, pieces: Sequence[LabelPiece], key: str, found: str | None = None) -> bool:
        """Tell whether the words may hold a damaged label of a row, beside that of the row `found` there."""
        text = self._without("".join(piece.text for piece in pieces), found)
        return any(
            fuzz.partial_ratio(core, text) >= _LEAST_RESEMBLANCE
            for core, _number, own in self._patterns
            if own == key and len(text) >= len(core) >= _LEAST_FUZZY_CHARS
        )

    def _without(self, text: str, key: str | None) -> str:
        """Return the words before the whole label, number and all, of a row: nothing else is in it."""
        own = [number + core for core, number, name in self._patterns if name == key and number]
        label = max((whole for whole in own if text.endswith(whole)), key=len, default="")
        return text.removesuffix(label)

    def _variants(self, pieces: Sequence[LabelPiece], keep_last: bool) -> Iterator[str]:
        """Yield the words of a gap as they are, then without the pieces of merged headings."""
        yield "".join(piece.text for piece in pieces)
        last = len(pieces) - 1 if keep_last else -1
        kept = [p.text for i, p in enumerate(pieces) if i == last or p.text not in self._headings]
        yield "".join(kept)
        leading = [p.text for i, p in enumerate(pieces) if not (p.leading and p.text in self._headings)]
        yield "".join(leading)

    def _ends_with(self, text: str, previous: str) -> str | None:
        for core, number, key in self._patterns:
            if not text.endswith(core):
                continue
            before = text[: -len(core)]
            named = self._resolve(core, before, previous)
            if named:
                return named
            if key.startswith(GROUP):
                return None
            if len(core) >= _LEAST_FUZZY_CHARS or not number or before.endswith(number):
                return key
        return None

    def _resolve(self, core: str, before: str, previous: str) -> str | None:
        """Tell 3.其他 from （六）其他 and from the header's 其他, by number, else by the row before."""
        keys = {key for text, _number, key in self._patterns if text == core}
        if keys <= {"processed_total"}:
            late = previous.startswith(("other", "not_processed"))
            return "processed_total" if late or before.endswith("七") else None
        if "other_processing" not in keys:
            return None
        if before.endswith("六") or core == "其他处理":
            return "other_processing"
        if before.endswith("3") or (not before and previous == "other_unpaid_fee"):
            return "other_other"
        return "other_processing" if not before and previous.startswith("not_processed") else None

    def _later(self, previous: str) -> Iterator[tuple[str, str, str]]:
        """Yield the patterns of the rows that are still to come."""
        reached = self.form.order.get(previous, -1)
        for core, number, key in self._patterns:
            if not key.startswith(GROUP) and self.form.order[key] > reached:
                yield core, number, key

    def _split(self, before: str, after: str, previous: str) -> str | None:
        if not before or not after:
            return None
        for core, number, key in self._later(previous):
            for pattern in (number + core, core) if number else (core,):
                if len(pattern) < _LEAST_SPLIT_CHARS or before[-1] not in pattern or after[0] not in pattern:
                    continue
                for cut in range(len(pattern) - 1, _LEAST_HEAD_CHARS - 1, -1):
                    if before.endswith(pattern[:cut]) and after.startswith(pattern[cut:]):
                        return key
        return None

    def _fuzzy(self, text: str, previous: str) -> str | None:
        """Find a damaged label at the end of `text`: high score, clear margin over every other label."""
        scores: dict[str, float] = {}
        later = {key for _core, _number, key in self._later(previous)}
        for core, number, key in self._patterns:
            pattern = number + core
            if len(core) < _LEAST_FUZZY_CHARS:
                continue
            tails = (text[-len(pattern) - extra :] for extra in (-1, 0, 1))
            score = max(fuzz.ratio(pattern, tail, score_cutoff=50) for tail in tails)
            if fuzz.ratio(core[-_END_CHARS:], text[-_END_CHARS:]) < _LEAST_END_SCORE:
                continue  # other words stand between this label and the numbers
            scores[key] = max(score, scores.get(key, 0.0))
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        (best, first), (_key, second) = (*ranked, ("", 0.0), ("", 0.0))[:2]
        clear = first >= _LEAST_FUZZY_SCORE and first - second >= _LEAST_FUZZY_MARGIN
        return best if clear and best in later else None
