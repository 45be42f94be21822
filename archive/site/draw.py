"""What a proof shows, made from hostile bytes in a child process with limits on time and memory.

The site's own process never opens an original. A child draws one page, or lays out one table, and
writes the result beside the public copy, where it is found the next time.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archive.originals import Originals
from extract.media import OFD, sniff
from extract.model import Anchor, NormalizedText
from extract.normalize import normalize
from extract.page_picture import draw_page
from extract.page_svg import draw_written_page
from extract.version import EXTRACT_VERSION

TIME_LIMIT_S = 20
MEMORY_LIMIT_BYTES = 2 * 1024**3
RETRY_AFTER_S = 3600
MOST_KEPT = 2000
ROOT = Path(__file__).parent.parent.parent
PICTURE_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
"""Ending of a page's picture -> its type; an SVG is of our own making (extract/page_svg.py)."""
_slots = threading.Semaphore(2)


Lines: TypeAlias = list[list[list[str | None]]]
"""The lines of a normalized text as cells of [text, locator]; a covered cell has no locator."""


@dataclass(frozen=True, slots=True)
class OriginalCell:
    """A cell of a table of the original; `path` names the cell of the report read from it."""

    text: str
    path: str | None
    columns: int
    rows: int


Table: TypeAlias = list[list[OriginalCell]]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page: its file, the ending that names its type, its size in points."""

    content: bytes
    ending: str
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawer:
    """Makes and keeps what proofs show."""

    originals: Originals
    folder: Path

    async def page(self, sha256: str, page: int) -> PagePicture | None:
        """Return the picture of a page; None where it cannot be drawn."""
        for _attempt in range(2):
            size = await self._made(sha256, f"page-{page}")
            if size is None:
                return None
            for ending in PICTURE_TYPES:
                with suppress(FileNotFoundError):
                    content = self._kept(sha256, f"page-{page}", ending).read_bytes()
                    return PagePicture(content, ending, tuple(json.loads(size)))
            self._kept(sha256, f"page-{page}", "json").unlink(missing_ok=True)  # trimmed, but for this
        return None

    async def tables(self, sha256: str, places: Mapping[str, str]) -> list[Table]:
        """Return the tables that hold any of `places` (locator -> path of a cell), in their order."""
        texts = await self._made(sha256, f"text-{EXTRACT_VERSION}")
        return tables_around(json.loads(texts), places) if texts else []

    async def _made(self, sha256: str, what: str) -> bytes | None:
        kept = self._kept(sha256, what, "json")
        if not kept.exists() and not self._failed_lately(sha256, what):
            await asyncio.to_thread(self._make, sha256, what)
        return kept.read_bytes() if kept.exists() else None

    def _kept(self, sha256: str, what: str, ending: str) -> Path:
        return self.folder / f"{sha256}-{what}.{ending}"

    def _make(self, sha256: str, what: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._trim()
        code = "from archive.site.draw import main; main()"
        paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        arguments = [str(self.originals.path(sha256)), what, str(self.folder / f"{sha256}-{what}")]
        with _slots, suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [sys.executable, "-c", code, *arguments],
                env={"PYTHONPATH": paths, "PATH": os.environ.get("PATH", "")},
                timeout=TIME_LIMIT_S, check=False, stdin=subprocess.DEVNULL, capture_output=True,
            )  # fmt: skip
        if not self._kept(sha256, what, "json").exists():
            self._failure(sha256, what).touch()

    def _failure(self, sha256: str, what: str) -> Path:
        return self._kept(sha256, what, "failed")

    def _failed_lately(self, sha256: str, what: str) -> bool:
        """Tell whether a child has just failed at this; hostile bytes must not cost one at every visit."""
        try:
            return time.time() - self._failure(sha256, what).stat().st_mtime < RETRY_AFTER_S
        except FileNotFoundError:
            return False

    def _trim(self) -> None:
        """Forget the oldest half where too much is kept; everything here can be made again."""
        kept = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in kept[: len(kept) // 2] if len(kept) > MOST_KEPT else ():
            path.unlink(missing_ok=True)


def main() -> None:
    """Child process: ORIGINAL WHAT TARGET; writes TARGET.png / TARGET.json, or ends without them."""
    original, what, target = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_S, TIME_LIMIT_S))
    content = Path(original).read_bytes()
    if what.startswith("text-"):
        _write(Path(f"{target}.json"), json.dumps(_lines(normalize(content)), ensure_ascii=False).encode())
        return
    number = int(what.removeprefix("page-"))
    written = draw_written_page(content, number) if sniff(content) == OFD else None
    picture, size = written or draw_page(content, number)
    _write(Path(f"{target}.{'svg' if written else 'png'}"), picture)
    _write(Path(f"{target}.json"), json.dumps(size).encode())


def tables_around(lines: Lines, places: Mapping[str, str]) -> list[Table]:
    """Return the blocks of table lines that hold any of `places`, merged cells merged again."""
    blocks: list[Lines] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    held = (block for block in blocks if any(place in places for line in block for _text, place in line))
    return [_merged(block, places) for block in held]


def _merged(block: Lines, places: Mapping[str, str]) -> Table:
    """Give each covered cell to the cell that was merged over it.

    A text does not say which that was. In a row with numbers it is the label to its left (（七）总计),
    else whatever reaches it first from above or the left; a number never reaches downwards.
    """
    free = {
        (row, column)
        for row, line in enumerate(block)
        for column, (text, place) in enumerate(line)
        if place is None and not text
    }
    widths = {}
    for row, line in enumerate(block):
        if any(_is_number(text) for text, _place in line):
            for column, (text, _place) in enumerate(line):
                widths[row, column] = _width(free, row, column) if text else 1
    table: Table = []
    for row, line in enumerate(block):
        table.append([])
        for column, (text, place) in enumerate(line):
            if (row, column) not in free and place is None and not text:
                continue  # a cell to the left or above has taken it
            free.discard((row, column))
            columns = widths.get((row, column)) or _width(free, row, column)
            rows = 1 if _is_number(text) else _height(free, row, column, columns)
            table[row].append(OriginalCell(text or "", places.get(place or ""), columns, rows))
    return table


def _width(free: set[tuple[int, int]], row: int, column: int) -> int:
    """Return how many columns the cell at a place has, and take those that it covers out of `free`."""
    columns = 1
    while (row, column + columns) in free:
        free.discard((row, column + columns))
        columns += 1
    return columns


def _height(free: set[tuple[int, int]], row: int, column: int, columns: int) -> int:
    """Return how many rows the cell at a place has, and take those that it covers out of `free`."""
    rows = 1
    while all((row + rows, column + right) in free for right in range(columns)):
        free.difference_update((row + rows, column + right) for right in range(columns))
        rows += 1
    return rows


def _is_number(text: str | None) -> bool:
    return bool(text) and str(text).replace(",", "").replace(".", "").isdecimal()


def _lines(text: NormalizedText) -> Lines:
    """Return the cells of each line with their places; blank lines, which part the blocks, are []."""
    nowhere = Anchor()
    return [
        [[cell, text.anchors.get((row, at), nowhere).locator] for at, cell in enumerate(line.split("\t"))]
        if line.strip()
        else []
        for row, line in enumerate(text.text.split("\n"))
    ]


def _write(path: Path, content: bytes) -> None:
    """Put the file in place whole, whoever else makes the same."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
