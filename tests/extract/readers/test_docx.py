"""DOCX at cell level: merged cells, tracked changes, boxes, automatic numbers, hostile packages."""

import io
import re
import zipfile

import pytest
from lxml import etree

from extract.errors import EncryptedDocument, UnreadableDocument
from extract.readers import docx
from extract.readers.chinese_numerals import written_number
from tests.extract.readers.truth import expected_numbers, read_numbers, tables_of, truth_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLE_H = "<w:pStyle w:val='H'/>"
NUMBERED = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr></w:pPr>"


def package(body: str, *, numbering: str = "", styles: str = "", namespace: str = W) -> bytes:
    """A DOCX of a body, and of what else is given."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document xmlns:w='{namespace}' xmlns:mc='http://schemas.openxmlformats.org/"
        "markup-compatibility/2006' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
        f"<w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering xmlns:w='{W}'>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles xmlns:w='{W}'>{styles}</w:styles>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def lines_of(content: bytes) -> list[str]:
    """The normalized lines of a DOCX."""
    return docx.read(content).text.splitlines()


def level(number: int, number_format: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f"<w:lvl w:ilvl='{number}'><w:start w:val='1'/><w:numFmt w:val='{number_format}'/>{more}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


@pytest.mark.parametrize("name", ["seed003-hard.docx", "seed004-randblank.docx"])
def test_every_number_of_a_real_document_is_at_its_row_and_column(fixtures, name):
    """All 200 cells, blanks included."""
    path = fixtures / "corpus" / name
    truth = truth_of(path)
    normalized = docx.read(path.read_bytes())
    assert read_numbers(normalized) == expected_numbers(truth)
    assert normalized.text.startswith(f"# {truth['title']}\n")


def test_a_locator_leads_back_to_the_same_string(fixtures):
    """Every table cell's pointer, opened in word/document.xml, holds the cell's text."""
    content = (fixtures / "corpus" / "seed003-hard.docx").read_bytes()
    normalized = docx.read(content)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    tables = list(root.iter(f"{{{W}}}tbl"))
    lines = normalized.text.split("\n")
    checked = 0
    for (line, cell), anchor in normalized.anchors.items():
        places = [int(number) for number in re.findall(r"\d+", anchor.locator)]
        if len(places) == 3:
            row = tables[places[0] - 1].findall(f"{{{W}}}tr")[places[1] - 1]
            found = row.findall(f"{{{W}}}tc")[places[2] - 1]
            assert "".join(found.itertext()) == lines[line].split("\t")[cell]
            checked += 1
    assert checked > 200


def test_merged_cells_are_written_once():
    """Spans go to the right, vMerge downwards; covered cells have no anchor, blank ones do."""
    restart, carried = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [
        tc("角", f"<w:gridSpan w:val='2'/>{restart}") + tc("甲"),
        tc("", f"<w:gridSpan w:val='2'/>{carried}") + tc(""),
        tc("子") + tc("丑") + tc("1"),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    normalized = docx.read(package(body))
    assert tables_of(normalized.text) == [[["角", "", "甲"], ["", "", ""], ["子", "丑", "1"]]]
    assert sorted(normalized.anchors) == [(0, 0), (0, 2), (1, 2), (2, 0), (2, 1), (2, 2)]


def test_rows_whose_edges_differ_by_a_sliver_share_their_columns():
    """Word makes a grid column of every hair between two rows' edges."""
    grid = "<w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='30'/><w:gridCol w:w='1500'/></w:tblGrid>"
    two = "<w:gridSpan w:val='2'/>"
    rows = [tc("规章") + tc("1", two), tc("许可", two) + tc("2")]
    body = f"<w:tbl>{grid}" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert tables_of(docx.read(package(body)).text) == [[["规章", "1"], ["许可", "2"]]]


def test_no_cell_is_lost_where_a_column_is_as_narrow_as_a_sliver():
    """Both cells of a row keep a place."""
    grid = "<w:tblGrid><w:gridCol w:w='60'/><w:gridCol w:w='1500'/></w:tblGrid>"
    body = f"<w:tbl>{grid}<w:tr>{tc('1')}{tc('2')}</w:tr></w:tbl>"
    assert tables_of(docx.read(package(body)).text) == [[["1", "2"]]]


def test_cells_and_rows_in_content_controls_are_read():
    """w:sdt may wrap a row, a cell, or a paragraph."""
    row = f"<w:tr><w:sdt><w:sdtContent>{tc('规章')}</w:sdtContent></w:sdt>{tc('1')}</w:tr>"
    body = f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>"
    assert tables_of(docx.read(package(body)).text) == [[["规章", "1"]]]


def test_changes_are_read_as_accepted():
    """Inserted and moved-to text stays, deleted and moved-from text goes; so do deleted rows."""
    deleted_row = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{tc('旧')}{tc('9')}</w:tr>"
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>丁</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>戊</w:t></w:r></w:moveTo></w:p>"
        f"<w:tbl>{deleted_row}<w:tr>{tc('新')}{tc('1')}</w:tr></w:tbl>"
    )
    assert lines_of(package(body)) == ["甲乙戊", "", "新\t1"]


def test_hidden_text_field_codes_and_bookmarks_are_not_text():
    """[bookmark: _GoBack] in a report is a residue of other readers."""
    body = (
        "<w:p><w:bookmarkStart w:id='0' w:name='_GoBack'/><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>显</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>示</w:t></w:r><w:bookmarkEnd w:id='0'/></w:p>"
    )
    assert lines_of(package(body)) == ["显示"]


