"""The outbox: composed once, sent once, retried with pauses, repeated at most once, nothing lost."""

import json

import pytest

from config.alerts import AlertConfig
from monitor.channels import open_channel
from monitor.delivery import PAUSES_S, send_again, send_messages
from monitor.ledger import record_findings
from monitor.outbox import compose_messages
from tests.monitor.ledger_support import BODIES, CONFIG, finding
from tests.monitor.mail_sink import free_port

SCOPES = {("body-a", 2024), ("body-b", 2024)}


@pytest.fixture
def config(mail_sink):
    """Both recipients read mail on the sink."""
    told = CONFIG.model_dump(mode="json")
    told["digest"] = "run"
    told["recipients"]["wolong"]["channels"] = {"mail": mail_sink.address()}
    told["operator"]["channels"] = {"mail": mail_sink.address("op@example.com")}
    return AlertConfig.model_validate(told)


@pytest.fixture
def at_time(monkeypatch):
    """Set the clock."""
    return lambda text: monkeypatch.setenv("NIANBAO_NOW", text)


def run(archive, config, findings=None, **options):
    """Record, compose and send, as a nightly run does."""
    if findings is not None:
        record_findings(archive, findings, SCOPES, config, BODIES)
    compose_messages(archive, config, BODIES)
    return send_messages(archive, config, **options)


def delivery(archive):
    """The only message."""
    (row,) = archive.rows("select * from deliveries")
    return row


def test_all_news_of_a_run_are_one_message_for_each_recipient(archive, config, mail_sink):
    """Two bodies, one letter."""
    run(archive, config, [finding(), finding("body-b")])
    ((to, mail),) = mail_sink.messages
    assert to == ("w@example.com",)
    assert mail["Subject"] == "【年报监测】2 个单位 2 项待处理（2024 年度）"


def test_letter_says_body_year_cell_values_difference_basis_and_source(archive, config, mail_sink):
    """All that a supervisor needs to act."""
    run(archive, config, [finding(source="http://a.gov.cn/1.html")])
    text = mail_sink.messages[0][1].get_content()
    assert "卧龙区政务公开办：" in text
    assert "梅溪街道办事处 2024 年度" in text
    assert "“一、本年新收政府信息公开申请数量”的“自然人” 应为 247，实为 248，相差 +1" in text
    assert "依据：国办公开办函〔2021〕30号" in text
    assert "来源：http://a.gov.cn/1.html" in text


def test_letter_in_english_where_the_configuration_says_so(archive, config, mail_sink):
    """The language of the receiver, not of the machine."""
    run(archive, config.model_copy(update={"language": "en"}), [finding()])
    assert "expected 247, found 248, difference +1" in mail_sink.messages[0][1].get_content()


def test_simulated_time_is_printed_in_the_message(archive, config, mail_sink, at_time):
    """Nobody takes a simulation for the truth."""
    at_time("2025-02-03T08:00:00+08:00")
    run(archive, config, [finding()])
    assert "模拟时间 2025-02-03" in mail_sink.messages[0][1].get_content()


def test_second_run_sends_nothing(archive, config, mail_sink):
    """The same findings again are silence."""
    run(archive, config, [finding()])
    run(archive, config, [finding()])
    assert len(mail_sink.messages) == 1


def test_daily_digest_waits_for_the_next_day(archive, config, mail_sink, at_time):
    """At most one collected message a day; days are those of Shanghai."""
    config = config.model_copy(update={"digest": "day"})
    at_time("2025-02-03T08:00:00+08:00")
    run(archive, config, [finding()])
    run(archive, config, [finding(), finding("body-b")])
    assert len(mail_sink.messages) == 1
    at_time("2025-02-04T00:30:00+08:00")
    run(archive, config)
    assert len(mail_sink.messages) == 2


def test_immediate_route_does_not_wait_for_the_digest(archive, config, mail_sink, at_time):
    """What a route calls urgent leaves at once."""
    urgent = {"rule": "remedies.*", "immediate": True}
    told = {**config.model_dump(mode="json"), "digest": "day", "routes": [urgent, {}]}
    config = AlertConfig.model_validate(told)
    at_time("2025-02-03T08:00:00+08:00")
    run(archive, config, [finding()])
    run(archive, config, [finding(), finding("body-b"), finding(rule="remedies.total")])
    assert [len(json.loads(row["alerts"])) for row in archive.rows("select alerts from deliveries")] == [1, 1]


