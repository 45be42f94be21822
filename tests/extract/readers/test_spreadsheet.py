"""XLSX and XLS: values as stored, merged areas as cells, sheets in order."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import ExtractError, UnreadableDocument
from extract.normalize import normalize
from extract.parser import parse_report
from extract.readers import spreadsheet
from extract.readers.spreadsheet import place_name, text_of
from tests.extract.readers.ofd_writer import zipped
from tests.extract.readers.truth import expected_numbers, read_numbers, tables_of, truth_of

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def workbook(*sheets, merges=(), hidden=()):
    """A workbook of these rows; `merges` in the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
        if number in hidden:
            sheet.sheet_state = "hidden"
    for area in merges:
        book.worksheets[0].merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "seed000-rand.xlsx",
        "seed003-hard.xlsx",
        "seed003-hard.xls",
        "seed003-randbig.xls",
        "seed004-randblank.xls",
        "seed004-randblank.xlsx",
    ],
)
def test_every_number_of_a_whole_report_is_at_its_row_and_column(fixtures, name):
    """Three sheets; counts without decimals, amounts with all of them, blanks blank."""
    path = fixtures / "corpus" / name
    normalized = normalize(path.read_bytes())
    assert normalized.reader == "spreadsheet"
    assert read_numbers(normalized) == expected_numbers(truth_of(path))


@pytest.mark.parametrize("name", ["seed003-hard.xlsx", "seed004-randblank.xlsx"])
def test_an_anchor_leads_back_to_the_same_cell(fixtures, name):
    """Opened again with another library, sheet and cell hold the number."""
    content = (fixtures / "corpus" / name).read_bytes()
    normalized = spreadsheet.read(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = normalized.text.split("\n")
    checked = 0
    for (line, cell), anchor in normalized.anchors.items():
        sheet, place = re.fullmatch(r"sheet\[(\d+)\]/([A-Z]+\d+)", anchor.locator).groups()
        value = book.worksheets[int(sheet) - 1][place].value
        text = lines[line].split("\t")[cell]
        assert ("" if value is None else text_of(value)) == text
        checked += text.isdigit()
    assert checked > 100


def test_a_whole_report_on_one_sheet_has_title_sections_and_tables():
    """Prose in merged rows, tables of different widths below each other."""
    rows = [
        ["卧龙区人民政府2024年政府信息公开工作年度报告"],
        ["一、总体情况"],
        ["2024年，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作有序推进。" * 2],
        ["二、主动公开政府信息情况"],
        ["第二十条第（一）项"],
        HEAD,
        ["规章", 1, 2, 3.0],
        ["行政规范性文件", 4, None, 6],
        ["三、收到和处理政府信息公开申请情况"],
        ["四、政府信息公开行政复议、行政诉讼情况"],
        ["五、存在的主要问题及改进情况"],
        ["六、其他需要报告的事项"],
        ["无"],
    ]
    merges = [f"A{n}:D{n}" for n in (1, 2, 3, 4, 5, 9, 10, 11, 12, 13)]
    report = parse_report(spreadsheet.read(workbook(rows, merges=merges)))
    assert (report.organization, report.year) == ("卧龙区人民政府", 2024)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.sections[0].text.startswith("2024年，本机关")
    values = {fact.path: fact.value for fact in report.facts if fact.value is not None}
    assert values == {
        "disclosure.rules.issued": 1,
        "disclosure.rules.repealed": 2,
        "disclosure.rules.in_force": 3,
        "disclosure.normative_documents.issued": 4,
        "disclosure.normative_documents.in_force": 6,
    }


def test_a_blank_row_parts_two_tables_and_hidden_sheets_are_not_read():
    """Nobody sees a hidden sheet; last year's numbers are often left there."""
    content = workbook(
        [HEAD, ["规章", 1, 2, 3], [None] * 4, ["行政许可", 5]], [HEAD, ["规章", 7, 8, 9]], hidden={2}
    )
    assert tables_of(spreadsheet.read(content).text) == [
        [HEAD, ["规章", "1", "2", "3"]],
        [["行政许可", "5"]],
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (247.0, "247"),
        (0.0, "0"),
        (143.2062, "143.2062"),
        (0.1 + 0.2, "0.3"),
        (5768.6145, "5768.6145"),
        (-4.0, "-4"),
        (0.00001, "0.00001"),
        (12345678901234.0, "12345678901234"),
        (" 行政\n许可 ", "行政许可"),
        ("10\n878", "10 878"),
        ("", ""),
        (True, "是"),
        (dt.date(2024, 1, 31), "2024-01-31"),
    ],
)
def test_a_value_is_written_as_it_is_shown(value, text):
    """Whole numbers without decimals, others with no more digits than Excel has."""
    assert text_of(value) == text


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False))
def test_amounts_keep_every_digit(amount):
    """Through a float and back."""
    shown = text_of(float(amount))
    assert amount == type(amount)(shown)


@given(st.integers(0, 20000), st.integers(0, 1_048_575))
def test_places_are_named_as_excel_names_them(column, row):
    """The same as openpyxl's."""
    letters = openpyxl.utils.get_column_letter(column % 18000 + 1)
    assert place_name(row, column % 18000) == f"{letters}{row + 1}"


def damaged(content, change):
    """The workbook with its first sheet's XML changed."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = change(members[name])
    return zipped(members)


def test_a_cell_in_the_last_row_and_column_is_refused_before_it_costs_memory():
    """Calamine would hold sixteen thousand million cells."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = damaged(workbook([["规章", 1]]), lambda xml: xml.replace(b"</sheetData>", far))
    with pytest.raises(UnreadableDocument, match="过大"):
        spreadsheet.read(content)


@pytest.mark.parametrize("place", ["B4294967295", "B99999999", "ZZZZ2", "B99999999999999999999999999"])
def test_a_cell_beyond_any_sheet_is_refused_before_it_costs_memory(place, monkeypatch):
    """Numbers of a damaged file: calamine would fill the rectangle up to them."""
    monkeypatch.setattr(spreadsheet, "CalamineWorkbook", None)
    far = f'<row><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    content = damaged(workbook([["规章", 1]]), lambda xml: xml.replace(b"</sheetData>", far))
    with pytest.raises(UnreadableDocument, match="过大"):
        spreadsheet.read(content)


def test_formatted_empty_rows_and_merged_columns_to_the_end_are_no_trouble():
    """WPS writes a million empty rows with a border."""
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    content = damaged(
        workbook([["规章", 1], ["许可", 2]]),
        lambda xml: xml.replace(b"</sheetData>", far).replace(b"</sheetData>", merge),
    )
    assert tables_of(spreadsheet.read(content).text) == [[["规章", "1"], ["许可", "2"]]]


def test_an_empty_workbook_is_no_text():
    """Said in one line."""
    with pytest.raises(UnreadableDocument, match="没有内容"):
        spreadsheet.read(workbook([]))


def test_a_truncated_workbook_is_incomplete(fixtures):
    """XLS: cut in the middle of its sectors."""
    content = (fixtures / "corpus" / "seed003-hard.xls").read_bytes()
    for size in (len(content) // 3, 9424):  # at the second the library's own code panics
        with pytest.raises(ExtractError, match="不完整"):
            normalize(content[:size])
