"""PDF: one grid per table over all its pages, by two independent sources."""

import io

import pdfplumber
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from extract.errors import EncryptedDocument, UnreadableDocument
from extract.readers import pdf, pdf_plumber
from extract.readers.official_labels import bare
from tests.extract.readers.drawing import HEIGHT, SIZE, WIDTH, Drawing
from tests.extract.readers.truth import expected_numbers, read_numbers, tables_of, truth_of

XS = [80, 220, 300, 380, 460]
ROWS = [["规章", "1", "2", "3"], ["行政规范性文件", "", "5", "143.2062"]]
PROSE = "2024年，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作有序推进，取得成效。"
REAL = [
    "seed000-rand-lo.pdf",
    "seed002-orig-lo.pdf",
    "seed003-hard-lo.pdf",
    "seed003-randbig-lo.pdf",
    "seed003-randbig-chrome.pdf",
    "seed004-randblank-chrome.pdf",
]

both = pytest.mark.parametrize("reader", [pdf, pdf_plumber], ids=["pdfium", "pdfplumber"])


@pytest.mark.parametrize(
    ("reader", "name"),
    [*((pdf, name) for name in REAL), *((pdf_plumber, name) for name in REAL[2:4])],
    ids=lambda value: value if isinstance(value, str) else value.__name__.rsplit(".", 1)[-1],
)
def test_every_number_of_a_real_document_is_at_its_row_and_column(fixtures, reader, name):
    """Narrow cells, wrapped digits, rows cut by page breaks, two renderers."""
    path = fixtures / "corpus" / name
    truth = truth_of(path)
    normalized = reader.read(path.read_bytes())
    assert read_numbers(normalized) == expected_numbers(truth)
    assert normalized.text.startswith(f"# {truth['title']}\n")
    assert not any(0x2E80 <= ord(character) <= 0x2FDF for character in normalized.text)


@pytest.mark.parametrize("name", ["seed003-hard-lo.pdf", "seed003-randbig-chrome.pdf"])
def test_an_anchor_leads_back_to_the_same_string(fixtures, name):
    """The page, opened again at the box, holds the number."""
    content = (fixtures / "corpus" / name).read_bytes()
    normalized = pdf.read(content)
    lines = normalized.text.split("\n")
    checked = 0
    with pdfplumber.open(io.BytesIO(content)) as document:
        for (line, cell), anchor in normalized.anchors.items():
            text = lines[line].split("\t")[cell]
            if "\t" in lines[line] and text.isdigit():
                page = document.pages[anchor.page - 1]
                x0, top, x1, bottom = anchor.bbox
                inside = [
                    char["text"]
                    for char in page.chars
                    if x0 <= (char["x0"] + char["x1"]) / 2 <= x1
                    and top <= (char["top"] + char["bottom"]) / 2 <= bottom
                ]
                found = bare("".join(inside))
                assert found == text or (len(found) < len(text) and text.startswith(found))
                checked += 1
    assert checked > 180


@both
def test_prose_becomes_one_line_a_paragraph_and_page_numbers_go(reader):
    """Over a page break too; the number 7 in the text stays."""
    drawing = Drawing()
    drawing.centred(80, "卧龙区人民政府", 22)
    drawing.centred(110, "2024年政府信息公开工作年度报告", 22)
    drawing.text(101, 140, "一、总体情况")
    y = 160
    for number in range(7):
        y = drawing.paragraph(y, f"第{number}段，" + PROSE * 2)
    long = PROSE * 6
    lines = ["　　" + long[:38], *(long[start : start + 40] for start in range(38, len(long), 40))]
    for _ in range(3):
        drawing.text(80, y, lines.pop(0))
        y += 20
    drawing.centred(810, "— 1 —")
    drawing.next_page()
    y = 80
    for line in lines:
        drawing.text(80, y, line)
        y += 20
    drawing.text(101, y, "共 7 件。")
    drawing.centred(810, "— 2 —")
    assert reader.read(drawing.pdf()).text.splitlines() == [
        "# 卧龙区人民政府2024年政府信息公开工作年度报告",
        "## 一、总体情况",
        *(f"第{number}段，" + PROSE * 2 for number in range(7)),
        long,
        "共 7 件。",
    ]


@both
def test_running_heads_are_dropped_and_repeated_prose_is_not(reader):
    """What stands at the same place at the edge of every page."""
    drawing = Drawing()
    for number in range(3):
        drawing.text(80, 40, "卧龙区人民政府文件")
        drawing.paragraph(100, PROSE)
        drawing.text(480, 815, f"第 {number + 1} 页 共 3 页")
        drawing.next_page()
    assert reader.read(drawing.pdf()).text.splitlines() == [PROSE] * 3


