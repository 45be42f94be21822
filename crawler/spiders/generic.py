"""Any portal whose lists are pages of links: decided by titles, not by one site's markup."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, ClassVar, TypeAlias, cast

from pydantic import Field, field_validator

from config.language import say
from config.yaml_model import ConfigModel
from crawler.exchange import Found, Harvest
from crawler.marks import Marks
from crawler.pages import Page
from crawler.reading import Reach, read_article_page, read_list_page
from crawler.spiders.base import PortalSpider
from crawler.trail import Trail
from crawler.verdicts import Judgement

SPIDERS = "crawler.spiders"

Families: TypeAlias = "tuple[type[GenericSpider], ...]"


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
                reason = say("不是正则表达式", "not a regular expression")
                raise ValueError(f"{value!r}: {reason}: {error}") from error
        return value


class GenericSpider(PortalSpider):
    """Reads list pages of any kind, article pages and attachments.

    A page with the marks of a family is read as that family reads it, so that a portal needs to name its
    family only for the family's options.
    """

    name = "generic"
    Options = GenericOptions
    marks: ClassVar[Marks | None] = None
    """What pages of the family are known by; None where the generic reading is all that they need."""

    @property
    def reach(self) -> Reach:
        """How far this portal's lists are followed."""
        options = cast("GenericOptions", self.options)
        pattern = re.compile(options.link_pattern) if options.link_pattern else None
        return Reach(self.year, options.most_pages, options.most_depth, pattern)

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page by its links."""
        family = self._family_of(page, marked_families())
        return family.read_list(page, trail) if family else read_list_page(page, trail, self.reach)

    def read_article(self, page: Page, trail: Trail) -> Harvest:
        """Read an article page by its sections and files."""
        family = self._family_of(page, article_families())
        return family.read_article(page, trail) if family else read_article_page(page, trail, self.reach)

    def does_the_work_of(self, content: bytes) -> bool:
        """Tell whether a page's script only fetches what a family's reading fetches, too."""
        if self.marks is not None:
            return super().does_the_work_of(content)
        return any(sign in content for family in marked_families() for sign in family.scripts_read)

    def instead(self, asked: Found, judgement: Judgement) -> Iterable[Found]:
        """Return what the family of an address would ask in its place."""
        family = self._family_of(Page(asked.url, b""), marked_families())
        return family.instead(asked, judgement) if family else ()

    def _family_of(self, page: Page, families: Families) -> GenericSpider | None:
        """Return a reader of the page's family with the options that all families share, or None."""
        family = family_of(page, families) if self.marks is None else None
        if family is None or isinstance(self, family):
            return None
        reader = family.__new__(family)
        reader.assignment = self.assignment
        shared = self.options.model_dump(include=set(GenericOptions.model_fields))
        reader.options = family.Options.model_validate(shared)
        return reader


@cache
def marked_families() -> Families:
    """Return the families that have marks of their own, by name."""
    package = importlib.import_module(SPIDERS)
    names = [f"{SPIDERS}.{module.name}" for module in pkgutil.iter_modules(package.__path__)]
    values = [value for name in names for value in vars(importlib.import_module(name)).values()]
    families = {
        value.name: value
        for value in values
        if isinstance(value, type) and issubclass(value, GenericSpider) and value.marks is not None
    }
    return tuple(families[name] for name in sorted(families, reverse=True))


@cache
def article_families() -> Families:
    """Return those of them that read articles in a way of their own; few do, and articles are many."""
    return tuple(one for one in marked_families() if one.read_article is not GenericSpider.read_article)


def family_of(page: Page, families: Families) -> type[GenericSpider] | None:
    """Return the first of the families whose marks a page has, or None."""
    return next((one for one in families if one.marks is not None and one.marks.fit(page)), None)
