"""Bytes to text by the readers of their type; hostile bytes end in one clear error, nothing else."""

import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import media, normalize
from extract.errors import EncryptedDocument, ExtractError, UnreadableDocument, UnsupportedFormat
from extract.readers import pdf

CORPUS = Path(__file__).parent.parent / "fixtures" / "corpus"
OUR_CODE = str(Path(normalize.__file__).parent)
DAMAGED = ["seed003-hard-plain.html", "seed003-hard.docx", "seed002-orig-lo.pdf", "seed004-randblank.xlsx"]
DAMAGED += ["seed003-hard.xls", "seed003-hard.ofd"]
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def assert_text_or_one_clear_error(content: bytes) -> None:
    """A text, or an error of ours whose cause, if it has one, was raised inside a library."""
    try:
        text = normalize.normalize(content)
    except ExtractError as error:
        assert str(error).strip()
        assert "\n" not in str(error)
        cause = error.__cause__
        if cause is not None and not isinstance(cause, ExtractError):
            where = traceback.extract_tb(cause.__traceback__)[-1]
            assert not where.filename.startswith(OUR_CODE), f"{where}: {cause!r}"
    else:
        assert text.text.endswith("\n")


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("seed003-hard-plain.html", "html"),
        ("seed003-hard.docx", "docx"),
        ("seed003-hard.ofd", "ofd"),
        ("seed003-hard.xlsx", "spreadsheet"),
        ("seed003-hard.xls", "spreadsheet"),
        ("seed002-orig-lo.pdf", "pdf"),
        ("seed003-hard.truth.json", "text"),
    ],
)
def test_the_reader_is_chosen_by_the_bytes(name, reader):
    """No name goes in."""
    text = normalize.normalize((CORPUS / name).read_bytes())
    assert text.reader == reader


def test_a_second_reading_of_a_pdf_is_lazy_and_agrees():
    """Two readers that share no code that reads the bytes."""
    readings = normalize.readings((CORPUS / "seed002-orig-lo.pdf").read_bytes())
    first, second = next(readings), next(readings)
    assert (first.reader, second.reader) == ("pdf", "pdf_plumber")
    assert first.text == second.text


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (b"", UnreadableDocument, "空"),
        (b"  \r\n ", UnreadableDocument, "空"),
        (b"%PDF-1.7\n%%EOF", UnreadableDocument, "损坏"),
        (b"PK\x03\x04 cut off", UnreadableDocument, "压缩包"),
        (b"\x89PNG\r\n\x1a\n\x00", UnreadableDocument, "图片损坏"),
        (b"7z\xbc\xaf\x27\x1c\x00", UnsupportedFormat, "7Z"),
        (bytes(range(256)) * 8, UnsupportedFormat, "二进制"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(content, error, reason):
    """Type and reason, for people."""
    with pytest.raises(error, match=reason):
        normalize.normalize(content)


@pytest.mark.parametrize("name", ["seed003-hard.docx", "seed002-orig-lo.pdf"])
def test_a_truncated_document_is_said_to_be_incomplete(name):
    """Half a download is a broken DOCX, not a ZIP of something."""
    content = (CORPUS / name).read_bytes()
    with pytest.raises(UnreadableDocument, match="不完整"):
        normalize.normalize(content[: len(content) // 3])


def test_every_failed_attempt_is_kept():
    """Which reader said what."""
    content = (CORPUS / "seed002-orig-lo.pdf").read_bytes()[:3000]
    with pytest.raises(UnreadableDocument) as caught:
        normalize.normalize(content)
    assert [name for name, _ in caught.value.attempts] == ["pdf", "pdf_plumber", "ocr"]
    assert all(reason for _, reason in caught.value.attempts)


def test_an_encrypted_office_file_is_said_to_be_one(monkeypatch):
    """Password-protected DOCX are compound files with an EncryptedPackage stream."""
    monkeypatch.setattr(media, "root_streams", lambda content: frozenset({"EncryptedPackage"}))
    with pytest.raises(EncryptedDocument):
        normalize.normalize(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_files_beyond_the_limit_are_refused(monkeypatch):
    """Before anything is parsed."""
    monkeypatch.setattr(normalize, "MAX_CONTENT_BYTES", 10)
    with pytest.raises(UnreadableDocument, match="超过上限"):
        normalize.normalize(b"x" * 11)


def test_a_second_reader_steps_in_where_the_first_fails(monkeypatch):
    """What pdfium cannot open, pdfplumber may."""

    def fail(content):
        raise UnreadableDocument("PDF 页面损坏")

    monkeypatch.setattr(pdf, "read", fail)
    text = normalize.normalize((CORPUS / "seed002-orig-lo.pdf").read_bytes())
    assert text.reader == "pdf_plumber"


def test_every_module_with_a_reader_is_in_the_list():
    """A reader that is not listed would silently never run."""
    folder = Path(normalize.__file__).parent / "readers"
    with_reader = {path.stem for path in folder.glob("*.py") if "\ndef accepts(" in path.read_text("utf-8")}
    assert with_reader == set(normalize.READERS)


@given(st.binary(max_size=3000))
@few
def test_random_bytes(content):
    """Nothing but our errors, whatever the bytes."""
    assert_text_or_one_clear_error(content)


@pytest.mark.parametrize("name", DAMAGED)
@given(data=st.data())
@few
def test_truncated_files(name, data):
    """A download that broke off anywhere."""
    content = (CORPUS / name).read_bytes()
    assert_text_or_one_clear_error(content[: data.draw(st.integers(0, len(content)))])


@pytest.mark.parametrize("name", DAMAGED)
@given(data=st.data())
@few
def test_files_with_damaged_bytes(name, data):
    """Flipped bytes anywhere, above all where the structure is."""
    content = bytearray((CORPUS / name).read_bytes())
    places = st.one_of(
        st.integers(0, len(content) - 1),
        st.integers(0, 400),
        st.integers(len(content) - 400, len(content) - 1),
    )
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=30)):
        content[place] = value
    assert_text_or_one_clear_error(bytes(content))


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td rowspan=3>",
                "<td colspan=9>",
                "</td>",
                "<p>",
                "</div>",
                "<div>",
                "一、总体情况",
                "1",
                "<br>",
                "<pre>",
                "</tr>",
                "<th>",
            ]
        ),
        max_size=60,
    )
)
@few
def test_any_order_of_tags(tags):
    """Portals' markup is rarely closed."""
    assert_text_or_one_clear_error(("<html><body>" + "".join(tags)).encode())
