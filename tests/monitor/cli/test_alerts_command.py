"""`nianbao alerts`: list, show, decide, send."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from archive.store import Archive
from config.alerts import AlertConfig
from monitor.cli import run
from monitor.ledger import record_findings
from tests.monitor.ledger_support import BODIES, CONFIG, finding

SCOPES = {("body-a", 2024), ("body-b", 2024)}
ROSTER = (
    "id,name,kind,supervisor\n"
    "body-a,梅溪街道办事处,subdistrict,wolong\n"
    "body-b,车站街道办事处,subdistrict,wolong\n"
)


@pytest.fixture
def alerts(places, capsys):
    """Run `nianbao alerts ...` on the test's directories; returns exit code, stdout, stderr."""
    (places.config / "bodies").mkdir()
    (places.config / "bodies" / "all.csv").write_text(ROSTER)

    def command(*words):
        where = ["--data", str(places.data), "--config", str(places.config)]
        code = run(["alerts", words[0], *where, *words[1:]])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def two_alerts(places, alerts):
    """Two open alerts."""
    with Archive.open(places) as archive:
        record_findings(archive, [finding(), finding("body-b")], SCOPES, CONFIG, BODIES)
    return alerts


def configure(places, **changes):
    """Write alerts.yml (JSON is YAML)."""
    told = {**CONFIG.model_dump(mode="json"), **changes}
    (places.config / "alerts.yml").write_text(AlertConfig.model_validate(told).model_dump_json())


def test_empty_ledger_says_so(alerts):
    """No table without rows."""
    assert alerts("list") == (0, "没有提醒。\n", "")


def test_list_in_every_format(two_alerts, tmp_path):
    """The same rows everywhere."""
    assert "梅溪街道办事处" in two_alerts("list")[1]
    rows = json.loads(two_alerts("list", "--format", "json")[1])
    assert [(row["id"], row["state"], row["body_name"]) for row in rows] == [
        (1, "open", "梅溪街道办事处"),
        (2, "open", "车站街道办事处"),
    ]
    lines = two_alerts("list", "--format", "jsonl")[1].splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.DictReader(io.StringIO(two_alerts("list", "--format", "csv")[1])))
    assert [row["body_name"] for row in table] == ["梅溪街道办事处", "车站街道办事处"]
    book = tmp_path / "alerts.xlsx"
    assert two_alerts("list", "--output", str(book))[0] == 0, "the ending says the format"
    assert load_workbook(book).active.max_row == 3


def test_english_tables_have_english_headings(two_alerts, monkeypatch):
    """The keys' own words."""
    monkeypatch.setenv("NIANBAO_LANG", "en")
    table = two_alerts("list")[1]
    assert table.split()[:3] == ["id", "state", "word"]
    assert "编号" not in table


def test_list_can_be_narrowed(two_alerts):
    """By body, year and state."""
    assert len(json.loads(two_alerts("list", "--body", "body-b", "--format", "json")[1])) == 1
    assert json.loads(two_alerts("list", "--year", "2023", "--format", "json")[1]) == []
    assert json.loads(two_alerts("list", "--state", "dismissed", "--format", "json")[1]) == []
    assert two_alerts("list", "--state", "opne")[0] == 64


def test_every_decision_is_shown_with_who_and_when(two_alerts, monkeypatch):
    """ack, order, reply: events on the alert's page."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T09:00:00+08:00")
    assert two_alerts("ack", "1", "--by", "王明", "--note", "已转办")[0] == 0
    assert two_alerts("order", "1", "--by", "王明", "--due", "2025-02-20", "--text", "更正表三")[0] == 0
    assert two_alerts("reply", "1", "--by", "李红", "--text", "已更正")[0] == 0
    page = two_alerts("show", "1")[1]
    assert "已认领" in page
    assert "责令整改 (王明) 期限: 2025-02-20; 内容: 更正表三" in page
    assert "机关回复 (李红) 内容: 已更正; 公开: 是" in page
    assert "模拟时钟" in page


def test_show_as_json_has_findings_deliveries_and_events(two_alerts):
    """For programs."""
    page = json.loads(two_alerts("show", "1", "--format", "json")[1])
    assert page["alert"]["findings"][0]["actual"] == 248
    assert page["notices"][0]["state"] == "queued"
    assert [event["kind"] for event in page["events"]] == ["alert.opened"]


def test_dismissal_needs_a_reason(two_alerts):
    """And closes the alert."""
    assert two_alerts("dismiss", "1")[0] == 64
    assert two_alerts("dismiss", "1", "--reason", "  ")[0] == 64
    assert two_alerts("dismiss", "1", "--reason", "电话核实")[0] == 0
    assert "提醒 1 的状态是“已驳回”，不能再处理" in two_alerts("ack", "1")[2]
    assert [row["id"] for row in json.loads(two_alerts("list", "--format", "json")[1])] == [2]


def test_order_by_a_day_that_has_passed_is_refused(two_alerts, monkeypatch):
    """A slip of the year would be overdue at once."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T09:00:00+08:00")
    assert two_alerts("order", "1", "--due", "2025-02-02")[0] == 64
    assert two_alerts("order", "1", "--due", "2025-02-03")[0] == 0


