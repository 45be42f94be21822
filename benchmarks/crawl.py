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
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose monitor.py hides the package

from benchmarks.crawl_site import PAGES_A_CHUNK, YEAR, address, serve  # noqa: E402

MOST = {"articles": 1.6, "lists": 2.0}
"""The most that ours may cost, in bare downloads."""
PORTAL = "bench"
SAMPLES = 20


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
