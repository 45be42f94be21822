"""What the families' servers share: a loopback server, the text of a report in HTML and DOCX, decoys.

Each folder beside this file has a `site.py` with `build(server) -> Family`: the pages of one family in its
real markup and address shapes, with its traps. `server.host` is known before the pages are written.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import docx

from tests.extract.generate import Sample, make_sample
from tests.extract.render import PROSE, disclosure_grid, remedy_grid, request_grid

YEAR = 2024
NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Asked:
    """A request as a server sees it."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The fields of a posted form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> dict:
        """The posted JSON object."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What is answered; a string is HTML in this encoding."""

    body: str | bytes = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    encoding: str = "utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The bytes that go out."""
        return self.body if isinstance(self.body, bytes) else self.body.encode(self.encoding)


NOT_FOUND = Reply("<html><head><title>404 Not Found</title></head><body>404</body></html>", 404)
Page = Reply | str | Callable[[Asked], Reply | str]


@dataclass
class Family:
    """A site of one family: where its lists begin, what must be found, and what must be left alone.

    `values` go into the portal's YAML, `taboo` are parts of addresses that must never be asked for, `kept`
    are files that must be documents although extraction alone makes no report of them, `refused` parts of
    list addresses that the site refuses in the course of things.
    """

    spider: str
    entries: list[str]
    reports: set[str]
    pages: dict[str, Page]
    values: dict[str, object] = field(default_factory=dict)
    taboo: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Server:
    """A server on loopback that answers by path, or by path and query where that is listed."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Stop the server."""
        self.server.shutdown()
        self.server.server_close()

    def reply(self, asked: Asked) -> Reply:
        """Return the answer to a request, and remember it."""
        self.asked.append(asked)
        page = self.pages.get(asked.target, self.pages.get(asked.path, NOT_FOUND))
        page = page(asked) if callable(page) else page
        return Reply(page) if isinstance(page, str) else page

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = 65536

            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = site.reply(Asked(self.command, self.path, headers, body))
                self.send_response(reply.status)
                for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.content)))
                self.end_headers()
                self.wfile.write(reply.content)

            def log_message(self, *_args: object) -> None:
                """Tests read `asked`, not the log."""

        return Handler


def title_of(body: str, year: int = YEAR) -> str:
    """The usual title of a body's report."""
    return f"{body}{year}年政府信息公开工作年度报告"


def sample_of(title: str) -> Sample:
    """A report's numbers, the same for the same title."""
    return make_sample(sum(title.encode()))


def report_html(title: str) -> str:
    """The text of a report as an article holds it: six parts, three tables."""
    sample = sample_of(title)
    tables = {2: disclosure_grid(sample), 3: request_grid(sample), 4: remedy_grid(sample)}
    parts = [_part(title, part.number, part.title, tables.get(part.number)) for part in sample.form.sections]
    return "".join(parts)


def report_docx(title: str) -> bytes:
    """The report as a Word file."""
    sample, document = sample_of(title), docx.Document()
    tables = {2: disclosure_grid(sample), 3: request_grid(sample), 4: remedy_grid(sample)}
    document.add_paragraph(title)
    for part in sample.form.sections:
        document.add_paragraph(f"{NUMERALS[part.number - 1]}、{part.title}")
        if part.number not in tables:
            document.add_paragraph(PROSE)
            continue
        grid = tables[part.number]
        table = document.add_table(len(grid), len(grid[0]))
        cells = table._cells
        for at, text in enumerate(text for row in grid for text in row):
            cells[at].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def prose(about: str, times: int = 12) -> str:
    """A text that is no report."""
    return (
        f"<p>{escape(about)}</p>"
        + "<p>近年来，各项工作稳步推进，取得了新的成效，群众满意度持续提升。</p>" * times
    )


def attached(name: str, content: bytes) -> Reply:
    """A file from a download servlet."""
    from urllib.parse import quote

    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Reply(content, kind="application/octet-stream", headers={"Content-Disposition": disposition})


def in_gbk(page: str) -> Reply:
    """A page in GB2312, which only its meta element says."""
    return Reply(page.replace("utf-8", "gb2312"), kind="text/html", encoding="gb18030")


def answer_json(value: object) -> Reply:
    """An API's answer."""
    return Reply(json.dumps(value), kind="application/json;charset=UTF-8")


def only_with_referer(page: Page) -> Page:
    """A page that a request without Referer does not get."""
    return lambda asked: page_of(page, asked) if asked.headers.get("referer") else NOT_FOUND


def page_of(page: Page, asked: Asked) -> Reply | str:
    """The answer of a page, whatever it is."""
    return page(asked) if callable(page) else page


def with_status(page: Reply, status: int) -> Reply:
    """The same answer with another status."""
    return replace(page, status=status)


def _part(title: str, number: int, name: str, grid: list[list[str]] | None) -> str:
    heading = f"<p><strong>{NUMERALS[number - 1]}、{name}</strong></p>"
    if grid is None:
        return f"{heading}<p>{PROSE}（{title}）</p>"
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in grid)
    return f"{heading}<table border='1'>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
