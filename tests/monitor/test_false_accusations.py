"""Histories that look like a missing or a late report and are none: every one must be told as undecided.

Each case writes what crawls would have brought home, and says what must be said of the bureau of
education (卧龙区教育局, due on 31 January 2025): never `not_published`, never `late`.
"""

from datetime import timedelta

import pytest

from archive.derived import add_derivation
from archive.records import Role, Verdict
from monitor.derive import derive
from monitor.look_trust import stated_pages
from monitor.pipeline import process_archive
from tests.monitor.coverage_support import COLUMN, DUE, Crawler, days
from tests.monitor.season_support import configure
from tests.season_site import page_of, report_html

OTHER = ("http://www.wolong.gov.cn/o/1.html", "卧龙区民政局2024年政府信息公开工作年度报告")
OTHERS = tuple(
    (f"http://www.wolong.gov.cn/o/{number}.html", f"卧龙区{name}局2024年政府信息公开工作年度报告")
    for number, name in enumerate(("民政", "财政", "水利", "审计", "统计", "商务"), 1)
)
TITLE = "卧龙区教育局2024年政府信息公开工作年度报告"
URL = "http://www.wolong.gov.cn/jyj/2024.html"
AFTER = DUE + days(3)


class History:
    """What crawls brought home, and the configuration that may change in between."""

    def __init__(self, archive, places):
        self.archive = archive
        self.places = places
        self.crawler = Crawler(archive)

    def look(self, at, *links, **changes):
        """See the column."""
        return self.crawler.look(at, *links, **changes)

    def pages(self, at, *pages, outcome="ok"):
        """See several list pages in one run: (address, verdict, links, content)."""
        run = self.archive.start_run("crawl", portal="wolong", year=2024)
        for url, verdict, links, content in pages:
            self.crawler.capture(at, run, url, Role.LIST, verdict, links, content)
        self.archive.finish_run(run, outcome)
        return run

    def ask(self, at, url, verdict):
        """Ask for an article without success."""
        run = self.archive.start_run("crawl", portal="wolong", year=2024)
        self.crawler.capture(at, run, url, Role.ARTICLE, verdict)
        self.archive.finish_run(run, "ok")

    def report(self, at, url, name="卧龙区教育局", title=TITLE, content=None, **sighting):
        """Fetch a readable report."""
        content = content or page_of(title, report_html(name, "x", edited=False)).content
        return self.fetch(at, url, content, link_title=title, **sighting)

    def fetch(self, at, url, content, **sighting):
        """Fetch a document and read it here, which spares a process."""
        document, sha256 = self.crawler.fetch(at, url, content, **sighting)
        add_derivation(self.archive, derive(sha256, content))
        return document, sha256

    def portal(self, text):
        """Add lines to the portal's configuration."""
        path = self.places.config / "portals" / "wolong.yml"
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def portal_instead(self, old, new):
        """Change the portal's configuration."""
        path = self.places.config / "portals" / "wolong.yml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def paging(total, current=1):
    """The bytes of a list page that counts its pages."""
    return page_of("年报", f"<a href='/o/1.html'>x</a><div>共<b>{total}</b>页 第{current}页</div>").content


def outage_message(history):
    """A page that says only that the system is being maintained."""
    history.look(AFTER, ("http://www.wolong.gov.cn/", "首页"), ("http://www.wolong.gov.cn/x", "系统维护公告"))


def script_fills_the_list(history):
    """Nothing but a sidebar with the name of the column and a circular."""
    history.look(
        AFTER,
        ("http://a/nb", "政府信息公开年报"),
        ("http://a/t", "关于做好2024年政府信息公开年度报告编制工作的通知"),
    )


def error_page_in_place_of_the_column(history):
    """Status 200 with an error text."""
    history.look(AFTER, verdict=Verdict.SOFT_404, outcome="failed")


def paging_failed_half_way(history):
    """Page two was an error; the run went on."""
    history.pages(AFTER, (COLUMN, Verdict.OK, [OTHER], None), (COLUMN + "?2", Verdict.ERROR, (), None))


def pager_that_only_a_script_works(history):
    """The page says that there are three, and one was read."""
    history.pages(AFTER, (COLUMN, Verdict.OK, [OTHER], paging(3)))


def column_that_shows_half_of_what_it_did(history):
    """A rebuilt page."""
    history.look(DUE - days(9), *OTHERS)
    history.look(AFTER, OTHERS[0], OTHERS[1])


