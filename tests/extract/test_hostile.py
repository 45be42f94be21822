"""Whatever a document is made to do, reading it ends in one clear answer, and asks nobody for anything."""

import socket
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive.derived import Outcome
from monitor.children import Children, Limits
from monitor.derive import derive
from monitor.extraction import answer_of
from tests.extract.hostile import HOSTILE
from tests.extract.spies import ENTITIES, spies

GIGABYTE = 1 << 30
WIDE = Limits(time_s=30, memory_bytes=3 * GIGABYTE)
"""The shipped memory limit; none of the cases under it takes more than two seconds."""
NARROW = Limits(time_s=2, memory_bytes=GIGABYTE)
"""For what only the limits of the child can end."""
SECRET = "机密9371"
NOT_A_REPORT, UNREADABLE, TOO_LARGE = "not_a_report", "unreadable", "too_large"
BOUNDED = {
    "zip_of_zeros": UNREADABLE,
    "zip_that_lies": UNREADABLE,
    "zip_of_many": "unsupported_format",
    "zip_in_zips": UNREADABLE,
    "zip_with_many_members": TOO_LARGE,
    "zip_with_paths": NOT_A_REPORT,
    "gzip_of_zeros": UNREADABLE,
    "docx_laughs": UNREADABLE,
    "docx_deep": UNREADABLE,
    "docx_wide": NOT_A_REPORT,
    "docx_of_zeros": TOO_LARGE,
    "xlsx_corners": TOO_LARGE,
    "xlsx_merged": TOO_LARGE,
    "xlsx_laughs": UNREADABLE,
    "xlsx_strings": TOO_LARGE,
    "html_deep": TOO_LARGE,
    "html_tables_deep": TOO_LARGE,
    "html_spans": TOO_LARGE,
    "html_laughs": NOT_A_REPORT,
    "html_endless_tag": NOT_A_REPORT,
    "text_of_digits": NOT_A_REPORT,
    "text_of_blanks": NOT_A_REPORT,
    "text_of_tabs": TOO_LARGE,
    "text_of_lines": TOO_LARGE,
    "mhtml_deep": UNREADABLE,
    "pdf_pages": TOO_LARGE,
    "pdf_page_loop": UNREADABLE,
    "pdf_length_loop": UNREADABLE,
    "pdf_previous_loop": UNREADABLE,
    "pdf_letters": NOT_A_REPORT,
    "pdf_arrays": UNREADABLE,
    "pdf_picture": UNREADABLE,
    "pdf_locked": "encrypted",
    "png_huge": UNREADABLE,
}
UNBOUNDED = {
    "html_many": {TOO_LARGE, "timeout"},
    "pdf_form_loop": {"crashed", "timeout", TOO_LARGE},
    "pdf_forms_doubling": {"crashed", "timeout", TOO_LARGE},
    "pdf_flate": {"crashed", "timeout", TOO_LARGE},
    "pdf_operators": {"crashed", "timeout", TOO_LARGE},
}


CALLS = {"socket.connect", "socket.getaddrinfo", "socket.sendto"}
asked: list[str] = []
watched: list[str] = []
"""In a child: what was asked of the system while it read, and the file that is no business of its."""


def _watch(event, arguments):
    """Remember calls and the opening of the secret; native code is caught by its effects."""
    opened = event in {"open", "os.open"} and watched[-1] in str(arguments[0])
    if opened or event in CALLS:
        asked.append(event)


def derive_watched(sha256, content, secret):
    """Read a document in a child; returns its derivation and what was asked for meanwhile."""
    watched.append(secret)
    if len(watched) == 1:
        sys.addaudithook(_watch)
    asked.clear()
    return derive(sha256, content), list(asked)


@pytest.fixture(scope="module")
def wide():
    """Children with the shipped memory limit."""
    with closing(Children(WIDE)) as children:
        yield children


def test_every_hostile_document_is_tried():
    """None is forgotten in the lists here."""
    assert set(HOSTILE) == set(BOUNDED) | set(UNBOUNDED)


@pytest.mark.parametrize("name", BOUNDED)
def test_bomb_ends_in_its_reason_within_our_own_limits(wide, name):
    """The readers see it themselves: no child dies, and nothing is read from it as a report."""
    found = wide.call(derive, "0" * 64, HOSTILE[name]())
    assert (found.code, found.report) == (BOUNDED[name], None)
    assert found.reason


@pytest.mark.parametrize("name", UNBOUNDED)
def test_bomb_that_native_code_falls_for_ends_with_its_child(name):
    """Time or memory runs out; whoever waits for the answer gets a reason."""
    with closing(Children(NARROW)) as children:
        found = answer_of("0" * 64, lambda: children.call(derive, "0" * 64, HOSTILE[name]()))
        assert (found.outcome, found.report) == (Outcome.PROBLEM, None)
        assert found.code in UNBOUNDED[name]
        assert found.reason


@pytest.mark.parametrize("name", spies("http://127.0.0.1:9/", Path("/absent")))
def test_document_gets_nothing_from_elsewhere(wide, tmp_path, name):
    """No connection, no file: not by links, entities, styles, scripts, actions or symbolic links."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        content = spies(f"http://127.0.0.1:{listener.getsockname()[1]}/", secret)[name]
        found, events = wide.call(derive_watched, "0" * 64, content, str(secret))
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert events == []
    assert SECRET not in (found.text.text if found.text else "")
    assert SECRET not in found.reason


@pytest.mark.parametrize("make", ENTITIES.values(), ids=ENTITIES)
def test_same_document_without_its_declaration_is_read(make):
    """So that the spies are refused for what they ask, not for how they are built."""
    assert SECRET in derive("0" * 64, make("", SECRET)).text.text
