"""Damage a rendered report the way real documents are damaged.

Every function takes lines and a random source and returns new lines. After any number of them a reader
may mark a cell, but must never read a number that the undamaged report does not have there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Lines = list[str]
Damage = Callable[[Lines, random.Random], Lines]
_NUMBER = re.compile(r"(?<![\w.,（(])\d[\d,.]*(?![\w.,、．）)年月日])")
_CJK = re.compile(r"(?!万)[\u4e00-\u9fff]")  # without 万 another number would be right
_DATA = re.compile(r"(?:[\t ]|^)[\d０-９][\d０-９.,，]*\s*$|\t")
GARBAGE = ("约5", "见附件", "3O", "12①", "?", "7.8.9", "10²")


def _table_lines(lines: Lines) -> list[int]:
    """Return the numbers of lines that carry cells or end in a number."""
    return [n for n, line in enumerate(lines) if _DATA.search(line) and not line.startswith(("#", "本机关"))]


def _pick(lines: Lines, rng: random.Random, want: Callable[[str], object] = bool) -> int | None:
    numbers = [n for n in _table_lines(lines) if want(lines[n])]
    return rng.choice(numbers) if numbers else None


def _edit(lines: Lines, number: int | None, change: Callable[[str], str]) -> Lines:
    if number is None:
        return lines
    return [*lines[:number], *change(lines[number]).split("\n"), *lines[number + 1 :]]


def space_digits(lines: Lines, rng: random.Random) -> Lines:
    """Write the digits of one number apart."""

    def change(line: str) -> str:
        spans = [m for m in _NUMBER.finditer(line) if len(m[0]) > 1]
        if not spans:
            return line
        match = rng.choice(spans)
        cut = rng.randrange(1, len(match[0]))
        return line[: match.start() + cut] + " " + line[match.start() + cut :]

    return _edit(lines, _pick(lines, rng, lambda line: re.search(r"\d\d", line)), change)


def full_width(lines: Lines, rng: random.Random) -> Lines:
    """Write the digits of one line full-width."""
    wide = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
    return _edit(lines, _pick(lines, rng), lambda line: line.translate(wide))


def garble_cell(lines: Lines, rng: random.Random) -> Lines:
    """Put something unreadable in the place of one number."""

    def change(line: str) -> str:
        spans = list(_NUMBER.finditer(line))
        if not spans:
            return line
        match = rng.choice(spans)
        return line[: match.start()] + rng.choice(GARBAGE) + line[match.end() :]

    return _edit(lines, _pick(lines, rng, _NUMBER.search), change)


def drop_number(lines: Lines, rng: random.Random) -> Lines:
    """Lose one number; in a row of cells the cell goes with it, in a flow the number alone.

    Lines with an amount are left: of one that other damage wrote apart, a piece would go without a trace.
    """

    def change(line: str) -> str:
        cells = line.split("\t") if "\t" in line[1:] else line.split(" ")
        places = [
            n
            for n, cell in enumerate(cells)
            if re.fullmatch(r"\d[\d.,]*", cell.strip() or "x") and not re.search(r"\d\.\d", line)
        ]
        if not places:
            return line
        place = rng.choice(places)
        separator = "\t" if "\t" in line[1:] else " "
        return separator.join([*cells[:place], *cells[place + 1 :]])

    return _edit(lines, _pick(lines, rng, _NUMBER.search), change)


def drop_line(lines: Lines, rng: random.Random) -> Lines:
    """Lose one line of a table."""
    number = _pick(lines, rng)
    return lines if number is None else [*lines[:number], *lines[number + 1 :]]


def _has_total(line: str) -> bool:
    """Tell rows of labelled cells that end in a number: a shift of others may leave no trace."""
    filled = line.rstrip("\t ")
    return (
        line.count("\t") > 5
        and bool(_CJK.search(line))
        and len(line) - len(filled) <= 1
        and filled[-1] in "123456789"
    )


def lose_merged_cell(lines: Lines, rng: random.Random) -> Lines:
    """Shift a row left by an empty cell at its beginning, as lost merged cells do."""

    def change(line: str) -> str:
        cells = line.split("\t")
        places = [n for n, cell in enumerate(cells[:3]) if not cell]
        if not places:
            return line
        place = rng.choice(places)
        return "\t".join([*cells[:place], *cells[place + 1 :], ""])

    return _edit(lines, _pick(lines, rng, _has_total), change)


def merge_cells(lines: Lines, rng: random.Random) -> Lines:
    """Put the numbers of two neighbouring cells in one, the other left blank."""

    def change(line: str) -> str:
        cells = line.split("\t")
        places = [n for n in range(3, len(cells) - 1) if cells[n] and cells[n + 1]]
        if not places:
            return line
        place = rng.choice(places)
        cells[place : place + 2] = [f"{cells[place]} {cells[place + 1]}", ""]
        return "\t".join(cells)

    return _edit(lines, _pick(lines, rng, lambda line: line.count("\t") > 5), change)


def drop_column(lines: Lines, rng: random.Random) -> Lines:
    """Lose one column of every row of ten cells, header and all."""
    place = rng.randrange(3, 10)
    return [
        "\t".join([c for n, c in enumerate(line.split("\t")) if n != place])
        if line.count("\t") == 9
        else line
        for line in lines
    ]


def harm_label(lines: Lines, rng: random.Random) -> Lines:
    """Drop or change one character of one label or header."""

    def change(line: str) -> str:
        spans = list(_CJK.finditer(line))
        match = rng.choice(spans)
        return line[: match.start()] + rng.choice(("", "口", "未", "*")) + line[match.end() :]

    return _edit(lines, _pick(lines, rng, _CJK.search), change)


def cut_label(lines: Lines, rng: random.Random) -> Lines:
    """Lose the second half of one label."""

    def change(line: str) -> str:
        labels = list(re.finditer(r"[\u4e00-\u9fff、，“”（）]{4,}", line))
        if not labels:
            return line
        match = rng.choice(labels)
        return line[: match.start() + len(match[0]) // 2] + line[match.end() :]

    return _edit(lines, _pick(lines, rng, _CJK.search), change)


def wrap_label(lines: Lines, rng: random.Random) -> Lines:
    """Break one label over two lines, where the layout has no cells."""

    def change(line: str) -> str:
        spans = [m for m in _CJK.finditer(line) if 3 < m.start() < len(line) - 3]
        if not spans or "\t" in line:
            return line
        cut = rng.choice(spans).start()
        return line[:cut] + "\n" + line[cut:]

    return _edit(lines, _pick(lines, rng, _CJK.search), change)


def repeat_line(lines: Lines, rng: random.Random) -> Lines:
    """Write one line of a table twice (a row, not a lone cell)."""
    whole = re.compile(r"[^\t]|\t.*\t")
    return _edit(lines, _pick(lines, rng, whole.match), lambda line: f"{line}\n{line}")


def contradict_line(lines: Lines, rng: random.Random) -> Lines:
    """Repeat one row with another number in it."""

    def change(line: str) -> str:
        return line + "\n" + _NUMBER.sub(lambda m: str(int(re.sub(r"\D", "", m[0])) + 1), line, count=1)

    return _edit(lines, _pick(lines, rng, _NUMBER.search), change)


def break_page(lines: Lines, rng: random.Random) -> Lines:
    """End a page inside a table: blank lines and a page number in its ornament."""
    page = rng.choice((f"- {rng.randint(1, 9)} -", f"— {rng.randint(1, 9)} —", f"第 {rng.randint(1, 9)} 页"))
    return _edit(lines, _pick(lines, rng), lambda line: f"{line}\n\n{page}\n\n")


def split_table(lines: Lines, rng: random.Random) -> Lines:
    """Cut a table of cells in two pieces, with or without its header repeated."""
    number = _pick(lines, rng, lambda line: line.count("\t") == 9)
    if number is None:
        return lines
    head = [line for line in lines if line.count("\t") == 9][:3] if rng.random() < 0.5 else []
    return [*lines[:number], "", *head, *lines[number:]]


def stray_number(lines: Lines, rng: random.Random) -> Lines:
    """Put a lone number between two lines of a table."""
    return _edit(lines, _pick(lines, rng), lambda line: f"{line}\n{rng.randint(0, 99)}")


def index_block(lines: Lines, rng: random.Random) -> Lines:
    """Put an index block with numbers before the report."""
    block = [
        "索引号\t11410000MB0000000X/2024-00012",
        "发布日期\t2025-01-16",
        f"点击数\t{rng.randint(0, 99)}",
        "",
    ]
    return [*lines[:2], *block, *lines[2:]]


def damage(lines: Lines, rng: random.Random, damages: Sequence[Damage]) -> Lines:
    """Apply damages one after the other; a lost column first, while all rows are still of one width."""
    for change in sorted(damages, key=lambda one: one is not drop_column):
        lines = change(lines, rng)
    return lines


DAMAGES: tuple[Damage, ...] = (
    space_digits, full_width, garble_cell, drop_number, drop_line, lose_merged_cell, merge_cells, drop_column,
    harm_label, cut_label, wrap_label, repeat_line, break_page, split_table, stray_number,
    index_block,
)  # fmt: skip
