"""Any portal whose lists are pages of links: decided by titles, not by one site's markup."""

from __future__ import annotations

import re
from typing import Annotated, cast

from pydantic import Field, field_validator

from config.yaml_model import ConfigModel
from crawler.exchange import Harvest
from crawler.pages import Page
from crawler.reading import Reach, read_article_page, read_list_page
from crawler.spiders.base import PortalSpider
from crawler.trail import Trail


class GenericOptions(ConfigModel):
    """Options of `family: generic`, and of every other family.

    `link_pattern` (a regular expression) follows links of the lists by address, for columns that show
    only the names of bodies; `most_pages` and `most_depth` bound paging and lists within lists.
    """

    link_pattern: str | None = None
    most_pages: Annotated[int, Field(ge=1, le=1000)] = 50
    most_depth: Annotated[int, Field(ge=0, le=4)] = 2

    @field_validator("link_pattern")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"{value!r} is not a regular expression: {error}") from error
        return value


class GenericSpider(PortalSpider):
    """Reads list pages of any kind, article pages and attachments."""

    name = "generic"
    Options = GenericOptions

    @property
    def reach(self) -> Reach:
        """How far this portal's lists are followed."""
        options = cast("GenericOptions", self.options)
        pattern = re.compile(options.link_pattern) if options.link_pattern else None
        return Reach(self.year, options.most_pages, options.most_depth, pattern)

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page by its links."""
        return read_list_page(page, trail, self.reach)

    def read_article(self, page: Page, trail: Trail) -> Harvest:
        """Read an article page by its sections and files."""
        return read_article_page(page, trail, self.reach)