def test_sending_reminds_on_the_calendar_of_the_configuration(two_alerts, places, mail_sink, monkeypatch):
    """A week of local rest moves the reminder."""
    configure(places, recipients={"wolong": {"name": "办", "channels": {"mail": mail_sink.address()}}})
    (places.config / "holidays.yml").write_text(
        "years: {2025: {rest: [{first: 2025-03-10, last: 2025-03-14}]}}"
    )
    told = []
    for day in (3, 10, 14, 17):
        monkeypatch.setenv("NIANBAO_NOW", f"2025-03-{day:02}T08:30:00+08:00")
        two_alerts("send")
        told.append(len(mail_sink.messages))
    assert told == [1, 1, 1, 2]
    assert "催办 2 项" in mail_sink.messages[1][1]["Subject"]


def test_unknown_alert_is_one_line(two_alerts):
    """Exit 1, no traceback."""
    assert two_alerts("show", "9") == (1, "", "nianbao: 没有编号为 9 的提醒\n")


def test_sending_without_recipients_is_said_and_is_no_error(two_alerts):
    """Alerts stay in the ledger."""
    code, out, _err = two_alerts("send")
    assert code == 0
    assert "未配置任何收件人" in out


def test_send_delivers_and_a_second_time_sends_nothing(two_alerts, places, mail_sink):
    """Said in plain words both times."""
    configure(places, recipients={"wolong": {"name": "办", "channels": {"mail": mail_sink.address()}}})
    assert "已发送 1 封" in two_alerts("send")[1]
    assert "没有信息发出" in two_alerts("send")[1]
    assert len(mail_sink.messages) == 1
    assert "wolong 已发送" in two_alerts("list")[1]
    assert json.loads(two_alerts("list", "--format", "json")[1])[0]["delivery"] == "wolong: sent"


def test_delivery_unknown_is_shown(two_alerts, places, mail_sink):
    """After a kill between hand-over and its recording."""
    configure(places, recipients={"wolong": {"name": "办", "channels": {"mail": mail_sink.address()}}})
    two_alerts("send")
    with Archive.open(places) as archive:
        archive.db.table("deliveries").update(1, {"state": "handed_over", "finished_at": None})
    two_alerts("send")
    assert "delivery unknown" in two_alerts("show", "1")[1]
    assert "delivery unknown" in two_alerts("list")[1]


def test_held_messages_leave_after_approval(two_alerts, places, mail_sink):
    """Review: nothing goes to a supervisor by itself."""
    configure(places, review=True)
    with Archive.open(places) as archive:
        archive.db.execute("update notices set state = 'held', reason = 'review'")
        archive.db.conn.commit()
    configure(places, recipients={"wolong": {"name": "办", "channels": {"mail": mail_sink.address()}}})
    assert "2 条暂缓" in two_alerts("send")[1]
    assert two_alerts("approve")[0] == 64
    assert "已放行 1 条" in two_alerts("approve", "1")[1]
    two_alerts("send")
    assert two_alerts("approve", "--all")[1] == "已放行 1 条提醒。\n"
    assert len(mail_sink.messages) == 1


def test_quiet_hours_send_nothing(two_alerts, places, mail_sink, monkeypatch):
    """Over midnight, in Shanghai's time."""
    channels = {"wolong": {"name": "办", "channels": {"mail": mail_sink.address()}}}
    configure(places, recipients=channels, quiet_hours={"start": "22:00", "end": "07:00"})
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T22:59:00+00:00")
    assert "安静时段" in two_alerts("send")[1]
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T23:00:00+00:00")
    two_alerts("send")
    assert len(mail_sink.messages) == 1


def test_plain_secret_stops_its_channel_and_is_not_shown(two_alerts, places):
    """Exit 1: something must be mended."""
    channels = {"wolong": {"name": "办", "channels": {"robot": "wecombot://very-secret-key/"}}}
    configure(places, recipients=channels)
    code, out, err = two_alerts("send")
    assert code == 1
    assert "wolong.robot" in err
    assert "very-secret" not in out + err


def test_wrong_alerts_file_names_line_and_key(two_alerts, places):
    """Before anything is sent."""
    (places.config / "alerts.yml").write_text("language: zh\nquiet_hours: {start: 22:00, end: '07:00'}\n")
    code, _out, err = two_alerts("send")
    assert code == 1
    assert "alerts.yml:2: quiet_hours.start" in err
    (places.config / "alerts.yml").write_text("routes:\n- {to: [nobody-known]}\n")
    assert "routes.0.to: nobody-known" in two_alerts("send")[2]
