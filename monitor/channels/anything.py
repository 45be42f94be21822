"""Every other channel, through Apprise: one object for each, so that each delivery has its own result."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from monitor.channels.message import HandOver, Message, Refused

logging.getLogger("apprise").propagate = False  # its warnings name addresses, and addresses hold tokens


@dataclass(frozen=True, slots=True)
class AppriseSender:
    """A service that Apprise speaks to."""

    service: Any

    def send(self, message: Message, hand_over: HandOver) -> None:
        """Deliver; raises Refused, for Apprise does not tell a refusal from a lost answer."""
        hand_over()
        if not self.service.notify(title=message.subject, body=message.text):
            raise Refused(f"{self.service.service_name}: Apprise reports a failure")
