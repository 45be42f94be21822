"""Excel workbooks, XLSX and XLS, through python-calamine: values as stored, merged areas as cells.

A sheet is read as one page of blocks in order: stretches of rows between blank rows. A stretch is a table,
or text where its rows hold prose, a heading or the title.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from extract import media
from extract.errors import EncryptedDocument, TooLarge, UnreadableDocument
from extract.model import Anchor, NormalizedText
from extract.readers.blocks import Block, Paragraph
from extract.readers.canonical import Source, compose
from extract.readers.limits import MAX_GRID_CELLS
from extract.readers.sheet_bounds import check_bounds
from extract.readers.table_layout import GridRow, Placed, RawCell, lay_out
from extract.readers.titles_in_text import is_title, section_number
from extract.readers.wording import one_line

MEDIA_TYPES = frozenset({media.XLSX, media.XLS})
VERSION = 1
_MOST_SHEETS = 200
_PANIC = "PanicException"
_SIGNIFICANT_DIGITS = 15
"""What Excel itself keeps and shows of a number."""
Place: TypeAlias = tuple[int, int]
"""(row, column), both from 0."""


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read the visible sheets in order; anchors are `sheet[N]/B7`. Raises UnreadableDocument."""
    media_type = media.sniff(content)
    check_bounds(content, media_type)
    blocks: list[Block] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for number, about in enumerate(workbook.sheets_metadata[:_MOST_SHEETS]):
                if about.visible == SheetVisibleEnum.Visible:
                    blocks += _sheet_blocks(workbook.get_sheet_by_index(number), number + 1)
    except PasswordError as error:
        raise EncryptedDocument("工作簿有密码保护，无法打开") from error
    except CalamineError as error:
        raise UnreadableDocument("工作簿结构损坏或文件不完整") from error
    except BaseException as error:
        # A panic of calamine's Rust code is no Exception, and is nothing but a broken file.
        if type(error).__name__ != _PANIC:
            raise
        raise UnreadableDocument("工作簿结构损坏或文件不完整") from error
    if not blocks:
        raise UnreadableDocument("工作簿里没有内容")
    return compose(blocks, Source(media_type, "spreadsheet", VERSION))


def _sheet_blocks(sheet: CalamineSheet, number: int) -> Iterator[Block]:
    if sheet.total_height * sheet.total_width > MAX_GRID_CELLS:
        raise TooLarge(f"工作表过大，超过上限 {MAX_GRID_CELLS} 格")
    if section_number(sheet.name) or is_title(sheet.name):
        yield Paragraph(one_line(sheet.name), Anchor(locator=f"sheet[{number}]"))
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    merges = _merges(sheet, len(rows), width)
    texts = {
        (r, c): text for r, row in enumerate(rows) for c, value in enumerate(row) if (text := text_of(value))
    }
    filled = sorted(
        {r for r, _ in texts} | {r for top, _, bottom, _ in merges.values() for r in range(top, bottom + 1)}
    )
    for _, run in groupby(enumerate(filled), lambda pair: pair[1] - pair[0]):
        yield from _stretch([r for _, r in run], texts, merges, number)


def _merges(sheet: CalamineSheet, height: int, width: int) -> dict[Place, tuple[int, int, int, int]]:
    """Return the merged areas (top, left, bottom, right) by every place of the sheet that they cover.

    They end where the sheet does. Raises TooLarge where they lie upon one another, many times over.
    """
    areas: dict[Place, tuple[int, int, int, int]] = {}
    covered = 0
    for (top, left), (lowest, rightmost) in sheet.merged_cell_ranges or ():
        bottom, right = min(lowest, height - 1), min(rightmost, width - 1)
        covered += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if covered > MAX_GRID_CELLS:
            raise TooLarge(f"工作表的合并单元格过多，超过上限 {MAX_GRID_CELLS} 格")
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                areas[r, c] = (top, left, bottom, right)
    return areas


def _stretch(
    rows: Sequence[int],
    texts: Mapping[Place, str],
    merges: Mapping[Place, tuple[int, int, int, int]],
    number: int,
) -> Iterator[Block]:
    """Yield the blocks of rows without a blank row between them."""
    inside = set(rows)
    columns = [c for r, c in texts if r in inside] + [c for r, c in merges if r in inside]
    if not any(r in inside for r, _ in texts):
        return
    grid = []
    for r in rows:
        cells: dict[int, RawCell] = {}
        for c in range(min(columns), max(columns) + 1):
            area = merges.get((r, c))
            if area is None or area[:2] == (r, c):
                cells[c] = _cell(texts.get((r, c), ""), f"sheet[{number}]/{place_name(r, c)}")
        alone = sum(bool(cell.blocks) for cell in cells.values()) == 1
        grid.append(GridRow(cells, alone))
    yield from (placed.block for placed in lay_out(grid, None))


def _cell(text: str, locator: str) -> RawCell:
    cell = RawCell(locator)
    if text:
        cell.blocks.append(Placed(Paragraph(text, Anchor(locator=locator)), None))
    return cell


def place_name(row: int, column: int) -> str:
    """Return the name of a place as Excel shows it, such as B7; both numbers from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def text_of(value: object) -> str:
    """Return a stored value as it is shown: 247 for 247.0, 143.2062 exactly, nothing for no value."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
    return one_line(str(value))


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 10**_SIGNIFICANT_DIGITS:
        return str(int(value))
    text = f"{value:.{_SIGNIFICANT_DIGITS}g}"
    return text if "e" not in text else format(value, "f").rstrip("0")
