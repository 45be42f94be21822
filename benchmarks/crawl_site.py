"""The local server of benchmarks/crawl.py: reports in a portal's frame, and the lists before them."""

from __future__ import annotations

import asyncio
import gzip
import re
from typing import Any

YEAR = 2024
TEMPLATES = 40
PAGES_A_CHUNK = 500
"""Links of one list page in front of the articles."""


def article(number: int, body: str) -> str:
    """A report in a portal's frame: navigation, breadcrumb, text, files, footer."""
    title = f"第{number}街道办事处{YEAR}年政府信息公开工作年度报告"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta name='ArticleTitle' content='{title}'><script>var page = {number};</script></head><body>"
        f"{NAVIGATION}<div>当前位置：<a href='/'>首页</a> &gt; <a href='/nb/'>政府信息公开年报</a></div>"
        f"<h1>{title}</h1><span>发布日期：2025-01-15</span><div class='content'>{body}</div>"
        f"{FOOTER}</body></html>"
    )


def listing(number: int) -> str:
    """A page of twenty links to reports of another year, which are listed and not followed."""
    rows = "".join(
        f"<li><a href='/o{n}.html' title='第{n}街道办事处2019年政府信息公开工作年度报告'>"
        f"第{n}街道办事处2019年政府信息公开工作年度报告</a><span>2020-01-{n % 28 + 1:02}</span></li>"
        for n in range(number * 20, number * 20 + 20)
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府信息公开年报</title></head><body>"
        f"{NAVIGATION}<ul class='list'>{rows}</ul>{FOOTER}</body></html>"
    )


def chunk(number: int, pages: int, bases: list[str]) -> str:
    """The list in front of the articles, which are spread over the hosts."""
    numbers = range(number * PAGES_A_CHUNK, min((number + 1) * PAGES_A_CHUNK, pages))
    title = f"街道办事处{YEAR}年政府信息公开工作年度报告"
    rows = "".join(f"<li><a href='{address(bases, 'a', n)}'>第{n}{title}</a></li>" for n in numbers)
    return f"<html><head><meta charset='utf-8'><title>年报</title></head><body><ul>{rows}</ul></body></html>"


def address(bases: list[str], kind: str, number: int) -> str:
    """Return where a page is."""
    return f"{bases[number % len(bases)]}/{kind}{number}.html"


NAVIGATION = "<div class='nav'><ul>" + "".join(
    f"<li class='item'><a href='/channel{n}/index.html' target='_blank'>{name}{n}</a></li>"
    for n, name in enumerate(["要闻动态", "政务公开", "办事服务", "互动交流", "走进本地", "数据发布"] * 8)
) + "</ul></div>"  # fmt: skip
FOOTER = "<div class='foot'>" + "".join(
    f"<a href='http://www.link{n}.gov.cn/'>友情链接{n}</a>" for n in range(20)
) + "<p>主办：某某区人民政府办公室　网站标识码：4113030001　备案号</p></div>"  # fmt: skip


def answers(pages: int, packed: bool, bases: list[str]) -> Any:  # noqa: ANN401
    """Return a function from a path to the bytes of a whole answer."""
    from tests.crawler.families.kit import report_html

    bodies = []
    for number in range(TEMPLATES):
        text = report_html(f"第{number}街道办事处{YEAR}年政府信息公开工作年度报告")
        fill = (33_000 + number * 150 - len(article(0, text).encode())) // 250
        bodies.append(text + f"<p>{'认真贯彻落实条例，主动公开政府信息。' * 4}</p>" * max(fill, 0))

    def page_of(path: str) -> str | None:
        kind, digits = path[1:2], re.sub(r"\D", "", path)
        if kind == "a":
            return article(int(digits), bodies[int(digits) % TEMPLATES])
        if kind == "c":
            return chunk(int(digits), pages, bases)
        return listing(int(digits)) if kind == "l" else None

    def answer(path: str) -> bytes:
        page = page_of(path)
        if page is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n404"
        body, head = page.encode(), b""
        if packed:
            body, head = gzip.compress(body, 1), b"Content-Encoding: gzip\r\n"
        kind = b"Content-Type: text/html; charset=utf-8\r\n"
        return b"HTTP/1.1 200 OK\r\n%s%sContent-Length: %d\r\n\r\n" % (kind, head, len(body)) + body

    return answer


async def serve(pages: int, packed: bool, hosts: int) -> None:
    """Answer on loopback until killed; says first at which addresses."""
    bases: list[str] = []
    answer = answers(pages, packed, bases)

    class Connection(asyncio.Protocol):
        def connection_made(self, transport: Any) -> None:  # noqa: ANN401
            self.transport, self.waiting = transport, b""

        def data_received(self, data: bytes) -> None:
            *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
            for request in requests:
                self.transport.write(answer(request.split(b" ", 2)[1].decode()))

    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(Connection, "127.0.0.1", 0) for _ in range(hosts)]
    bases += [f"http://127.0.0.1:{one.sockets[0].getsockname()[1]}" for one in servers]
    print(*bases, flush=True)
    await asyncio.gather(*(one.serve_forever() for one in servers))
