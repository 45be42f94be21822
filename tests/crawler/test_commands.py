"""The commands: what is wrong is said in one line, before any request."""

import pytest

from crawler.assignment import assign, check_options, due_portals, read_year
from crawler.commands.checkportals import check_portals
from crawler.errors import WrongAssignment
from crawler.spiders.generic import GenericSpider

PORTAL = """id: {id}
name: 测试
family: generic
entry_urls: ["http://www.a.gov.cn/nb/"]
allowed_hosts: [www.a.gov.cn]
{more}
"""


@pytest.fixture
def crawl(new_crawl):
    """An empty place, with a function that writes portal files."""
    place = new_crawl()

    def write(name: str, more: str = "", **changes) -> None:
        folder = place.at.config / "portals" / "test"
        folder.mkdir(parents=True, exist_ok=True)
        text = PORTAL.format(id=changes.pop("id", name), more=more)
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / f"{name}.yml").write_text(text, "utf-8")

    place.write = write
    return place


FAMILIES = {"generic": GenericSpider}


def test_families_are_listed_from_anywhere(crawl):
    """Scrapy's own command, outside the repository."""
    result = crawl.scrapy("list")
    assert result.returncode == 0, result.stderr
    assert "generic" in result.stdout.split()


def test_every_mistake_is_one_line_with_file_line_key_and_reason(crawl):
    """Schema, hosts, family, options, id, body: all files are checked, none hides another."""
    crawl.write("bad-key", "pace: 2")
    crawl.write("bad-host", **{"[www.a.gov.cn]": "[www.b.gov.cn]"})
    crawl.write("bad-family", generic="trs-wmc")
    crawl.write("bad-option", "options:\n  most_pages: many\n  linkpattern: x")
    crawl.write("bad-pattern", "options: {link_pattern: '('}")
    crawl.write("bad-name", id="other-name")
    crawl.write("bad-body", "bodies: [nobody-here]")
    crawl.write("good", "options: {most_pages: 3}")
    result = crawl.scrapy("checkportals")
    lines = {tuple(line.split("/test/")[1].split(": ")[:2]) for line in result.stderr.splitlines()}
    assert lines == {
        ("bad-key.yml:6", "pace"), ("bad-host.yml:1", "(整体)"), ("bad-family.yml:1", "family"),
        ("bad-option.yml:7", "options.most_pages"), ("bad-option.yml:8", "options.linkpattern"),
        ("bad-pattern.yml:6", "options.link_pattern"), ("bad-name.yml:1", "id"), ("bad-body.yml:1", "bodies"),
    }  # fmt: skip
    assert (result.returncode, result.stdout) == (1, "8 个门户配置, 8 处错误\n")


def test_good_portals_have_no_mistakes(crawl):
    """Nothing is said about them."""
    crawl.write("one", "options: {most_pages: 3}")
    files = list((crawl.at.config / "portals").glob("**/*.yml"))
    assert list(check_portals(crawl.at.config, files, FAMILIES)) == []


def test_wrong_usage_is_one_line_and_exit_64(crawl):
    """Nothing is created, nothing is asked."""
    crawl.write("one", "options: {most_pages: 0}")
    for arguments, said in (
        (("crawl", "generic", "-a", "portal=nobody"), "portal=nobody"),
        (("crawlportals",), "options.most_pages"),
    ):
        result = crawl.scrapy(*arguments)
        (line,) = result.stderr.splitlines()
        assert (result.returncode, line.startswith("nianbao: "), said in line) == (64, True, True)
    assert not crawl.at.data.exists()


@pytest.mark.parametrize(
    ("family", "portal", "year", "said"),
    [("generic", None, None, "portal=ID"), ("generic", "nobody", None, "nobody"),
     ("trs", "one", None, "generic"), ("generic", "one", "last", "year=last"),
     ("generic", "one", "24", "year=24")],
)  # fmt: skip
def test_wrong_assignment_is_refused(crawl, monkeypatch, family, portal, year, said):
    """With what was asked in the line."""
    monkeypatch.setenv("NIANBAO_CONFIG", str(crawl.at.config))
    crawl.write("one")
    with pytest.raises(WrongAssignment, match=said):
        assign(family, portal, year)


def test_wrong_options_and_wrong_files_are_refused(crawl):
    """Key and reason; file and line."""
    crawl.write("one", "options: {most_pages: 0}")
    (portal,) = due_portals(crawl.at)
    with pytest.raises(WrongAssignment, match=r"options\.most_pages"):
        check_options(portal, GenericSpider.Options)
    crawl.write("one", "pace: 0")
    with pytest.raises(WrongAssignment, match=r"one\.yml:6: pace"):
        due_portals(crawl.at)


def test_due_year_is_the_default(monkeypatch):
    """Last calendar year in Asia/Shanghai: it is already 2026 there."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-12-31T17:00:00+00:00")
    assert (read_year(None), read_year(""), read_year("2019")) == (2025, 2025, 2019)


def test_enabled_portals_are_due_and_named_ones_too(crawl):
    """In the order of the files, or of the names."""
    crawl.write("b-one")
    crawl.write("a-two", "enabled: false")
    assert [portal.id for portal in due_portals(crawl.at)] == ["b-one"]
    assert [portal.id for portal in due_portals(crawl.at, ("a-two",))] == ["a-two"]


def test_one_portal_is_crawled_by_its_family(crawl, new_site):
    """`scrapy crawl generic -a portal=ID`; the exit code tells whether the entry page was good."""
    site = new_site()
    crawl.add_portal("one", site.url("/nb/"))
    assert crawl.scrapy("crawl", "generic", "-a", "portal=one", "-a", "year=2024").returncode == 1
    site.put("/nb/", "<a href='/1.html'>年报</a>" + "<p>政府信息公开年度报告专栏</p>" * 20)
    assert crawl.scrapy("crawl", "generic", "-a", "portal=one", "-a", "year=2024").returncode == 0