def test_resolved_alert_is_told_with_the_next_news_and_not_alone(archive, config, mail_sink):
    """Good news ride along."""
    run(archive, config, [finding()])
    run(archive, config, [])
    assert len(mail_sink.messages) == 1
    run(archive, config, [finding("body-b")])
    text = mail_sink.messages[1][1].get_content()
    assert "此前提醒、现已消除：" in text
    assert "- 梅溪街道办事处 2024 本列勾稽关系 (提醒 1)" in text


def test_alert_that_nobody_could_be_told_is_told_once_somebody_is_configured(archive, config, mail_sink):
    """Adding the first recipient loses nothing and doubles nothing."""
    nobody = AlertConfig()
    record_findings(archive, [finding()], SCOPES, nobody, BODIES)
    assert compose_messages(archive, nobody, BODIES).without_recipient == 1
    run(archive, config)
    run(archive, config)
    assert len(mail_sink.messages) == 1


def test_refused_message_is_tried_again_after_its_pause(archive, config, mail_sink, at_time):
    """With the same number and Message-ID, and only then."""
    mail_sink.answers = ["451 4.7.1 greylisted"]
    at_time("2025-02-03T08:00:00+08:00")
    assert run(archive, config, [finding()]).refused == [delivery(archive)["message_number"]]
    assert "451" in delivery(archive)["error"]
    at_time("2025-02-03T08:00:59+08:00")
    run(archive, config)
    assert mail_sink.messages == []
    at_time("2025-02-03T08:01:00+08:00")
    run(archive, config)
    assert mail_sink.numbers == [delivery(archive)["message_number"]]
    assert (delivery(archive)["state"], delivery(archive)["interrupted_at"]) == ("sent", None)


def test_one_refused_recipient_means_nobody_got_it(archive, config, mail_sink):
    """All or nothing, so that a retry doubles nothing."""
    told = config.model_dump(mode="json")
    told["recipients"]["wolong"]["channels"] = {"mail": mail_sink.address("w@example.com,x@example.com")}
    mail_sink.refused_recipients["x@example.com"] = "550 no such user"
    run(archive, AlertConfig.model_validate(told), [finding()])
    assert mail_sink.messages == []
    assert "x@example.com" in delivery(archive)["error"]


def test_message_that_is_refused_too_often_fails_and_the_operator_learns_it(
    archive, config, mail_sink, at_time
):
    """The last refusal is a finding."""
    mail_sink.answers = ["550 blocked"] * (len(PAUSES_S) + 1)
    run(archive, config, [finding()])
    for _ in PAUSES_S:
        run(archive, config, retry_now=True)
    assert delivery(archive)["state"] == "failed"
    run(archive, config)
    ((to, mail),) = mail_sink.messages
    assert to == ("op@example.com",)
    assert delivery_number(archive) in mail.get_content()


def delivery_number(archive):
    """The number of the first message."""
    return archive.row("select message_number from deliveries order by id")["message_number"]


def test_interrupted_message_is_repeated_once_under_the_same_id_and_marked(archive, config, mail_sink):
    """As a kill -9 between hand-over and its recording leaves it."""
    run(archive, config, [finding()])
    archive.db.table("deliveries").update(1, {"state": "handed_over", "finished_at": None})
    run(archive, config)
    first, second = (mail for _to, mail in mail_sink.messages)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["X-Nianbao-Number"] == second["X-Nianbao-Number"]
    assert delivery(archive)["state"] == "sent"
    assert delivery(archive)["interrupted_at"] is not None


def test_message_interrupted_twice_stays_unknown_until_a_person_decides(archive, config, mail_sink):
    """At most one repeat; the rest is said to the operator."""
    run(archive, config, [finding()])
    interrupted = {"state": "handed_over", "finished_at": None, "repeats": 1}
    archive.db.table("deliveries").update(1, interrupted)
    result = run(archive, config)
    number = delivery_number(archive)
    assert result.unknown == [number]
    run(archive, config)
    assert [to for to, _mail in mail_sink.messages] == [("w@example.com",), ("op@example.com",)]
    assert send_again(archive, number, "王")
    run(archive, config)
    assert mail_sink.numbers.count(number) == 2
    assert not send_again(archive, "NB19990101-00001", "王")


def test_connection_lost_after_the_text_is_unknown_not_refused(archive, config, mail_sink, monkeypatch):
    """No answer is not a no."""
    from smtplib import SMTP, SMTPServerDisconnected

    def lost(self, message):
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as patch:
        patch.setattr(SMTP, "data", lost)
        run(archive, config, [finding()])
    assert (delivery(archive)["state"], delivery(archive)["repeats"]) == ("unknown", 1)
    run(archive, config)
    assert (delivery(archive)["state"], len(mail_sink.messages)) == ("sent", 1)


