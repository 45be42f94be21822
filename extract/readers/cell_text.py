"""The text of a grid cell: its lines joined, digits only where the break is certainly a wrap.

A number too wide for its cell is wrapped by the renderer ("1087" over "8"), but two numbers may also
stand above each other where a rule is missing. The first line tells: it is a wrap only if the next
digit had no room. What room there is follows from the table itself, by the fullest line that a wrapped
label has; where no label wraps nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.readers.glyph_lines import Line
from extract.readers.grid import GridCell, Piece
from extract.readers.wording import glue, is_number_char, is_wide

_DEFAULT_PADDING_PT = 4.0
_MOST_PADDING_PT = 14.0
_PITCH = 2.2
"""Lines of one paragraph follow each other within this many heights."""


def padding_of(cells: Iterable[GridCell]) -> float:
    """Return the room that full lines of wrapped labels leave in their cells, both sides together."""
    rooms = [
        _room(piece, line)
        for cell in cells
        for piece in cell.pieces
        if len(piece.lines) > 1
        for line in piece.lines
        if is_wide(line.text[-1:] or " ")
    ]
    return min(max(min(rooms, default=_DEFAULT_PADDING_PT), 0.0), _MOST_PADDING_PT)


def text_of(cell: GridCell, padding: float) -> str:
    """Join the lines of all pieces of a cell."""
    joined = ""
    before: tuple[Piece, Line] | None = None
    for piece in cell.pieces:
        for line in piece.lines:
            text = line.text
            if not text:
                continue
            if before and _is_wrap(before, (piece, line), padding):
                joined += text
            else:
                joined += glue(joined, text) + text
            before = (piece, line)
    return joined


def _is_wrap(before: tuple[Piece, Line], after: tuple[Piece, Line], padding: float) -> bool:
    """Tell whether a number runs on from one line to the next."""
    (piece, line), (next_piece, next_line) = before, after
    if not (is_number_char(line.text[-1]) and is_number_char(next_line.text[0])):
        return False
    same_page = piece is next_piece
    if same_page and next_line.top - line.top > _PITCH * line.size:
        return False
    width = next_line.chars[0].x1 - next_line.chars[0].x0
    return _room(piece, line) < padding + width


def _room(piece: Piece, line: Line) -> float:
    return (piece.box[2] - piece.box[0]) - (line.x1 - line.x0)
