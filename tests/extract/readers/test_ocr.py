"""Scans and pictures: the same facts as the text, or marked; pages with text are never recognised."""

import builtins
import io
import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from extract.errors import UnreadableDocument, UnsupportedFormat
from extract.model import State
from extract.normalize import normalize
from extract.parser import parse_report
from extract.readers import ocr, ocr_engine
from extract.readers.ocr_engine import Word
from tests.extract.readers.drawing import HEIGHT, WIDTH, Drawing
from tests.extract.readers.ofd_writer import Ofd, zipped
from tests.extract.readers.test_ofd import picture_page
from tests.extract.readers.truth import tables_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
TABLE_2 = FIXTURES / "scans" / "seed000-rand-table-2.jpg"


def truth(name):
    """The numbers of a corpus document by path."""
    tables = json.loads((FIXTURES / "corpus" / f"{name}.truth.json").read_text("utf-8"))
    return {
        f"{table}.{row}.{column}": value
        for table in ("disclosure", "requests", "remedies")
        for row, cells in tables[table].items()
        for column, value in cells.items()
    }


def check(report, name, tables):
    """Every number of `tables` is right or null, and nearly all are there; return how many are."""
    expected = {path: value for path, value in truth(name).items() if path.partition(".")[0] in tables}
    read = {fact.path: fact for fact in report.facts if fact.path.partition(".")[0] in tables}
    for path, fact in read.items():
        assert fact.reader == "ocr"
        assert fact.value is None or float(fact.value) == expected[path], fact
    return sum(fact.value is not None for fact in read.values()), len(expected)


@lru_cache(maxsize=1)
def table_2():
    """A real scan of table 2, recognised once for all tests: it takes seconds."""
    return normalize(TABLE_2.read_bytes())


def test_a_real_scan_of_a_table_is_read_exactly():
    """Skewed, in grey, as JPEG: table 2, which has no sums, by two readings that agree."""
    text = table_2()
    assert (text.reader, text.recognised_pages) == ("ocr", frozenset({1}))
    assert [problem.code for problem in text.problems] == ["recognised"]
    assert check(parse_report(text), "seed000-rand", {"disclosure"}) == (10, 10)


def test_an_anchor_leads_back_to_the_number_in_the_picture():
    """The crop of the picture as scanned, recognised anew, is the same number."""
    with Image.open(TABLE_2) as opened:
        picture = opened.convert("RGB")
    scale = picture.width / 842.0
    crops, raws = [], []
    for fact in parse_report(table_2()).facts:
        box = [round(value * scale) for value in fact.anchor.bbox]
        crop = np.asarray(picture.crop((box[0] + 6, box[1] + 6, box[2] - 6, box[3] - 6)))
        dark = np.argwhere(crop[:, :, 0] < 128)
        (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
        crops.append(crop[max(top - 5, 0) : bottom + 5, max(left - 12, 0) : right + 12])
        raws.append(fact.raw)
    found = ocr_engine.read_lines(crops)
    assert sum(one == other for one, other in zip(found, raws, strict=True)) >= 9


def test_a_stamp_through_a_number_leaves_it_right_or_marked():
    """Never a digit that has lost its stroke; what the stamp does not touch is read."""
    with Image.open(TABLE_2) as opened:
        picture = opened.convert("RGB")
    layer = Image.new("RGB", picture.size, "white")
    x, y = round(picture.width * 0.36), round(picture.height * 0.3)
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - 140, y - 140, x + 140, y + 140), outline=(214, 45, 45), width=10)
    draw.line((x - 130, y, x + 130, y), fill=(214, 45, 45), width=8)
    stamped = Image.fromarray(np.minimum(np.asarray(picture), np.asarray(layer)))
    stream = io.BytesIO()
    stamped.save(stream, "JPEG", quality=75)
    read, count = check(parse_report(normalize(stream.getvalue())), "seed000-rand", {"disclosure"})
    assert count - 4 <= read <= count


class FakeEngine:
    """Recognises one word on each page, and remembers that it was asked."""

    def __init__(self):
        self.pages = 0

    def read_page(self, picture):
        """A title, or a number in the middle of the first cell."""
        self.pages += 1
        word = "一、总体情况。" if self.pages % 2 else "二、主动公开。"
        return [Word(word, 200, 200, 200 + 60 * len(word), 260)]

    def read_lines(self, pictures):
        """Nothing."""
        return ["" for _ in pictures]


@pytest.fixture
def engine(monkeypatch):
    """An engine that costs nothing."""
    fake = FakeEngine()
    monkeypatch.setattr(ocr, "check_installed", lambda: None)
    monkeypatch.setattr(ocr, "read_page", fake.read_page)
    monkeypatch.setattr(ocr, "read_lines", fake.read_lines)
    return fake


def marked_page():
    """A page on which something is written."""
    image = Image.new("L", (600, 848), 255)
    ImageDraw.Draw(image).rectangle((100, 100, 200, 112), fill=0)
    return image


def picture(kind="PNG", frames=1):
    """A page as a picture, with a mark on it."""
    image = marked_page()
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(stream, kind, **more)
    return stream.getvalue()


