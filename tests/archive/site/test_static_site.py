"""The site as files: every link leads to a file, nothing leads outside, in both languages."""

import re
from html import unescape
from pathlib import Path

import pytest

from archive.errors import ExportRefused, NotPublished
from archive.site.static_site import write_static_site
from config.places import Places
from config.site import SiteSettings
from tests.archive.filled import HOSTILE, SECRET
from tests.archive.site.conftest import open_site

SETTINGS = SiteSettings()


def write(places, folder):
    """Write the static site; returns the number of its files."""
    return write_static_site(places, SETTINGS, folder, lambda _done, _all: None)


@pytest.fixture(scope="module")
def folder(filled, tmp_path_factory):
    """A written site."""
    open_site(filled[0], SETTINGS)
    target = tmp_path_factory.mktemp("static") / "site"
    write(filled[0], target)
    return target


def links(path):
    """Addresses of a page."""
    return {unescape(link) for link in re.findall(r'(?:href|src)="([^"]*)"', path.read_text("utf-8"))}


def test_every_link_of_every_page_is_a_file_of_the_site(folder):
    """Opened from a USB stick, nothing is missing and nothing is asked of a server."""
    pages = list(folder.rglob("*.html"))
    assert {"index.html", "en/index.html", "body/jia/2025/index.html"} <= {
        page.relative_to(folder).as_posix() for page in pages
    }
    for page in pages:
        for link in links(page):
            address, _, fragment = link.partition("#")
            if re.match(r"https?://a\.gov\.cn/", address):
                continue
            target = (page.parent / address).resolve() if address else page
            assert target.is_file(), f"{page}: {link}"
            assert target.is_relative_to(folder), f"{page}: {link}"
            if fragment and target.suffix == ".html" and "/proof/" not in target.as_posix():
                assert f'id="{fragment}"' in target.read_text("utf-8"), f"{page}: {link}"


def test_pages_ask_nothing_of_a_server(folder):
    """No form, no script, no search."""
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<form" not in text, page
        assert "<script" not in text, page
        assert HOSTILE not in text, page
        assert SECRET not in text, page


def test_both_languages_lead_to_each_other(folder):
    """The switch goes to the same page."""
    assert "../../../en/body/jia/2025/index.html" in links(folder / "body/jia/2025/index.html")
    assert "../../../../body/jia/2025/index.html" in links(folder / "en/body/jia/2025/index.html")
    assert 'lang="en"' in (folder / "en/matrix/index.html").read_text("utf-8")


def test_bodies_are_found_without_a_search(folder):
    """All of them on one page, each with its link."""
    page = (folder / "bodies" / "index.html").read_text("utf-8")
    assert {"../body/jia/index.html", "../body/yi/index.html"} <= links(folder / "bodies" / "index.html")
    assert "乙县民政局" in page
    assert "../bodies/index.html" in links(folder / "data" / "index.html")


def test_active_originals_are_plain_text(folder, hashes):
    """A stored HTML page must not run from the disk either."""
    assert (folder / "original" / f"{hashes['bing']}.txt").is_file()
    assert {path.suffix for path in (folder / "original").iterdir()} == {".txt"}


def test_writing_again_removes_what_is_gone(filled, folder):
    """The folder holds this site and nothing older."""
    (folder / "old").mkdir()
    (folder / "old" / "old.html").write_text("old")
    before = {path for path in folder.rglob("*") if path.is_file()}
    count = write(filled[0], folder)
    after = {path for path in folder.rglob("*") if path.is_file()}
    assert before - after == {folder / "old" / "old.html"}
    assert count + 1 == len(after)
    assert not (folder / "old").exists()


def test_foreign_folder_is_left_alone(filled, tmp_path):
    """Nothing of a person's files is touched."""
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ExportRefused, match="不是空目录"):
        write(filled[0], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_site_before_publish_says_what_to_do(tmp_path: Path):
    """There is nothing public yet."""
    with pytest.raises(NotPublished, match="nianbao publish"):
        write(Places(tmp_path, tmp_path), tmp_path / "site")
