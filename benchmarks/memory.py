"""Memory of a worker process: over many documents, on long PDFs, and with text recognition.

    python benchmarks/memory.py [--documents 2000]

The documents of the corpus are read again and again by one warm child with its usual limits; its resident
memory (VmRSS, and VmHWM where the peak counts) is read from /proc, so this runs on Linux only.
"""

from __future__ import annotations

import argparse
import io
import sys
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parent.parent))  # before the modules here that are called like packages

from extract.errors import ExtractError
from extract.read import read_report
from monitor.children import Children, Limits

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
LONG_PAGES = 100
MB = 1024
"""Kilobytes, as /proc counts."""


def read(content: bytes) -> None:
    """Read a document, whatever it is."""
    try:
        read_report(content)
    except ExtractError:
        return


def memory() -> tuple[int, int]:
    """Return the resident memory of this process and its peak, in MB."""
    lines = (line.split() for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    fields = {line[0]: int(line[1]) for line in lines if line[0] in {"VmRSS:", "VmHWM:"}}
    return fields["VmRSS:"] // MB, fields["VmHWM:"] // MB


def long_pdf(pages: int) -> bytes:
    """Return one PDF of reports with text, one after the other, of so many pages."""
    whole = pypdfium2.PdfDocument.new()
    for path in cycle(sorted((FIXTURES / "corpus").glob("*.pdf"))):
        if "scan" not in path.name:
            part = pypdfium2.PdfDocument(path)
            room = pages - len(whole)
            whole.import_pages(part, list(range(min(len(part), room))))
        if len(whole) == pages:
            saved = io.BytesIO()
            whole.save(saved)
            return saved.getvalue()
    raise FileNotFoundError("no PDF in the corpus")


def measure_many(count: int) -> None:
    """Print the memory of one worker after each tenth of so many documents."""
    paths = [
        path for path in sorted((FIXTURES / "corpus").iterdir()) if path.suffix in {".html", ".pdf", ".docx"}
    ]
    contents = [path.read_bytes() for path in paths if "scan" not in path.name]
    with closing(Children(Limits())) as children:
        for number, content in enumerate(islice(cycle(contents), count), 1):
            children.call(read, content)
            if number == count // 20 or number % (count // 10) == 0:
                print(f"{number} documents: {children.call(memory)[0]} MB", flush=True)


def measure_peak(name: str, content: bytes) -> None:
    """Print the peak of a fresh worker on one document."""
    with closing(Children(Limits())) as children:
        children.call(read, content)
        print(f"{name}: peak {children.call(memory)[1]} MB", flush=True)


def main() -> None:
    """Print all three."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--documents", type=int, default=2000)
    chosen = options.parse_args()
    measure_many(chosen.documents)
    measure_peak(f"PDF of {LONG_PAGES} pages", long_pdf(LONG_PAGES))
    measure_peak("scan", next((FIXTURES / "scans").glob("*.jpg")).read_bytes())


if __name__ == "__main__":
    main()
