"""Reminders, orders and lists before deadlines: on working days, with growing gaps, each told once."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.store import Archive
from config.alerts import AlertConfig
from config.places import Places
from config.workdays import WorkCalendar
from monitor.decisions import acknowledge, approve, dismiss, order_correction, record_reply
from monitor.delivery import send_messages
from monitor.follow_up import follow_up
from monitor.ledger import record_findings
from monitor.outbox import compose_messages
from tests.monitor.ledger_support import BODIES, CONFIG, finding

SCOPES = {("body-a", 2024), ("body-b", 2024)}
ABOVE = "nanyang"


@pytest.fixture
def config(mail_sink):
    """A supervisor with a superior, and the operator; one digest a day."""
    told = CONFIG.model_dump(mode="json")
    told["recipients"]["wolong"] |= {"superior": ABOVE, "channels": {"mail": mail_sink.address()}}
    told["recipients"][ABOVE] = {
        "name": "南阳市政务公开办", "channels": {"mail": mail_sink.address("above@example.com")}
    }  # fmt: skip
    told["operator"]["channels"] = {"mail": mail_sink.address("op@example.com")}
    return AlertConfig.model_validate(told)


def changed(config, **reminders):
    """The same with other reminders."""
    told = config.model_dump(mode="json")
    told["reminders"] |= reminders
    return AlertConfig.model_validate(told)


@pytest.fixture
def morning(archive, mail_sink, monkeypatch):
    """Do what `nianbao alerts send` does on a morning; returns the mails of that morning."""

    def send(config, day, findings=None, hour="08:30"):
        monkeypatch.setenv("NIANBAO_NOW", f"{day}T{hour}:00+08:00")
        if findings is not None:
            run = archive.start_run("process")
            record_findings(archive, findings, SCOPES, config, BODIES)
            archive.finish_run(run, "ok")
        before = len(mail_sink.messages)
        follow_up(archive, config, WorkCalendar())
        compose_messages(archive, config, BODIES)
        send_messages(archive, config)
        return mail_sink.messages[before:]

    return send


def days(first, last):
    """Every day from `first` to `last`, in ISO."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1)]


def told_days(morning, config, first, last, to="w@example.com"):
    """The days on which a recipient got a mail, where the finding stands all the time."""
    return [
        day
        for day in days(first, last)
        if any(to in mail_to for mail_to, _ in morning(config, day, [finding()]))
    ]


def test_gaps_grow_and_pass_over_holidays(morning, config):
    """Five working days with the Spring Festival between, then ten."""
    assert told_days(morning, config, "2025-01-24", "2025-02-25") == [
        "2025-01-24",
        "2025-02-07",
        "2025-02-20",
    ]


def test_reminder_names_number_first_day_and_last_check(morning, config):
    """And does not say that it is new."""
    morning(config, "2025-03-03", [finding()])
    ((_, mail),) = morning(config, "2025-03-10", [finding()])
    assert mail["Subject"] == "【年报监测】催办 1 项"
    text = mail.get_content()
    assert "没有新发现" in text
    assert "2025-03-03 首次提醒；第 1 次催办；最近核对 2025-03-10；提醒编号 1" in text
    assert "节假日未核" not in text


def test_reminders_ride_in_the_days_digest(morning, config):
    """News and reminders are one message."""
    morning(config, "2025-03-03", [finding()])
    ((_, mail),) = morning(config, "2025-03-10", [finding(), finding("body-b")])
    assert mail["Subject"] == "【年报监测】车站街道办事处（2024 年度）：1 项待处理；催办 1 项"


def test_same_morning_twice_reminds_once(morning, config):
    """Whatever killed the first run after it wrote."""
    morning(config, "2025-03-03", [finding()])
    assert len(morning(config, "2025-03-10")) == 1
    assert morning(config, "2025-03-10", hour="09:30") == []


