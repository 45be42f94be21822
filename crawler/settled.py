"""A crawl's program is loaded when it begins: Python's garbage collector need not visit it again."""

from __future__ import annotations

import gc
from functools import cache
from typing import Self

from scrapy.crawler import Crawler


class Settled:
    """Extension that keeps what is loaded by then out of collections, once in a process.

    Each full collection would else visit half a million objects that live as long as the program.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:  # noqa: ARG003
        """Freeze at the first crawl of a process."""
        _freeze()
        return cls()


@cache
def _freeze() -> None:
    gc.freeze()
