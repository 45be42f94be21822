"""Put rows back together that a page break has cut, and drop heads that are repeated after it.

The geometry cannot decide: some renderers close the cut row with a rule, some leave a whole row open.
The official labels can. Two pieces are one row where their labels make an official label only together,
or where the second piece has no label at all (no row of the official tables is without one, except the
single row of numbers of table 4, which has no second). Nothing is joined in other tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.readers.grid import GridCell, GridRow, GridTable
from extract.readers.official_labels import GOOD, is_exact, likeness

_FEWEST_LABELS = 3
_MOST_HEAD_ROWS = 6


def joined_rows(table: GridTable) -> list[GridRow]:
    """Return the rows of all fragments as one table."""
    rows = [list(row) for row in table.parts[0]]
    official = is_official(cell for part in table.parts for row in part for cell in row)
    for part in table.parts[1:]:
        following = [list(row) for row in part]
        del following[: _repeated_head(table.parts[0], following)]
        if rows and following and official:
            _drop_empty_end(rows)
            _drop_empty_top(following)
            _join_at_break(rows, following)
        rows += following
    return _without_strips(rows) if official else rows


def is_official(cells: Iterable[GridCell]) -> bool:
    """Tell whether enough cells hold exact labels of an official form."""
    texts = {cell.bare_text for cell in cells}
    return sum(is_exact(text) for text in texts) >= _FEWEST_LABELS


def _repeated_head(first: Sequence[GridRow], following: Sequence[GridRow]) -> int:
    """Return how many leading rows only repeat the table's first rows (with no number in them)."""
    count = 0
    for row, again in zip(first[:_MOST_HEAD_ROWS], following, strict=False):
        texts = [cell.bare_text for cell in row]
        if texts != [cell.bare_text for cell in again] or not any(texts) or any(map(_is_number, texts)):
            break
        count += 1
    return count


def _drop_empty_end(rows: list[GridRow]) -> None:
    """Drop a strip below the last row in which only merged cells of rows above run on to the page's end."""
    if len(rows) > 1 and not any(cell.bare_text for cell in rows[-1] if not _is_in(cell, rows[-2:-1])):
        del rows[-1]


def _drop_empty_top(following: list[GridRow]) -> None:
    """Drop a strip above the first row into which all that is written there runs on."""
    if len(following) > 1 and all(cell in following[1] for cell in following[0] if cell.bare_text):
        del following[0]


def _without_strips(rows: list[GridRow]) -> list[GridRow]:
    """Leave out rows in which nothing begins but empty cells; the last may be table 4's, left blank."""
    kept = [row for above, row in pairwise(rows) if any(cell.bare_text and cell not in above for cell in row)]
    return [*rows[:1], *(row for row in kept if row is not rows[-1]), *rows[1:][-1:]]


def _join_at_break(rows: list[GridRow], following: list[GridRow]) -> None:
    pairs = list(zip(rows[-1], following[0], strict=True))
    one_row = _is_one_row(rows, following)
    merged: list[GridCell] = []
    for above, below in pairs:
        if not any(below is other for other in merged) and (
            one_row or _carries_on(above, below, rows, following)
        ):
            merged.append(below)
            _merge(above, below, following)
    if one_row:
        del following[0]


def _carries_on(above: GridCell, below: GridCell, rows: list[GridRow], following: list[GridRow]) -> bool:
    """Tell whether a merged label cell runs over the break between two whole rows."""
    above_spans, below_spans = _is_in(above, rows[:-1][-1:]), _is_in(below, following[1:2])
    if not above_spans and not below_spans:
        return False
    one, other = above.bare_text, below.bare_text
    if _is_number(one) or _is_number(other):
        return False
    if not other:
        return above_spans or not one
    return not one or _completes(one, other)


def _is_one_row(rows: list[GridRow], following: list[GridRow]) -> bool:
    """Weigh the labels of the last row above the break and the first below it."""
    pairs = list(
        dict.fromkeys(
            (above.bare_text, below.bare_text)
            for above, below in zip(rows[-1], following[0], strict=True)
            if not _is_in(above, rows[:-1][-1:]) and not _is_in(below, following[1:2])
        )
    )
    together = sum(_completes(above, below) for above, below in pairs)
    apart = sum(_is_label(above) and _is_label(below) for above, below in pairs)
    if together or apart:
        return together > apart
    if any(below and not _is_number(below) for _, below in pairs):
        return not any(above for above, _ in pairs)
    under_heads = any(above and not _is_number(above) and _is_number(below) for above, below in pairs)
    return not under_heads


def _completes(above: str, below: str) -> bool:
    """Tell whether two texts make an official label only together."""
    if not above or not below or _is_number(above) or _is_number(below):
        return False
    whole = likeness(above + below)
    return whole >= GOOD and whole > likeness(above) and whole > likeness(below)


def _is_label(text: str) -> bool:
    return likeness(text) >= GOOD


def _is_number(text: str) -> bool:
    return bool(text) and all(character.isdigit() or character in ".,，-—/+" for character in text)


def _is_in(cell: GridCell, rows: Sequence[GridRow]) -> bool:
    return any(cell is other for row in rows for other in row)


def _merge(above: GridCell, below: GridCell, following: list[GridRow]) -> None:
    """Make `below` part of `above`, wherever it stands under the break."""
    above.pieces.extend(below.pieces)
    for row in following:
        row[:] = [above if cell is below else cell for cell in row]
