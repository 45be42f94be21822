"""Errors of the archive.

ArchiveError
├── ArchiveTooNew     the database was written by a newer program
└── OriginalDamaged   stored bytes do not match their hash, or are gone
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Root of archive errors; `str()` is one line for people."""


class ArchiveTooNew(ArchiveError):
    """Raised when the database holds migrations that this program does not know, by `Archive.open`."""


class OriginalDamaged(ArchiveError):
    """Raised when an original is missing or its bytes do not match its name, by `Originals.read`."""