def round_that_took_days(history):
    """Page one was read on Saturday, the rest on Tuesday: what was added on Sunday was not seen."""
    run = history.archive.start_run("crawl", portal="wolong", year=2024)
    history.crawler.capture(AFTER, run, COLUMN, Role.LIST, links=[OTHER])
    again = history.archive.start_run("crawl", portal="wolong", year=2024)
    history.crawler.capture(AFTER + days(3), again, COLUMN + "?2", Role.LIST, links=[OTHER])
    history.archive.finish_run(again, "ok")


def seen_only_before_the_deadline(history):
    """Nobody has looked since."""
    history.look(DUE - timedelta(minutes=1), OTHER)


def clock_that_runs_ahead(history):
    """By our clock the day is over since ten minutes."""
    history.look(DUE + timedelta(minutes=10), OTHER)


def listed_and_declined(history):
    """The column shows the title; the article is refused."""
    history.look(AFTER, OTHER, (URL, TITLE))
    history.ask(AFTER, URL, Verdict.DECLINED)


def listed_and_gone(history):
    """The column shows the title; the article is a 404."""
    history.look(AFTER, OTHER, (URL, TITLE))
    history.ask(AFTER, URL, Verdict.GONE)


def listed_only_after_a_clean_look(history):
    """On the second the column lacked it, since the third it lists what nobody could read."""
    history.look(DUE + days(1), OTHER)
    history.look(AFTER, OTHER, (URL, TITLE))
    history.ask(AFTER, URL, Verdict.ERROR)


def listed_where_page_two_failed(history):
    """A look with trouble still shows the title."""
    history.look(DUE + days(1), OTHER)
    history.pages(
        AFTER, (COLUMN, Verdict.OK, [OTHER, (URL, TITLE)], None), (COLUMN + "?2", Verdict.ERROR, (), None)
    )


def listed_in_january_and_vanished_unread(history):
    """Its title stood in the column before the deadline."""
    history.look(DUE - days(9), OTHER, (URL, TITLE))
    history.ask(DUE - days(9), URL, Verdict.DECLINED)
    history.look(AFTER, OTHER)


def appeared_again_elsewhere_after_it_was_listed_unread(history):
    """Listed in January, off the list on 3 February, read under another address on the ninth."""
    listed_in_january_and_vanished_unread(history)
    history.look(DUE + days(9), OTHER, (URL + "?new", TITLE))
    history.report(DUE + days(9), URL + "?new")


def list_that_shows_only_names(history):
    """An entry with its day and the body's name."""
    history.look(AFTER, OTHER, (URL, "卧龙区教育局", "2025-01-20"))


def list_that_shows_an_odd_title(history):
    """Neither 政府信息公开 nor a known form."""
    history.look(AFTER, OTHER, (URL, "卧龙区教育局2024年度工作报告", "2025-01-20"))


def title_cut_short(history):
    """The list cuts titles off."""
    history.look(AFTER, OTHER, (URL, "卧龙区教育局2024年政府信息公开工…"))


def renamed_body(history):
    """The roster knows 教育局; it is 教育和体育局 now."""
    title = TITLE.replace("教育局", "教育和体育局")
    history.look(AFTER, OTHER, (URL, title))
    history.report(AFTER, URL, "卧龙区教育和体育局", title)


def abbreviated_name(history):
    """区教育局."""
    title = "区教育局2024年政府信息公开工作年度报告"
    history.look(AFTER, OTHER, (URL, title))
    history.report(AFTER, URL, "区教育局", title)


def copied_name_in_the_document(history):
    """The list says the bureau, the document another body."""
    history.look(AFTER, OTHER, (URL, TITLE))
    history.report(AFTER, URL, "卧龙区人民政府办公室")


def year_of_publishing_in_the_title(history):
    """The report of 2024 calls itself that of 2025, in January 2025."""
    title = TITLE.replace("2024", "2025")
    content = page_of(title, report_html("卧龙区教育局", "x", edited=False)).content
    history.look(AFTER, OTHER, (URL, title))
    history.report(AFTER, URL, title=title, content=content.replace(b"2024", b"2025"))


def year_of_publishing_in_the_list(history):
    """The same, and it could not be read."""
    history.look(AFTER, OTHER, (URL, TITLE.replace("2024", "2025")))