def scanned_pdf(*, text_on=()):
    """A PDF of two pages, pictures but for those with text."""
    drawing = Drawing()
    for number in (1, 2):
        if number in text_on:
            drawing.paragraph(100, "本机关认真贯彻落实条例，各项工作有序推进。" * 6)
        else:
            drawing.canvas.drawImage(ImageReader(marked_page()), 0, 0, WIDTH, HEIGHT)
        drawing.next_page()
    return drawing.pdf()


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (picture("PNG"), 1),
        (picture("JPEG"), 1),
        (picture("BMP"), 1),
        (picture("TIFF", frames=3), 3),
        (scanned_pdf(), 2),
        (picture_page(picture()).bytes(), 1),
    ],
    ids=["png", "jpeg", "bmp", "tiff of pages", "pdf", "ofd"],
)
def test_all_kinds_of_pictures_are_pages(engine, content, pages):
    """Each page is recognised once."""
    text = normalize(content)
    assert engine.pages == pages
    assert text.reader == "ocr"
    assert text.recognised_pages == frozenset(range(1, pages + 1))


def test_a_page_with_text_is_never_recognised(engine):
    """Only the picture among pages of text is; a PDF of text alone not at all."""
    with pytest.raises(UnreadableDocument, match="不需要文字识别"):
        ocr.read(scanned_pdf(text_on=(1, 2)))
    with pytest.raises(UnreadableDocument, match="不需要文字识别"):
        ocr.read(Ofd(["<ofd:PageBlock/>"]).bytes())
    assert engine.pages == 0
    text = normalize(scanned_pdf(text_on=(1,)))
    assert (engine.pages, text.reader, text.recognised_pages) == (1, "ocr", frozenset({2}))
    assert "本机关认真贯彻" in text.text
    assert "一、总体情况" in text.text


def test_a_blank_picture_has_nothing_to_recognise(engine):
    """The engine is not asked."""
    stream = io.BytesIO()
    Image.new("L", (600, 848), 200).save(stream, "PNG")
    with pytest.raises(UnreadableDocument, match="没有能识别的文字"):
        normalize(stream.getvalue())
    assert engine.pages == 0


def test_pictures_in_an_archive_are_the_pages_of_one_report(engine):
    """In the order of their names, numbers by value; a place names its own picture."""
    text = normalize(zipped({"第10页.png": picture(), "第9页.png": picture()}))
    assert text.reader == "bundle/ocr"
    assert text.text.splitlines() == ["一、总体情况。", "二、主动公开。"]
    places = [(anchor.page, anchor.locator) for anchor in text.anchors.values()]
    assert places == [(1, "第9页.png!/"), (2, "第10页.png!/")]


def test_a_report_in_the_archive_spares_the_pictures(engine):
    """Photographs beside the report are not recognised."""
    docx = (FIXTURES / "corpus" / "seed003-hard.docx").read_bytes()
    assert normalize(zipped({"1.jpg": picture("JPEG"), "2.docx": docx})).reader == "bundle/docx"
    assert engine.pages == 0


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    """Of a picture and of a scanned PDF; a PDF with text does not need it."""
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.partition(".")[0] in {"rapidocr", "cv2"}:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    ocr_engine._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", missing)
    for content in (picture(), scanned_pdf()):
        with pytest.raises(UnsupportedFormat, match=r"nianbao\[ocr\]"):
            normalize(content)
    assert normalize(scanned_pdf(text_on=(1,))).reader == "pdf"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (picture("JPEG")[:400], "损坏|不完整"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "损坏"),
    ],
)
def test_a_broken_picture_is_said_to_be_broken(content, reason):
    """In one line."""
    with pytest.raises(UnreadableDocument, match=reason):
        normalize(content)


def test_pictures_that_are_no_page_are_refused():
    """A banner, an icon."""
    for size in ((4000, 60), (90, 90)):
        stream = io.BytesIO()
        Image.new("L", size, 255).save(stream, "PNG")
        with pytest.raises(UnreadableDocument, match="不是一页文字"):
            normalize(stream.getvalue())


def test_a_cell_that_only_one_reading_knows_is_ambiguous(monkeypatch, engine):
    """The words of the page say 7, the crop says 1: table 2 has no sums."""
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "7", "2", "3"]]
    xs, ys = [220, 620, 860, 1100, 1340], [400, 480, 560]
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), fill=0, width=3)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), fill=0, width=3)
    words = []
    for row, top in zip(rows, ys, strict=False):
        for cell, left in zip(row, xs, strict=False):
            words.append(Word(cell, left + 20, top + 20, left + 20 + 30 * len(cell), top + 60))
            draw.rectangle((left + 20, top + 24, left + 40, top + 56), fill=0)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    answers = iter(["规章", "1", "2", "3"])
    monkeypatch.setattr(ocr, "read_page", lambda _: words)
    monkeypatch.setattr(ocr, "read_lines", lambda crops: [next(answers) for _ in crops])
    text = ocr.read(stream.getvalue())
    assert tables_of(text.text) == [rows]
    assert sorted(text.recognised.values()) == ["1", "2", "3", "规章"]
    facts = {fact.path: fact for fact in parse_report(text).facts}
    assert (facts["disclosure.rules.issued"].state, facts["disclosure.rules.repealed"].value) == (
        State.AMBIGUOUS,
        2,
    )