def test_a_number_split_over_runs_is_one_number():
    """Word cuts runs wherever the spelling checker or an editor has been."""
    cell = "<w:tc><w:p><w:r><w:t>20</w:t></w:r><w:proofErr/><w:r><w:t>23</w:t></w:r></w:p></w:tc>"
    body = f"<w:tbl><w:tr>{tc('规章')}{cell}</w:tr></w:tbl>"
    assert tables_of(docx.read(package(body)).text) == [[["规章", "2023"]]]


def test_two_paragraphs_of_digits_in_a_cell_are_not_one_number():
    """10 over 878 may be two numbers."""
    cell = f"<w:tc>{p('10')}{p('878')}</w:tc>"
    body = f"<w:tbl><w:tr>{tc('规章')}{cell}</w:tr></w:tbl>"
    assert tables_of(docx.read(package(body)).text) == [[["规章", "10 878"]]]


def test_a_text_box_is_read_once():
    """Choice and fallback hold the same box."""
    box = f"<w:pict><w:txbxContent>{p('框内文字')}</w:txbxContent></w:pict>"
    run = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = f"<w:p>{run}</mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"
    assert lines_of(package(body)) == ["正文", "框内文字"]


def test_headings_numbered_by_word_get_their_number():
    """一、 and （一） come from numbering.xml; the deeper level begins again below each."""
    numbering = (
        f"<w:abstractNum w:abstractNumId='7'>{level(0, 'chineseCountingThousand', '%1、')}"
        f"{level(1, 'chineseCounting', '（%2）')}{level(2, 'decimal', '%3.')}</w:abstractNum>"
        "<w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num>"
    )
    levels = (
        ("总体情况", 0),
        ("主动公开", 1),
        ("依申请公开", 1),
        ("主动公开政府信息情况", 0),
        ("说明", 1),
        ("甲", 2),
    )
    body = "".join(p(text, NUMBERED.format(place, 3)) for text, place in levels)
    assert lines_of(package(body, numbering=numbering)) == [
        "## 一、总体情况",
        "### （一）主动公开",
        "### （二）依申请公开",
        "## 二、主动公开政府信息情况",
        "### （一）说明",
        "1.甲",
    ]


def test_numbering_through_a_style_and_its_base():
    """The paragraph names only a style; the style's base names the list."""
    numbering = (
        f"<w:abstractNum w:abstractNumId='1'>{level(0, 'decimal', '%1、')}"
        f"{level(1, 'chineseCounting', '%2、', STYLE_H)}</w:abstractNum>"
        "<w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>"
    )
    styles = (
        "<w:style w:styleId='B'><w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='H'><w:basedOn w:val='B'/></w:style>"
    )
    body = p("总体情况", "<w:pPr><w:pStyle w:val='H'/></w:pPr>") * 2
    assert lines_of(package(body, numbering=numbering, styles=styles)) == [
        "## 一、总体情况",
        "## 二、总体情况",
    ]


def test_a_list_that_starts_again():
    """A second list on the same definition with a start of its own."""
    numbering = (
        f"<w:abstractNum w:abstractNumId='1'>{level(0, 'decimal', '%1.')}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='1'/></w:lvlOverride></w:num>"
    )
    body = "".join(p("项", NUMBERED.format(0, list_id)) for list_id in (1, 1, 2, 2))
    assert lines_of(package(body, numbering=numbering)) == ["1.项", "2.项", "1.项", "2.项"]


@pytest.mark.parametrize(
    ("number", "number_format", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (101, "chineseCounting", "一百零一"),
        (110, "chineseCounting", "一百一十"),
        (3, "chineseLegalSimplified", "叁"),
        (12, "ideographDigital", "一二"),
        (2, "ideographTraditional", "乙"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (5, "somethingNew", "5"),
        (5, "bullet", ""),
    ],
)
def test_number_formats_of_word(number, number_format, written):
    """Chinese counting above all."""
    assert written_number(number, number_format) == written


def test_a_section_with_only_a_picture_is_a_problem():
    """The table was pasted as a picture."""
    picture = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    body = p("二、主动公开政府信息情况") + picture + p("三、收到和处理政府信息公开申请情况")
    normalized = docx.read(package(body))
    assert [problem.code for problem in normalized.problems] == ["tables_as_image"]


def test_the_strict_namespace_is_read():
    """ISO 29500 Strict has other names for the same elements."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert lines_of(package(p("正文"), namespace=strict)) == ["正文"]


def test_entities_are_refused():
    """Neither expanded nor fetched."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><w:document xmlns:w='{W}'><w:body>"
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(UnreadableDocument, match="DTD"):
        docx.read(stream.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    """Blanks pack a thousand to one."""
    with pytest.raises(UnreadableDocument, match="压缩炸弹"):
        docx.read(package(" " * 20_000_000))


def test_a_password_on_a_member_is_said():
    """Bit 0 of the flags in the central directory."""
    content = bytearray(package(p("正文")))
    for record in re.finditer(b"PK\x01\x02", bytes(content)):
        content[record.start() + 8] |= 1
    with pytest.raises(EncryptedDocument):
        docx.read(bytes(content))


def test_deep_nesting_of_tables_is_refused():
    """Tables in cells in tables, far beyond what anyone writes."""
    body = p("底")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    with pytest.raises(UnreadableDocument, match="嵌套过深"):
        docx.read(package(body))
