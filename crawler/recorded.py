"""Read a run's WARC: what it was a run of, and how each of its requests ended, in their order."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from scrapy.http import Headers, Request
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from archive.store import read_stamp
from crawler.errors import UnreadableWarc
from crawler.warc import PART, identity

ANSWER, REQUEST, END, INFO = "response", "request", "metadata", "warcinfo"
RENDERED = "conversion"
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a WARC says of its run."""

    portal: str
    year: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class RecordedEnd:
    """How a request ended: an answer (status, headers, body), or `how` it went without one."""

    asked_at: datetime
    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    how: Mapping[str, Any] | None = None


@dataclass(slots=True)
class RecordedRun:
    """The ends of a run's requests; only their places in the file are kept in memory."""

    path: Path
    info: RunInfo
    places: dict[Key, deque[int]]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Index a WARC; raises UnreadableWarc where it is none of ours. A broken end is left out."""
        places: defaultdict[Key, deque[int]] = defaultdict(deque)
        info: RunInfo | None = None
        answer: tuple[str, str, int] | None = None  # id, address, place: its request comes next
        try:
            for kind, headers, place, content in _records(path):
                if kind == INFO:
                    info = _info_of(content)
                elif PART.decode() in headers:
                    answer = None
                elif kind == RENDERED:
                    places["GET", headers["WARC-Target-URI"], ""].append(place)
                elif kind == ANSWER:
                    answer = (headers["WARC-Record-ID"], headers["WARC-Target-URI"], place)
                elif kind == REQUEST and answer and headers["WARC-Concurrent-To"] == answer[0]:
                    places[_key_of(answer[1], content)].append(answer[2])
                elif kind == END:
                    how = json.loads(content)
                    places[how["method"], how["url"], how["body"]].append(place)
        except (ArchiveLoadFailed, OSError, KeyError, ValueError) as error:
            raise UnreadableWarc(f"{path}: {type(error).__name__}: {error}") from error
        if info is None:
            raise UnreadableWarc(f"{path}: 不是 nianbao 的采集记录 (没有 warcinfo)")
        return cls(path, info, places)

    def take(self, request: Request) -> RecordedEnd | None:
        """Return how this request ended the next time it was made, or None where it was not."""
        own = identity(request)
        waiting = self.places.get((own["method"], own["url"], own["body"]))
        return self._read(waiting.popleft()) if waiting else None

    @property
    def is_at_end(self) -> bool:
        """Whether all that was recorded has been taken."""
        return not any(self.places.values())

    def _read(self, place: int) -> RecordedEnd:
        kind, headers, _place, content = next(_records(self.path, place))
        asked_at = read_stamp(headers["WARC-Date"])
        if kind == END:
            return RecordedEnd(asked_at, how=json.loads(content))
        head, _, body = content.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        fields = Headers()
        for line in lines:
            name, _, value = line.partition(b": ")
            fields.appendlist(name, value)
        return RecordedEnd(asked_at, int(first.split()[1]), fields, body)


def _records(path: Path, place: int = 0) -> Iterator[tuple[str, Mapping[str, str], int, bytes]]:
    """Yield (type, record headers, place, content) from a place on; a torn last record is left out."""
    with path.open("rb") as file:
        file.seek(place)
        with closing(_iterator(file)) as records:
            for record in records:
                fields = dict(record.rec_headers.headers)
                length = int(fields["Content-Length"])
                content = record.raw_stream.read()[:length]  # behind it stands the end of the record
                if len(content) < length:
                    return
                yield record.rec_type, fields, place + records.get_record_offset(), content


def _iterator(file: IO[bytes]) -> Any:  # noqa: ANN401  (warcio has no types)
    return ArchiveIterator(file, no_record_parse=True)


def _info_of(content: bytes) -> RunInfo:
    lines = (line.split(": ", 1) for line in content.decode().splitlines() if ": " in line)
    fields = dict(lines)
    return RunInfo(fields["portal"], int(fields["year"]), read_stamp(fields["started"]))


def _key_of(url: str, content: bytes) -> Key:
    head, _, body = content.partition(b"\r\n\r\n")
    return head.split(b" ", 1)[0].decode(), url, hashlib.sha256(body).hexdigest() if body else ""