def last_years_number_in_the_title(history):
    """A report dated January 2025 that calls itself that of 2023."""
    title = TITLE.replace("2024", "2023")
    content = page_of(
        title, "<p>发布日期：2025-01-20</p>" + report_html("卧龙区教育局", "x", edited=False)
    ).content
    url = "http://www.wolong.gov.cn/2025/0120/9.html"
    history.look(AFTER, OTHER, (url, title, "2025-01-20"))
    history.report(AFTER, url, title=title, content=content.replace(b"2024", b"2023"), listed_on="2025-01-20")


def no_year_at_all(history):
    """Neither title nor document says of which year it is."""
    title = "卧龙区教育局政府信息公开工作年度报告"
    content = page_of(title, report_html("卧龙区教育局", "x", edited=False)).content
    history.look(AFTER, OTHER, (URL, title))
    history.report(AFTER, URL, title=title, content=content.replace("2024年".encode(), b""))


def unreadable_file_without_a_name(history):
    """The article is called by the column's name, its file is a broken PDF."""
    page = "http://www.wolong.gov.cn/nb/9.html"
    history.look(AFTER, OTHER, (page, "2024年政府信息公开年度报告"))
    history.fetch(
        AFTER, page + "/1.pdf", b"%PDF-1.4 cut", role=Role.ATTACHMENT, page_url=page,
        link_title="2024年政府信息公开年度报告", name="1.pdf",
    )  # fmt: skip


def unreadable_file_with_only_a_name(history):
    """教育局.pdf in a page of all departments."""
    page = "http://www.wolong.gov.cn/nb/9.html"
    history.look(AFTER, OTHER, (page, "各部门年报"))
    history.fetch(
        AFTER, page + "/1.pdf", b"%PDF-1.4 cut", role=Role.ATTACHMENT, page_url=page,
        link_title="各部门年报", name="卧龙区教育局.pdf",
    )  # fmt: skip


def original_that_was_damaged(history):
    """It was read, its bytes are broken now, and the column does not show it any more."""
    history.look(DUE - days(9), OTHER, (URL, TITLE))
    content = page_of(TITLE, report_html("卧龙区教育局", "x", edited=False)).content
    _document, sha256 = history.crawler.fetch(DUE - days(9), URL, content, link_title=TITLE)
    history.archive.originals.path(sha256).write_bytes(b"damaged")
    history.look(AFTER, OTHER)


def column_that_was_configured_in_mid_season(history):
    """The right column is known since today; all looks were at another one."""
    history.look(AFTER, OTHER)
    history.portal_instead(COLUMN, COLUMN.replace("/nb/", "/zfxxgknb/"))


def second_column_added_in_mid_season(history):
    """One column was seen, the other never."""
    history.look(AFTER, OTHER)
    history.portal_instead(f'"{COLUMN}"', f'"{COLUMN}", "http://www.wolong.gov.cn/bm/index.html"')


def second_portal_added_in_mid_season(history):
    """The bureau publishes on its own site, too."""
    history.look(AFTER, OTHER)
    text = (
        "id: jyj\nname: 教育局\nentry_urls: [http://jyj.wolong.gov.cn/]\nallowed_hosts: [jyj.wolong.gov.cn]\n"
    )
    (history.places.config / "portals" / "jyj.yml").write_text(text + "bodies: [jyj]\n", "utf-8")


def report_on_another_portal(history):
    """The city's portal shows it; the roster knows the bureau on the district's alone."""
    text = "id: city\nname: 市\nentry_urls: [http://www.city.gov.cn/]\nallowed_hosts: [www.city.gov.cn]\n"
    (history.places.config / "portals" / "city.yml").write_text(text, "utf-8")
    history.look(AFTER, OTHER)
    city = Crawler(history.archive, "city", "http://www.city.gov.cn/")
    city.look(AFTER, ("http://www.city.gov.cn/9.html", TITLE))
    content = page_of(TITLE, report_html("卧龙区教育局", "x", edited=False)).content
    _document, sha256 = city.fetch(AFTER, "http://www.city.gov.cn/9.html", content, link_title=TITLE)
    add_derivation(history.archive, derive(sha256, content))


def whole_site_moved(history):
    """Every address is gone since February, the column too."""
    history.look(DUE - days(9), OTHER, (URL, TITLE))
    history.report(DUE - days(9), URL)
    for day in (5, 12, 20, 30):
        history.look(DUE + days(day), verdict=Verdict.GONE, outcome="failed")
        history.ask(DUE + days(day), URL, Verdict.GONE)


