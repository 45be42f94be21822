"""The labels of the official forms, to tell a row cut by a page break from two rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz, process

from config.formats import Column, Form, Group, Row, load_forms

_HEADS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "申请人情况",
    "法人或其他组织",
    "信息内容",
)
"""Cells of the heads that stand for no row or column."""
_NOT_LETTERS = re.compile(r"[\W_]")
GOOD = 88.0
"""Similarity, of 100, from which a text is taken for a label."""


def is_exact(text: str) -> bool:
    """Tell whether `text` is an official label but for punctuation, width and blanks."""
    return bare(text) in _labels()


def is_part(text: str) -> bool:
    """Tell whether `text` stands, as it is, somewhere in an official label."""
    plain = bare(text)
    return bool(plain) and any(plain in label for label in _labels())


def likeness(text: str) -> float:
    """Return how near `text` is to an official label of any form, from 0 to 100."""
    plain = bare(text)
    if not plain:
        return 0.0
    if plain in _labels():
        return 100.0
    best = process.extractOne(plain, _labels(), scorer=fuzz.ratio)
    return float(best[1]) if best else 0.0


def bare(text: str) -> str:
    """Return letters and digits only, half-width: what labels are compared by."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text))


@cache
def _labels() -> frozenset[str]:
    return frozenset(bare(label) for form in load_forms().values() for label in _labels_of(form))


def _labels_of(form: Form) -> Iterator[str]:
    yield from _HEADS
    for table in form.tables:
        columns = [column for group in table.groups for column in group.columns]
        parts: list[Row | Group | Column] = [*table.rows, *table.groups, *table.columns, *columns]
        for part in parts:
            yield part.label
            yield from part.aliases
