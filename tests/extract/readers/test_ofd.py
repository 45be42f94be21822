"""OFD: the grid of a PDF from positioned XML, whatever way the writer chose to say it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extract.errors import EncryptedDocument, UnreadableDocument
from extract.normalize import normalize
from extract.readers import limits, ofd
from extract.readers.ofd_drawing import steps, subpaths
from extract.readers.package import Package
from tests.extract.readers.ofd_writer import NAMESPACE, Ofd, path, table, text
from tests.extract.readers.truth import expected_numbers, read_numbers, tables_of, truth_of

XS = [20, 70, 100, 130, 160]
ROWS = [["规章", "1", "2", "3"], ["行政规范性文件", "", "5", "143.2062"]]
GRID = table(ROWS, XS, 50)


@pytest.mark.parametrize(
    "name", ["seed000-rand.ofd", "seed003-hard.ofd", "seed003-randbig.ofd", "seed004-randblank.ofd"]
)
def test_every_number_of_a_whole_report_is_at_its_row_and_column(fixtures, name):
    """Narrow cells, wrapped digits, rows cut by page breaks."""
    content = (fixtures / "corpus" / name).read_bytes()
    truth = truth_of(fixtures / "corpus" / name)
    normalized = normalize(content)
    assert normalized.reader == "ofd"
    assert read_numbers(normalized) == expected_numbers(truth)
    assert normalized.text.startswith(f"# {truth['title']}\n")


def test_an_anchor_leads_back_to_the_same_characters(fixtures):
    """The characters of the page inside the box, read again, are the number."""
    content = (fixtures / "corpus" / "seed003-hard.ofd").read_bytes()
    normalized = ofd.read(content)
    with Package(content) as package:
        pages = [page for page, _ in ofd.pages(package)]
    lines = normalized.text.split("\n")
    checked = 0
    for (line, cell), anchor in normalized.anchors.items():
        expected = lines[line].split("\t")[cell]
        if "\t" in lines[line] and expected.isdigit():
            x0, top, x1, bottom = anchor.bbox
            inside = [
                char.text
                for char in pages[anchor.page - 1].chars
                if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
            ]
            found = "".join(inside).strip()
            assert found == expected or (len(found) < len(expected) and expected.startswith(found))
            checked += 1
    assert checked > 180


@pytest.mark.parametrize(
    "document",
    [
        Ofd([GRID]),
        Ofd([GRID], page_box=None),
        Ofd(
            [GRID],
            page_box=None,
            page_parts="<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>",
        ),
        Ofd([GRID], namespace="http://www.ofdspec.org"),
        Ofd([GRID], root="/Doc_0/Document.xml", base="/Doc_0/Pages/Page_{}/Content.xml"),
        Ofd([GRID], root="doc_0\\document.xml", base="pages/page_{}/content.xml"),
        Ofd([f"<ofd:PageBlock><ofd:PageBlock>{GRID}</ofd:PageBlock></ofd:PageBlock>"]),
        Ofd(
            [""],
            common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>',
            page_parts='<ofd:Template TemplateID="7" ZOrder="Background"/>',
            files={"Doc_0/Tpls/T.xml": Ofd([]).page(GRID)},
        ),
        Ofd(
            ['<ofd:CompositeObject ID="3" Boundary="0 0 210 297" ResourceID="9"/>'],
            common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>",
            files={
                "Doc_0/PublicRes.xml": Ofd([]).part(
                    "Res",
                    '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
                    f"{GRID}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>",
                )
            },
        ),
    ],
    ids=[
        "plain",
        "no size",
        "size on the page",
        "old namespace",
        "absolute paths",
        "wrong capitals and slashes",
        "page blocks",
        "template",
        "composite",
    ],
)
def test_the_ways_of_writing_a_page_read_the_same(document):
    """Each was seen in some writer."""
    assert tables_of(ofd.read(document.bytes()).text) == [ROWS]


def run(inside, *, more='Size="4"', left=71):
    """A text object at the place of a number."""
    return f'<ofd:TextObject Boundary="{left} 52 20 4" {more}>{inside}</ofd:TextObject>'


def code(digits, attributes):
    """A run of characters."""
    return f"<ofd:TextCode {attributes}>{digits}</ofd:TextCode>"


GLYPHS = (
    '<ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>5 6 7 8</ofd:Glyphs>'
    "</ofd:CGTransform>"
)


@pytest.mark.parametrize(
    "cell",
    [
        run(code("1234", 'X="0" Y="4" DeltaX="g 3 2"')),
        run(code("1234", 'X="0" Y="2" DeltaX="1 1 1"'), more='Size="2" CTM="2 0 0 2 0 0"'),
        run(code("12", 'X="0" Y="4" DeltaX="2"') + code("34", 'X="4" DeltaX="2"')),
        "".join(run(code(digit, 'X="0" Y="4"'), left=71 + 2 * n) for n, digit in enumerate("1234")),
        run(GLYPHS + code("1234", 'X="0" Y="4" DeltaX="2 2 2"')),
    ],
    ids=["repeated steps", "matrix", "two runs", "an object a glyph", "glyph numbers"],
)
def test_the_ways_of_writing_a_number_read_the_same(cell):
    """Places, not objects, make a number."""
    rows = [["规章", ""], ["规范性文件", "5"]]
    content = Ofd([table(rows, [20, 70, 120], 50) + cell]).bytes()
    assert tables_of(ofd.read(content).text) == [[["规章", "1234"], ["规范性文件", "5"]]]


@pytest.mark.parametrize(
    "rules",
    [
        "".join(path("M 0 0 L 100 0 L 100 8 L 0 8 C", boundary=f"20 {y} 100 8") for y in (50, 58))
        + path("M 70 50 L 70 66"),
        "".join(
            path(
                f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C",
                boundary=f"{x} {y} {w} {h}",
                more='Stroke="false" Fill="true"',
            )
            for x, y, w, h in [(20, 50, 100, 0.2), (20, 58, 100, 0.2), (20, 66, 100, 0.2)]
            + [(x, 50, 0.2, 16) for x in (20, 70, 120)]
        ),
        "".join(
            path("S 0 0 M 0 0 L 10 0", boundary=f"20 {y} 100 1", more='CTM="10 0 0 1 0 0"')
            for y in (50, 58, 66)
        )
        + "".join(path(f"M{x} 50L{x} 66") for x in (20, 70, 120)),
    ],
    ids=["closed boxes", "thin fillings", "matrix and tight numbers"],
)
def test_the_ways_of_drawing_rules_read_the_same(rules):
    """Boxes, thin areas, scaled lines."""
    cells = text(21, 56, "规章") + text(71, 56, "1") + text(21, 64, "规范性文件") + text(71, 64, "5")
    assert tables_of(ofd.read(Ofd([rules + cells]).bytes()).text) == [[["规章", "1"], ["规范性文件", "5"]]]


def test_a_glyph_without_a_code_is_no_number():
    """Private characters and the placeholder of unmapped glyphs are U+FFFD, and a problem."""
    unmapped = text(71, 56, "\ue123") + text(101, 56, "¤").replace(
        "<ofd:TextCode", "<ofd:CGTransform/><ofd:TextCode"
    )
    normalized = ofd.read(Ofd([table([["规章", "", ""], ["许可", "1", "2"]], XS[:4], 50) + unmapped]).bytes())
    assert tables_of(normalized.text)[0][0] == ["规章", "\ufffd", "\ufffd"]
    assert [problem.code for problem in normalized.problems] == ["unmapped_characters"]


def test_invisible_objects_are_not_read():
    """What nobody sees is no number."""
    hidden = text(75, 56, "9", more='Visible="false"')
    assert tables_of(ofd.read(Ofd([GRID + hidden]).bytes()).text) == [ROWS]


def test_writing_that_runs_up_the_page_reads_the_same():
    """A landscape table on a portrait page, by the matrix of a composite."""
    unit = (
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9'>"
        f"<ofd:Content>{GRID}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    document = Ofd(
        ['<ofd:CompositeObject Boundary="0 0 210 297" CTM="0 -1 1 0 0 250" ResourceID="9"/>'],
        common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
        files={"Doc_0/R.xml": Ofd([]).part("Res", unit)},
    )
    assert tables_of(ofd.read(document.bytes()).text) == [ROWS]


def test_all_documents_of_a_package_are_read_in_order():
    """Page numbers count through."""
    single = Ofd([text(20, 50, "一、总体情况。")])
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    document = Ofd([text(20, 50, "一、总体情况。")], files={"OFD.xml": single.part("OFD", body * 2)})
    normalized = ofd.read(document.bytes())
    assert normalized.text.splitlines() == ["一、总体情况。"] * 2
    assert [anchor.page for anchor in normalized.anchors.values()] == [1, 2]


def picture_page(content=None):
    """A page that is one picture."""
    stream = io.BytesIO()
    Image.new("L", (60, 80), 200).save(stream, "PNG")
    return Ofd(
        ['<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="8"/>'],
        common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>",
        files={
            "Doc_0/DocumentRes.xml": f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:MultiMedias>'
            '<ofd:MultiMedia ID="8" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>'
            "</ofd:MultiMedias></ofd:Res>",
            "Doc_0/Res/scan.png": content or stream.getvalue(),
        },
    )


def test_a_scan_is_said_to_be_one():
    """Pictures only: unreadable here with the reason, and the picture is at hand for who can read it."""
    content = picture_page().bytes()
    with pytest.raises(UnreadableDocument, match="扫描件"):
        ofd.read(content)
    with Package(content) as package:
        ((page, files),) = ofd.pages(package)
    assert page.pictures
    assert files[0].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("files", "error", "reason"),
    [
        ({"Doc_0/Document.xml": "<broken"}, UnreadableDocument, "不是完整的 XML"),
        (
            {"Doc_0/Document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'},
            UnreadableDocument,
            "DTD",
        ),
        ({"OFD.xml": f'<ofd:OFD xmlns:ofd="{NAMESPACE}"/>'}, UnreadableDocument, "没有文档"),
        (
            {"OFD.xml": f'<ofd:OFD xmlns:ofd="{NAMESPACE}"/>', "Encryptions.xml": "<x/>"},
            EncryptedDocument,
            "加密",
        ),
    ],
)
def test_broken_and_locked_files_say_so(files, error, reason):
    """One line each."""
    with pytest.raises(error, match=reason):
        ofd.read(Ofd([GRID], files=files).bytes())


def test_no_path_leaves_the_package(tmp_path):
    """Names are looked up among the members and nowhere else; a page that is not there is empty."""
    outside = tmp_path / "page.xml"
    outside.write_text(Ofd([]).page(GRID), "utf-8")
    document = Ofd([GRID], base=f"../../../..{outside}")
    with pytest.raises(UnreadableDocument):
        ofd.read(document.bytes())


def test_a_composite_that_holds_itself_ends():
    """Depth is bounded."""
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
        '<ofd:CompositeObject Boundary="0 0 1 1" ResourceID="9"/></ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    document = Ofd(
        ['<ofd:CompositeObject Boundary="0 0 210 297" ResourceID="9"/>'],
        common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
        files={"Doc_0/R.xml": Ofd([]).part("Res", unit)},
    )
    with pytest.raises(UnreadableDocument, match="嵌套"):
        ofd.read(document.bytes())


def test_composites_that_multiply_end():
    """Twenty levels of two would be a million objects."""
    unit = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>'
        + f'<ofd:CompositeObject Boundary="0 0 1 1" ResourceID="{n + 1}"/>' * 12
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(18)
    )
    document = Ofd(
        ['<ofd:CompositeObject Boundary="0 0 210 297" ResourceID="0"/>'],
        common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
        files={
            "Doc_0/R.xml": Ofd([]).part(
                "Res", f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>"
            )
        },
    )
    with pytest.raises(UnreadableDocument, match="图元过多"):
        ofd.read(document.bytes())


def test_bombs_are_refused(monkeypatch):
    """By size and by ratio, before and while unpacking."""
    monkeypatch.setattr("extract.readers.package.MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(UnreadableDocument, match="过大"):
        ofd.read(Ofd([GRID]).bytes())
    bomb = Ofd([GRID], files={"Doc_0/Pages/Page_0/Content.xml": b" " * (limits.RATIO_FREE_BYTES * 2)})
    with pytest.raises(UnreadableDocument, match="压缩比"):
        ofd.read(bomb.bytes())


@given(
    st.lists(st.one_of(st.just("g"), st.integers(-9, 10**12).map(str), st.text(max_size=3))),
    st.integers(0, 50),
)
def test_steps_are_bounded_whatever_is_written(parts, count):
    """`g 999999999999 1` is no list of a trillion."""
    assert len(steps(" ".join(parts), count)) <= count


@given(st.text(alphabet="SMLQBAC 0123456789.-e\n", max_size=80))
@settings(max_examples=200)
def test_paths_are_read_whatever_is_written(data):
    """Cut-off commands are left out."""
    assert all(len(points) > 1 for points in subpaths(data))


def test_steps_and_paths():
    """The forms of the standard."""
    assert steps("1 g 2 3.5 4", 9) == [1, 3.5, 3.5, 4]
    assert list(subpaths("M 0 0 L 1 0 Q 1 1 2 2 B 1 1 2 2 3 3 A 5 5 0 0 1 9 9 C")) == [
        [(0, 0), (1, 0), (2, 2), (3, 3), (9, 9), (0, 0)]
    ]
