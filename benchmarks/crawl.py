"""What a page costs our crawler beside a bare Scrapy spider that only downloads it, or reads its links.

Run with `python benchmarks/crawl.py [--pages 1000] [--lists 300] [--rounds 5] [--hosts 8] [--gzip]`. One
local server in a process of its own gives article pages of 30 to 40 kB and list pages; the two sides take
turns, each in a fresh process, and tell the processor time that *their* process used between the
spider's start and its end. Ours is the whole crawl as in production: admission, courtesy, guards,
verdict, WARC, originals, archive, and the reading of the page. It asks a host (name and port) one page
at a time and many hosts at once, so the server listens at several ports: eight, as many pages as the bare
spider asks for at once of one host. `--hosts 1` shows what a crawl of a single host without any pause
costs. `--memory 50000` crawls that many pages once and shows the resident memory on the way (a slow
host: `--memory 10000` shows the same).
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose monitor.py hides the package

MOST = {"articles": 1.6, "lists": 2.0}
"""The most that ours may cost, in bare downloads."""
YEAR = 2024
TEMPLATES = 40
PAGES_A_CHUNK = 500
"""Links of one list page in front of the articles."""
PORTAL = "bench"
SAMPLES = 20


# The server


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
        return {"l": listing, "c": lambda n: chunk(n, pages, bases)}.get(kind, lambda _n: None)(
            int(digits or 0)
        )

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


# The two sides, each in a process of its own


class Meter:
    """Processor and wall time between a spider's start and its end, and memory on the way."""

    def __init__(self, crawler: Any, pages: int) -> None:  # noqa: ANN401
        from scrapy import signals

        self.every = max(1, pages // SAMPLES)
        self.answered, self.memory_mb = 0, []
        self.started = (0.0, 0.0)
        self.used = (0.0, 0.0)
        crawler.signals.connect(self.start, signals.spider_opened)
        crawler.signals.connect(self.count, signals.response_received)
        crawler.signals.connect(self.stop, signals.spider_closed)

    def start(self) -> None:
        """Remember the clocks."""
        self.started = (time.process_time(), time.perf_counter())

    def count(self) -> None:
        """Count an answer, and look at the memory now and then."""
        self.answered += 1
        if self.answered % self.every == 0:
            resident = int(Path("/proc/self/statm").read_text().split()[1])
            self.memory_mb.append(resident * os.sysconf("SC_PAGE_SIZE") // 2**20)

    def stop(self) -> None:
        """Stop the clocks."""
        self.used = (time.process_time() - self.started[0], time.perf_counter() - self.started[1])


def crawl_bare(bases: list[str], kind: str, pages: int) -> dict[str, object]:
    """Download with a plain Scrapy spider; of list pages also take the links."""
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess
    from scrapy.linkextractors import LinkExtractor

    extractor = LinkExtractor()

    class Bare(Spider):
        name = "bare"
        links = 0

        async def start(self) -> Any:  # noqa: ANN401
            for number in range(pages):
                yield Request(address(bases, kind[0], number), dont_filter=True)

        def parse(self, response: Any) -> None:  # noqa: ANN401
            if kind == "lists":
                self.links += len(extractor.extract_links(response))

    process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    return _measured(process, process.create_crawler(Bare), pages, {})


def crawl_ours(bases: list[str], kind: str, pages: int) -> dict[str, object]:
    """Crawl a portal as in production, but for the pace."""
    lists = ("c", -(-pages // PAGES_A_CHUNK)) if kind == "articles" else ("l", pages)
    portal = {
        "id": PORTAL, "name": PORTAL, "family": "generic", "allow_private": True, "pace_s": 0,
        "entry_urls": [address(bases, lists[0], number) for number in range(lists[1])],
        "allowed_hosts": [base.removeprefix("http://") for base in bases], "daily_budget": 10_000_000,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(NIANBAO_DATA=f"{folder}/data", NIANBAO_CONFIG=f"{folder}/config",
                          SCRAPY_SETTINGS_MODULE="crawler.settings")  # fmt: skip
        file = Path(folder) / "config" / "portals" / f"{PORTAL}.yml"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(portal), "utf-8")
        from scrapy.crawler import AsyncCrawlerProcess
        from scrapy.utils.project import get_project_settings

        settings = get_project_settings()
        settings.set("LOG_LEVEL", "WARNING")
        process = AsyncCrawlerProcess(settings)
        return _measured(process, process.create_crawler("generic"), pages,
                         {"portal": PORTAL, "year": str(YEAR)})  # fmt: skip


def _measured(process: Any, crawler: Any, pages: int, arguments: dict[str, str]) -> dict[str, object]:  # noqa: ANN401
    meter = Meter(crawler, pages)
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    process.crawl(crawler, **arguments)
    process.start()
    assert meter.answered >= pages, f"{meter.answered} answers, {pages} pages"
    cpu_s, wall_s = meter.used
    return {"cpu_ms": cpu_s / pages * 1000, "pages_s": pages / wall_s, "memory_mb": meter.memory_mb}


# The comparison


def side(name: str, bases: str, kind: str, pages: int) -> dict[str, Any]:
    """Run one side in a fresh process."""
    command = [sys.executable, __file__, "--side", name, bases, kind, str(pages)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(result.stderr)
    value: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return value


def compare(bases: str, kind: str, pages: int, rounds: int) -> None:
    """Print the medians of both sides and of the ratios inside the rounds."""
    results = [(side("bare", bases, kind, pages), side("ours", bases, kind, pages)) for _ in range(rounds)]
    ratio = statistics.median(ours["cpu_ms"] / bare["cpu_ms"] for bare, ours in results)
    what = f"{kind}, {pages} pages of {len(bases.split())} hosts x {rounds} rounds"
    said = [f"{what}: {ratio:.2f} x a bare download (at most {MOST[kind]})"]
    for place, name in enumerate(("bare", "ours")):
        cpu_ms, pages_s = (
            statistics.median(one[place][key] for one in results) for key in ("cpu_ms", "pages_s")
        )
        said.append(f"{name} {cpu_ms:.2f} ms of one core a page, {pages_s:.0f} pages/s")
    print("; ".join(said), flush=True)


def show_memory(bases: str, pages: int) -> None:
    """Crawl many pages once and print the resident memory on the way."""
    result = side("ours", bases, "articles", pages)
    memory = result["memory_mb"]
    print(f"memory over {pages} pages, in MB: {' '.join(map(str, memory))} ({result['pages_s']:.0f} pages/s)")
    grown = memory[-1] / memory[len(memory) // 4] - 1
    print(f"from a quarter of the way to its end it grew by {grown:.1%}")


def main() -> None:
    """Start the server and compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--lists", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--gzip", action="store_true")
    parser.add_argument("--side", nargs=4)
    parser.add_argument("--serve", type=int)
    asked = parser.parse_args()
    if asked.serve is not None:
        asyncio.run(serve(asked.serve, asked.gzip, asked.hosts))
    elif asked.side is not None:
        name, bases, kind, pages = asked.side
        print(json.dumps({"bare": crawl_bare, "ours": crawl_ours}[name](bases.split(), kind, int(pages))))
    else:
        _with_server(asked)


def _with_server(asked: argparse.Namespace) -> None:
    most = max(asked.pages, asked.memory)
    command = [sys.executable, __file__, "--serve", str(most), "--hosts", str(asked.hosts),
               *(["--gzip"] if asked.gzip else [])]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        bases = server.stdout.readline().strip()
        try:
            if asked.pages:
                compare(bases, "articles", asked.pages, asked.rounds)
            if asked.lists:
                compare(bases, "lists", asked.lists, asked.rounds)
            if asked.memory:
                show_memory(bases, asked.memory)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
