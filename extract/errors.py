"""Errors of extraction.

    ExtractError
    ├── UnreadableDocument   bytes that no reader could open
    │   ├── EncryptedDocument
    │   └── TooLarge         beyond the limits of extract.readers.limits
    ├── UnsupportedFormat    a file type without a reader (or without its outside program)
    └── NotAReport           readable, but not an annual report

Trouble inside a report (a cell, a label) is not an exception: it is a state or a `Problem`.
"""

from __future__ import annotations


class ExtractError(Exception):
    """Root of extraction errors; `str()` is one line for people."""

    code = "extract_error"


class UnreadableDocument(ExtractError):
    """Raised when bytes cannot be opened as what they are, by `normalize`.

    `attempts` keeps every failed attempt as (reader, reason).
    """

    code = "unreadable"

    def __init__(self, reason: str, attempts: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(reason)
        self.attempts = attempts


class EncryptedDocument(UnreadableDocument):
    """Raised when a document needs a password, by a reader."""

    code = "encrypted"


class TooLarge(UnreadableDocument):
    """Raised when a document is beyond what any report needs (a bomb, mostly), by a reader.

    No other reader tries it: what is too large for one is so for all.
    """

    code = "too_large"


class UnsupportedFormat(ExtractError):
    """Raised when no reader takes the sniffed type, by `normalize`."""

    code = "unsupported_format"


class NotAReport(ExtractError):
    """Raised when a readable text is not an annual report, by `parse_report`."""

    code = "not_a_report"
