"""How failures reach a person: one line, what, where and what to do."""

from __future__ import annotations

import sqlite3

from archive.errors import ArchiveError
from config.clock import ClockError
from config.errors import ConfigError
from extract.errors import ExtractError

EXIT_USAGE = 64
FAILURES = (ArchiveError, ClockError, ConfigError, ExtractError, OSError, sqlite3.Error)
"""What can go wrong without a bug of ours; anything else is a bug and shows its traceback."""


def one_line(error: BaseException) -> str:
    """Return the message of an error without line breaks."""
    return " ".join(str(error).split()) or type(error).__name__
