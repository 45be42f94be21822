"""How the index of likely copies does beside MinHash LSH (datasketch), on the same reports.

Run with `python benchmarks/copies.py [REPORTS]` (default 4000). The reports are made of the sentences of
the five real ones, every eighth character exchanged at random; of twenty reports one is a copy of another
in one of four ways, and a finding of it is the original among its likely peers.
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from datasketch import MinHash, MinHashLSH

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose monitor.py hides the package

from extract.model import Format, Report, Section  # noqa: E402
from monitor.copy_index import MOST_PEERS, likely_peers, sample_for, sketch_of  # noqa: E402
from monitor.documents import read_document  # noqa: E402
from monitor.rules.context import RuleContext  # noqa: E402
from monitor.rules.prose.sentences import sentences  # noqa: E402

SEEDS = sorted((ROOT / "tests" / "fixtures" / "seeds").glob("*.txt"))
COPY_EVERY = 20
KINDS = ("whole", "60 %", "50 %", "short in long")
"""Copied: all; so much of the prose, the rest one's own; all of a text into one four times as long."""
BANDS, ROWS = 42, 3
"""Bands of the LSH: half of all pairs with a Jaccard similarity of 0.27 become candidates."""
LEAST_JACCARD = 0.1
Peers = dict[str, tuple[str, ...]]


@dataclass
class Library:
    """Makes reports; `copies` maps each copy made so far to its original and the kind of copy."""

    count: int
    copies: dict[str, tuple[str, str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    rng: random.Random = field(default_factory=lambda: random.Random(1))

    def __post_init__(self) -> None:
        """Read what the five real reports say."""
        contexts = [RuleContext(read_document(str(path)).report) for path in SEEDS]
        self.said = [
            item.text for context in contexts for item in sentences(context) if item.section in (1, 5)
        ]
        self._letters = sorted({letter for text in self.said for letter in text if "一" <= letter <= "龥"})

    def reports(self) -> Iterator[tuple[str, Report]]:
        """Yield all reports, copies right behind a report that they copy."""
        recent: list[list[str]] = []
        for number in range(self.count):
            said = [self._sentence() for _ in range(28)]
            if number % COPY_EVERY == COPY_EVERY - 1:
                place = self.rng.randrange(len(recent))
                original, kind = recent[place], KINDS[number // COPY_EVERY % len(KINDS)]
                self.copies[str(number)] = (str(number - len(recent) + place), kind)
                said = self._copied(original, said, kind)
            recent = [*recent[-(COPY_EVERY - 2) :], said]
            yield str(number), self._report(number, said)

    def _copied(self, original: list[str], own: list[str], kind: str) -> list[str]:
        """Return the copy; the short text is its own report's whole prose, and a part of the long one."""
        if kind == "short in long":
            return original[:7]
        share = {"whole": 1.0, "60 %": 0.6, "50 %": 0.5}[kind]
        size = sum(map(len, original))
        taken: list[str] = []
        while sum(map(len, taken)) < share * size:
            taken.append(original[len(taken)])
        rest: list[str] = []
        while sum(map(len, rest)) < sum(map(len, taken)) * (1 / share - 1):
            rest.append(own[len(rest)])
        return [*taken, *rest]

    def _sentence(self) -> str:
        letters = list(self.rng.choice(self.said))
        for _ in range(len(letters) // 8):
            letters[int(self.rng.random() * (len(letters) - 1))] = self.rng.choice(self._letters)
        return "".join(letters)

    def _report(self, number: int, said: list[str]) -> Report:
        sections = (Section(1, "总体情况", "".join(said)), Section(5, "问题", ""))
        return Report(f"{number}", f"第{number}街道办事处", 2024, Format.F2021, sections, ())


def with_datasketch(reports: Iterator[tuple[str, Report]]) -> Peers:
    """Find likely peers with MinHash and LSH: all shingles, BANDS x ROWS permutations."""
    lsh = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    hashes: dict[str, MinHash] = {}
    for key, report in reports:
        minhash = MinHash(num_perm=BANDS * ROWS, hashfunc=int)
        minhash.update_batch(list(sketch_of(report, 1)))
        hashes[key] = minhash
        lsh.insert(key, minhash, check_duplication=False)
    peers: Peers = {}
    for key, minhash in hashes.items():
        near = {
            str(other): minhash.jaccard(hashes[str(other)]) for other in lsh.query(minhash) if other != key
        }
        best = sorted(
            (other for other in near if near[other] >= LEAST_JACCARD), key=lambda other: -near[other]
        )
        if best:
            peers[key] = tuple(best[:MOST_PEERS])
    return peers


def measure(name: str, count: int, find: Callable[[Iterator[tuple[str, Report]]], Peers]) -> None:
    """Print what one way finds, and what it takes beside the making of the reports."""
    library = Library(count)
    made = time.process_time()
    for _key, report in library.reports():
        sketch_of(report, sample_for(count))
    sketching_s = time.process_time() - made
    library = Library(count)
    started = time.process_time()
    peers = find(library.reports())
    cpu_s = time.process_time() - started
    found = Counter(
        kind for copy, (original, kind) in library.copies.items() if original in peers.get(copy, ())
    )
    planted = Counter(kind for _original, kind in library.copies.values())
    told = ", ".join(f"{kind} {found[kind]}/{planted[kind]}" for kind in KINDS)
    used_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{name}: {told}; {cpu_s:.0f} s of one core with making them ({sketching_s:.0f} s); {used_gb:.2f} GB"
    )


def main() -> None:
    """Print both ways."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    measure("own index", count, lambda reports: likely_peers(reports, sample_for(count)))
    measure("datasketch MinHash LSH", count, with_datasketch)


if __name__ == "__main__":
    main()
