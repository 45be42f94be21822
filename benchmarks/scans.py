"""How exactly scans are read: pages of real documents made into pictures, skewed, noisy, stamped.

    python benchmarks/scans.py [--corpus DIR] [--limit N]

Every PDF with text of a corpus (see accuracy.py) is drawn page by page and spoiled as a scanner and a clerk
do, the same way at each run: at 200 dpi turned by up to one degree, at 150 dpi with a red stamp over the
numbers of every page. `wrong` must be 0; what a stamp covers may be a `gap`.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
from accuracy import COLUMNS, FIXTURES, documents, score, truth_cells
from PIL import Image, ImageDraw, ImageFilter

sys.path.insert(0, str(Path(__file__).parent.parent))

from extract.errors import ExtractError
from extract.parser import parse_report
from extract.readers.ocr import read_pictures

RED = (214, 45, 45)
POINTS_PER_INCH = 72
PAPER = (248, 247, 243)


def drawn(content: bytes, dpi: int) -> list[Image.Image]:
    """Draw the pages of a PDF."""
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.render(scale=dpi / POINTS_PER_INCH).to_pil().convert("RGB") for page in pdf]


def scanned(picture: Image.Image, rng: random.Random, degrees: float) -> bytes:
    """Turn, soften and stain a page as a scanner does, and keep it as a JPEG."""
    turned = picture.rotate(rng.uniform(-degrees, degrees), Image.Resampling.BICUBIC, fillcolor="white")
    soft = turned.filter(ImageFilter.GaussianBlur(0.5))
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 6, (*soft.size[::-1], 1))
    shade = np.asarray(soft, dtype=np.float64) * np.array(PAPER) / 255 + noise
    stream = io.BytesIO()
    Image.fromarray(shade.clip(0, 255).astype(np.uint8)).save(stream, "JPEG", quality=75)
    return stream.getvalue()


def stamped(picture: Image.Image, rng: random.Random, dpi: int) -> Image.Image:
    """Put a round red stamp of 4.2 cm, with a star and a line of writing, over the page."""
    radius = round(2.1 / 2.54 * dpi)
    x = rng.uniform(0.35, 0.85) * picture.width
    y = rng.uniform(0.2, 0.8) * picture.height
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=max(3, dpi // 25))
    draw.regular_polygon((x, y, radius * 0.3), 5, fill=RED)
    draw.line(
        (x - radius * 0.7, y + radius * 0.5, x + radius * 0.7, y + radius * 0.5), fill=RED, width=dpi // 15
    )
    return Image.fromarray(np.minimum(np.asarray(picture), np.asarray(layer)))


def slightly_skewed(content: bytes, rng: random.Random) -> list[bytes]:
    """200 dpi, turned by up to one degree."""
    return [scanned(page, rng, 1.0) for page in drawn(content, 200)]


def under_a_stamp(content: bytes, rng: random.Random) -> list[bytes]:
    """150 dpi, turned by up to half a degree, a stamp on every page."""
    return [scanned(stamped(page, rng, 150), rng, 0.5) for page in drawn(content, 150)]


KINDS: dict[str, Callable[[bytes, random.Random], list[bytes]]] = {
    "200 dpi, skewed": slightly_skewed,
    "150 dpi, stamped": under_a_stamp,
}


def read_one(name: str, pages: list[bytes], truth: dict[str, object]) -> Counter[str]:
    """Read the pictures of one report and score them."""
    start = time.perf_counter()
    try:
        report = parse_report(read_pictures(pages))
    except ExtractError as error:
        print(f"  {name}: {error}", flush=True)
        cells = len(truth_cells(truth))  # type: ignore[arg-type]
        return Counter(documents=1, cells=cells, gap=cells)
    count = score(report, truth)
    seconds = time.perf_counter() - start
    told = f"{count['wrong']} wrong, {count['gap']} gaps"
    print(f"  {name}: {told}, {len(pages)} pages in {seconds:.0f} s", flush=True)
    return count


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, default=FIXTURES / "corpus")
    options.add_argument("--limit", type=int, default=None, help="PDFs to read")
    chosen = options.parse_args()
    pdfs = [
        (path, truth) for kind, path, truth in documents(chosen.corpus) if kind in ("pdf lo", "pdf chrome")
    ]
    counts = {kind: Counter[str]() for kind in KINDS}
    for path, truth in pdfs[: chosen.limit]:
        for kind, spoil in KINDS.items():
            rng = random.Random(f"{path.name} {kind}")
            pages = spoil(path.read_bytes(), rng)
            counts[kind] += read_one(f"{path.name}, {kind}", pages, truth)
    print("| scan |", " | ".join(COLUMNS), "|")
    print("|---|" + "---:|" * len(COLUMNS))
    for kind, count in counts.items():
        print(f"| {kind} |", " | ".join(str(count[column]) for column in COLUMNS), "|")


if __name__ == "__main__":
    main()
