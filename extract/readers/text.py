"""Plain text: decoded, line ends and radicals normalised, lines kept as they are.

The parser knows the layouts in which others write tables as text (docs/normalized-text.md), so nothing
is joined or dropped here. A TAB stays a cell boundary; tables written with bars get TABs (bars.py).
"""

from __future__ import annotations

from extract.errors import TooLarge
from extract.media import TEXT, decode
from extract.model import Anchor, CellKey, NormalizedText
from extract.readers.bars import without_bars
from extract.readers.limits import MAX_BLOCKS, MAX_GRID_CELLS, MAX_TEXT_BYTES
from extract.readers.wording import clean_keeping_columns

MEDIA_TYPES = frozenset({TEXT})
VERSION = 1


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Decode `content`; anchors are `line[L]/cell[C]` of the source."""
    if len(content) > MAX_TEXT_BYTES:
        raise TooLarge(f"文本有 {len(content)} 字节，超过上限 {MAX_TEXT_BYTES}")
    decoded = clean_keeping_columns(decode(content))
    for mark, name, limit in (
        ("\n", "行", MAX_BLOCKS),
        ("\t", "格", MAX_GRID_CELLS),
        ("|", "格", MAX_GRID_CELLS),
    ):
        if decoded.count(mark) > limit:
            raise TooLarge(f"文本有 {decoded.count(mark)} {name}，超过上限 {limit}")
    lines = [line.rstrip(" ") for line in decoded.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    written = without_bars(lines)
    anchors: dict[CellKey, Anchor] = {
        (number, cell): Anchor(locator=f"line[{place.line + 1}]/cell[{place.cell + 1}]")
        for number, line in enumerate(written)
        for cell, place in enumerate(line.places)
        if line.text
    }
    text = "\n".join(line.text for line in written) + "\n"
    return NormalizedText(text=text, media_type=TEXT, reader="text", version=VERSION, anchors=anchors)
