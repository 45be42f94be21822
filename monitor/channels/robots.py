"""Group robots of DingTalk, Feishu and WeCom, sent by ourselves.

They answer HTTP 200 with an error code inside, which Apprise 2.2 reports as success, and Apprise signs
DingTalk wrongly (percent-encoded twice): a lost alert would look sent. Addresses are Apprise's:
`dingtalk://SECRET@TOKEN/`, `feishu://SECRET@TOKEN/`, `wecombot://KEY/` (the secret is optional);
`?server=https://host` names a private deployment.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from config.language import say
from monitor.channels.message import HandOver, Message, Refused, Unanswered, shorten

TIMEOUT_S = 20.0
MOST_ANSWER_BYTES = 65_536
GATEWAY_TIMEOUT = 504
NEVER_ARRIVED = (ConnectionRefusedError, socket.gaierror, ssl.SSLError)
"""Failures before the request left; any other loss of a connection leaves the end unknown."""


@dataclass(frozen=True, slots=True)
class Robot:
    """One robot: its token, the secret that it signs with, the server, and the clock of signatures.

    The clock is the real one even where NIANBAO_NOW is set: the services refuse other times.
    """

    token: str
    secret: str
    server: str
    clock_s: Callable[[], float] = time.time

    code_key: ClassVar[str] = "errcode"
    text_key: ClassVar[str] = "errmsg"
    default_server: ClassVar[str] = ""
    most_bytes: ClassVar[int] = 18_000

    @classmethod
    def of(cls, address: str) -> Robot:
        """Read `scheme://[SECRET@]TOKEN/[?server=URL]`; raises ValueError where it is not one."""
        parts = urlsplit(address)
        secret, _, token = parts.netloc.rpartition("@")
        server = parse_qs(parts.query).get("server", [cls.default_server])[0]
        if not token or urlsplit(server).scheme not in {"http", "https"}:
            reason = "应为 SECRET@TOKEN, ?server= 后为 http(s) 网址"
            raise ValueError(say(reason, "expected SECRET@TOKEN, and an http(s) address after ?server="))
        return cls(unquote(token), unquote(secret), server.rstrip("/"))

    def send(self, message: Message, hand_over: HandOver) -> None:
        """Deliver and read the answer's body; raises Refused or Unanswered."""
        text = shorten(f"{message.subject}\n\n{message.text}", self.most_bytes)
        hand_over()
        answer = _post(self.request(text), self.server)
        if answer.get(self.code_key) != 0:
            raise Refused(f"{self.code_key} {answer.get(self.code_key)}: {answer.get(self.text_key)}")

    def request(self, text: str) -> urllib.request.Request:
        """Return the request that carries `text`."""
        raise NotImplementedError


class DingTalk(Robot):
    """DingTalk's custom robot, signed where it has a secret."""

    default_server = "https://oapi.dingtalk.com"

    def request(self, text: str) -> urllib.request.Request:
        """Sign time and secret with HMAC-SHA256; the signature is percent-encoded once."""
        query = {"access_token": self.token}
        if self.secret:
            timestamp = str(round(self.clock_s() * 1000))
            signed = _hmac(self.secret, f"{timestamp}\n{self.secret}")
            query |= {"timestamp": timestamp, "sign": signed}
        body = {"msgtype": "text", "text": {"content": text}}
        return _json_request(f"{self.server}/robot/send?{urlencode(query)}", body)


class Feishu(Robot):
    """Feishu's custom robot; the signature stands in the body, its key is the signed text."""

    default_server = "https://open.feishu.cn"
    code_key = "code"
    text_key = "msg"

    def request(self, text: str) -> urllib.request.Request:
        """Sign an empty message; the key is time and secret."""
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if self.secret:
            timestamp = str(int(self.clock_s()))
            body |= {"timestamp": timestamp, "sign": _hmac(f"{timestamp}\n{self.secret}", "")}
        return _json_request(f"{self.server}/open-apis/bot/v2/hook/{self.token}", body)


class WeCom(Robot):
    """WeCom's group robot; a text holds 2048 bytes."""

    default_server = "https://qyapi.weixin.qq.com"
    most_bytes = 2_000

    def request(self, text: str) -> urllib.request.Request:
        """The key stands in the query; there is no signature."""
        body = {"msgtype": "text", "text": {"content": text}}
        return _json_request(f"{self.server}/cgi-bin/webhook/send?{urlencode({'key': self.token})}", body)


ROBOTS: dict[str, type[Robot]] = {
    "dingtalk": DingTalk, "feishu": Feishu, "wecombot": WeCom, "wecom": WeCom,
}  # fmt: skip


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would lose its body and tell the token to another host."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def _post(request: urllib.request.Request, server: str) -> dict[str, Any]:
    """Send and read a JSON object; error texts name the server only, for the address holds the token."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as response:
            content = response.read(MOST_ANSWER_BYTES)
    except urllib.error.HTTPError as error:
        with error:
            kind = Unanswered if error.code == GATEWAY_TIMEOUT else Refused
            raise kind(f"{server}: HTTP {error.code}") from None
    except urllib.error.URLError as error:
        kind = Refused if isinstance(error.reason, NEVER_ARRIVED) else Unanswered
        raise kind(f"{server}: {type(error.reason).__name__}") from None
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(f"{server}: {type(error).__name__}") from None
    return _read_answer(content, server)


def _read_answer(content: bytes, server: str) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Refused(f"{server}: the answer is not a JSON object")
    return answer


def _json_request(url: str, body: dict[str, Any]) -> urllib.request.Request:
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return urllib.request.Request(url, data=content, headers=headers, method="POST")  # noqa: S310 (scheme checked)


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