@both
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_pages_read_the_same(reader, rotation):
    """By the page's own rotation: the anchor is a box of the page as displayed."""
    drawing = Drawing(rotation=rotation)
    drawing.table(100, ROWS, XS)
    normalized = reader.read(drawing.pdf())
    assert tables_of(normalized.text) == [ROWS]
    x0, top, x1, bottom = normalized.anchors[0, 0].bbox
    expected = {
        90: (HEIGHT - 120, 80, HEIGHT - 100, 220),
        180: (WIDTH - 220, HEIGHT - 120, WIDTH - 80, HEIGHT - 100),
        270: (100, WIDTH - 220, 120, WIDTH - 80),
    }[rotation]
    assert (x0, top, x1, bottom) == pytest.approx(expected, abs=1)


@both
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_writing_that_runs_up_or_down_the_page_reads_the_same(reader, angle):
    """A landscape table on a portrait page; never a number read backwards."""
    drawing = Drawing()
    shift = {90: (0, -HEIGHT), 180: (-WIDTH, -HEIGHT), 270: (-HEIGHT, 0)}[angle]
    drawing.canvas.rotate(angle)
    drawing.canvas.translate(*shift)
    drawing.table(300, ROWS, XS)
    assert tables_of(reader.read(drawing.pdf()).text) == [ROWS]


@both
def test_slanted_watermarks_and_writing_off_the_page_are_not_text(reader):
    """A watermark over the table must not mix with its numbers."""
    drawing = Drawing()
    drawing.table(100, ROWS, XS)
    drawing.text(-200, 200, "99999")
    drawing.canvas.translate(200, HEIGHT - 140)
    drawing.canvas.rotate(40)
    drawing.canvas.drawString(0, 0, "0123456789012345")
    assert tables_of(reader.read(drawing.pdf()).text) == [ROWS]


@both
def test_a_missing_rule_between_numbers_never_makes_one_number(reader):
    """Without the rule they are in one cell, and a blank keeps them apart."""
    for skip in (("v", 2), ("h", 1)):
        drawing = Drawing()
        drawing.table(100, [["规章", "1", "2", "3"], ["许可", "4", "5", "6"]], XS, skip={skip})
        cells = [cell for row in tables_of(reader.read(drawing.pdf()).text)[0] for cell in row]
        assert not {"12", "14", "25", "36", "45"} & set(cells)
        assert ("1 2" in cells) == (skip == ("v", 2))
        assert ("1 4" in cells) == (skip == ("h", 1))


@both
def test_digits_wrap_only_where_the_cell_is_full(reader):
    """1087 over 8 in a narrow cell is one number; 10 over 878 in a wide one is not."""
    drawing = Drawing()
    rows = [["标签很长折行\n了", "1087\n8", "10\n878"]]
    drawing.table(100, rows, [80, 80 + 6 * SIZE + 8, 80 + 6 * SIZE + 8 + 4 * SIZE / 2 + 10, 300], height=40)
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert table == [["标签很长折行了", "10878", "10 878"]]


@both
def test_a_number_that_runs_into_the_next_cell_is_marked_not_split(reader):
    """4068.2080 in a cell for three digits: never 406 | 8.2080."""
    drawing = Drawing()
    drawing.table(100, [["规章", "4068.2080", "", "3"], ["许可", "1", "2", "3"]], [80, 200, 225, 300, 400])
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert table[1] == ["许可", "1", "2", "3"]
    assert sorted(cell.replace(" ", "") for cell in table[0][1:3]) == ["4068.2080", "\ufffd"]
    assert not any(cell.replace(".", "").isdigit() for cell in table[0][1:3])


@both
def test_a_number_that_runs_out_of_the_table_is_whole(reader):
    """Beside the table there is nothing that it could have met; 12998 is not 129."""
    drawing = Drawing()
    drawing.table(100, [["规章", "1", "12998"], ["许可", "2", "3"]], [80, 200, 300, 320])
    text = reader.read(drawing.pdf()).text
    assert tables_of(text) == [[["规章", "1", "12998"], ["许可", "2", "3"]]]
    assert "98" not in text.replace("12998", "")


