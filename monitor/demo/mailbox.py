"""A real mail server on loopback that keeps every message as a file: nothing leaves the machine."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.demo.portal import LOOPBACK


@dataclass(frozen=True, slots=True)
class Mail:
    """A received message: its file, its Message-ID, who got it, what it is about and what it says."""

    path: Path
    message_id: str
    recipients: str
    subject: str
    text: str


@contextmanager
def receiving(folder: Path, port: int = 0) -> Iterator[int]:
    """Receive mail into `folder` while the block runs; yields the port.

    A `port` that is taken falls back to a free one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(_Keeper(folder), hostname=LOOPBACK, port=_free_port(port))
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def received(folder: Path) -> list[Mail]:
    """Return the kept messages, oldest first."""
    return [_read(path) for path in sorted(folder.glob("*.eml"))]


class _Keeper:
    """Writes each message as the next numbered .eml file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message, whole or not at all."""
        content = envelope.original_content or b""
        number = len(list(self.folder.glob("*.eml"))) + 1
        unfinished = self.folder / f".{number:04d}"
        unfinished.write_bytes(content)
        unfinished.replace(self.folder / f"{number:04d}.eml")
        return "250 OK"


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return Mail(
        path=path,
        message_id=str(message["Message-ID"]),
        recipients=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
    )


def _free_port(port: int) -> int:
    """Return `port` where it can be bound now, else one that the system chooses."""
    for wanted in (port, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"no free port on {LOOPBACK}")
