"""Speed of reading, side by side in one run, as ratios.

    python benchmarks/speed.py [--rounds N] [--corpus DIR]

Every round times our whole path (bytes -> report) and the bare library pass over the same files, one
after the other, so that a noisy machine disturbs both; each ratio is formed inside its round and the
median over the rounds is printed.
"""

from __future__ import annotations

import argparse
import io
import logging
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pdfplumber
from bs4 import BeautifulSoup
from docx import Document

from extract.read import read_report

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"


def ours(content: bytes) -> None:
    """Read one document the way the product does."""
    read_report(content)


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


def compare(
    name: str, contents: list[bytes], bare: Callable[[bytes], None], rounds: int
) -> tuple[str, float, float]:
    """Return (row, median seconds of ours per document, median ratio to the bare pass)."""
    for read in (ours, bare):
        seconds(read, contents)  # warm: imports, fonts, caches
    pairs = [(seconds(ours, contents), seconds(bare, contents)) for _ in range(rounds)]
    ratio = median(mine / base for mine, base in pairs)
    own = median(mine for mine, _base in pairs) / len(contents)
    row = f"| {name} | {len(contents)} | {own * 1000:.1f} | {bare.__name__} | {ratio:.2f} |"
    return row, own, ratio


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--corpus", type=Path, default=FIXTURES / "corpus")
    chosen = options.parse_args()
    corpus: Path = chosen.corpus
    pdfs = [path for path in sorted(corpus.glob("*.pdf")) if "scan" not in path.name]
    groups = [
        ("HTML", sorted(corpus.glob("*.html")), bare_soup),
        ("DOCX", sorted(corpus.glob("*.docx")), bare_docx),
        ("PDF", pdfs, bare_pdfplumber),
    ]
    print("| path | documents | ms/document | against | ratio |")
    print("|---|---:|---:|---|---:|")
    times = {}
    for name, paths, bare in groups:
        contents = [path.read_bytes() for path in paths]
        row, times[name], _ratio = compare(name, contents, bare, chosen.rounds)
        print(row)
    seeds = [path.read_bytes() for path in sorted((FIXTURES / "seeds").glob("*.txt"))]
    seconds(ours, seeds)
    text = median(seconds(ours, seeds) for _ in range(chosen.rounds)) / len(seeds)
    print(f"| text | {len(seeds)} | {text * 1000:.1f} | our PDF path | 1/{times['PDF'] / text:.0f} |")


if __name__ == "__main__":
    main()