@both
def test_a_number_that_leaves_the_table_for_the_margin_may_be_cut(reader):
    """The browser draws nothing there: 8596 is then 859."""
    drawing = Drawing()
    drawing.table(100, [["规章", "123", "859"], ["许可", "2", "3"]], [80, 200, 440, 452])
    end = 444 + 3 * SIZE / 2
    drawing.text(end - 10 * SIZE, 60, "一二三四五六七八九十")
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert table[0][2] not in {"859", "85", "8"}
    assert table[1] == ["许可", "2", "3"]


@both
def test_numbers_that_nearly_touch_across_a_rule_stay_two(reader):
    """Tight cells with hardly any padding."""
    drawing = Drawing()
    drawing.table(100, [["规章", "123", "456"], ["许可", "2", "3"]], [80, 200, 200 + 4 + 3 * SIZE / 2, 320])
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert table[0] == ["规章", "123", "456"]


@both
def test_a_page_that_lacks_the_border_of_a_merged_cell_is_part_of_the_table(reader):
    """Chromium draws none beside a cell that runs on; its text stands free, or hangs below the rules."""
    drawing = Drawing()
    drawing.table(740, [["规章", "1"], ["规范性文件", "2"]], [130, 400, 460])
    drawing.line(80, 740, 130, 740)
    drawing.line(80, 740, 80, 780)
    drawing.text(84, 755, "（四）")
    drawing.text(84, 795, "无法")
    drawing.next_page()
    drawing.table(60, [["行政许可", "3"], ["行政处罚", "4"]], [130, 400, 460])
    drawing.text(84, 75, "提供")
    normalized = reader.read(drawing.pdf())
    (table,) = tables_of(normalized.text)
    assert table == [
        ["（四）无法提供", "规章", "1"],
        ["", "规范性文件", "2"],
        ["", "行政许可", "3"],
        ["", "行政处罚", "4"],
    ]


@both
def test_bold_by_printing_twice_is_read_once(reader):
    """Some writers make bold by drawing the text again a hair beside."""
    drawing = Drawing()
    drawing.table(100, ROWS, XS)
    drawing.table(100, ROWS, [x + 0.3 for x in XS])
    assert tables_of(reader.read(drawing.pdf()).text) == [ROWS]


@both
def test_the_head_repeated_on_the_next_page_is_dropped(reader):
    """Word repeats head rows; the table is one."""
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    drawing = Drawing()
    drawing.table(700, [head, ["规章", "1", "2", "3"]], XS)
    drawing.next_page()
    drawing.table(60, [head, ["行政规范性文件", "4", "5", "6"]], XS)
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert table == [head, ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"]]


def cut_row(first, second, *, shift=0):
    """An official table whose last row on the first page continues on the second."""
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    drawing = Drawing()
    drawing.table(700, [head, ["规章", "1", "2", "3"], first], XS)
    drawing.next_page()
    drawing.table(60, [second, ["行政许可", "7", "8", "9"]], [x + shift for x in XS])
    return drawing.pdf(), [head, ["规章", "1", "2", "3"]], [["行政许可", "7", "8", "9"]]


@both
@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (["行政规范", "4", "5", "6"], ["性文件", "", "", ""], ["行政规范性文件", "4", "5", "6"]),
        (["行政规范性文件", "4", "5", "6"], ["", "", "", ""], ["行政规范性文件", "4", "5", "6"]),
        (["行政规范性文件", "4", "", "6"], ["", "", "5", ""], ["行政规范性文件", "4", "5", "6"]),
        (["", "", "", ""], ["行政规范性文件", "4", "5", "6"], ["行政规范性文件", "4", "5", "6"]),
        (["行政规范性文件", "10", "5", "6"], ["", "878", "", ""], ["行政规范性文件", "10 878", "5", "6"]),
    ],
)
def test_a_row_cut_by_a_page_break_is_joined_by_its_label(reader, first, second, whole):
    """10 | 878 is marked: the first line had room for more."""
    content, above, below = cut_row(first, second)
    (table,) = tables_of(reader.read(content).text)
    assert table == [*above, whole, *below]


