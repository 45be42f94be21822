"""A real mail server on loopback for tests: keeps what it gets, and can answer with errors."""

import email
import email.policy
import socket

from aiosmtpd.controller import Controller


def free_port():
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailSink:
    """Received messages in order; `answers` is consumed by DATA, then everything is taken."""

    def __init__(self):
        self.messages = []
        self.answers = []
        self.refused_recipients = {}
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        """Take a recipient, unless it is one to refuse."""
        if address in self.refused_recipients:
            return self.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Keep the message, or answer with the next prepared error."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.messages.append((tuple(envelope.rcpt_tos), message))
        return answer

    def address(self, to="w@example.com"):
        """An Apprise address of this server."""
        return f"mailto://127.0.0.1:{self.controller.port}/?from=nianbao@example.com&to={to}"

    @property
    def numbers(self):
        """The message numbers received, in order."""
        return [message["X-Nianbao-Number"] for _to, message in self.messages]
