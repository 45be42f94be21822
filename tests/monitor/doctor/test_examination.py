"""The doctor: every trouble is named in plain words, with what to do; a sound installation has none."""

import json
from datetime import UTC, datetime

import pytest

from archive.records import Capture, Role, Verdict
from archive.store import Archive
from config.alerts import AlertConfig
from monitor.cli import run
from monitor.doctor import examine, installation
from monitor.doctor.remark import Area, Level
from monitor.heartbeat import write_heartbeat
from monitor.lock import holding
from monitor.outbox import compose_messages
from monitor.schedule import LOCK_NAME
from tests.monitor.ledger_support import BODIES, CONFIG, finding

PORTAL = """id: wolong
name: 卧龙区政府
entry_urls: ['http://www.example.gov.cn/nb/']
allowed_hosts: ['www.example.gov.cn']
bodies: [body-a]
"""
ROSTER = "id,name,kind,division,supervisor\nbody-a,梅溪街道办事处,subdistrict,411303,wolong\n"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T09:00:00+08:00")


@pytest.fixture
def configured(places):
    """A body, its portal, and channels without secrets."""
    (places.config / "bodies").mkdir()
    (places.config / "bodies" / "all.csv").write_text(ROSTER)
    (places.config / "portals").mkdir()
    (places.config / "portals" / "wolong.yml").write_text(PORTAL)
    (places.config / "alerts.yml").write_text(CONFIG.model_dump_json())
    return places


def troubles(at):
    """The troubles' messages."""
    return [remark.message for remark in examine(at) if remark.level is Level.TROUBLE]


def crawl(archive, outcome, verdict, reason=""):
    """One run over the portal with one look at its column."""
    run_id = archive.start_run("crawl", portal="wolong", year=2024)
    asked_at = datetime(2025, 2, 3, tzinfo=UTC)
    look = Capture("wolong", Role.LIST, "http://www.example.gov.cn/nb/", asked_at, verdict, reason=reason)
    archive.add_capture(look, run_id)
    archive.finish_run(run_id, outcome)


def test_sound_installation_has_no_trouble(configured):
    """A good crawl, nothing waiting."""
    with Archive.open(configured) as archive:
        crawl(archive, "ok", Verdict.OK)
    assert troubles(configured) == []
    assert run(["doctor", "--data", str(configured.data), "--config", str(configured.config)]) == 0


def test_missing_configuration_directory_is_said(places):
    """And nothing else is guessed."""
    places.config.rmdir()
    assert [str(places.config) in message for message in troubles(places)] == [True]


def test_every_file_that_does_not_load_is_named(configured):
    """One mistake hides no other."""
    (configured.config / "schedule.yml").write_text("jobs: 7\n")
    (configured.config / "alerts.yml").write_text("langauge: zh\n")
    found = troubles(configured)
    assert any("schedule.yml:1: jobs" in message for message in found)
    assert any("alerts.yml:1: langauge" in message for message in found)


def test_missing_secret_and_missing_recipient_are_said(configured):
    """Before the first message needs them."""
    told = CONFIG.model_dump(mode="json")
    told["recipients"] = {"other": {"channels": {"robot": "wecombot://${NIANBAO_TEST_KEY}/"}}}
    (configured.config / "alerts.yml").write_text(json.dumps(told))
    found = troubles(configured)
    assert "alerts.yml: ${NIANBAO_TEST_KEY}: 没有设置这个环境变量" in found
    assert "名录中的主管部门没有收件人: wolong" in found


def test_body_without_a_portal_is_said(configured):
    """Nobody would ever look for its report."""
    (configured.config / "bodies" / "all.csv").write_text(
        f"{ROSTER}body-b,车站街道办事处,subdistrict,411303,wolong\n"
    )
    assert any("没有登记门户" in message and "车站街道办事处" in message for message in troubles(configured))


def test_portal_that_declines_is_said_with_the_reason(configured):
    """And what it means for its bodies."""
    with Archive.open(configured) as archive:
        crawl(archive, "failed", Verdict.DECLINED, "status 412")
    (remark,) = [one for one in examine(configured) if one.area is Area.PORTALS]
    assert "卧龙区政府 (wolong)" in remark.message
    assert "status 412" in remark.message
    assert "无法判断" in remark.remedy


