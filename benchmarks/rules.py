"""How long the rules take, how much they find and how often they are wrong.

Run with `python benchmarks/rules.py [REPORTS [GENERATED]]`: REPORTS (default 40000, a nation's bodies in a
year) are compared for copies (see benchmarks/copies.py), of GENERATED (default 2000) reports of the
conformance suite half are sound and half have one planted fault.
"""

import resource
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose monitor.py hides the package

from benchmarks.copies import KINDS, SEEDS, Library  # noqa: E402
from monitor.copy_index import likely_peers  # noqa: E402
from monitor.documents import read_document  # noqa: E402
from monitor.finding import Severity  # noqa: E402
from monitor.rules.context import RuleContext  # noqa: E402
from monitor.rules.engine import run_rules  # noqa: E402
from monitor.rules.prose.quantities import quantities  # noqa: E402
from tests.conformance.score import faulty_reports, sound_reports  # noqa: E402

REPEATS = 50
SEED = 20261121
NARRATIVE = "narrative"


def main() -> None:
    """Print all figures, each with its aim."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    generated = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    _time_one()
    _precision(generated // 2)
    _recall(generated // 2)
    _compare(count)


def _time_one() -> None:
    documents = [read_document(str(path)) for path in SEEDS]
    for document in documents:
        run_rules(RuleContext(document.report, text=document.text))
    started = time.process_time()
    for _ in range(REPEATS):
        quantities.cache_clear()  # a report is read once, so nothing of its prose is known before
        for document in documents:
            run_rules(RuleContext(document.report, text=document.text))
    each_ms = (time.process_time() - started) / REPEATS / len(documents) * 1000
    print(f"all rules, one report: {each_ms:.1f} ms of one core (at most 10)")


def _precision(count: int) -> None:
    scored = list(sound_reports(count, SEED))
    wrong = [item for item in scored if item.failures]
    errors = sum(finding.severity is Severity.ERROR for item in wrong for finding in item.failures)
    for item in wrong:
        print(f"  false: {item.said}")
    print(f"false findings in {len(wrong)} of {count} sound reports, {errors} errors (at most 1 in 200, 0)")


def _recall(count: int) -> None:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for item in faulty_reports(count, SEED):
        kind = NARRATIVE if item.made.rule.startswith(NARRATIVE) else "arithmetic and structure"
        planted[kind] += 1
        found[kind] += item.is_found
        if not item.is_found:
            print(f"  missed: {item.said}")
    for kind, aim in (("arithmetic and structure", 99), (NARRATIVE, 95)):
        share = found[kind] / planted[kind]
        print(
            f"found {found[kind]} of {planted[kind]} planted faults, {kind}: {share:.1%} (at least {aim} %)"
        )


def _compare(count: int) -> None:
    library = Library(count)
    started, started_cpu = time.perf_counter(), time.process_time()
    peers = likely_peers(library.reports())
    minutes = (time.perf_counter() - started) / 60
    cpu_minutes = (time.process_time() - started_cpu) / 60
    originals = {original for original, _kind in library.copies.values()}
    false = sum(key not in library.copies and key not in originals for key in peers)
    used_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"copies among {count} reports: {minutes:.1f} minutes ({cpu_minutes:.1f} of one core; at most 10)")
    print(f"memory: {used_gb:.1f} GB (under 4)")
    for kind in KINDS:
        planted = [copy for copy, (_original, of_kind) in library.copies.items() if of_kind == kind]
        found = sum(library.copies[copy][0] in peers.get(copy, ()) for copy in planted)
        print(f"copied {kind}: found {found} of {len(planted)}")
    print(f"{false} other reports to measure")


if __name__ == "__main__":
    main()
