"""Channels against local servers: path, headers, signature, body, and answers that are errors."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from config.alerts import fill_secrets
from config.errors import ConfigError
from monitor.channels import open_channel, without_secrets
from monitor.channels.message import Message, Refused, Unanswered, shorten
from tests.monitor.channels_server import ChannelServer
from tests.monitor.mail_sink import free_port

MESSAGE = Message(
    number="NB20250203-00001",
    message_id="<NB20250203-00001.ab@nianbao.invalid>",
    subject="【年报监测】梅溪街道办事处：1 项待处理",
    text="应为 247，实为 248\n",
    created_at=datetime(2025, 2, 3, tzinfo=UTC),
)
ROBOTS = ["dingtalk://${SECRET}@${TOKEN}/", "feishu://${SECRET}@${TOKEN}/", "wecombot://${TOKEN}/"]


@pytest.fixture
def server():
    """A local HTTP server."""
    server = ChannelServer()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _secrets(monkeypatch):
    monkeypatch.setenv("TOKEN", "tok/en+1")
    monkeypatch.setenv("SECRET", "SEC@x:1")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def sent(address, moments=None):
    """Send the message; `moments` gets an entry at the hand-over."""
    moments = [] if moments is None else moments
    open_channel(address, "wolong.robot").send(MESSAGE, lambda: moments.append("handed over"))


def test_dingtalk_is_signed_once_encoded_and_carries_the_text(server):
    """The sign parameter decodes to the HMAC itself, not to an encoded one."""
    sent(f"{ROBOTS[0]}?server={server.url}")
    ((path, headers, body),) = server.requests
    parts = urlsplit(path)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    signed = f"{query['timestamp']}\nSEC@x:1".encode()
    expected = base64.b64encode(hmac.new(b"SEC@x:1", signed, hashlib.sha256).digest()).decode()
    assert (parts.path, query["access_token"], query["sign"]) == ("/robot/send", "tok/en+1", expected)
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert body["msgtype"] == "text"
    assert body["text"]["content"] == f"{MESSAGE.subject}\n\n{MESSAGE.text}"


def test_feishu_signs_in_the_body(server):
    """The key is time and secret, the message is empty."""
    sent(f"{ROBOTS[1]}?server={server.url}")
    ((path, _headers, body),) = server.requests
    key = f"{body['timestamp']}\nSEC@x:1".encode()
    assert path == "/open-apis/bot/v2/hook/tok/en+1"
    assert body["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert (body["msg_type"], MESSAGE.subject in body["content"]["text"]) == ("text", True)


def test_wecom_has_its_key_in_the_query_and_fits_its_limit(server):
    """2048 bytes at most; what is left out is said."""
    sender = open_channel(f"{ROBOTS[2]}?server={server.url}", "wolong.robot")
    long = Message(MESSAGE.number, MESSAGE.message_id, "题", "第一行说明文字\n" * 300, MESSAGE.created_at)
    sender.send(long, lambda: None)
    ((path, _headers, body),) = server.requests
    assert path == "/cgi-bin/webhook/send?key=tok%2Fen%2B1"
    assert len(body["text"]["content"].encode()) <= 2048
    assert "内容过长" in body["text"]["content"]


@pytest.mark.parametrize("address", ROBOTS)
def test_error_code_inside_a_200_answer_is_a_refusal(server, address):
    """What Apprise calls a success."""
    server.answer = (200, {"errcode": 310000, "errmsg": "sign not match", "code": 310000, "msg": "sign"})
    with pytest.raises(Refused, match="310000"):
        sent(f"{address}?server={server.url}")


@pytest.mark.parametrize("address", ROBOTS)
@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, "oops", Refused),
        (302, "", Refused),
        (200, "<html>login</html>", Refused),
        (200, "[]", Refused),
        (504, "", Unanswered),
        (0, "", Unanswered),
    ],
    ids=["server error", "redirect", "a page", "not an object", "gateway timeout", "connection lost"],
)
def test_anything_but_a_clear_yes_is_an_error_without_secrets(server, address, status, body, kind):
    """No answer is told from a refusal; the token never appears."""
    server.answer = (status, body)
    with pytest.raises(kind) as error:
        sent(f"{address}?server={server.url}")
    assert "tok" not in str(error.value)
    assert "SEC" not in str(error.value)


def test_robot_that_cannot_be_reached_is_a_refusal():
    """Nothing left the house."""
    with pytest.raises(Refused, match="ConnectionRefusedError"):
        sent(f"wecombot://${{TOKEN}}/?server=http://127.0.0.1:{free_port()}")


def test_mail_arrives_with_its_fixed_headers_and_chinese_intact(mail_sink):
    """Subject, body, sender's name, Message-ID."""
    moments = []
    sent(f"{mail_sink.address()}&name=年报监测", moments)
    ((to, mail),) = mail_sink.messages
    assert (to, moments) == (("w@example.com",), ["handed over"])
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Message-ID"] == MESSAGE.message_id
    assert mail["From"] == "年报监测 <nianbao@example.com>"
    assert mail["Date"].datetime == MESSAGE.created_at
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == ["应为 247，实为 248"]


