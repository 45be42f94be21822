"""How long the rules take: one report with all rules but copies, and copies among many reports.

Run with `python benchmarks/rules.py [REPORTS]` (default 40000, a nation's bodies in a year). The
reports are made of the sentences of the five real ones, words exchanged at random; one in fifty is a
copy of another with other numbers, and all of these must be found.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose monitor.py hides the package

from extract.model import Format, Report, Section  # noqa: E402
from monitor.copy_index import likely_peers  # noqa: E402
from monitor.documents import read_document  # noqa: E402
from monitor.rules.context import RuleContext  # noqa: E402
from monitor.rules.engine import run_rules  # noqa: E402
from monitor.rules.prose import sentences  # noqa: E402

SEEDS = sorted((ROOT / "tests" / "fixtures" / "seeds").glob("*.txt"))
COPY_EVERY = 50
REPEATS = 50


def main() -> None:
    """Print both figures."""
    documents = [read_document(str(path)) for path in SEEDS]
    contexts = [RuleContext(document.report, text=document.text) for document in documents]
    for context in contexts:
        run_rules(context)
    started = time.process_time()
    for _ in range(REPEATS):
        for document in documents:
            run_rules(RuleContext(document.report, text=document.text))
    each_ms = (time.process_time() - started) / REPEATS / len(documents) * 1000
    print(f"all rules, one report: {each_ms:.1f} ms of one core (at most 10)")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    _compare(contexts, count)


def _compare(contexts: list[RuleContext], count: int) -> None:
    said = [item.text for context in contexts for item in sentences(context) if item.section in (1, 5)]
    copies: dict[str, str] = {}
    started, started_cpu = time.perf_counter(), time.process_time()
    peers = likely_peers(_reports(said, count, copies))
    minutes = (time.perf_counter() - started) / 60
    cpu_minutes = (time.process_time() - started_cpu) / 60
    found = sum(original in peers.get(copy, ()) for copy, original in copies.items())
    used_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    false = sum(key not in copies and key not in copies.values() for key in peers)
    print(f"copies among {count} reports: {minutes:.1f} minutes ({cpu_minutes:.1f} of one core; at most 10)")
    print(f"memory: {used_gb:.1f} GB (under 4)")
    print(f"found {found} of {len(copies)} copies; {false} other reports to measure")


def _reports(said: list[str], count: int, copies: dict[str, str]) -> Iterator[tuple[str, Report]]:
    rng = random.Random(1)
    letters = sorted({letter for text in said for letter in text if "一" <= letter <= "龥"})
    texts: list[tuple[str, str]] = []
    for number in range(count):
        if number % COPY_EVERY == COPY_EVERY - 1:
            original = rng.randrange(max(0, number - COPY_EVERY), number)
            copies[str(number)] = str(original)
            first, fifth = texts[original % COPY_EVERY] if original % COPY_EVERY < len(texts) else texts[0]
        else:
            first, fifth = _prose(said, letters, rng, 25), _prose(said, letters, rng, 10)
        if len(texts) < COPY_EVERY:
            texts.append((first, fifth))
        texts[number % COPY_EVERY] = (first, fifth)
        sections = (Section(1, "总体情况", first), Section(5, "问题", fifth))
        yield str(number), Report(f"{number}", f"第{number}街道办事处", 2024, Format.F2021, sections, ())


def _prose(said: list[str], letters: list[str], rng: random.Random, size: int) -> str:
    """Return sentences of real reports with every eighth word exchanged."""
    chosen = rng.sample(said, size)
    return "".join(
        rng.choice(letters) if rng.random() < 1 / 8 and letter != "。" else letter
        for text in chosen
        for letter in text
    )


if __name__ == "__main__":
    main()
