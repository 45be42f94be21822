"""Which fragments are one table: the last of a page with the first of the next, if nothing stands between.

Renderers leave traces at a page break that must not part them. Pages of a bound document are shifted.
Chromium draws no border beside a merged cell that runs on, so that the next fragment lacks its column,
and lets the text of such a cell hang below the last rule. The area of every fragment is therefore
widened to the whole table and lowered to what hangs from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.readers.fragments import Fragment
from extract.readers.glyph_lines import Line
from extract.readers.official_labels import is_part
from extract.readers.strokes import TOLERANCE_PT, Stroke, edges_of

_SAME_WIDTH_PT = 6.0
_MOST_SHIFT_PT = 90.0
_LEAST_WIDTH_SHARE = 0.4
_SHARED_COLUMNS = 0.6
_HANGING = 0.8
"""Heights below the last rule within which a digit still hangs from its cell."""
_MOST_NUMBER_CHARS = 4


def find_chains(
    fragments: Sequence[Sequence[Fragment]], lines: Sequence[Sequence[Line]]
) -> list[list[Fragment]]:
    """Group the fragments of all pages into tables, in reading order; `lines` are those outside them."""
    chains: list[_Chain] = []
    for index, pieces in enumerate(fragments):
        for place, piece in enumerate(pieces):
            last = chains[-1] if chains else None
            following = last.fitting(piece) if last and place == 0 and last.page == index - 1 else None
            if last and following and _nothing_between(last, following, lines):
                last.pieces.append(following)
            else:
                chains.append(_Chain(piece))
    return [chain.widened(lines) for chain in chains]


class _Chain:
    """The fragments of one table so far."""

    def __init__(self, first: Fragment) -> None:
        self.pieces = [first]

    @property
    def page(self) -> int:
        return self.pieces[-1].page

    @property
    def left(self) -> float:
        return min(piece.box[0] for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.box[2] for piece in self.pieces)

    def fitting(self, piece: Fragment) -> Fragment | None:
        """Return `piece`, moved where its page is shifted; None where it is no part of this table."""
        x0, _, x1, _ = piece.box
        width = self.right - self.left
        shift = self.left - x0
        if abs(x1 - x0 - width) <= _SAME_WIDTH_PT and abs(shift) <= _MOST_SHIFT_PT:
            return _moved(piece, shift) if abs(shift) > TOLERANCE_PT else piece
        inside = self.left - TOLERANCE_PT <= x0 and x1 <= self.right + TOLERANCE_PT
        if not inside or x1 - x0 < _LEAST_WIDTH_SHARE * width:
            return None
        return piece if self._shares_columns(piece) else None

    def _shares_columns(self, piece: Fragment) -> bool:
        """Tell whether most walls of `piece` stand where this table has some."""
        known = edges_of(stroke.at for other in self.pieces for stroke in other.verticals)
        edges = edges_of(stroke.at for stroke in piece.verticals)
        shared = sum(any(abs(at - other) <= TOLERANCE_PT for other in known) for at in edges)
        return shared >= max(2, _SHARED_COLUMNS * len(edges))

    def widened(self, lines: Sequence[Sequence[Line]]) -> list[Fragment]:
        """Return the pieces with the areas whose characters are theirs."""
        areas = []
        for piece in self.pieces:
            _, top, _, bottom = piece.box
            if piece is not self.pieces[-1]:
                hanging = [line.bottom for line in _below(piece, lines[piece.page]) if _hangs(line, piece)]
                bottom = max([bottom, *hanging])
            areas.append(replace(piece, box=(self.left, top, self.right, bottom)))
        return areas


def _moved(piece: Fragment, shift: float) -> Fragment:
    left, top, right, bottom = piece.box
    return replace(
        piece,
        verticals=tuple(Stroke(at + shift, start, end) for at, start, end in piece.verticals),
        horizontals=tuple(Stroke(at, start + shift, end + shift) for at, start, end in piece.horizontals),
        box=(left + shift, top, right + shift, bottom),
        shift=shift,
    )


def _nothing_between(chain: _Chain, piece: Fragment, lines: Sequence[Sequence[Line]]) -> bool:
    last = chain.pieces[-1]
    if any(line.bottom < piece.box[1] + TOLERANCE_PT for line in lines[piece.page]):
        return False
    return all(_hangs(line, last) or _is_number_apart(line, last) for line in _below(last, lines[last.page]))


def _below(piece: Fragment, lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if line.top > piece.box[3] - TOLERANCE_PT)


def _hangs(line: Line, piece: Fragment) -> bool:
    """Tell text of a merged cell that runs on over the page break without a border below it."""
    x0, x1 = line.x0 + piece.shift, line.x1 + piece.shift
    if x0 < piece.box[0] or x1 > piece.box[2]:
        return False
    if line.text.isdigit():
        return line.top - piece.box[3] < _HANGING * line.size
    return all(is_part(part) for part in line.text.split(" "))


def _is_number_apart(line: Line, piece: Fragment) -> bool:
    """Tell a page number that does not count with the others: it parts no table."""
    apart = line.top - piece.box[3] > line.size
    return apart and line.text.isdigit() and len(line.text) <= _MOST_NUMBER_CHARS
