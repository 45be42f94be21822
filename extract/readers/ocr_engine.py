"""RapidOCR behind two questions: what is written on a page, and what in these little pictures.

The engine is the extra `nianbao[ocr]`; its models are part of its wheel, nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.errors import UnsupportedFormat

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

_HOW_TO_INSTALL = "读取扫描件和图片需要文字识别，请安装 nianbao[ocr]（pip install 'nianbao[ocr]'）"
_LONGEST_SIDE_PX = 2000
_LEAST_SCORE = 0.5
_PARAMETERS = {
    "Global.use_cls": False,
    "Global.max_side_len": _LONGEST_SIDE_PX,
    "Global.text_score": _LEAST_SCORE,
    "Global.return_word_box": True,
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Word(NamedTuple):
    """A CJK character or a run of others as recognised, with its box in pixels."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def check_installed() -> None:
    """Raise UnsupportedFormat with what to install where the extra is missing."""
    _engine()


def read_page(picture: Pixels) -> Iterator[Word]:
    """Yield the words of a page; those of one line share its upper and lower edge."""
    found = _engine()(picture)
    if found.boxes is None or found.txts is None:
        return
    words = found.word_results if len(found.word_results) == len(found.txts) else [None] * len(found.txts)
    for box, text, parts in zip(found.boxes, found.txts, words, strict=True):
        left, top, right, bottom = _extent(box)
        if parts and "".join(part[0] for part in parts) == text:
            for part in parts:
                x0, _, x1, _ = _extent(part[2])
                yield Word(part[0], x0, top, x1, bottom)
        else:
            yield Word(text, left, top, right, bottom)


def read_lines(pictures: Sequence[Pixels]) -> list[str]:
    """Return what is written in pictures that hold one line each; "" where nothing can be read."""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    if not pictures:
        return []
    engine = _engine()
    recogniser = engine._load_rec_model()  # noqa: SLF001 - the public call would look for lines first
    found = recogniser(TextRecInput(img=list(pictures), return_word_box=False))
    return [
        text.strip() if score >= _LEAST_SCORE else ""
        for text, score in zip(found.txts or (), found.scores, strict=True)
    ]


@lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401 - the library has no types
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise UnsupportedFormat(_HOW_TO_INSTALL) from error
    return RapidOCR(params=_PARAMETERS)


def _extent(corners: Iterable[Sequence[float]]) -> tuple[float, float, float, float]:
    points = list(corners)
    xs, ys = [float(point[0]) for point in points], [float(point[1]) for point in points]
    return min(xs), min(ys), max(xs), max(ys)