def article_that_is_gone_and_still_listed(history):
    """The column goes on showing the link."""
    history.look(DUE - days(9), OTHER, (URL, TITLE))
    history.report(DUE - days(9), URL)
    for day in (5, 12, 20, 30):
        history.look(DUE + days(day), OTHER, (URL, TITLE))
        history.ask(DUE + days(day), URL, Verdict.GONE)


def moved_and_refused(history):
    """The old address is gone, the new one is listed and declines."""
    history.look(DUE - days(9), OTHER, (URL, TITLE))
    history.report(DUE - days(9), URL)
    for day in (5, 12, 20, 30):
        history.look(DUE + days(day), OTHER, (URL + "?new", TITLE))
        history.ask(DUE + days(day), URL, Verdict.GONE)
        history.ask(DUE + days(day), URL + "?new", Verdict.DECLINED)


def first_looked_at_in_march(history):
    """Seen first on 15 March, all that speaks of its day is one label."""
    content = page_of(
        TITLE, "<p>发布日期：2025-02-20</p>" + report_html("卧龙区教育局", "x", edited=False)
    ).content
    history.look(DUE + days(43), OTHER, (URL, TITLE))
    history.report(DUE + days(43), URL, content=content)


def todays_date_in_the_head_of_the_page(history):
    """今天是 is no day of publication."""
    words = "<div>今天是：2025年2月12日 星期三</div>"
    content = page_of(TITLE, words + report_html("卧龙区教育局", "x", edited=False)).content
    history.look(DUE + days(12), OTHER, (URL, TITLE, "2025-02-12"))
    history.report(DUE + days(12), URL, content=content, listed_on="2025-02-12")


def day_of_the_sites_move(history):
    """Thirty articles carry 20 February in address and list: the site moved on that day."""
    moved = [
        (
            f"http://www.wolong.gov.cn/2025/0220/{number}.html",
            f"第{number}局2024年政府信息公开年报",
            "2025-02-20",
        )
        for number in range(30)
    ]
    url = "http://www.wolong.gov.cn/2025/0220/99.html"
    content = page_of(
        TITLE, "<p>发布日期：2025-02-20</p>" + report_html("卧龙区教育局", "x", edited=False)
    ).content
    history.look(DUE + days(25), *moved, (url, TITLE, "2025-02-20"))
    history.report(DUE + days(25), url, content=content, listed_on="2025-02-20")


CASES = (
    (outage_message, "cannot_tell", "empty_list"),
    (script_fills_the_list, "cannot_tell", "empty_list"),
    (error_page_in_place_of_the_column, "cannot_tell", "soft_404"),
    (paging_failed_half_way, "cannot_tell", "error"),
    (pager_that_only_a_script_works, "cannot_tell", "more_pages"),
    (column_that_shows_half_of_what_it_did, "cannot_tell", "too_few"),
    (round_that_took_days, "cannot_tell", "unfinished"),
    (seen_only_before_the_deadline, "cannot_tell", "no_capture"),
    (clock_that_runs_ahead, "cannot_tell", "no_capture"),
    (listed_and_declined, "cannot_tell", "declined"),
    (listed_and_gone, "cannot_tell", "listed_dead"),
    (listed_only_after_a_clean_look, "cannot_tell", "error"),
    (listed_where_page_two_failed, "cannot_tell", "listed_unread"),
    (listed_in_january_and_vanished_unread, "cannot_tell", "declined"),
    (appeared_again_elsewhere_after_it_was_listed_unread, "published", "date_unclear"),
    (list_that_shows_only_names, "cannot_tell", "not_followed"),
    (list_that_shows_an_odd_title, "cannot_tell", "not_followed"),
    (title_cut_short, "cannot_tell", "listed_unread"),
    (renamed_body, "cannot_tell", "doubtful_match"),
    (abbreviated_name, "published", "date_unclear"),
    (copied_name_in_the_document, "cannot_tell", "doubtful_match"),
    (year_of_publishing_in_the_title, "cannot_tell", "doubtful_match"),
    (year_of_publishing_in_the_list, "cannot_tell", "listed_unread"),
    (last_years_number_in_the_title, "cannot_tell", "doubtful_match"),
    (no_year_at_all, "cannot_tell", "doubtful_match"),
    (unreadable_file_without_a_name, "cannot_tell", "doubtful_match"),
    (unreadable_file_with_only_a_name, "cannot_tell", "doubtful_match"),
    (original_that_was_damaged, "cannot_tell", "not_read_yet"),
    (column_that_was_configured_in_mid_season, "cannot_tell", "no_capture"),
    (second_column_added_in_mid_season, "cannot_tell", "no_capture"),
    (second_portal_added_in_mid_season, "cannot_tell", "no_capture"),
    (report_on_another_portal, "cannot_tell", "doubtful_match"),
    (whole_site_moved, "published", None),
    (article_that_is_gone_and_still_listed, "published", None),
    (moved_and_refused, "published", None),
    (first_looked_at_in_march, "published", "date_unclear"),
    (todays_date_in_the_head_of_the_page, "published", "date_unclear"),
    (day_of_the_sites_move, "published", "date_unclear"),
)