def test_server_that_is_down_is_a_refusal(archive, config):
    """Nothing left the house."""
    told = config.model_dump(mode="json")
    address = f"mailto://127.0.0.1:{free_port()}/?from=n@example.com&to=w@example.com"
    told["recipients"]["wolong"]["channels"] = {"mail": address}
    assert len(run(archive, AlertConfig.model_validate(told), [finding()]).refused) == 1


def test_message_for_a_channel_that_is_gone_takes_the_one_that_is_there_now(archive, config, mail_sink):
    """Renaming a channel loses nothing and doubles nothing."""
    mail_sink.answers = ["451 later"]
    run(archive, config, [finding()])
    told = config.model_dump(mode="json")
    told["recipients"]["wolong"]["channels"] = {"letters": mail_sink.address("new@example.com")}
    renamed = AlertConfig.model_validate(told)
    run(archive, renamed, retry_now=True)
    run(archive, renamed, retry_now=True)
    assert [to for to, _mail in mail_sink.messages] == [("new@example.com",)]
    states = archive.rows("select channel, state from deliveries order by id")
    assert [tuple(row.values()) for row in states] == [("mail", "cancelled"), ("letters", "sent")]


def test_missing_secret_is_said_and_stops_nobody_else(archive, config, mail_sink):
    """The variable is named, no address is shown."""
    told = config.model_dump(mode="json")
    told["recipients"]["wolong"]["channels"]["robot"] = "dingtalk://${NIANBAO_TEST_TOKEN}/"
    result = run(archive, AlertConfig.model_validate(told), [finding()])
    assert len(result.sent) == 1
    assert result.unusable == ["alerts.yml: ${NIANBAO_TEST_TOKEN}: 没有设置这个环境变量"]


def test_letter_that_was_refused_is_not_sent_once_all_of_it_is_mended(archive, config, mail_sink, at_time):
    """It never left; what it says is not true any more."""
    at_time("2025-02-03T08:00:00+08:00")
    mail_sink.answers = ["451 later"]
    run(archive, config, [finding()])
    at_time("2025-02-03T12:00:00+08:00")
    run(archive, config, [])
    assert mail_sink.messages == []
    assert delivery(archive)["state"] == "cancelled"


def test_letter_that_was_refused_is_written_anew_without_what_is_mended(archive, config, mail_sink, at_time):
    """The rest of it still has to be told."""
    at_time("2025-02-03T08:00:00+08:00")
    mail_sink.answers = ["451 later"]
    run(archive, config, [finding(), finding("body-b")])
    at_time("2025-02-03T12:00:00+08:00")
    run(archive, config, [finding("body-b")])
    ((_, mail),) = mail_sink.messages
    assert "车站街道办事处" in mail["Subject"]
    assert "梅溪" not in mail.get_content()


def test_quiet_hours_that_begin_while_sending_stop_it(archive, config, mail_sink, at_time):
    """What is left waits for the morning."""
    told = {**config.model_dump(mode="json"), "quiet_hours": {"start": "22:00", "end": "07:00"}}
    quiet = AlertConfig.model_validate(told)
    at_time("2025-02-03T22:00:00+08:00")
    run(archive, quiet, [finding()])
    assert mail_sink.messages == []
    at_time("2025-02-04T07:00:00+08:00")
    run(archive, quiet)
    assert len(mail_sink.messages) == 1


@pytest.mark.parametrize(("is_handed_over", "state"), [(False, "queued"), (True, "unknown")])
def test_channel_that_breaks_stops_nobody_else(
    archive, config, mail_sink, monkeypatch, is_handed_over, state
):
    """A service of somebody else's making may raise anything; what it raises may hold the address."""

    class Broken:
        def send(self, message, hand_over):
            if is_handed_over:
                hand_over()
            raise TypeError("mailto://user:very-secret@example.com is no str")

    def open_broken(address, name):
        return Broken() if name.startswith("operator") else open_channel(address, name)

    monkeypatch.setattr("monitor.delivery.open_channel", open_broken)
    result = run(archive, config, [finding("body-new"), finding()])
    assert len(result.sent) == 1
    row = archive.row("select state, error from deliveries where recipient = 'operator'")
    assert row == {"state": state, "error": "TypeError"}