@pytest.mark.parametrize(
    "decide",
    [
        lambda archive: acknowledge(archive, 1, "李"),
        lambda archive: dismiss(archive, 1, "李", "已核实"),
        lambda archive: order_correction(archive, 1, "李", date(2026, 3, 1)),
    ],
    ids=["acknowledged", "dismissed", "ordered"],
)
def test_alert_that_somebody_takes_care_of_is_not_reminded_of(archive, morning, config, decide):
    """Also where a reminder waited already."""
    morning(config, "2025-03-03", [finding()])
    follow_on = changed(config)
    decide(archive)
    assert [day for day in days("2025-03-04", "2025-03-31") if morning(follow_on, day, [finding()])] == []


def test_waiting_reminder_is_withdrawn_by_an_acknowledgement(archive, morning, config, monkeypatch):
    """Written, not composed yet."""
    morning(config, "2025-03-03", [finding()])
    monkeypatch.setenv("NIANBAO_NOW", "2025-03-10T08:00:00+08:00")
    assert follow_up(archive, config, WorkCalendar()).reminders == 1
    acknowledge(archive, 1, "李")
    assert morning(config, "2025-03-10") == []


def test_resolved_alert_is_not_reminded_of_but_told_as_resolved_within_a_week(morning, config):
    """Good news wait for company, not for ever."""
    morning(config, "2025-03-03", [finding()])
    morning(config, "2025-03-04", [])
    told = [day for day in days("2025-03-05", "2025-03-31") if morning(config, day, [])]
    assert told == ["2025-03-11"]


def test_what_the_last_evaluation_could_not_confirm_is_not_reminded_of(morning, config):
    """The column is blocked: perhaps it is mended by now."""
    missing = finding(rule="publication.missing", cell=None, expected=None, actual="not_published")
    blocked = finding(rule="publication.cannot-tell", severity="info", cell=None, actual="declined")
    morning(config, "2025-03-03", [missing])
    silent = [mail for day in days("2025-03-04", "2025-03-12") for mail in morning(config, day, [blocked])]
    assert [to for to, _ in silent] == [("op@example.com",)]
    assert len(morning(config, "2025-03-13", [missing])) == 1


def test_after_some_reminders_the_superior_is_told_once_and_reminded_itself(morning, config):
    """Level by level."""
    config = changed(config, gaps=[1], escalate_after=2)
    above = told_days(morning, config, "2025-03-03", "2025-03-12", "above@example.com")
    assert above == ["2025-03-06", "2025-03-07", "2025-03-10", "2025-03-11", "2025-03-12"]


def test_escalation_says_to_whom_and_how_often_it_was_told(morning, config):
    """In a section of its own."""
    config = changed(config, gaps=[1], escalate_after=1)
    for day in ("2025-03-03", "2025-03-04"):
        morning(config, day, [finding()])
    mails = {to[0]: mail.get_content() for to, mail in morning(config, "2025-03-05", [finding()])}
    assert "现报上一级" in mails["above@example.com"]
    assert "2025-03-03 首次提醒（卧龙区政务公开办）；已催办 1 次" in mails["above@example.com"]
    assert "第 2 次催办" in mails["w@example.com"]


def test_review_holds_reminders_and_escalations_too(archive, morning, config):
    """Nothing leaves to a supervisor by itself."""
    morning(config, "2025-03-03", [finding()])
    reviewed = config.model_copy(update={"review": True})
    assert morning(reviewed, "2025-03-10", [finding()]) == []
    assert approve(archive, None, "张") == [1]
    assert len(morning(reviewed, "2025-03-11", [finding()])) == 1


def test_approved_reminder_waits_for_a_working_day(archive, morning, config):
    """Saturday is none."""
    morning(config, "2025-03-07", [finding()])
    reviewed = config.model_copy(update={"review": True})
    morning(reviewed, "2025-03-14", [finding()])
    approve(archive, None, "张")
    assert morning(reviewed, "2025-03-15", [finding()]) == []
    assert len(morning(reviewed, "2025-03-17", [finding()])) == 1


def test_message_that_never_left_starts_no_reminders(archive, morning, config, mail_sink):
    """Who was not told cannot be reminded."""
    mail_sink.answers = ["451 later"] * 40
    morning(config, "2025-03-03", [finding()])
    for day in days("2025-03-04", "2025-03-14"):
        assert morning(config, day, [finding()]) == []
    assert archive.rows("select * from notices where kind like 'reminder%'") == []


