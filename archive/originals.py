"""The originals: every stored byte string, named by its content, kept for ever.

Layout: `originals/ab/cd/<sha256>`. A file is written beside its place, flushed to the disk and then
renamed: whatever kills the program, a name is either absent or holds exactly the bytes that it says.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.errors import OriginalDamaged
from archive.writing import write_whole


@lru_cache(maxsize=1)
def name_of(content: bytes) -> str:
    """Return the sha256 by which `content` is stored; the WARC and the file ask one after the other."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Originals:
    """A folder of content-addressed files."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this hash are, or would be."""
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def write(self, content: bytes) -> str:
        """Store `content` durably and return its sha256; the same bytes again change nothing."""
        sha256 = name_of(content)
        # Plain strings: a crawl comes here for every page, and making Paths costs as much as a flush.
        folder = f"{self.root}/{sha256[:2]}/{sha256[2:4]}"
        place = f"{folder}/{sha256}"
        if os.path.exists(place):  # noqa: PTH110
            return sha256
        unfinished = f"{folder}/.{sha256}.{os.getpid()}"
        try:
            _write_synced(unfinished, content)
        except FileNotFoundError:
            _make_folder(folder)
            _write_synced(unfinished, content)
        os.replace(unfinished, place)  # noqa: PTH105
        _sync_folder(folder)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return the bytes; raises OriginalDamaged where they are gone or are not what they were."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise OriginalDamaged(f"原件 {sha256} 不在 {self.path(sha256)}: 请从备份恢复") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise OriginalDamaged(f"原件 {self.path(sha256)} 的内容与其哈希不符: 请从备份恢复")
        return content


def _write_synced(path: str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        write_whole(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: str) -> None:
    """Make a folder of the second level; mostly the one above is there."""
    try:
        with suppress(FileExistsError):
            os.mkdir(folder)  # noqa: PTH102
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _sync_folder(folder: str) -> None:
    """Make the renamed entry itself durable, not only the bytes behind it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
