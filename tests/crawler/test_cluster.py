"""Crawling and reading on a Dask cluster: two real workers, the same archive as on one machine."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest

from config.portals import load_portals
from monitor.children import Limits
from monitor.executors import PoolExecutor
from monitor.shards import RECEIVED, ShardedCrawl

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "fixtures" / "corpus"
DAYS = ("2025-02-05T09:00:00+08:00", "2025-02-06T09:00:00+08:00")
QUESTIONS = {
    "captures": "select portal, role, url, final_url, requested_at, status, verdict, sha256 from captures",
    "documents": "select portal, url, sha256, role, media_type, link_title, first_seen_at, last_seen_at"
    " from documents",
    "listings": "select c.url, l.position, l.url as href, l.title from listings l"
    " join captures c on c.id = l.capture_id",
    "targets": "select url, role, state, failures, etag, fetched_at from targets",
    "budget": "select * from host_days",
    "texts": "select sha256, text, anchors, problems from texts",
    "reports": "select sha256, title, organization, year, sections, facts, problems from reports",
    "outcomes": "select sha256, outcome, code, reason from outcomes",
}
"""What must not depend on where the work was done; ids and the numbers of runs may."""
CRAWLED = ("captures", "documents", "listings", "targets", "budget")


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        where = ["--scheduler-file", str(self.file), "--no-dashboard", "--host", "127.0.0.1"]
        scheduler = ["distributed.cli.dask_scheduler", "--port", "0", *where]
        worker = ["distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", *where]
        folder.mkdir()
        self.scheduler = self._start(scheduler, folder)
        self.workers = [self._start(worker, folder) for _ in range(2)]
        self.address = self._address()

    def _address(self) -> str:
        """Wait for the scheduler's file: it is there before it is whole."""
        while True:
            with suppress(FileNotFoundError, json.JSONDecodeError):
                return json.loads(self.file.read_text())["address"]
            assert self.scheduler.poll() is None
            time.sleep(0.05)

    def _start(self, module: list[str], folder: Path) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", *module], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill_a_busy_worker(self) -> bool:
        """Kill -9 one worker that has a process of its own at work; tells whether there was one."""
        for worker in self.workers:
            if worker.poll() is None and psutil.Process(worker.pid).children():
                worker.kill()
                return True
        return False

    def close(self) -> None:
        """End all."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    """Two workers for one test."""
    with closing(Cluster(tmp_path / "cluster")) as started:
        yield started


@pytest.fixture(scope="module")
def sites(new_site):
    """Two portals with two reports each, one of them a PDF below its article."""
    found = []
    for number, name in enumerate(("seed000-orig-lo.pdf", "seed001-orig-lo.pdf")):
        site = new_site()
        page = sorted(CORPUS.glob("*.html"))[number].read_bytes()
        title = "区人民政府2024年政府信息公开工作年度报告"
        links = "".join(f"<li><a href='/{n}.html'>第{n}{title}</a></li>" for n in (1, 2))
        site.put("/nb/", f"<html><ul>{links}</ul></html>")
        site.put("/1.html", page)
        site.put(
            "/2.html", f"<html><h1>第2{title}</h1><p>详见附件</p><a href='/2.pdf'>{title}.pdf</a></html>"
        )
        site.put("/2.pdf", next(CORPUS.glob("*.pdf")).read_bytes() + b"\n%%" + name.encode())
        found.append(site)
    return found


def work(crawl, sites, *words: str) -> None:
    """Run `nianbao WORDS` on the portals of these sites."""
    for number, site in enumerate(sites):
        crawl.add_portal(f"p{number}", site.url("/nb/"))
    where = ["--data", str(crawl.at.data), "--config", str(crawl.at.config)]
    ended = crawl.execute([sys.executable, "-c", "from monitor.cli import main; main()", *words, *where])
    assert ended.returncode == 0, ended.stderr


def work_on(crawl, executor: str) -> None:
    """Configure where work is done."""
    (crawl.at.config / "executor.yml").write_text(f"executor: {executor}\nprocesses: 2\n", "utf-8")


def crawl_two_days(crawl, sites) -> None:
    """Crawl, and on the second day again, conditionally."""
    for crawl.now in DAYS:
        work(crawl, sites, "crawl", "--year", "2024")


def contents(crawl) -> dict[str, Counter]:
    """What an archive holds."""
    return {
        name: Counter(tuple(map(str, row.values())) for row in crawl.rows(sql))
        for name, sql in QUESTIONS.items()
    }


@pytest.fixture(scope="module")
def crawled(new_crawl, sites):
    """What one machine crawls from the sites, not read yet."""
    crawl = new_crawl()
    work_on(crawl, "pool")
    crawl_two_days(crawl, sites)
    return crawl


@pytest.fixture(scope="module")
def here(crawled, new_crawl, sites):
    """What one machine makes of the sites."""
    crawl = new_crawl()
    shutil.copytree(crawled.at.data, crawl.at.data)
    work(crawl, sites, "process")
    found = contents(crawl)
    assert len(found["reports"]) == 4
    assert any("unchanged" in row for row in found["captures"])
    return found


def test_cluster_gives_the_same_archive_as_one_machine(cluster, new_crawl, sites, here):
    """Captures, documents, budgets, texts and reports; the recordings are kept in their place."""
    crawl = new_crawl()
    work_on(crawl, cluster.address)
    crawl_two_days(crawl, sites)
    work(crawl, sites, "process")
    assert contents(crawl) == here
    kept = sorted(path.relative_to(crawl.at.warc).parts[0] for path in crawl.at.warc.glob("**/*.warc.gz"))
    assert kept == ["2025"] * 4


def test_worker_killed_in_mid_crawl_loses_nothing(cluster, new_crawl, sites, here):
    """Its portal goes to the other worker; what it had started ends with it."""
    crawl = new_crawl()
    work_on(crawl, cluster.address)
    killed = []
    sites[0].before_answer = lambda _count: killed or (cluster.kill_a_busy_worker() and killed.append(1))
    crawl_two_days(crawl, sites)
    sites[0].before_answer = lambda _count: None
    assert killed
    found = contents(crawl)
    assert {name: found[name] for name in CRAWLED} == {name: here[name] for name in CRAWLED}


def test_worker_killed_in_mid_reading_loses_nothing(cluster, crawled, new_crawl, sites, here):
    """The document goes to the other worker."""
    crawl, killed = new_crawl(), threading.Event()
    shutil.copytree(crawled.at.data, crawl.at.data)
    work_on(crawl, cluster.address)

    def kill() -> None:
        while not cluster.kill_a_busy_worker():
            time.sleep(0.01)
        killed.set()

    threading.Thread(target=kill, daemon=True).start()
    work(crawl, sites, "process")
    assert killed.is_set()
    assert contents(crawl) == here


def test_run_that_was_received_but_not_taken_over_is_by_the_next_crawl(new_crawl, sites, monkeypatch):
    """As after a kill between the two: nothing is asked twice, the budget is counted once."""
    crawl = new_crawl()
    for number, site in enumerate(sites):
        crawl.add_portal(f"p{number}", site.url("/nb/"))
    monkeypatch.setenv("NIANBAO_NOW", DAYS[0])
    portals = list(load_portals(crawl.at.config).values())
    said = []
    with closing(PoolExecutor(Limits(), 2)) as executor:
        sharded = ShardedCrawl(crawl.at, 2024, 600, "ERROR", executor, said.append)
        with monkeypatch.context() as patched:
            patched.setattr(ShardedCrawl, "_take_over", lambda *_: None)
            assert sharded.run(portals) == 0
        assert len(list((crawl.at.warc / RECEIVED).iterdir())) == 2
        asked = sum(len(site.requests) for site in sites)
        assert sharded.run([]) == 0
    assert sum(len(site.requests) for site in sites) == asked
    assert len(contents(crawl)["documents"]) == 6
    assert list((crawl.at.warc / RECEIVED).iterdir()) == []
    assert said == []


def test_two_portals_of_one_host_are_crawled_one_after_the_other(new_crawl, new_site):
    """Also where there is room for both."""
    site, crawl = new_site(), new_crawl()
    for name in ("one", "two"):
        site.put(f"/{name}/", "<html><ul></ul></html>", delay_s=0.3)
        crawl.add_portal(name, site.url(f"/{name}/"))
    with closing(PoolExecutor(Limits(), 2)) as executor:
        ShardedCrawl(crawl.at, 2024, 600, "ERROR", executor, print).run(
            list(load_portals(crawl.at.config).values())
        )
    assert site.most_at_once == 1
    assert len(site.asked("/one/")) == len(site.asked("/two/")) == 1


def test_cluster_that_does_not_answer_is_one_line(new_crawl, sites):
    """File, key and reason; nothing is asked."""
    crawl = new_crawl()
    (crawl.at.config / "executor.yml").write_text("executor: tcp://127.0.0.1:9\n", "utf-8")
    asked = len(sites[0].requests)
    with pytest.raises(AssertionError, match=r"executor: tcp://127\.0\.0\.1:9"):
        work(crawl, sites, "crawl", "--year", "2024")
    assert len(sites[0].requests) == asked
