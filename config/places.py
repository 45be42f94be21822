"""Where things are: the data directory and the configuration directory.

Layout of the data directory (created on first use):

    nianbao.db     the working database (SQLite, WAL)
    journal.jsonl  what people decided and what was told, append-only (archive/journal.py)
    originals/     every stored byte string by content: ab/<sha256>
    warc/          recorded exchanges
    public/        the public copy and what belongs to it
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE_CONFIG = Path(__file__).parent
"""The configuration shipped with the program; `formats/` is always read from here."""


@dataclass(frozen=True, slots=True)
class Places:
    """The two directories that every command works on."""

    data: Path
    config: Path

    @property
    def database(self) -> Path:
        """The working database."""
        return self.data / "nianbao.db"

    @property
    def journal(self) -> Path:
        """The append-only journal."""
        return self.data / "journal.jsonl"

    @property
    def originals(self) -> Path:
        """The content-addressed originals."""
        return self.data / "originals"

    @property
    def warc(self) -> Path:
        """The recorded exchanges."""
        return self.data / "warc"

    @property
    def public_database(self) -> Path:
        """The read-only public copy."""
        return self.data / "public" / "nianbao.db"


def places(data: str | Path | None = None, config: str | Path | None = None) -> Places:
    """Resolve the directories: argument, else NIANBAO_DATA / NIANBAO_CONFIG, else ./data, ./config."""
    data_dir = Path(data or os.environ.get("NIANBAO_DATA") or "data")
    config_dir = Path(config or os.environ.get("NIANBAO_CONFIG") or "config")
    return Places(data_dir.resolve(), config_dir.resolve())
