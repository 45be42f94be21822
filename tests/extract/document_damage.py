"""Damage a document of blocks the way real ones are damaged, before it becomes a file.

Every function takes a document and a random source and returns a new document. After any number of them a
reader may mark a cell, but must never read a number that the undamaged report does not have there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.extract.damage import GARBAGE
from tests.extract.documents import Block, Cell, Document, Row, Table

Damage = Callable[[Document, random.Random], Document]
_NUMBER = re.compile(r"[\d０-９][\d０-９.,]*")
_CJK = re.compile(r"(?!万)[\u4e00-\u9fff]")


def _in_table(document: Document, rng: random.Random, change: Callable[[Table], Table]) -> Document:
    """Change one table."""
    place = rng.choice([n for n, block in enumerate(document) if isinstance(block, Table)])
    return tuple(change(b) if n == place and isinstance(b, Table) else b for n, b in enumerate(document))


def _in_cell(
    document: Document, rng: random.Random, want: Callable[[str], object], change: Callable[[str], str]
) -> Document:
    """Change the text of one cell that is wanted."""

    def one(table: Table) -> Table:
        places = [(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if want(cell.text)]
        if not places:
            return table
        r, c = rng.choice(places)
        row = list(table.rows[r])
        row[c] = replace(row[c], text=change(row[c].text))
        return table.with_row(r, row)

    return _in_table(document, rng, one)


def space_digits(document: Document, rng: random.Random) -> Document:
    """Write the digits of one number apart."""

    def change(text: str) -> str:
        cut = rng.randrange(1, len(text))
        return f"{text[:cut]} {text[cut:]}"

    return _in_cell(document, rng, lambda text: len(text) > 1 and _NUMBER.fullmatch(text), change)


def full_width(document: Document, rng: random.Random) -> Document:
    """Write one number in full-width digits."""
    wide = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
    return _in_cell(document, rng, _NUMBER.fullmatch, lambda text: text.translate(wide))


def garble_cell(document: Document, rng: random.Random) -> Document:
    """Put something unreadable in the place of one number."""
    return _in_cell(document, rng, _NUMBER.fullmatch, lambda _text: rng.choice(GARBAGE))


def blank_cell(document: Document, rng: random.Random) -> Document:
    """Lose the number of one cell, not its cell."""
    return _in_cell(document, rng, _NUMBER.fullmatch, lambda _text: "")


def wrap_label(document: Document, rng: random.Random) -> Document:
    """Break one label or header over two lines."""

    def change(text: str) -> str:
        cut = rng.randrange(1, len(text))
        return f"{text[:cut]}\n{text[cut:]}"

    return _in_cell(document, rng, lambda text: len(text) > 1 and _CJK.search(text), change)


def harm_label(document: Document, rng: random.Random) -> Document:
    """Drop or change one character of one label or header."""

    def change(text: str) -> str:
        match = rng.choice(list(_CJK.finditer(text)))
        return text[: match.start()] + rng.choice(("", "口", "未", "*")) + text[match.end() :]

    return _in_cell(document, rng, _CJK.search, change)


def cut_label(document: Document, rng: random.Random) -> Document:
    """Lose the second half of one label."""
    return _in_cell(
        document, rng, lambda text: len(text) > 3 and _CJK.search(text), lambda text: text[: len(text) // 2]
    )


def lose_spans(document: Document, rng: random.Random) -> Document:
    """Write the cells that several rows share once for each row, blank but for the first."""

    def one(table: Table) -> Table:
        rows: list[Row] = [[] for _ in table.rows]
        placed: list[list[tuple[int, Cell]]] = [[] for _ in table.rows]
        for number, row in enumerate(table.places()):
            for column, cell in row:
                for extra in range(cell.rows):
                    text = cell.text if not extra else ""
                    placed[number + extra].append((column, Cell(text, 1, cell.cols)))
        for number, found in enumerate(placed):
            rows[number] = [cell for _column, cell in sorted(found, key=lambda pair: pair[0])]
        return replace(table, rows=tuple(map(tuple, rows)))

    return _in_table(document, rng, one)


def merge_cells(document: Document, rng: random.Random) -> Document:
    """Put the numbers of two neighbouring cells in one that covers both places."""

    def one(table: Table) -> Table:
        places = [
            (r, c)
            for r, row in enumerate(table.rows)
            for c in range(len(row) - 1)
            if _NUMBER.fullmatch(row[c].text) and _NUMBER.fullmatch(row[c + 1].text)
        ]
        if not places:
            return table
        r, c = rng.choice(places)
        row = list(table.rows[r])
        row[c : c + 2] = [Cell(f"{row[c].text} {row[c + 1].text}", 1, row[c].cols + row[c + 1].cols)]
        return table.with_row(r, row)

    return _in_table(document, rng, one)


def drop_column(document: Document, rng: random.Random) -> Document:
    """Lose one column of a table, header and all; cells that span it become narrower."""

    def one(table: Table) -> Table:
        lost = rng.randrange(table.width)
        rows: list[Row] = []
        for row in table.places():
            kept: Row = []
            for column, cell in row:
                inside = column <= lost < column + cell.cols
                if not inside or cell.cols > 1:
                    kept.append(replace(cell, cols=cell.cols - inside))
            rows.append(kept)
        return replace(table, rows=tuple(map(tuple, rows)))

    return _in_table(document, rng, one)


def drop_row(document: Document, rng: random.Random) -> Document:
    """Lose one row; what spans it becomes shorter, what begins in it begins below."""

    def one(table: Table) -> Table:
        return _without_row(table, rng.randrange(len(table.rows)))

    return _in_table(document, rng, one)


def _without_row(table: Table, lost: int) -> Table:
    placed = [dict(row) for row in table.places()]
    for number, row in enumerate(placed):
        for column, cell in row.items():
            if number <= lost < number + cell.rows and cell.rows > 1:
                row[column] = replace(cell, rows=cell.rows - 1)
                if number == lost:
                    placed[number + 1][column] = row[column]
    rows = [tuple(cell for _column, cell in sorted(row.items())) for n, row in enumerate(placed) if n != lost]
    return replace(table, rows=tuple(rows), heads=table.heads - (lost < table.heads))


def repeat_row(document: Document, rng: random.Random) -> Document:
    """Write one row twice, with the same numbers."""
    return _repeated(document, rng, lambda text: text)


def contradict_row(document: Document, rng: random.Random) -> Document:
    """Write one row twice, the second time with another number; nobody knows which is right."""
    return _repeated(
        document, rng, lambda text: str(int(text) + 1) if text.isascii() and text.isdigit() else text
    )


def _repeated(document: Document, rng: random.Random, change: Callable[[str], str]) -> Document:
    def one(table: Table) -> Table:
        places = table.places()
        whole = [
            n
            for n, row in enumerate(table.rows)
            if n >= table.heads and row and _NUMBER.fullmatch(row[-1].text) and _CJK.search(row[0].text)
            and all(cell.rows == 1 for cell in row)
        ]  # fmt: skip
        if not whole:
            return table
        number = rng.choice(whole)
        numbers = [n for n, cell in enumerate(table.rows[number]) if _NUMBER.fullmatch(cell.text)]
        chosen = rng.choice(numbers)
        copy = tuple(
            replace(cell, text=change(cell.text)) if n == chosen else cell
            for n, cell in enumerate(table.rows[number])
        )
        rows = [list(row) for row in table.rows]
        for above in range(number):
            for _column, cell in places[above]:
                if above + cell.rows > number + 1:
                    place = rows[above].index(cell)
                    rows[above][place] = replace(cell, rows=cell.rows + 1)
        made = [tuple(row) for row in rows]
        return replace(table, rows=(*made[: number + 1], copy, *made[number + 1 :]))

    return _in_table(document, rng, one)


def split_table(document: Document, rng: random.Random) -> Document:
    """Cut a table in two, the header repeated or not, with a page number between or not."""
    place = rng.choice([n for n, block in enumerate(document) if isinstance(block, Table)])
    table = document[place]
    assert isinstance(table, Table)
    if len(table.rows) <= table.heads + 1:
        return document
    cut = rng.randrange(table.heads + 1, len(table.rows))
    above, below = _halves(table, cut)
    if rng.random() < 0.5:
        below = replace(below, rows=(*table.rows[: table.heads], *below.rows), heads=table.heads)
    between: list[Block] = [rng.choice(("", "- 3 -", "第 3 页"))]
    return (*document[:place], above, *[b for b in between if b], below, *document[place + 1 :])


def _halves(table: Table, cut: int) -> tuple[Table, Table]:
    upper: list[Row] = []
    lower: dict[int, dict[int, Cell]] = {n: dict(row) for n, row in enumerate(table.places()) if n >= cut}
    for number, row in enumerate(table.places()[:cut]):
        kept: Row = []
        for column, cell in row:
            beyond = number + cell.rows - cut
            kept.append(replace(cell, rows=min(cell.rows, cut - number)))
            if beyond > 0:
                lower[cut][column] = Cell("", beyond, cell.cols)
        upper.append(kept)
    rows = [tuple(cell for _column, cell in sorted(row.items())) for _number, row in sorted(lower.items())]
    return Table(tuple(map(tuple, upper)), table.heads), Table(tuple(rows))


def other_year(document: Document, rng: random.Random) -> Document:
    """Put a small table with numbers of another year, or an index block, before the report."""
    year = rng.choice((2018, 2019, 2020))
    block = rng.choice((
        Table(((Cell("索引号"), Cell("11410000MB0000000X")), (Cell("发布日期"), Cell("2025-01-16")))),
        Table(((Cell("年度"), Cell("受理申请")), (Cell(f"{year}年"), Cell(str(rng.randint(0, 99)))))),
    ))  # fmt: skip
    return (document[0], block, *document[1:])


DAMAGES: tuple[Damage, ...] = (
    space_digits, full_width, garble_cell, blank_cell, wrap_label, harm_label, cut_label, lose_spans,
    merge_cells, drop_column, drop_row, repeat_row, contradict_row, split_table, other_year,
)  # fmt: skip
