"""Which of many reports may be copies of each other: a sketch of each, and what sketches share.

Theory. Of all shingles of a report's masked prose only those whose hash is a multiple of SAMPLE are
kept (a MinHash with a fixed fraction instead of a fixed size), so the share of a sketch that stands
in another estimates the share of the prose that does. Shingles that many reports hold are stock
phrases, and say nothing of a pair. The rule `text.copied-from-peer` measures the few pairs exactly.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import combinations, groupby
from zlib import crc32

from extract.model import Report
from monitor.rules.copies import SHINGLE, mask_report

SAMPLE = 16
LEAST_SHARE = 0.3
"""Share of a sketch that makes a pair worth measuring; below the rule's 0.5 by what sampling may miss."""
LEAST_SKETCH = 6
MOST_PEERS = 3
MOST_HOLDERS_OF_A_COPY = 200
"""A shingle in more reports is a stock phrase; a whole area that copies one text stays below it."""
MOST_REPORTS_KEPT_WHOLE = 1000
_INDEX_BITS = 24


def likely_peers(reports: Iterable[tuple[str, Report]], sample: int = SAMPLE) -> dict[str, tuple[str, ...]]:
    """Return, for each key, the keys of the reports whose prose its own may be copied from, best first.

    `reports` are of one year, each with a key of its own; they are read once and not kept. A `sample` of 1
    keeps every shingle: for a few reports, also short ones.
    """
    return likely_pairs((key, sketch_of(report, sample)) for key, report in reports)


def likely_pairs(sketches: Iterable[tuple[str, AbstractSet[int]]]) -> dict[str, tuple[str, ...]]:
    """Do the same with the reports' sketches, all made with one sample."""
    keys: list[str] = []
    sizes: list[int] = []
    entries = array("Q")
    for index, (key, sketch) in enumerate(sketches):
        keys.append(key)
        sizes.append(len(sketch))
        entries.extend(value << _INDEX_BITS | index for value in sketch)
    shared = _shared(entries)
    found: dict[int, list[tuple[float, int]]] = {}
    for pair, count in shared.items():
        first, second = pair >> _INDEX_BITS, pair & ((1 << _INDEX_BITS) - 1)
        for own, other in ((first, second), (second, first)):
            if sizes[own] >= LEAST_SKETCH and count >= LEAST_SHARE * sizes[own]:
                found.setdefault(own, []).append((-count / sizes[own], other))
    return {
        keys[own]: tuple(keys[other] for _share, other in sorted(others)[:MOST_PEERS])
        for own, others in sorted(found.items())
    }


def sample_for(count: int) -> int:
    """Return the sample for so many reports: every shingle of a few, one in SAMPLE of many."""
    return 1 if count <= MOST_REPORTS_KEPT_WHOLE else SAMPLE


def sketch_of(report: Report, sample: int) -> frozenset[int]:
    """Return the hashes of a report's shingles that are multiples of `sample`."""
    width = 2 * SHINGLE
    sketch: set[int] = set()
    for masked in mask_report(report).values():
        coded = masked.text.encode("utf-16-le")
        hashes = [crc32(coded[at : at + width]) for at in range(0, len(coded) - width + 1, 2)]
        sketch.update(value for value in hashes if not value % sample)
    return frozenset(sketch)


def _shared(entries: array[int]) -> Counter[int]:
    """Count, for each pair of reports, the hashes that both hold."""
    shared: Counter[int] = Counter()
    mask = (1 << _INDEX_BITS) - 1
    for _value, group in groupby(sorted(entries), key=lambda entry: entry >> _INDEX_BITS):
        holders = [entry & mask for entry in group]
        if 1 < len(holders) <= MOST_HOLDERS_OF_A_COPY:
            shared.update(first << _INDEX_BITS | second for first, second in combinations(holders, 2))
    return shared
