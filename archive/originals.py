"""The originals: every stored byte string, named by its content, kept for ever.

Layout: `originals/ab/<sha256>`, 256 folders as Git's; a folder for each file, which a second level comes
to below a million files, costs a block of the disk and a write of its parent. Archives from before that
have `ab/cd/<sha256>`, which is still read. A file is written beside its place, flushed to the disk and
then renamed: whatever kills the program, a name is either absent or holds exactly the bytes it says.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.errors import OriginalDamaged
from archive.writing import write_whole

PAGE_BYTES = 1 << 20
PAGES_REMEMBERED = 16


def name_of(content: bytes) -> str:
    """Return the sha256 by which `content` is stored."""
    return _name_of_page(content) if len(content) <= PAGE_BYTES else hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=PAGES_REMEMBERED)
def _name_of_page(content: bytes) -> str:
    """Remember pages, not files: the WARC names each page of a transaction before they are written."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Originals:
    """A folder of content-addressed files."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this hash are, or would be."""
        place, earlier = Path(self._place(sha256)), Path(self._earlier_place(sha256))
        return earlier if not place.exists() and earlier.exists() else place

    def write(self, content: bytes) -> str:
        """Store `content` durably and return its sha256; the same bytes again change nothing."""
        sha256 = name_of(content)
        # Plain strings: a crawl comes here for every page, and making Paths costs as much as a flush.
        place = self._place(sha256)
        if os.path.exists(place) or os.path.exists(self._earlier_place(sha256)):  # noqa: PTH110
            return sha256
        folder = f"{self.root}/{sha256[:2]}"
        unfinished = f"{folder}/.{sha256}.{os.getpid()}"
        if not os.path.exists(folder):  # noqa: PTH110
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            _sync_folder(str(self.root))
        _write_synced(unfinished, content)
        os.replace(unfinished, place)  # noqa: PTH105
        _sync_folder(folder)
        return sha256

    def _place(self, sha256: str) -> str:
        return f"{self.root}/{sha256[:2]}/{sha256}"

    def _earlier_place(self, sha256: str) -> str:
        return f"{self.root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

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
    except OSError:
        os.unlink(path)  # noqa: PTH108  (a full disk: half of a file is of no use to anybody)
        raise
    finally:
        os.close(descriptor)


def _sync_folder(folder: str) -> None:
    """Make the renamed entry itself durable, not only the bytes behind it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
