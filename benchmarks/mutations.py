"""Damage sound reports at random, and count what ends in a fault of ours or takes long.

    python benchmarks/mutations.py [SECONDS [SEED]]

Three campaigns of SECONDS (default 60) each: prose with the rules, lines and cells of the normalized text
with the parser, and the parts of Office, OFD, HTML and PDF files with their readers. An error of ours
(ExtractError) is an answer; any other exception is a fault. What fails is kept in ./mutation-*, to become
a test.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from extract.errors import ExtractError  # noqa: E402
from extract.model import Report  # noqa: E402
from extract.normalize import normalize  # noqa: E402
from extract.parser import parse_report  # noqa: E402
from monitor.rules.context import RuleContext  # noqa: E402
from monitor.rules.engine import run_rules  # noqa: E402
from tests.conformance.generated import Maker  # noqa: E402
from tests.conformance.render import text_of  # noqa: E402
from tests.extract.generate import make_sample  # noqa: E402
from tests.extract.render import normal  # noqa: E402

CORPUS = ROOT / "tests" / "fixtures" / "corpus"
FILES = ("*.docx", "*.ofd", "*.xlsx", "*.xls", "*.html", "*.pdf")
SLOW_S = {"prose": 1.0, "lines": 3.0, "files": 20.0}
WORDS = (
    *"，。；：、（）件条年月日万余等共",
    "其中",
    "包括",
    "不予公开",
    "收到",
    "0",
    "12",
    "2024年",
    "9" * 12,
    "##",
    "\n",
)
NUMBERS = (b"0", b"-1", b"1e9", b"99999999999", b"0.0000001", b"nan", b"65535", b"")
NUMBER = re.compile(rb"-?\d+\.?\d*")
Damage = Callable[[random.Random], bytes]


def main() -> None:
    """Run the campaigns and print a line for each."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    for name, damage in (("prose", damaged_prose(seed)), ("lines", damaged_lines), ("files", damaged_file)):
        _campaign(name, damage, seconds, random.Random(seed))


def damaged_prose(seed: int) -> Damage:
    """Return a source of generated reports in whose text stretches are lost, repeated and mixed up."""
    maker = Maker(seed)

    def make(rng: random.Random) -> bytes:
        text = text_of(maker.sound().spec)
        for _ in range(rng.choice((1, 3, 10, 60))):
            at, length = rng.randrange(len(text)), rng.randrange(1, 60)
            other = rng.choice(list(_other_prose(text, at, length, rng)))
            text = text[:at] + other + text[at + length // 2 :]
        return text.encode()

    return make


def _other_prose(text: str, at: int, length: int, rng: random.Random) -> Iterator[str]:
    elsewhere = rng.randrange(len(text))
    yield ""
    yield text[elsewhere : elsewhere + length]
    yield rng.choice(WORDS) * rng.choice((1, 5, 50, 300))
    yield text[at : at + length] * rng.choice((2, 10, 60))


def damaged_lines(rng: random.Random) -> bytes:
    """Lose, move and mix lines and cells of a report with those of another."""
    lines = normal(make_sample(rng.randrange(10**6))).split("\n")
    others = normal(make_sample(rng.randrange(10**6))).split("\n")
    for _ in range(rng.choice((1, 2, 5, 20))):
        at = rng.randrange(len(lines))
        cells = lines[at].split("\t")
        rng.shuffle(cells)
        changed = (
            [],
            ["", lines[at]],
            [rng.choice(others), lines[at]],
            ["\t".join(cells)],
            [lines[at], "##"],
        )
        lines[at : at + rng.choice((1, 1, 4))] = rng.choice(changed)
        lines = lines or [""]
    return "\n".join(lines).encode()


def damaged_file(rng: random.Random) -> bytes:
    """Change numbers and lose stretches in a file of the corpus, in a part of it where it is a package."""
    path = rng.choice(sorted(path for pattern in FILES for path in CORPUS.glob(pattern)))
    content = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return _damaged_bytes(content, rng)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(changed, "w") as made:
        hit = rng.choice([name for name in package.namelist() if name.endswith((".xml", ".rels"))])
        for name in package.namelist():
            part = package.read(name)
            made.writestr(name, _damaged_bytes(part, rng) if name == hit and part else part)
    return changed.getvalue()


def _damaged_bytes(content: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        at, length = rng.randrange(len(content) or 1), rng.randrange(1, 40)
        match = NUMBER.search(content, at)
        if match and rng.random() < 0.7:
            content = content[: match.start()] + rng.choice(NUMBERS) + content[match.end() :]
        else:
            content = content[:at] + content[at + length :]
    return content


def _campaign(name: str, damage: Damage, seconds: float, rng: random.Random) -> None:
    until, made, faults, slow, longest = time.monotonic() + seconds, 0, 0, 0, 0.0
    while time.monotonic() < until:
        content = damage(rng)
        made += 1
        started = time.process_time()
        try:
            _read(content, with_rules=name == "prose")
        except ExtractError:
            pass
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            faults += 1
            _keep(name, made, content, repr(error))
        took = time.process_time() - started
        longest = max(longest, took)
        if took > SLOW_S[name]:
            slow += 1
            _keep(name, made, content, f"{took:.1f} s")
    print(f"{name}: {made} made, {faults} ended in a fault, {slow} took long, the longest {longest:.1f} s")


def _read(content: bytes, *, with_rules: bool) -> Report:
    text = normalize(content)
    report = parse_report(text)
    if with_rules:
        run_rules(RuleContext(report, text=text))
    return report


def _keep(name: str, number: int, content: bytes, what: str) -> None:
    path = Path(f"mutation-{name}-{number}")
    path.write_bytes(content)
    print(f"  {path}: {what}")


if __name__ == "__main__":
    main()