@pytest.fixture
def history(archive, places):
    """An archive, and a portal of four bodies."""
    return History(archive, configure(places))


@pytest.mark.parametrize(("happens", "standing", "reason"), CASES, ids=[case[0].__name__ for case in CASES])
def test_what_is_not_proven_accuses_nobody(history, monkeypatch, happens, standing, reason):
    """Cannot tell with its reason, or published: and no finding to a supervisor's hands."""
    happens(history)
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(60)).isoformat())
    process_archive(history.archive, history.places)
    row = history.archive.row(
        "select standing, reason from standings where body = 'jyj' and year = 2024 order by id desc limit 1"
    )
    assert (row["standing"], row["reason"]) == (standing, reason)
    accused = history.archive.rows(
        "select rule from findings where body = 'jyj' and rule in ('publication.missing', 'publication.late',"
        " 'publication.removed', 'publication.backdated')"
    )
    assert accused == []


def test_the_same_column_seen_whole_is_proof_enough(history, monkeypatch):
    """What the cases above lack: three pages of three, as many reports as ever, within one night."""
    pages = [COLUMN, COLUMN + "?2", COLUMN + "?3"]
    for at in (DUE - days(9), AFTER):
        run = history.archive.start_run("crawl", portal="wolong", year=2024)
        for number, url in enumerate(pages):
            referer = pages[number - 1] if number else None
            content = paging(3, number + 1) + str(at).encode()
            history.crawler.capture(at, run, url, Role.LIST, links=OTHERS, content=content, referer=referer)
        history.archive.finish_run(run, "ok")
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(4)).isoformat())
    process_archive(history.archive, history.places)
    row = history.archive.row("select standing from standings where body = 'jyj'")
    assert row["standing"] == "not_published"


def test_body_that_is_added_after_the_deadline_is_read_from_what_was_stored(history, monkeypatch):
    """The column of January listed its report, which nobody had asked for."""
    history.look(AFTER, OTHER, (URL, "卧龙区体育局2024年政府信息公开工作年度报告"))
    roster = history.places.config / "bodies" / "wolong.csv"
    roster.write_text(roster.read_text("utf-8") + "tyj,卧龙区体育局,department,411303,wolong,,\n", "utf-8")
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(60)).isoformat())
    process_archive(history.archive, history.places)
    row = history.archive.row("select standing, reason from standings where body = 'tyj'")
    assert (row["standing"], row["reason"]) == ("cannot_tell", "listed_unread")


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("共3页", 3),
        ("共 <span>12</span> 页", 12),
        ("共&nbsp;4&nbsp;页", 4),
        ("总共有5页", 5),
        ("第1/6页", 6),
        ("createPageHTML(7, 0, 'index', 'html')", 7),
        ("createPageHTML('page', 8, 1, 'list', 'shtml', 57)", 8),
        ("var countPage = 9; var currentPage = 0;", 9),
        ('"totalPages":"10"', 10),
        ("共3条", 0),
        ("共30000件", 0),
        ("function createPageHTML(_nPageCount, _nCurrIndex)", 0),
    ],
)
def test_list_page_says_how_many_pages_there_are(text, pages):
    """In words, or in the script that draws the pager."""
    assert stated_pages(page_of("年报", text).content) == pages


def test_answer_of_an_interface_states_no_pages():
    """Its reader counts entries, and fails where some are lacking."""
    assert stated_pages(b'{"totalPages": 10, "list": []}') == 0
