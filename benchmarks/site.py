"""Speed of the public archive: publishing, and server time for each kind of page.

    python benchmarks/site.py [--reports 200000] [--rounds 30] [--keep DIR]

Reports are made up: bodies in provinces, cities and counties, five years each, every cell filled,
prose of the length of real reports. Pages are asked in process, round after round over all kinds, so
that a noisy machine disturbs all alike; median and 95th percentile are printed in ms. Publishing is
timed twice: the first time, and again with nothing changed.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from archive.publish import publish
from archive.schema import LINE_TABLES
from archive.site.app import public_site
from archive.store import Archive
from config.formats import load_forms
from config.places import Places
from config.site import SiteSettings

YEARS = (2021, 2022, 2023, 2024, 2025)
PATTERNS = 400
KINDS = ("department", "department", "township", "subdistrict", "government_office", "county_government")
WORDS = (
    "政府信息公开工作年度主动依申请办理答复行政复议诉讼平台建设监督保障群众关切政策解读规范性文件条例机关"
    "单位部门全年共发布条次网站微信栏目更新及时准确完善机制加强培训问题改进措施落实领导小组"
)
FATES = ((0.85, "published"), (0.93, "late"), (0.98, "not_published"), (1.0, "cannot_tell"))
STAMP = "2026-03-01T00:00:00.000Z"
FORM = load_forms()["2021"]


def fill(archive: Archive, reports: int) -> None:
    """Make up an archive, straight into its tables."""
    db = archive.db.conn
    chance = random.Random(7)
    patterns = [Pattern.make(chance) for _ in range(PATTERNS)]
    bodies = reports // len(YEARS)
    with archive.atomic():
        insert_many(db, "bodies", "id, name, aliases, kind, division, confirmed", body_rows(bodies))
        for number in range(bodies):
            for year in YEARS:
                add_report(db, number, year, chance, chance.choice(patterns))


@dataclass(frozen=True, slots=True)
class Pattern:
    """The inside of a report: its JSON columns, and the rows of its tables."""

    sections: str
    facts: str
    lines: list[tuple[str, str, list[object]]]

    @classmethod
    def make(cls, chance: random.Random) -> Pattern:
        """Make up numbers and prose."""
        facts, lines = [], []
        for table, (into, _columns) in LINE_TABLES.items():
            official = FORM.table(table)
            for row in official.rows:
                values = {column.key: chance.randrange(50) for column in official.columns_of(row)}
                facts += [fact(f"{table}.{row.key}.{key}", value) for key, value in values.items()]
                lines.append((into, ", ".join(("line", *values)), [row.key, *values.values()]))
        sections = [[part.number, part.title, prose(chance, 420)] for part in FORM.sections]
        return cls(json.dumps(sections, ensure_ascii=False), json.dumps(facts), lines)


def insert_many(db: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows into named columns."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    db.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def body_rows(bodies: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the roster."""
    for number in range(bodies):
        division = f"{11 + number % 31:02}{number // 31 % 20:02}{number // 620 % 30:02}"
        yield f"b{number:06}", f"示例{number:06}县某某局", "[]", KINDS[number % len(KINDS)], division, 1


def add_report(db: sqlite3.Connection, number: int, year: int, chance: random.Random, made: Pattern) -> None:
    """Add one body's year: mostly a report in time, some late, some missing, some with a finding."""
    fate = chance.random()
    body, document = f"b{number:06}", None
    if fate < 0.93:
        document = (number * len(YEARS) + year - YEARS[0]) + 1
        add_document(db, document, body, year, made)
    standing = next(name for limit, name in FATES if fate < limit)
    columns = (
        "body, year, standing, reading, due_on, published_on, document_id, sentence, evidence, decided_at"
    )
    due_on, published_on = f"{year + 1}-01-31", f"{year + 1}-01-20"
    row = [body, year, standing, "read", due_on, published_on, document, "按期", "[]", STAMP]
    insert_many(db, "standings", columns, [row])
    if document and fate < 0.05:
        columns = (
            "fingerprint, rule, body, year, sha256, outcome, severity, blame, title, message, finding, state,"
            " first_seen_at, last_seen_at"
        )
        row = [f"{body}-{year}", "requests.row-total", body, year, sha_of(document), "fail", "error",
               "source", "表三各行合计", "合计不符", '{"evidence":[]}', "open", STAMP, STAMP]  # fmt: skip
        insert_many(db, "findings", columns, [row])


def sha_of(document: int) -> str:
    """Return the made-up hash of a document."""
    return hashlib.sha256(str(document).encode()).hexdigest()


