"""The census: what a run added, in numbers."""

from archive.store import Archive
from monitor.demo.census import growth_of, take_census, told


def test_no_database_holds_nothing(places):
    """Counting before the first run creates nothing."""
    assert take_census(places) == {}
    assert not places.database.exists()


def test_looking_again_is_no_growth_and_an_event_is(places):
    """Runs and captures only say that we looked; every other table counts."""
    with Archive.open(places) as archive:
        archive.start_run("crawl")
    before = take_census(places)
    with Archive.open(places) as archive:
        archive.start_run("crawl")
        archive.add_event("alert.opened", "alert:1")
    assert growth_of(before, take_census(places)) == {"events": 1}
    assert growth_of(before, before) == {}


def test_added_rows_and_mails_are_told(monkeypatch):
    """One line, in the reader's language; a run that adds nothing says so."""
    assert told({"documents": 10, "alerts": 6}, 2) == "本次运行: 文件 +10, 提醒 +6, 邮件 +2"
    assert told({"documents": 1, "texts": 2, "events": 1}, 0) == "本次运行: 文件 +1, 内部记录 +3, 邮件 +0"
    assert told({}, 0).startswith("本次运行没有新增任何文件")
    monkeypatch.setenv("NIANBAO_LANG", "en")
    assert told({"reports": 1}, 0) == "This run: reports +1, mails +0"