@both
def test_strip_under_a_merged_label_at_the_page_end_is_no_row(reader):
    """Borders drawn cell by cell leave room below the last row, in which only the merged cell runs on."""
    drawing = Drawing()
    drawing.table(
        700, [["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"]], [130, 250, 320, 390, 460]
    )
    for x0, x1 in [(80, 130), (130, 460)]:
        drawing.line(x0, 752, x1, 752)
    for x in (80, 130, 460):
        drawing.line(x, 700, x, 752)
    drawing.line(80, 700, 130, 700)
    drawing.text(84, 713, "（一）")
    drawing.next_page()
    drawing.table(60, [["行政许可", "0", "7", "8"], ["行政处罚", "9", "1", "2"]], [130, 250, 320, 390, 460])
    drawing.line(80, 60, 80, 100)
    drawing.line(80, 60, 130, 60)
    drawing.line(80, 100, 130, 100)
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert [row[1:] for row in table] == [
        ["规章", "1", "2", "3"],
        ["行政规范性文件", "4", "5", "6"],
        ["行政许可", "0", "7", "8"],
        ["行政处罚", "9", "1", "2"],
    ]


@both
def test_whole_row_below_a_strip_at_the_page_top_stays_a_row(reader):
    """The merged label beside it ends a little lower than the row begins."""
    xs = [130, 250, 320, 390, 460]
    drawing = Drawing()
    drawing.table(700, [["行政规范性文件", "4", "5", "6"], ["行政许可", "1", "2", "3"]], xs)
    for y in (700, 740):
        drawing.line(80, y, 130, y)
    drawing.line(80, 700, 80, 740)
    drawing.next_page()
    drawing.table(60, [["行政处罚", "7", "8", "9"], ["行政强制", "0", "1", "2"]], xs)
    for y in (66, 100):
        drawing.line(80, y, 130, y)
    drawing.line(80, 60, 80, 100)
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert [row[1:] for row in table] == [
        ["行政规范性文件", "4", "5", "6"],
        ["行政许可", "1", "2", "3"],
        ["行政处罚", "7", "8", "9"],
        ["行政强制", "0", "1", "2"],
    ]


@both
def test_empty_strip_between_two_rows_is_no_row(reader):
    """Room that a page break leaves between the head of table 4 and its numbers would be a row of blanks."""
    head = ["结果维持", "结果纠正", "其他结果", "总计"]
    drawing = Drawing()
    drawing.table(100, [head, ["", "", "", ""], ["1", "2", "3", "6"]], XS)
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert table == [head, ["1", "2", "3", "6"]]


@both
def test_last_row_may_be_blank(reader):
    """Table 4 of a body without any review."""
    rows = [["结果维持", "结果纠正", "其他结果", "总计"], ["", "", "", ""]]
    drawing = Drawing()
    drawing.table(100, rows, XS)
    assert tables_of(reader.read(drawing.pdf()).text) == [rows]


@both
def test_border_that_is_drawn_off_the_page_opens_no_cells(reader):
    """Chromium draws a merged cell's border whole on either page, and clips it."""
    xs = [130, 250, 320, 390, 460]
    drawing = Drawing()
    drawing.table(740, [["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", ""]], xs, skip=[("h", 2)])
    drawing.line(80, 740, 130, 740)
    for x, top in ((80, 740), (130, 780)):
        drawing.line(x, top, x, 1200)
    drawing.next_page()
    drawing.table(60, [["", "", "", "6"], ["行政许可", "0", "1", "2"]], xs, skip=[("h", 0)])
    drawing.line(80, 100, 130, 100)
    for x in (80, 130):
        drawing.line(x, -400, x, 100)
    (table,) = tables_of(reader.read(drawing.pdf()).text)
    assert [row[1:] for row in table] == [
        ["规章", "1", "2", "3"],
        ["行政规范性文件", "4", "5", "6"],
        ["行政许可", "0", "1", "2"],
    ]


@both
def test_two_whole_rows_at_a_page_break_stay_two(reader):
    """Both have official labels, however the border is drawn."""
    content, above, below = cut_row(["行政规范性文件", "4", "5", "6"], ["行政处罚", "1", "1", "1"])
    (table,) = tables_of(reader.read(content).text)
    assert table == [*above, ["行政规范性文件", "4", "5", "6"], ["行政处罚", "1", "1", "1"], *below]


@both
def test_pages_with_mirrored_margins_share_one_table(reader):
    """Even pages of a bound document stand further left."""
    second = ["行政处罚", "1", "1", "1"]
    content, above, below = cut_row(["行政规范性文件", "4", "5", "6"], second, shift=-25)
    normalized = reader.read(content)
    (table,) = tables_of(normalized.text)
    assert table == [*above, ["行政规范性文件", "4", "5", "6"], second, *below]
    assert normalized.anchors[3, 0].page == 2
    assert normalized.anchors[3, 0].bbox[0] == pytest.approx(XS[0] - 25, abs=1)


