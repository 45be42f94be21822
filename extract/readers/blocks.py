"""What a reader hands over: a document as a sequence of blocks, before it is written as text.

Every reader ends in a list of `Block`; `extract.readers.canonical` turns it into `NormalizedText`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from extract.model import Anchor


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading. `prominent`: centred, a title style, or larger than the body text."""

    text: str
    anchor: Anchor | None = None
    prominent: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of its own (not a continuation); `text` has no line break."""

    text: str
    anchor: Anchor | None = None


Row: TypeAlias = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's full grid: all rows equally long, None where a merged cell continues."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture big enough to hold text; its content is not read."""

    anchor: Anchor | None = None


Block: TypeAlias = Paragraph | Table | Picture
