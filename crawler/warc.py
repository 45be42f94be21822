"""The WARC of a run: each exchange as it went over the wire, list pages and failures included.

Theory. One file a run, one gzip member a record (WARC 1.1). An answer is a `response` record with the
headers as Scrapy gives them and the body before content decoding, then its `request`. An exchange that
got no answer, or that was refused on its way out, is a `metadata` record that says how it ended; so a
run can be made again from its file alone (crawler.replay). A payload that came unpacked bears the
name of its original as digest; the rest of a record has the checksum of its gzip member. A record is
on the disk before the exchange is committed (crawler.commit flushes): a capture never lacks its record,
and a record that a kill left broken is cut off by the next crawl, which asks again.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import FileIO
from pathlib import Path
from urllib.parse import urlsplit

from isal import isal_zlib
from scrapy.http import Headers, Request, Response

from archive.originals import name_of
from archive.store import stamp
from archive.writing import write_whole
from config import clock

VERSION = b"WARC/1.1"
ENDING = ".warc.gz"
PART = b"Nianbao-Part"
"""Our header of exchanges that only contributed to a rendered page."""
GZIP_WINDOW = 31  # zlib's name for the gzip format
LEVEL = 2  # of ISA-L's four: a page shrinks as far as with zlib's third, for a quarter of the time
PHRASES = {status.value: status.phrase for status in HTTPStatus}
CHUNK_BYTES = 1 << 20


@dataclass(slots=True)
class WarcFile:
    """The file of one run, which appears with its first record and is open until the run ends."""

    path: Path
    info: Mapping[str, object]
    file: FileIO | None = None
    is_flushed: bool = True

    def write_answer(self, request: Request, response: Response, *, is_part: bool = False) -> None:
        """Append an answer and its request; `is_part` marks what is no end of a target's request."""
        at, url, answer_id = _asked_at(request), request.url.encode(), _new_id()
        block = _answer_head(response) + b"\r\n" + response.body
        mark = {PART: b"yes"} if is_part else {}
        address = str(response.ip_address or "").encode()
        answer = _record(
            b"response", at, answer_id, block,
            {b"WARC-Target-URI": url, b"WARC-IP-Address": address,
             b"WARC-Payload-Digest": b"sha256:" + name_of(response.body).encode(),
             b"Content-Type": b"application/http; msgtype=response", **mark},
        )  # fmt: skip
        self._append(answer, _request_record(request, at, answer_id))

    def write_rendered(self, request: Request, response: Response) -> None:
        """Append a page as a browser showed it (a conversion of what its host answered)."""
        block = _answer_head(response) + b"\r\n" + response.body
        kind = {
            b"WARC-Target-URI": request.url.encode(),
            b"Content-Type": b"application/http; msgtype=response",
        }
        self._append(_record(b"conversion", _asked_at(request), _new_id(), block, kind))

    def write_end(self, request: Request, how: Mapping[str, object], *, is_part: bool = False) -> None:
        """Append how an exchange without an answer ended."""
        content = json.dumps({**identity(request), **how}, ensure_ascii=False).encode()
        kind = {b"WARC-Target-URI": request.url.encode(), b"Content-Type": b"application/json",
                **({PART: b"yes"} if is_part else {})}  # fmt: skip
        self._append(_record(b"metadata", _asked_at(request), _new_id(), content, kind))

    def flush(self) -> None:
        """Put on the disk what was appended."""
        if self.file is not None and not self.is_flushed:
            os.fdatasync(self.file.fileno())
            self.is_flushed = True

    def close(self) -> None:
        """Flush and close the file, if there is one."""
        self.flush()
        if self.file is not None:
            self.file.close()
            self.file = None

    def _append(self, *members: bytes) -> None:
        if self.file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.file = self.path.open("ab", buffering=0)
            if not self.file.tell():
                members = (self._first_record(), *members)
        descriptor = self.file.fileno()
        end = os.fstat(descriptor).st_size
        try:
            write_whole(descriptor, b"".join(members))
        except OSError:
            os.ftruncate(descriptor, end)  # what stood behind half a record would be cut off with it
            raise
        self.is_flushed = False

    def _first_record(self) -> bytes:
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.info.items()).encode()
        kind = {b"WARC-Filename": self.path.name.encode(), b"Content-Type": b"application/warc-fields"}
        return _record(b"warcinfo", clock.now(), _new_id(), lines, kind)


def warc_path(folder: Path, portal: str, run_id: int, started_at: datetime) -> Path:
    """Return the file of a run: names sort by the runs' time."""
    return folder / f"{started_at:%Y}" / f"{started_at:%Y%m%dT%H%M%SZ}-{run_id:08d}-{portal}{ENDING}"


def identity(request: Request) -> dict[str, str]:
    """Return what tells a request from another: method, address and the body's hash."""
    body = hashlib.sha256(request.body).hexdigest() if request.body else ""
    return {"method": request.method, "url": request.url, "body": body}


def cut_broken_end(paths: Iterable[Path]) -> list[Path]:
    """Cut off what a kill left behind the last whole record; returns the files that were cut."""
    cut = []
    for path in paths:
        whole = _whole_bytes(path) if path.exists() else 0
        if path.exists() and whole < path.stat().st_size:
            os.truncate(path, whole)
            cut.append(path)
    return cut


def _whole_bytes(path: Path) -> int:
    """Return where the last whole gzip member ends."""
    whole = position = 0
    member = zlib.decompressobj(GZIP_WINDOW)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            while chunk:
                try:
                    member.decompress(chunk)
                except zlib.error:
                    return whole
                if not member.eof:
                    position += len(chunk)
                    break
                position += len(chunk) - len(member.unused_data)
                whole, chunk = position, member.unused_data
                member = zlib.decompressobj(GZIP_WINDOW)
    return whole


def _request_record(request: Request, at: datetime, answer_id: bytes) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    first = f"{request.method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode()
    block = first + _lines(request.headers) + b"\r\n" + request.body
    kind = {b"WARC-Target-URI": request.url.encode(), b"WARC-Concurrent-To": answer_id,
            b"Content-Type": b"application/http; msgtype=request"}  # fmt: skip
    return _record(b"request", at, _new_id(), block, kind)


def _answer_head(response: Response) -> bytes:
    phrase = PHRASES.get(response.status, "")
    return f"HTTP/1.1 {response.status} {phrase}\r\n".encode() + _lines(response.headers)


def _lines(headers: Headers) -> bytes:
    return b"".join(b"%s: %s\r\n" % (name, one) for name, values in headers.items() for one in values)


def _record(kind: bytes, at: datetime, id_: bytes, block: bytes, fields: Mapping[bytes, bytes]) -> bytes:
    own = {b"WARC-Type": kind, b"WARC-Record-ID": id_, b"WARC-Date": stamp(at).encode(), **fields,
           b"Content-Length": b"%d" % len(block)}  # fmt: skip
    head = b"\r\n".join(b"%s: %s" % (name, value) for name, value in own.items() if value)
    record = b"%s\r\n%s\r\n\r\n%s\r\n\r\n" % (VERSION, head, block)
    return isal_zlib.compress(record, LEVEL, GZIP_WINDOW)


def _new_id() -> bytes:
    return b"<urn:uuid:%s>" % str(uuid.uuid4()).encode()


def _asked_at(request: Request) -> datetime:
    at: datetime = request.meta.get("requested_at") or clock.now()
    return at
