"""Write a report in a few words (`ReportSpec`) as the normalized text of docs/normalized-text.md."""

from config.formats import Form, Table
from extract.model import Format
from monitor.rules.examples import ReportSpec
from monitor.rules.official import forms, section_title

LABEL_COLUMNS = 3
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def text_of(spec: ReportSpec) -> str:
    """Return the whole report: title, preface, sections in their order, tables in their sections."""
    form = forms()["2019" if spec.format is Format.F2019 else "2021"]
    parts = [f"# {spec.title}", spec.preface]
    for number in spec.order:
        text = spec.sections.get(number)
        if text is not None:
            parts += [
                f"## {spec.headings.get(number) or section_title(number)}",
                text,
                *_tables(spec, form, number),
            ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _tables(spec: ReportSpec, form: Form, section: int) -> list[str]:
    writers = {"disclosure": _disclosure, "requests": _requests, "remedies": _remedies}
    return [
        "\n".join("\t".join(row) for row in writers[table.key](spec, table))
        for table in form.tables
        if table.section == section and table.key not in spec.leave_out
    ]


def _disclosure(spec: ReportSpec, table: Table) -> list[list[str]]:
    width = 1 + max(len(group.columns) for group in table.groups)
    rows = []
    for group in table.groups:
        rows += [[group.label], ["信息内容", *(column.label for column in group.columns)]]
        for row in table.rows:
            if row.group == group.key and _has(spec, table, row.key):
                values = [spec.raw(f"{table.key}.{row.key}.{column.key}") for column in group.columns]
                rows.append([row.label, *values])
    return [row + [""] * (width - len(row)) for row in rows]


def _requests(spec: ReportSpec, table: Table) -> list[list[str]]:
    labels = [column.label for column in table.columns]
    blank = [""] * (LABEL_COLUMNS - 1)
    rows = [
        [CORNER, *blank, "申请人情况", *[""] * 6],
        ["", *blank, labels[0], "法人或其他组织", *[""] * 4, labels[-1]],
        ["", *blank, "", *labels[1:-1], ""],
    ]
    groups = {group.key: group.label for group in table.groups}
    written = set()
    for row in table.rows:
        if not _has(spec, table, row.key):
            continue
        cells = [spec.raw(f"{table.key}.{row.key}.{column.key}") for column in table.columns]
        outer = "outcomes" if row.group else None
        inner = row.group if row.group not in (None, "outcomes") else None
        shown = [groups[key] if key and key not in written else "" for key in (outer, inner)]
        written |= {outer, inner}
        place = 0 if not outer else 2 if inner else 1
        rows.append([*shown[:place], row.label, *blank][:LABEL_COLUMNS] + cells)
    return rows


def _remedies(spec: ReportSpec, table: Table) -> list[list[str]]:
    columns = [column.label for column in table.columns]
    there = [row for row in table.rows if _has(spec, table, row.key)]
    top, middle, low, cells = [], [], [], []
    for row in there:
        is_suit = row.group is not None
        first_suit = is_suit and not any(label == "行政诉讼" for label in top)
        top += ["行政诉讼" if first_suit else "" if is_suit else row.label, *[""] * 4]
        middle += [row.label, *[""] * 4] if is_suit else columns
        low += columns if is_suit else [""] * 5
        cells += [spec.raw(f"{table.key}.{row.key}.{column.key}") for column in table.columns]
    return [top, middle, low, cells]


def _has(spec: ReportSpec, table: Table, row: str) -> bool:
    return f"{table.key}.{row}" not in spec.leave_out
