"""An open archive for each test, closed afterwards."""

import pytest

from archive.store import Archive


@pytest.fixture
def archive(places):
    """A new archive in a temporary data directory."""
    with Archive.open(places) as opened:
        yield opened