def add_document(db: sqlite3.Connection, document: int, body: str, year: int, made: Pattern) -> None:
    """Add a document with its report, its lines and its match."""
    sha256, seen_at = sha_of(document), f"{year + 1}-01-20T00:00:00.000Z"
    insert_many(db, "originals", "sha256, size_bytes, stored_at", [[sha256, 20_000, STAMP]])
    columns = "id, portal, url, sha256, role, first_seen_at, last_seen_at"
    url = f"http://{body}.gov.cn/{year}.html"
    insert_many(db, "documents", columns, [[document, "p", url, sha256, "article", seen_at, STAMP]])
    for into, names, values in made.lines:
        insert_many(db, into, f"sha256, version, {names}", [[sha256, 1, *values]])
    columns = "sha256, version, title, organization, year, format, sections, facts, problems, made_at"
    title = f"示例{body}局{year}年政府信息公开工作年度报告"
    row = [sha256, 1, title, f"示例{body}局", year, "2021", made.sections, made.facts, "[]", STAMP]
    insert_many(db, "reports", columns, [row])
    columns = "sha256, version, reader, media_type, text, anchors, problems, hints, made_at"
    insert_many(db, "texts", columns, [[sha256, 1, "html", "text/html", "", "[]", "[]", "{}", STAMP]])
    insert_many(db, "outcomes", "sha256, version, outcome, made_at", [[sha256, 1, "report", STAMP]])
    insert_many(
        db, "matches", "document_id, version, body, year, made_at", [[document, 1, body, year, STAMP]]
    )


def fact(path: str, value: int) -> list[object]:
    """Return one cell the way the reports table holds it."""
    return [path, value, str(value), "read", [2, [100.5, 200.5, 130.5, 214.5], None], None, "grid"]


def prose(chance: random.Random, length: int) -> str:
    """Return running text of about `length` characters."""
    words = (chance.choice(WORDS) for _ in range(length))
    return "".join(word if at % 23 else f"{word}，" for at, word in enumerate(words))


PAGES = {
    "home": ["/"],
    "matrix": ["/matrix", "/matrix?year=2024&standing=late",
               "/matrix?year=2025&area=13&findings=1", "/matrix?page=200"],
    "area": ["/area/11", "/area/1100"],
    "body": ["/body/b000010", "/body/b000500"],
    "report": ["/body/b000010/2025", "/body/b000500/2023"],
    "search": ["/search?q=信息", "/search?q=行政复议&year=2024", "/search?q=县",
               "/search?q=复议&kind=township&area=13",
               "/search?q=信息&page=50", "/search?rule=requests.row-total", "/search?q=没有的词"],
    "rules": ["/rules"],
    "table": ["/nianbao/published_reports.json?year=2025&_size=20",
              "/nianbao/request_lines.json?line=received&_size=20"],
    "feed": ["/feed/reports.atom", "/feed/findings.atom?area=13"],
}  # fmt: skip


async def ask_pages(places: Places, rounds: int) -> dict[str, list[float]]:
    """Ask every page `rounds` times; returns milliseconds by kind."""
    site = public_site(places, SiteSettings())
    times: dict[str, list[float]] = {kind: [] for kind in PAGES}
    slowest: dict[str, float] = {}
    for number in range(rounds + 1):
        for kind, paths in PAGES.items():
            for path in paths:
                start = time.perf_counter()
                answer = await site.client.get(path)
                took = 1000 * (time.perf_counter() - start)
                if answer.status_code != 200:
                    raise SystemExit(f"{path}: {answer.status_code}")
                if number:  # the first round warms up
                    times[kind].append(took)
                    slowest[path] = max(slowest.get(path, 0), took)
    for path, took in sorted(slowest.items(), key=lambda item: -item[1])[:6]:
        print(f"slowest {took:8.1f} ms {path}")
    return times


def main() -> None:
    """Make the archive, publish it twice, ask the pages, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=200_000)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--keep", type=Path, help="folder for the archive; used again if it is there")
    chosen = options.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="nianbao-bench-"))
    places = Places(folder / "data", folder / "config")
    try:
        with Archive.open(places) as archive:
            if not archive.rows("select 1 from bodies limit 1"):
                archive.db.execute("pragma synchronous = off")
                start = time.perf_counter()
                fill(archive, chosen.reports)
                print(f"made {chosen.reports} reports in {time.perf_counter() - start:.0f} s")
            for what in ("first publish", "publish, nothing changed"):
                start = time.perf_counter()
                made = publish(archive, places.public_database, SiteSettings())
                took = time.perf_counter() - start
                print(f"{what}: {took:.2f} s, changed {made.changed}, {made.size_bytes / 1e6:.0f} MB")
        times = asyncio.run(ask_pages(places, chosen.rounds))
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)
    print(f"{'page':10} {'median ms':>10} {'p95 ms':>10}")
    for kind, values in times.items():
        print(f"{kind:10} {median(values):10.1f} {quantiles(values, n=20)[-1]:10.1f}")


if __name__ == "__main__":
    main()
