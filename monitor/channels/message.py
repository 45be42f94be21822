"""What a channel takes and answers: a message, and one of three ends.

A sender calls `hand_over` at the last moment before the message may arrive, returns once the other
side has said that it took it, raises `Refused` where it certainly did not, and `Unanswered` where
nobody knows: only that difference lets the outbox repeat without doubling.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

HandOver: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """A finished message; `number` and `message_id` stay the same when it is sent again."""

    number: str
    message_id: str
    subject: str
    text: str
    created_at: datetime


class DeliveryError(Exception):
    """Root of what goes wrong on the way; `str()` is one line that holds no secret."""


class Refused(DeliveryError):
    """Raised when a message was certainly not taken, by a sender."""


class Unanswered(DeliveryError):
    """Raised when a message was handed over and no answer came, by a sender."""


class Sender(Protocol):
    """One channel of one recipient."""

    def send(self, message: Message, hand_over: HandOver) -> None:
        """Deliver `message` and return; raises Refused or Unanswered."""


def shorten(text: str, most_bytes: int) -> str:
    """Cut `text` at a line so that it fits, and say so in its last line."""
    if len(text.encode()) <= most_bytes:
        return text
    note = "\n…… 内容过长, 其余请见 nianbao alerts list (shortened)"
    kept: list[str] = []
    room = most_bytes - len(note.encode())
    for line in text.splitlines():
        room -= len(line.encode()) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept) + note