@both
def test_text_between_two_tables_keeps_them_apart(reader):
    """The next section's heading stands above the second."""
    drawing = Drawing()
    drawing.table(700, ROWS, XS)
    drawing.next_page()
    drawing.text(101, 80, "三、收到和处理政府信息公开申请情况")
    drawing.table(100, ROWS, XS)
    assert tables_of(reader.read(drawing.pdf()).text) == [ROWS, ROWS]


@both
def test_a_frame_around_the_page_is_no_table(reader):
    """Some templates draw a border; the text in it is text, the table in it a table."""
    drawing = Drawing()
    drawing.canvas.rect(40, 40, WIDTH - 80, HEIGHT - 80)
    drawing.text(101, 80, "一、总体情况")
    drawing.table(100, ROWS, XS)
    assert reader.read(drawing.pdf()).text.splitlines()[0] == "## 一、总体情况"


@both
def test_a_shaded_head_does_not_cut_cells(reader):
    """Filled areas have edges, but no rules."""
    drawing = Drawing()
    drawing.canvas.setFillGray(0.9)
    drawing.canvas.rect(84, HEIGHT - 116, 40, 12, stroke=0, fill=1)
    drawing.canvas.setFillGray(0)
    drawing.table(100, ROWS, XS)
    assert tables_of(reader.read(drawing.pdf()).text) == [ROWS]


@both
def test_a_scan_is_said_to_be_one(reader):
    """A page picture without characters: unreadable with the reason, never an empty report."""
    from PIL import Image

    drawing = Drawing()
    drawing.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
    with pytest.raises(UnreadableDocument, match="扫描件"):
        reader.read(drawing.pdf())


@both
def test_pages_that_are_pictures_are_a_problem_where_others_are_text(reader):
    """The tables may be on them: never missing, never zero."""
    from PIL import Image

    drawing = Drawing()
    drawing.paragraph(100, PROSE * 6)
    drawing.next_page()
    drawing.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
    (problem,) = reader.read(drawing.pdf()).problems
    assert problem.code == "scan"
    assert "第 2 页" in problem.detail


@both
def test_a_text_layer_over_a_scan_is_a_problem(reader):
    """What a scanner's software has recognised is not what the body has written."""
    from PIL import Image

    drawing = Drawing()
    drawing.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
    drawing.paragraph(100, PROSE * 6)
    assert [problem.code for problem in reader.read(drawing.pdf()).problems] == ["ocr_layer"]


@both
def test_rows_of_a_table_without_rules_stay_lines_in_columns(reader):
    """Columns by gaps only: no row is joined to the next, and a blank cell leaves its room."""
    rows = [["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"], ["许可", "7", "", "9"]]
    drawing = Drawing()
    for number, row in enumerate(rows):
        for x, text in zip([80, 250, 370, 500], row, strict=True):
            drawing.text(x, 100 + 20 * number, text)
    lines = reader.read(drawing.pdf()).text.splitlines()
    assert [line.split() for line in lines] == [[word for word in row if word] for row in rows]
    half_widths = [line.encode("gb18030") for line in lines]
    assert half_widths[0].index(b"3") == half_widths[1].index(b"6") == half_widths[2].index(b"9")


@both
def test_narrow_columns_without_rules_stay_lines(reader):
    """Headers of one character a line, numbers below: no wide gap, and no prose."""
    drawing = Drawing()
    drawing.paragraph(60, PROSE)
    for number, row in enumerate(["持 正 果 结 计 " * 3, "0 0 11 0 0 0 0 0 0 0 0 0 0 0 0"]):
        for place, word in enumerate(row.split()):
            drawing.text(80 + 28 * place, 200 + 20 * number, word, 14)
    *_, head, numbers = reader.read(drawing.pdf()).text.splitlines()
    assert head.split() == list("持正果结计" * 3)
    assert numbers.split() == ["0", "0", "11", *["0"] * 12]


@both
def test_a_password_is_said(reader):
    """The document cannot be opened without it."""
    drawing = Drawing(encrypt=StandardEncryption("secret", "owner"))
    drawing.table(100, ROWS, XS)
    with pytest.raises(EncryptedDocument):
        reader.read(drawing.pdf())


def test_an_empty_password_opens():
    """Many portals' files only forbid printing: the user's password is empty."""
    drawing = Drawing(encrypt=StandardEncryption("", "owner", canPrint=0))
    drawing.table(100, ROWS, XS)
    assert tables_of(pdf.read(drawing.pdf()).text) == [ROWS]
