"""Errors of the archive.

ArchiveError
├── ArchiveTooNew     the database was written by a newer program
├── NotAnArchive      the file is no database, or a damaged one
├── DatabaseLost      there is a journal, and no database any more
├── JournalAhead      the database is an old copy: its journal tells more
├── JournalDamaged    a line of the journal is not as it was written
├── OriginalDamaged   stored bytes do not match their hash, or are gone
├── PublishFailed     the public copy is not sound
├── NotPublished      there is no public copy yet
├── BackupRefused     a backup or restore would overwrite something, or there is none
└── ExportRefused     an export or static site cannot be written there, or not in that format
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Root of archive errors; `str()` is one line for people."""


class ArchiveTooNew(ArchiveError):
    """Raised when the database holds migrations that this program does not know, by `Archive.open`."""


class NotAnArchive(ArchiveError):
    """Raised when the database file cannot be read as one, by `Archive.open`; it is left as it is."""


class DatabaseLost(ArchiveError):
    """Raised when the data directory has a journal and no database, by `Archive.open`."""


class JournalAhead(ArchiveError):
    """Raised when the journal tells several transactions more than the database, by `Archive.open`."""


class JournalDamaged(ArchiveError):
    """Raised when a line of the journal was changed or lost, by `archive.journal.read`."""


class OriginalDamaged(ArchiveError):
    """Raised when an original is missing or its bytes do not match its name, by `Originals.read`."""


class PublishFailed(ArchiveError):
    """Raised when a new public copy fails its check, by `publish`; the last copy stays in place."""


class NotPublished(ArchiveError):
    """Raised when there is no public copy to show, by `public_site`."""


class BackupRefused(ArchiveError):
    """Raised when a folder is not what a backup or restore needs, by `back_up` and `restore`."""


class ExportRefused(ArchiveError):
    """Raised when files cannot be written as asked, by `export`, its writers and the static site."""
