"""Write a sample as text in each layout that the parser must read.

`normal` is the normalized text; the others are the layouts of the seeds and of pdftotext. Each renderer
takes a Sample and returns text. FLOW names those without cell boundaries: they cannot show a blank cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from tests.extract.generate import Sample

NUMERALS = "一二三四五六"
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
PROSE = "本机关认真贯彻落实《中华人民共和国政府信息公开条例》，做好各项工作，全年主动公开信息272条。"
KINDS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
SUITS = ["未经复议直接起诉", "复议后起诉"]
Lines = list[str]


def parts(sample: Sample, tables: dict[int, Lines], prose: str = PROSE) -> Lines:
    """Put the title, the six parts and their tables (by number of the part) together."""
    lines = [sample.title, ""]
    for part in sample.form.sections:
        lines += [f"{NUMERALS[part.number - 1]}、{part.title}", ""]
        lines += tables.get(part.number, ["本机关未收取信息处理费。" if part.number == 6 else prose])
        lines += [""]
    return lines


def disclosure_grid(sample: Sample) -> list[list[str]]:
    """Return table 2 as a full grid; merged cells are empty where they continue."""
    table, rows = sample.form.table("disclosure"), dict(sample.rows("disclosure"))
    grid: list[list[str]] = []
    for group in table.groups:
        grid += [[group.label], ["信息内容", *(column.label for column in group.columns)]]
        grid += [[row.label, *rows[row.key]] for row in table.rows if row.group == group.key]
    return [[*row, *[""] * (4 - len(row))] for row in grid]


def request_labels(sample: Sample) -> dict[str, list[str]]:
    """Return for each row of table 3 its three label cells (empty where merged cells continue)."""
    table = sample.form.table("requests")
    groups = {group.key: group.label for group in table.groups}
    seen: set[str] = set()
    labels = {}
    for row in table.rows:
        if row.group is None:
            labels[row.key] = [row.label, "", ""]
            continue
        root = "" if "outcomes" in seen else groups["outcomes"]
        seen.add("outcomes")
        if row.group == "outcomes":
            labels[row.key] = [root, row.label, ""]
        else:
            labels[row.key] = [root, "" if row.group in seen else groups[row.group], row.label]
            seen.add(row.group)
    return labels


def request_grid(sample: Sample) -> list[list[str]]:
    """Return table 3 as its full grid of ten columns."""
    labels = request_labels(sample)
    head = [
        [CORNER, "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", *[""] * 4, "总计"],
        ["", "", "", "", *KINDS, ""],
    ]
    return head + [[*labels[key], *cells] for key, cells in sample.rows("requests")]


def remedy_grid(sample: Sample) -> list[list[str]]:
    """Return table 4 as its full grid of fifteen columns."""
    values = [cell for _key, cells in sample.rows("remedies") for cell in cells]
    return [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*RESULTS, SUITS[0], *[""] * 4, SUITS[1], *[""] * 4],
        [*[""] * 5, *RESULTS, *RESULTS],
        values,
    ]


def tabbed(grid: list[list[str]]) -> Lines:
    """Write a grid a line a row."""
    return ["\t".join(row) for row in grid]


def normal(sample: Sample) -> str:
    """The normalized text."""
    tables = {2: disclosure_grid(sample), 3: request_grid(sample), 4: remedy_grid(sample)}
    lines = parts(sample, {number: tabbed(grid) for number, grid in tables.items()})
    marked = [f"## {line}" if line[1:2] == "、" and "\t" not in line else line for line in lines]
    return "\n".join([f"# {marked[0]}", *marked[1:]]) + "\n"


def shifted(sample: Sample) -> str:
    """Seeds 000 and 001: rows without a third label lose a merged cell, header levels go wild."""
    grid = []
    for row in request_grid(sample):
        lost = row if row[2] else [*row[:2], *row[3:], ""]
        last_other = row[2] == "3.其他"
        grid.append(["3. 其他", "", *row[3:], ""] if last_other else lost)
    tables = {2: disclosure_grid(sample), 3: grid, 4: remedy_grid(sample)}
    lines = parts(sample, {number: tabbed(rows) for number, rows in tables.items()})
    levels = iter(("##", "##", "###", "####", "####", "####"))
    marked = [f"{next(levels)} {line}" if line[1:2] == "、" and "\t" not in line else line for line in lines]
    spaced = [line.replace("（", "(").replace("）", ") ") for line in marked]
    return "\n".join(["", "", f"# {spaced[0]}", *spaced[1:]])


def stacked(sample: Sample) -> str:
    """Seed 004: one cell a line behind a TAB, a blank line after each row, labels wrapped."""
    tables = {}
    remedies = remedy_grid(sample)
    heads = [["行政复议", "行政诉讼"], [*RESULTS, *SUITS], ["", "", "", "", "", *RESULTS, *RESULTS]]
    tables[4] = _stack([*heads, remedies[3]], keep=4)
    rows = [[c for i, c in enumerate(row) if c or i < _own(row)] for row in disclosure_grid(sample)[:0]]
    for group in sample.form.table("disclosure").groups:
        rows += [[group.label], ["信息内容", *(column.label for column in group.columns)]]
        own = dict(sample.rows("disclosure"))
        members = [row for row in sample.form.table("disclosure").rows if row.group == group.key]
        rows += [[row.label, *own[row.key]] for row in members]
    tables[2] = _stack(rows, keep=len(rows))
    labels = request_labels(sample)
    body = [[CORNER, "申请人情况"], ["", "自然人", "法人或其他组织", "总计"], ["", "", *KINDS, ""]]
    for key, cells in sample.rows("requests"):
        names = labels[key]
        while names and not names[-1]:
            names = names[:-1]
        body.append([*names, *cells])
    tables[3] = _stack(body, keep=len(body))
    lines = parts(sample, tables)
    return "\n".join(f"[bookmark: _GoBack]{line}" if line.startswith("六、") else line for line in lines)


def _own(row: list[str]) -> int:
    return max((i for i, cell in enumerate(row) if cell), default=-1) + 1


def _stack(rows: list[list[str]], keep: int) -> Lines:
    lines: Lines = []
    for row in rows[:keep]:
        for cell in row:
            wrapped = cell[:2] + "\n" + cell[2:] if cell in ("商业企业", "科研机构", "结果纠正") else cell
            lines += f"\t{wrapped}".split("\n")
        lines.append("")
    return [*lines, ""]


def _wrap(text: str, width: int) -> Lines:
    return [text[i : i + width] for i in range(0, len(text), width)] or [""]


def flow_raw(sample: Sample) -> str:
    """Seed 002: labels wrapped, group labels in pieces, the total of long rows on a line of its own."""
    lines2: Lines = []
    table, rows2 = sample.form.table("disclosure"), dict(sample.rows("disclosure"))
    for group in table.groups:
        lines2 += [group.label, " ".join(["信息内容", *(column.label for column in group.columns)]), ""]
        for row in table.rows:
            if row.group == group.key:
                lines2 += [" ".join([row.label, *rows2[row.key]]), ""]
    head = "申请人情况/自然|人/法人或其他组织/总计商业|企业/科研|机构/社会|公益|组织/法律|服务|机构/其他"
    lines3 = [CORNER[:24], CORNER[24:], ""]
    lines3 += [line for word in head.split("/") for line in (*word.split("|"), "")]
    for key, cells in sample.rows("requests"):
        names = [name for name in request_labels(sample)[key] if name]
        for name in names[:-1]:
            lines3 += [*_wrap(name, 3), ""]
        wrapped = _wrap(names[-1], 17)
        if len(wrapped) == 1:
            lines3 += [f"{names[-1]} {' '.join(cells)}", ""]
        elif len(wrapped) == 2:
            lines3 += [*wrapped, "", " ".join(cells), ""]
        else:
            lines3 += [*wrapped, "", " ".join(cells[:-1]), cells[-1], ""]
    values = " ".join(cell for _key, cells in sample.rows("remedies") for cell in cells)
    lines4 = [
        "行政复议 行政诉讼",
        "",
        *[f"{word[:2]}\n{word[2:]}" for word in RESULTS],
        " ".join(SUITS),
        "",
        values,
    ]
    return "\n".join(parts(sample, {2: lines2, 3: lines3, 4: lines4}))


def flow_spaced(sample: Sample) -> str:
    """Seed 003: a blank line after every line, one character a line in the header of table 4."""
    lines = flow_raw(sample).split("\n")
    spread: Lines = []
    for line in lines:
        if line in ("结果", "维持", "纠正", "尚未", "审结"):
            spread += list(line)
        elif line.strip():
            spread.append(line)
    joined = "\n\n".join(spread)
    return joined.replace("\n\n5.属于", "\n 5.属于").replace("\n\n四、政府信息公开", "\n 四、政府信息公开")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _at(pairs: list[tuple[int, str]]) -> str:
    """Write texts at display columns, at least two blanks apart."""
    line = ""
    for column, text in pairs:
        gap = max(column - _width(line), 2 if line else 0)
        line += " " * gap + text
    return line


def layout(sample: Sample) -> str:
    """`pdftotext -layout`: columns by blanks, numbers centred beside wrapped labels."""
    table, rows2 = sample.form.table("disclosure"), dict(sample.rows("disclosure"))
    lines2: Lines = []
    for group in table.groups:
        lines2 += [_at([(20, group.label)])]
        lines2 += [_at([(2, "信息内容"), *[(24 + 20 * i, c.label) for i, c in enumerate(group.columns)]])]
        for row in table.rows:
            if row.group == group.key:
                lines2 += [_at([(3, row.label), *[(28 + 20 * i, c) for i, c in enumerate(rows2[row.key])]])]
    lines3 = ["                                  申请人情况", "                              法人或其他组织"]
    lines3 += [_at([(0, CORNER[:18]), (44, "自然"), (52, "商业"), (58, "科研"), (64, "社会"), (70, "法律")])]
    lines3 += [
        _at(
            [
                (0, CORNER[18:]),
                (44, "人"),
                (52, "企业"),
                (58, "机构"),
                (64, "公益"),
                (70, "服务"),
                (78, "其他"),
                (86, "总计"),
            ]
        )
    ]
    lines3 += [_at([(64, "组织"), (70, "机构")])]
    for key, cells in sample.rows("requests"):
        lines3 += _layout_row(request_labels(sample)[key], cells)
    values = [cell for _key, cells in sample.rows("remedies") for cell in cells]
    lines4 = [_at([(10, "行政复议"), (60, "行政诉讼")])]
    lines4 += [_at([(7 * i, word[:2]) for i, word in enumerate(RESULTS * 3)])]
    lines4 += [_at([(7 * i, word[2:]) for i, word in enumerate(RESULTS * 3) if word[2:]])]
    lines4 += [_at([(7 * i, value) for i, value in enumerate(values)])]
    return "\n".join(parts(sample, {2: lines2, 3: lines3, 4: lines4}))


def _layout_row(names: list[str], cells: list[str]) -> Lines:
    values = [(46 + 8 * i, cell) for i, cell in enumerate(cells)]
    if names[0] and not names[1]:
        return [_at([(0, names[0]), *values])]
    item = names[2] or names[1]
    left = 12 if names[2] else 6
    root = _wrap(names[0], 3) if names[0] else []
    group = _wrap(names[1], 4) if names[1] and names[2] else []
    pieces = _wrap(item, 13)
    height = max(len(pieces), len(root), len(group))
    middle = len(pieces) // 2
    lines = []
    for number in range(height):
        pairs = []
        if number < len(root):
            pairs.append((0, root[number]))
        if number < len(group):
            pairs.append((6, group[number]))
        if len(pieces) == 2 and number == 1:
            lines.append(_at(values))
        if number < len(pieces):
            pairs.append((left, pieces[number]))
        if len(pieces) != 2 and number == middle:
            pairs += values
        lines.append(_at(pairs))
    return lines


def own_rows(sample: Sample) -> dict[int, list[list[str]]]:
    """Return the tables as rows of their own cells: where a merged cell goes on there is none."""
    table, values = sample.form.table("disclosure"), dict(sample.rows("disclosure"))
    rows: list[list[str]] = []
    for group in table.groups:
        rows += [[group.label], ["信息内容", *(column.label for column in group.columns)]]
        rows += [[row.label, *values[row.key]] for row in table.rows if row.group == group.key]
    labels = request_labels(sample)
    head = [[CORNER, "申请人情况"], ["自然人", "法人或其他组织", "总计"], KINDS]
    body = [[*filter(None, labels[key]), *cells] for key, cells in sample.rows("requests")]
    remedies = [["行政复议", "行政诉讼"], [*RESULTS, *SUITS], [*RESULTS, *RESULTS], remedy_grid(sample)[3]]
    return {2: rows, 3: [*head, *body], 4: remedies}


def barred(sample: Sample) -> str:
    """A row a line with a bar behind each cell, as programs write the text of a page; no blank lines."""
    tables = {part: [f"{' | '.join(row)} |" for row in rows] for part, rows in own_rows(sample).items()}
    return "\n".join(line for line in parts(sample, tables) if line)


def barred_cells(sample: Sample) -> str:
    """The same where cells hold paragraphs: each cell and each bar on a line of its own."""
    tables = {
        part: [line for row in rows for cell in row for line in (cell, "|") if line]
        for part, rows in own_rows(sample).items()
    }
    text = "\n".join(line for line in parts(sample, tables) if line)
    return text.replace("\n商业企业\n", "\n商业\n企业\n").replace("\n科研机构\n", "\n科研\n机构\n")


def markdown(sample: Sample) -> str:
    """Markdown's tables of the full grid."""
    grids = {2: disclosure_grid(sample), 3: request_grid(sample), 4: remedy_grid(sample)}
    tables = {}
    for part, grid in grids.items():
        head, *rows = [f"| {' | '.join(row)} |" for row in grid]
        tables[part] = [head, "|" + " --- |" * len(grid[0]), *rows]
    return "\n".join(parts(sample, tables))


def cell_a_line(sample: Sample) -> str:
    """Each cell on a line of its own between blank lines, blank ones lost: pages without bars."""
    tables = {
        part: [line for row in rows for cell in row if cell for line in (cell, "")]
        for part, rows in own_rows(sample).items()
    }
    return "\n".join(parts(sample, tables))


GRID: dict[str, Callable[[Sample], str]] = {"normal": normal, "shifted": shifted, "stacked": stacked}
FLOW: dict[str, Callable[[Sample], str]] = {"raw": flow_raw, "spaced": flow_spaced, "layout": layout}
LAYOUTS = GRID | FLOW
BARS = {"barred": barred, "barred cells": barred_cells, "markdown": markdown}
"""Layouts that the reader of text turns into others."""
