"""Local sites and a way to crawl them: real servers on loopback, the crawler in a process of its own."""

import contextlib
import gzip
import hashlib
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.store import Archive
from config.places import Places

ROOT = Path(__file__).parent.parent.parent
HTML = "text/html; charset=utf-8"


@dataclass
class Reply:
    """What a site answers. `cut` sends half of the body, `reset` slams the door, `delay_s` keeps waiting."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    reset: bool = False
    delay_s: float = 0
    conditional: bool = True

    @property
    def etag(self) -> str:
        """The entity tag of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class Site:
    """A server on loopback; `pages` maps paths (with query) to replies or functions of the request."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.times: list[float] = []
        self.at_once = self.most_at_once = 0
        self.before_answer: Callable[[int], None] = lambda _count: None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def put(self, path: str, body: str | bytes, encoding: str = "utf-8", **changes) -> None:
        """Serve a page; a string is HTML in this encoding."""
        content = body.encode(encoding) if isinstance(body, str) else body
        self.pages[path] = Reply(content, **changes)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def asked(self, path: str | None = None) -> list[str]:
        """The paths that were asked for, in order; only this one where it is named."""
        return [asked for asked, _ in self.requests if path in {None, asked}]

    def close(self) -> None:
        """Stop the server."""
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = 65536

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.requests.append((self.path, headers))
                site.times.append(time.monotonic())
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
                site.before_answer(len(site.requests))
                reply = site.pages.get(self.path, Reply(b"<title>404</title>", status=404))
                reply = reply(headers) if callable(reply) else reply
                time.sleep(reply.delay_s)
                site.at_once -= 1
                with contextlib.suppress(ConnectionError):
                    self._send(reply, headers)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.do_GET()

            def _send(self, reply: Reply, headers: dict[str, str]) -> None:
                if reply.reset:
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.connection.close()
                    self.close_connection = True
                    return
                good = reply.status == 200 and reply.conditional
                unchanged = good and headers.get("if-none-match") == reply.etag
                self.send_response(304 if unchanged else reply.status)
                own = {"Content-Type": HTML, **({"ETag": reply.etag} if good else {}), **reply.headers}
                for name, value in own.items():
                    self.send_header(name, value)
                body = b"" if unchanged else reply.body
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if reply.cut else body)
                if reply.cut:
                    self.close_connection = True

            def log_message(self, *_args: object) -> None:
                """Tests read `requests`, not the log."""

        return Handler


@pytest.fixture(scope="module")
def new_site():
    """A function that starts one more site; all are stopped at the end of the module."""
    sites: list[Site] = []

    def start() -> Site:
        sites.append(Site())
        return sites[-1]

    yield start
    for site in sites:
        site.close()


def gzipped(text: str) -> Reply:
    """A page as a server with compression sends it."""
    return Reply(gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})


@dataclass
class Crawl:
    """A data and a configuration directory, and the crawler as a program."""

    at: Places
    now: str = "2025-02-05T09:00:00+08:00"

    def add_portal(self, portal_id: str, *entries: str, **values) -> None:
        """Write a portal's YAML (JSON is YAML); hosts are those of the entries."""
        import json

        hosts = sorted({entry.split("/")[2] for entry in entries})
        own = {"id": portal_id, "name": portal_id, "entry_urls": entries, "allowed_hosts": hosts,
               "allow_private": True, "pace_s": 0}  # fmt: skip
        folder = self.at.config / "portals" / "test"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{portal_id}.yml").write_text(json.dumps({**own, **values}, ensure_ascii=False), "utf-8")

    def command(self, *arguments: str, settings: dict[str, object] | None = None) -> list[str]:
        """The command line of `crawlportals`, with short pauses."""
        own = {"RETRY_PAUSE_S": 0.01, **(settings or {})}
        pairs = [part for name, value in own.items() for part in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "crawler.run", "-L", "ERROR", *pairs, *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the crawler's process."""
        return {**os.environ, "NIANBAO_DATA": str(self.at.data), "NIANBAO_CONFIG": str(self.at.config),
                "NIANBAO_NOW": self.now, "PYTHONPATH": str(ROOT),
                "SCRAPY_SETTINGS_MODULE": "crawler.settings"}  # fmt: skip

    def run(self, *arguments: str, settings: dict[str, object] | None = None) -> subprocess.CompletedProcess:
        """Crawl to the end."""
        return self.execute(self.command(*arguments, settings=settings))

    def scrapy(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run `scrapy ARGUMENTS`."""
        return self.execute([sys.executable, "-m", "scrapy", *arguments])

    def execute(self, command: list[str]) -> subprocess.CompletedProcess:
        """Run a program to its end."""
        return subprocess.run(
            command,
            env=self.environment,
            cwd=self.at.data.parent,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def rows(self, sql: str, **parameters) -> list[dict]:
        """Query what the crawl left."""
        with Archive.open(self.at) as archive:
            return archive.rows(sql, parameters)


@pytest.fixture(scope="module")
def new_crawl(tmp_path_factory):
    """A function that returns an empty place to crawl into."""

    def start() -> Crawl:
        folder = tmp_path_factory.mktemp("crawl")
        (folder / "config").mkdir()
        return Crawl(Places(folder / "data", folder / "config"))

    return start


@pytest.fixture(scope="module")
def reply():
    """The class of replies, and the gzipped one (test modules cannot import this file)."""
    Reply.gzipped = staticmethod(gzipped)
    return Reply
