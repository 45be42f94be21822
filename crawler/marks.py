"""What the pages of a family are known by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.pages import Page


@dataclass(frozen=True, slots=True)
class Marks:
    """A pattern of the addresses of a family's pages, and what one of them has in its bytes."""

    address: re.Pattern[str] | None = None
    content: tuple[bytes, ...] = ()

    def fit(self, page: Page) -> bool:
        """Tell whether a page has one of the marks."""
        if self.address is not None and self.address.search(page.url):
            return True
        return any(mark in page.content for mark in self.content)
