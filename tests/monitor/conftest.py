"""What tests of the monitor share: an open archive, a mail server."""

import pytest

from archive.store import Archive
from tests.monitor.mail_sink import MailSink


@pytest.fixture
def archive(places):
    """A new archive in a temporary data directory."""
    with Archive.open(places) as opened:
        yield opened


@pytest.fixture
def mail_sink():
    """A mail server on loopback."""
    sink = MailSink()
    sink.controller.start()
    yield sink
    sink.controller.stop()
