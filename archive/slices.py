"""What a crawl elsewhere must know of one portal: a small archive cut out of the whole.

Theory. The crawl of a portal asks the archive what it asked before, when, and what came back; nothing
of other portals. The slice holds those rows under their own numbers, and the bytes that the crawl reads
again where a server says "unchanged": of pages, and of the attachments that are due for another look.
"""

from __future__ import annotations

import io
import tarfile
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.revisits import FRESH_SINCE, revisit_parameters
from archive.store import Archive
from config import clock
from config.places import Places

_WHOLE = "whole"
_PARTS = (
    ("runs", "portal = :portal and command = 'crawl'"),
    ("originals", f"sha256 in (select sha256 from {_WHOLE}.captures where portal = :portal)"),  # noqa: S608
    ("captures", "portal = :portal"),
    ("documents", "portal = :portal and first_capture is not null"),
    ("targets", "portal = :portal"),
    ("portal_columns", "portal = :portal"),
    ("host_days", "day >= :yesterday"),
)
"""Tables in the order of their references, and which of their rows belong to a slice."""
_READ_AGAIN = (
    "select distinct c.sha256 from targets join captures c on c.id = targets.last_good_capture"  # noqa: S608
    " where c.sha256 is not null and (targets.role <> 'attachment' or targets.state <> 'done'"
    f" or coalesce(targets.fetched_at, '') <= {FRESH_SINCE})"
)


def cut_slice(archive: Archive, at: Places, portal: str) -> bytes:
    """Return the slice for one portal: a gzipped tar of a data directory."""
    with TemporaryDirectory() as folder:
        own = Places(Path(folder) / "data", at.config)
        with Archive.open(own) as part:
            part.db.attach(_WHOLE, at.database)
            with part.atomic():
                _copy_rows(part, portal)
            for row in part.rows(_READ_AGAIN, revisit_parameters(clock.now(), fresh_since=clock.now())):
                part.originals.write(archive.originals.read(row["sha256"]))
            part.db.execute(f"detach {_WHOLE}")
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=3) as tar:
            tar.add(own.data, arcname=".")
        return packed.getvalue()


def unpack_slice(packed: bytes, data: Path) -> None:
    """Make the data directory that a slice is of."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(data, filter="data")


def _copy_rows(part: Archive, portal: str) -> None:
    yesterday = clock.today() - timedelta(days=1)
    for table, condition in _PARTS:
        names = ", ".join(f'"{column.name}"' for column in part.db.table(table).columns)
        part.db.execute(
            f"insert into main.{table} ({names})"  # noqa: S608 - our own names
            f" select {names} from {_WHOLE}.{table} where {condition}",
            {"portal": portal, "yesterday": yesterday.isoformat()},
        )
