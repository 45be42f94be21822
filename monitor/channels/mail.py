"""E-mail. Apprise reads the address (and knows the servers of the common providers); we send.

Apprise 2.2 writes a fresh Message-ID on every attempt and would only add ours as a second header, and
its result is a bare yes or no. A repeat must carry the same Message-ID, and "refused" must be told
from "no answer", so the conversation with the server is our own.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, formataddr
from typing import Protocol

from monitor.channels.message import HandOver, Message, Refused, Unanswered

TIMEOUT_S = 30.0
OK = 250
SENDER_NAME = "年报监测 nianbao"


class ReadAddress(Protocol):
    """What Apprise's e-mail plugin makes of an address, as far as we use it."""

    smtp_host: str
    port: int
    secure_mode: str
    user: str | None
    password: str | None
    app_id: str
    from_addr: tuple[str | bool, str]
    targets: list[tuple[str | bool, str]]
    cc: set[str]
    bcc: set[str]
    reply_to: set[str]


@dataclass(frozen=True, slots=True)
class MailSender:
    """A mail server and the people that one channel writes to."""

    host: str
    port: int
    security: str  # insecure | starttls | ssl
    user: str | None
    password: str | None
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    copies: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()

    @classmethod
    def of(cls, parsed: ReadAddress) -> MailSender:
        """Take what Apprise read from an address."""
        return cls(
            host=parsed.smtp_host,
            port=int(parsed.port),
            security=str(parsed.secure_mode),
            user=parsed.user if parsed.password else None,
            password=parsed.password,
            sender=(_sender_name(parsed), parsed.from_addr[1]),
            to=tuple((str(name or ""), address) for name, address in parsed.targets),
            copies=tuple(sorted({*parsed.cc, *parsed.bcc})),
            reply_to=tuple(sorted(parsed.reply_to)),
        )

    def send(self, message: Message, hand_over: HandOver) -> None:
        """Deliver to every address or to none; raises Refused or Unanswered."""
        content = self.compose(message).as_bytes()
        is_handed_over = False
        try:
            with self._conversation() as server:
                self._announce(server)
                hand_over()
                is_handed_over = True
                code, reply = server.data(content)
        except smtplib.SMTPResponseException as error:
            raise Refused(_answer(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            reason = f"{self.host}:{self.port}: {type(error).__name__}: {error}"
            raise (Unanswered if is_handed_over else Refused)(reason) from error
        if code != OK:
            raise Refused(_answer(code, reply))

    def compose(self, message: Message) -> EmailMessage:
        """Return the mail with its fixed headers."""
        mail = EmailMessage(policy=SMTP_POLICY)
        mail["Subject"] = message.subject
        mail["From"] = formataddr(self.sender, charset="utf-8")
        mail["To"] = ", ".join(formataddr(pair, charset="utf-8") for pair in self.to)
        if self.reply_to:
            mail["Reply-To"] = ", ".join(self.reply_to)
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = message.message_id
        mail["X-Nianbao-Number"] = message.number
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text, charset="utf-8", cte="base64")
        return mail

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        # The host's plain name: looking up a full one may wait for a DNS server that is not there.
        name = socket.gethostname()
        if self.security == "ssl":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=name, timeout=TIMEOUT_S, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, local_hostname=name, timeout=TIMEOUT_S)
        try:
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _announce(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
        if self.user and self.password:
            server.login(self.user, self.password)
        code, reply = server.mail(self.sender[1])
        if code != OK:
            raise smtplib.SMTPSenderRefused(code, reply, self.sender[1])
        for address in (*(address for _name, address in self.to), *self.copies):
            code, reply = server.rcpt(address)
            if code not in (OK, 251):
                raise smtplib.SMTPResponseException(code, _text(reply) + f" <{address}>")


def _sender_name(parsed: ReadAddress) -> str:
    """Return the name in the address, else ours instead of Apprise's own."""
    name = parsed.from_addr[0]
    if not name or name == parsed.app_id:
        return SENDER_NAME
    return str(make_header(decode_header(str(name))))


def _answer(code: int, reply: bytes | str) -> str:
    return f"SMTP {code}: {_text(reply)}"


def _text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())