def test_portal_that_was_never_crawled_and_one_left_for_weeks_are_said(configured, monkeypatch):
    """Silence is not health."""
    with Archive.open(configured) as archive:
        assert troubles(configured) == ["卧龙区政府 (wolong) 从未采集"]
        crawl(archive, "ok", Verdict.OK)
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-20T09:00:00+08:00")
    assert "卧龙区政府 (wolong) 已逾一周未采集" in troubles(configured)


def test_failed_and_overdue_jobs_are_said(configured, monkeypatch):
    """With the last line of the log."""
    with Archive.open(configured) as archive:
        crawl(archive, "ok", Verdict.OK)
        failed = archive.start_run("job:publish")
        archive.finish_run(failed, "failed", {"last_line": "nianbao: disk full"})
        process = archive.start_run("job:process")
        archive.finish_run(process, "ok")
    assert troubles(configured) == ["publish 连续失败 1 次: nianbao: disk full"]
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-04T13:00:00+08:00")
    assert "process 应于 2025-02-04 06:00 运行, 至今未运行" in troubles(configured)


def test_scheduler_without_a_sign_of_life_is_said(configured, monkeypatch):
    """A lock alone is no life."""
    with Archive.open(configured) as archive:
        crawl(archive, "ok", Verdict.OK)
    with holding(configured.data / "locks" / LOCK_NAME):
        write_heartbeat(configured, [], {})
        assert troubles(configured) == []
        monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T09:06:00+08:00")
        assert any("没有心跳" in message for message in troubles(configured))


def test_messages_that_did_not_arrive_are_said(configured):
    """Failed, unknown, waiting."""
    from monitor.ledger import record_findings

    with Archive.open(configured) as archive:
        crawl(archive, "ok", Verdict.OK)
        record_findings(archive, [finding()], {("body-a", 2024)}, CONFIG, BODIES)
        compose_messages(archive, CONFIG, BODIES)
        for change, words in (
            ({"state": "failed"}, "多次投递失败"),
            ({"state": "unknown", "finished_at": "2025-02-03T01:00:00.000Z"}, "delivery unknown"),
            ({"state": "queued", "created_at": "2025-02-01T01:00:00.000Z"}, "一天以上"),
        ):
            with archive.atomic():
                archive.db.table("deliveries").update(1, change)
            assert [words in message for message in troubles(configured)] == [True]


def test_full_disk_is_said(configured, monkeypatch):
    """Before SQLite says it."""
    monkeypatch.setattr(installation, "FREE_BYTES_MIN", 10**18)
    assert any("GB" in message for message in troubles(configured))


def test_nobody_configured_is_a_note_not_a_trouble(configured, capsys):
    """As shipped."""
    (configured.config / "alerts.yml").write_text(AlertConfig().model_dump_json())
    with Archive.open(configured) as archive:
        crawl(archive, "ok", Verdict.OK)
    where = ["--data", str(configured.data), "--config", str(configured.config)]
    assert run(["doctor", *where, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["area"] for row in rows if "没有任何收件渠道" in row["message"]] == ["configuration"]


def test_dead_mans_address_without_its_secret_is_said(configured):
    """The variable is named."""
    (configured.config / "schedule.yml").write_text(
        "jobs: []\ndead_man_url: 'https://example.com/${NIANBAO_TEST_PING}'\n"
    )
    assert troubles(configured) == ["schedule.yml: dead_man_url: ${NIANBAO_TEST_PING}: 没有设置这个环境变量"]


def test_unknown_holidays_are_said_a_month_ahead(configured, monkeypatch):
    """As a note: reminders go on."""
    monkeypatch.setenv("NIANBAO_NOW", "2098-12-15T09:00:00+08:00")
    (configured.config / "holidays.yml").write_text("years: {2098: {}}")
    assert ["2099" in remark.message for remark in examine(configured) if "放假" in remark.message] == [True]
    (configured.config / "holidays.yml").write_text("years: {2098: {}, 2099: {}}")
    assert [remark for remark in examine(configured) if "放假" in remark.message] == []
