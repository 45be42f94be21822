"""The sample portal's two servers, on loopback: a believable site, and a host that only challenges."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config.clock import SHANGHAI

SITE = Path(__file__).parent / "site"
LOOPBACK = "127.0.0.1"
SECOND_HOST = b"@SECOND_HOST@"
"""What the pages write where they link to the second host, whose port is known only at start."""
CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="robots" content="noarchive">
<script>var $_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=48213;$_ts.cd="qErqcaqtWGqrWf0mEcqtcsaHrk";
document.cookie="yunze_challenge=1;path=/";</script></head><body><noscript>
<h1>412 Precondition Failed</h1><p>请开启 JavaScript 并刷新该页，正在进行安全验证。</p>
</noscript></body></html>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to one address; `changed_at` becomes Last-Modified."""

    content: bytes
    content_type: str
    changed_at: datetime | None = None
    status: HTTPStatus = HTTPStatus.OK

    @property
    def etag(self) -> str:
        """The strong entity tag of the content."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:20]}"'

    @property
    def last_modified(self) -> str | None:
        """The HTTP date of the last change."""
        return format_datetime(self.changed_at, usegmt=True) if self.changed_at else None


Answers = Callable[[str], Answer]
"""Path (decoded, without query) -> answer."""


def site_answers(second_host: str, root: Path = SITE) -> Answers:
    """Return the pages of the bundled site; its links to the second host lead to `second_host`."""
    manifest: dict[str, list[str]] = json.loads((root / "manifest.json").read_text("utf-8"))
    pages = {path: _page(root, path, entry, second_host) for path, entry in manifest.items()}
    not_found = replace(pages["/404.html"], status=HTTPStatus.NOT_FOUND, changed_at=None)
    return lambda path: pages.get(f"{path}index.html" if path.endswith("/") else path, not_found)


def _page(root: Path, path: str, entry: list[str], second_host: str) -> Answer:
    content_type, changed_at = entry
    content = (root / path.lstrip("/")).read_bytes().replace(SECOND_HOST, second_host.encode())
    changed = datetime.fromisoformat(changed_at).replace(tzinfo=SHANGHAI)
    return Answer(content, content_type, changed.astimezone(UTC))


def challenge_answer(_path: str) -> Answer:
    """Return what a protected host says to every address: 412 and a page of script."""
    return Answer(CHALLENGE.encode(), "text/html; charset=utf-8", status=HTTPStatus.PRECONDITION_FAILED)


@contextmanager
def serving(answers: Answers, port: int = 0) -> Iterator[str]:
    """Serve `answers` on loopback while the block runs; yields the base address without a slash.

    A `port` that is taken falls back to a free one.
    """
    server = _bound_server(answers, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _bound_server(answers: Answers, port: int) -> ThreadingHTTPServer:
    handler = type("PortalHandler", (_Handler,), {"answers": staticmethod(answers)})
    try:
        return ThreadingHTTPServer((LOOPBACK, port), handler)
    except OSError:
        return ThreadingHTTPServer((LOOPBACK, 0), handler)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, with 304 where the client has the page already."""

    answers: Answers
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""

    def do_GET(self) -> None:
        answer = self.answers(unquote(urlsplit(self.path).path))
        if answer.status is HTTPStatus.OK and self._is_known(answer):
            self._send(replace(answer, status=HTTPStatus.NOT_MODIFIED), b"")
        else:
            self._send(answer, answer.content)

    do_HEAD = do_GET  # noqa: N815

    def _is_known(self, answer: Answer) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag in [tag.strip() for tag in tags.split(",")]
        return self.headers.get("If-Modified-Since", "") == answer.last_modified

    def _send(self, answer: Answer, content: bytes) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        if answer.last_modified:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", answer.last_modified)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: the demo's own output is what people read."""
