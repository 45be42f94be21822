"""What the log says of each page: one line, by the pipeline that commits it."""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter


class Lines(LogFormatter):
    """Leaves out Scrapy's own two lines for each page, which would say the same again."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """Say nothing."""

    def scraped(self, item: Any, response: object, spider: Spider) -> None:  # type: ignore[override]  # noqa: ANN401
        """Say nothing."""
