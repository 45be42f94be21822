"""The archive of a process: opened by its first crawl, closed by its last.

Crawls of one process share it, so that they can commit together (crawler.together) and keep the
database's pages in memory once.
"""

from __future__ import annotations

from collections import Counter

from archive.store import Archive
from config.places import Places

_open: dict[Places, Archive] = {}
_crawls: Counter[Places] = Counter()


def take_archive(at: Places) -> Archive:
    """Return the open archive of a data directory; raises what `Archive.open` raises."""
    archive = _open.get(at) or Archive.open(at)
    _open[at] = archive
    _crawls[at] += 1
    return archive


def leave_archive(at: Places) -> None:
    """Say that a crawl needs its archive no more; the last one closes it."""
    _crawls[at] -= 1
    if not _crawls[at]:
        del _crawls[at]
        _open.pop(at).close()