def test_order_is_reminded_of_before_its_day_and_told_when_it_passed(archive, morning, config):
    """Also where the alert was acknowledged; no other reminders before the day."""
    morning(config, "2025-03-03", [finding()])
    acknowledge(archive, 1, "李")
    order_correction(archive, 1, "李", date(2025, 3, 21), "更正表三")
    assert told_days(morning, config, "2025-03-04", "2025-03-26") == ["2025-03-18", "2025-03-24"]
    record_reply(archive, 1, "赵", "已更正")
    ((_, mail),) = [
        one for day in days("2025-03-27", "2025-03-31") for one in morning(config, day, [finding()])
    ]
    text = mail.get_content()
    assert "限 2025-03-21 前整改；要求：更正表三；2025-03-26 已答复" in text


def test_new_order_has_its_own_days(archive, morning, config):
    """The last one counts."""
    morning(config, "2025-03-03", [finding()])
    order_correction(archive, 1, "李", date(2025, 3, 5))
    assert "整改期限将至" in morning(config, "2025-03-04", [finding()])[0][1].get_content()
    order_correction(archive, 1, "李", date(2025, 3, 10))
    assert morning(config, "2025-03-06", [finding()])[0][1]["Subject"] == "【年报监测】催办 1 项"
    assert morning(config, "2025-03-07", [finding()]) == []
    assert "整改期限已过" in morning(config, "2025-03-11", [finding()])[0][1].get_content()


def test_order_that_was_obeyed_is_told_with_the_next_digest(archive, morning, config):
    """The supervisor who ordered it need not wait a week."""
    morning(config, "2025-03-03", [finding()])
    order_correction(archive, 1, "李", date(2025, 3, 21))
    ((_, mail),) = morning(config, "2025-03-06", [])
    assert mail["Subject"] == "【年报监测】1 项已消除"


def waiting(archive, body, due_on, supervisor="wolong", standing="not_due", confirmed=1):
    """A body whose report was not seen yet."""
    archive.add("bodies", {"id": body, "name": f"{body}局", "kind": "department", "supervisor": supervisor,
                           "confirmed": confirmed, "division": "411303"})  # fmt: skip
    archive.add("standings", {"body": body, "year": 2024, "standing": standing, "due_on": due_on,
                              "due_basis": "第四十九条第一款", "sentence": "x", "evidence": "{}",
                              "decided_at": "2025-01-01T00:00:00.000Z"})  # fmt: skip


def test_list_before_a_deadline_goes_to_the_supervisor_once(archive, morning, config):
    """Seven working days before 31 January 2025, holidays left out: on the 17th."""
    waiting(archive, "jia", "2025-01-31")
    waiting(archive, "yi", "2025-01-31", standing="published")
    waiting(archive, "bing", "2025-03-31")
    waiting(archive, "ding", "2025-01-31", confirmed=0)
    mails = {day: mail for day in days("2025-01-10", "2025-01-31") for _, mail in morning(config, day, [])}
    assert list(mails) == ["2025-01-17"]
    assert mails["2025-01-17"]["Subject"] == "【年报监测】期限将近，1 个单位尚未见到报告（2024 年度）"
    text = mails["2025-01-17"].get_content()
    assert "应于2025年1月31日前（含当日）公布" in text
    assert "第四十九条第一款：jia局" in text.splitlines()
    assert "不符合" not in text


def test_list_names_apart_whom_we_cannot_see(archive, morning, config):
    """Blocked is not unpublished."""
    waiting(archive, "body-a", "2025-01-31")
    waiting(archive, "body-b", "2025-01-31")
    blocked = finding(rule="publication.cannot-tell", severity="info", cell=None, actual="declined")
    mails = {to[0]: mail.get_content() for to, mail in morning(config, "2025-01-20", [blocked])}
    assert "不能确定是否已公布的：body-a局" in mails["w@example.com"]


