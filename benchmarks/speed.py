"""Speed of reading, side by side in one run, as ratios.

    python benchmarks/speed.py [--rounds N] [--corpus DIR]

Every round times our whole path (bytes -> report) and the bare library pass over the same files, one
after the other, so that a noisy machine disturbs both; each ratio is formed inside its round and the
median over the rounds is printed. PDF is read the fast way (pdfium; pdfplumber where that leaves doubt) and
the plain way (pdfplumber alone); scans are whole pages of a PDF, drawn and spoiled as benchmarks/scans.py
does. Last comes what a worker process costs beside its reading: its start, and
handing over a batch of 200.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest.mock import patch

import cv2
import numpy as np
import pdfplumber
from bs4 import BeautifulSoup
from docx import Document
from scans import slightly_skewed

sys.path.insert(0, str(Path(__file__).parent.parent))  # before the modules here that are called like packages

from extract.errors import NotAReport
from extract.parser import parse_report
from extract.read import read_report
from extract.readers import ocr, ocr_engine, pdf_plumber
from monitor.children import Children, Limits

HANDED_OVER = 10
"""Documents read in a child before the same are read here."""
FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"


def ours(content: bytes) -> None:
    """Read one document the way the product does."""
    read_report(content)


def ours_plain(content: bytes) -> None:
    """Read a PDF by pdfplumber alone."""
    parse_report(pdf_plumber.read(content))


def ours_once(content: bytes) -> None:
    """Recognise a page without second readings."""
    with patch.object(ocr, "read_lines", lambda crops: [""] * len(crops)):
        ours_ocr(content)


def ours_ocr(content: bytes) -> None:
    """Recognise a page, every cell twice, and look for a report in it."""
    text = ocr.read(content)
    with suppress(NotAReport):  # a page in the middle of one has no title
        parse_report(text)


def bare_rapidocr(content: bytes) -> None:
    """Only RapidOCR's own pass over the page."""
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    ocr_engine._engine()(picture)  # noqa: SLF001 - the very engine that we use


def bare_pdfplumber(content: bytes) -> None:
    """Read only the characters of every page."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            _ = page.chars
            page.close()


def bare_soup(content: bytes) -> None:
    """Only parse the page."""
    BeautifulSoup(content, "lxml")


def bare_docx(content: bytes) -> None:
    """Only open the document."""
    Document(io.BytesIO(content))


def seconds(read: Callable[[bytes], None], contents: list[bytes]) -> float:
    """Time one pass over all documents."""
    start = time.perf_counter()
    for content in contents:
        read(content)
    return time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read documents, and what it is measured against."""

    name: str
    read: Callable[[bytes], None]
    bare: Callable[[bytes], None]
    contents: list[bytes]


def compare(way: Way, rounds: int) -> float:
    """Print the median ratio to the bare pass; return the median seconds of ours per document."""
    for read in (way.read, way.bare):
        seconds(read, way.contents)  # warm: imports, fonts, caches
    pairs = [(seconds(way.read, way.contents), seconds(way.bare, way.contents)) for _ in range(rounds)]
    ratio = median(mine / base for mine, base in pairs)
    own = median(mine for mine, _base in pairs) / len(way.contents)
    count = len(way.contents)
    print(f"| {way.name} | {count} | {own * 1000:.1f} | {way.bare.__name__} | {ratio:.2f} |", flush=True)
    return own


def measure_worker(contents: list[bytes], batch: int = 200) -> None:
    """Print what a child process costs beside its reading, over a batch; a few there, the same few here."""
    wanted = (contents * batch)[:batch]
    seconds(ours, contents)
    with closing(Children(Limits())) as children:
        start = time.perf_counter()
        children.call(ours, wanted[0])
        started, there, here = time.perf_counter() - start, 0.0, 0.0
        for first in range(0, batch, HANDED_OVER):
            part = wanted[first : first + HANDED_OVER]
            there += seconds(lambda content: children.call(ours, content), part)
            here += seconds(ours, part)
    print(
        f"\nworker: start {started:.2f} s; {batch} documents {there:.1f} s, {here:.1f} s of them reading; "
        f"start and hand-over {(started + there - here) / here:.0%}"
    )


def ways(corpus: Path) -> Iterator[Way]:
    """Yield what is measured, over the documents of a corpus."""

    def contents(pattern: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted(corpus.glob(pattern)) if "scan" not in path.name]

    yield Way("HTML", ours, bare_soup, contents("*.html"))
    yield Way("DOCX", ours, bare_docx, contents("*.docx"))
    yield Way("PDF, fast", ours, bare_pdfplumber, contents("*.pdf"))
    yield Way("PDF, plain", ours_plain, bare_pdfplumber, contents("*.pdf"))
    pages = slightly_skewed(next(content for content in contents("*-lo.pdf")), random.Random(1))
    scans = pages[1:4]  # with the tables, and a page of prose
    yield Way("scan, read once", ours_once, bare_rapidocr, scans)
    yield Way("scan", ours_ocr, bare_rapidocr, scans)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--corpus", type=Path, default=FIXTURES / "corpus")
    chosen = options.parse_args()
    print("| path | documents | ms/document | against | ratio |")
    print("|---|---:|---:|---|---:|")
    times = {way.name: compare(way, chosen.rounds) for way in ways(chosen.corpus)}
    seeds = [path.read_bytes() for path in sorted((FIXTURES / "seeds").glob("*.txt"))]
    seconds(ours, seeds)
    text = median(seconds(ours, seeds) for _ in range(chosen.rounds)) / len(seeds)
    for name in ("PDF, fast", "PDF, plain"):
        print(f"| text | {len(seeds)} | {text * 1000:.1f} | {name} | 1/{times[name] / text:.0f} |")
    measure_worker([path.read_bytes() for path in sorted(chosen.corpus.glob("*.html"))])


if __name__ == "__main__":
    main()