def test_mail_that_is_refused_is_not_handed_over_before(mail_sink):
    """A recipient refused before the text is certainly not delivered."""
    mail_sink.refused_recipients["w@example.com"] = "550 unknown user"
    moments = []
    with pytest.raises(Refused, match=r"550: unknown user <w@example\.com>"):
        sent(mail_sink.address(), moments)
    assert moments == []


def test_other_services_go_through_apprise(server):
    """A JSON webhook, with success and failure told by its status."""
    address = f"json://127.0.0.1:{server.server.server_port}/hook"
    sent(address)
    ((path, _headers, body),) = server.requests
    assert (path, body["title"], body["message"]) == ("/hook", MESSAGE.subject, MESSAGE.text.strip())
    server.answer = (500, "oops")
    with pytest.raises(Refused, match="Apprise"):
        sent(address)


@pytest.mark.parametrize(
    "address",
    [
        "dingtalk://0123456789abcdef/",
        "mailtos://user:password@smtp.example.com/?to=a@example.com",
        "wecombot://plain-key/",
    ],
)
def test_secret_in_plain_text_is_refused_and_not_shown(address):
    """Secrets come from the environment or a file."""
    with pytest.raises(ConfigError, match=r"wolong\.robot") as error:
        open_channel(address, "wolong.robot")
    for secret in ("0123456789abcdef", "password", "plain-key"):
        assert secret not in str(error.value)


@pytest.mark.parametrize(
    "address", ["nonsense://x", "dingtalk:///", "mailto://", "wecombot://${TOKEN}/?server=ftp://x"]
)
def test_address_that_is_none_is_a_configuration_error(address):
    """Named by its place in the file."""
    with pytest.raises(ConfigError, match=r"wolong\.robot"):
        open_channel(address, "wolong.robot")


def test_secrets_are_percent_encoded_inside_an_address_and_taken_whole_alone(monkeypatch, tmp_path):
    """A password with an at sign does not break the address."""
    file = tmp_path / "password"
    file.write_text("p@ss/wörd\nsecond line")
    assert fill_secrets(f"mailtos://u:${{file:{file}}}@h/")[0] == "mailtos://u:p%40ss%2Fw%C3%B6rd@h/"
    monkeypatch.setenv("URL", "json://host/p@th")
    assert fill_secrets("${URL}")[0] == "json://host/p@th"


def test_secrets_are_struck_out_of_errors():
    """Also where they appear percent-encoded."""
    text = without_secrets("failed: tok/en+1 and tok%2Fen%2B1", "wecombot://${TOKEN}/")
    assert text == "failed: **** and ****"


@pytest.mark.parametrize("limit", [120, 200, 1000])
def test_shortened_text_keeps_whole_lines_and_fits(limit):
    """Never half a character."""
    text = "".join(f"第 {n} 行：某某街道办事处\n" for n in range(40))
    short = shorten(text, limit)
    assert len(short.encode()) <= limit
    assert all(line in text.splitlines() for line in short.splitlines()[:-1])