def test_list_is_closed_in_silence_once_its_day_has_passed(archive, morning, config):
    """And never reminded of."""
    waiting(archive, "jia", "2025-01-31")
    morning(config, "2025-01-20", [])
    assert [day for day in days("2025-01-21", "2025-03-31") if morning(config, day, [])] == []
    assert archive.row("select state from alerts")["state"] == "resolved"


def test_list_waits_until_the_archive_was_processed(archive, morning, config):
    """An old standing may be out of date."""
    waiting(archive, "jia", "2025-01-31")
    assert morning(config, "2025-01-20") == []
    assert len(morning(config, "2025-01-21", [])) == 1


def test_each_supervisor_gets_its_own_list_and_one_without_a_channel_waits(archive, morning, config):
    """Nothing is lost where nobody is configured yet."""
    waiting(archive, "jia", "2025-01-31")
    waiting(archive, "yi", "2025-01-31", supervisor="nobody-yet")
    assert [to for to, _ in morning(config, "2025-01-20", [])] == [("w@example.com",)]
    told = config.model_dump(mode="json")
    told["recipients"]["nobody-yet"] = {"channels": told["recipients"][ABOVE]["channels"]}
    assert [to for to, _ in morning(AlertConfig.model_validate(told), "2025-01-21", [])] == [
        ("above@example.com",)
    ]


def test_unknown_year_is_marked_and_told_to_the_operator_once(morning, config):
    """Monday to Friday; 1 to 8 October 2099 would be holidays."""
    morning(config, "2099-09-28", [finding()])
    mails = [one for day in days("2099-09-29", "2099-10-31") for one in morning(config, day, [finding()])]
    assert [to[0] for to, _ in mails] == ["op@example.com", "w@example.com", "w@example.com"]
    assert "monitor.holidays" not in mails[0][1].get_content()
    assert "2099 年的放假安排未知" in mails[0][1].get_content()
    assert all("节假日未核" in mail.get_content() for _, mail in mails[1:])


class Postman:
    """Takes what would be sent."""

    def send(self, message, hand_over):
        """Arrives."""
        hand_over()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gaps=st.lists(st.integers(1, 8), min_size=1, max_size=3).map(sorted),
    news=st.sets(st.integers(0, 25), max_size=4),
    skipped=st.sets(st.integers(0, 25), max_size=10),
)
def test_never_two_digests_a_day_and_no_reminder_on_a_day_of_rest(
    tmp_path_factory, monkeypatch, gaps, news, skipped
):
    """Whatever the gaps, whenever news come, however often the morning run is missing."""
    monkeypatch.setattr("monitor.delivery.open_channel", lambda address, name: Postman())
    config = changed(CONFIG, gaps=gaps)
    calendar = WorkCalendar()
    folder = tmp_path_factory.mktemp("days")
    standing = []
    with Archive.open(Places(folder / "data", folder)) as archive:
        for number, day in enumerate(days("2025-01-20", "2025-02-14")):
            if number in news:
                standing.append(finding(actual=300 + number, cell=f"requests.received.{number}"))
            if number in skipped:
                continue
            monkeypatch.setenv("NIANBAO_NOW", f"{day}T08:30:00+08:00")
            record_findings(archive, standing, SCOPES, config, BODIES)
            for _ in range(2):
                follow_up(archive, config, calendar)
                compose_messages(archive, config, BODIES)
                send_messages(archive, config)
        digests = archive.rows("select recipient, substr(created_at, 1, 10) as day from deliveries")
        keys = [tuple(row.values()) for row in digests]
        assert len(keys) == len(set(keys))
        reminders = archive.rows(
            "select n.alert_id, substr(d.created_at, 1, 10) as day from notices n"
            " join deliveries d on d.id = delivery_id where n.kind = 'opened' or n.kind like 'reminder%'"
            " order by n.alert_id, n.id"
        )
        for before, after in pairwise(reminders):
            if before["alert_id"] == after["alert_id"]:
                first, second = date.fromisoformat(before["day"]), date.fromisoformat(after["day"])
                assert calendar.is_workday(second)
                assert calendar.workdays_between(first, second) >= gaps[0]
