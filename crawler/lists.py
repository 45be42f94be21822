"""Lists that come from an API: one answer at a time, read like a list page of its column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from archive.records import Role
from crawler.errors import UnexpectedAnswer
from crawler.exchange import Found, Harvest
from crawler.growth import following
from crawler.links import Link, read_links
from crawler.pages import Page
from crawler.reading import Reach, read_link_list
from crawler.trail import Trail
from extract.dates import parse_date

Ask: TypeAlias = Callable[[Trail], str]
"""From the trail of a page to the address that asks for it."""

_CALLBACK = re.compile(r"^\s*[\w$.]+\s*\(\s*(.*?)\s*\)\s*;?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer: links of the column at `url`, and how many entries the whole list has (None: unsaid).

    `count` is how many entries the answer has, where that is not the number of its links.
    """

    url: str
    links: tuple[Link, ...]
    total: int | None = None
    count: int | None = None


def asked_first(url: str, column: str, trail: Trail) -> Found:
    """Return the request for the first answer of the list at `column`."""
    return Found(url, Role.LIST, Trail(list_url=column, depth=trail.depth), column)


def read_batch(batch: Batch, trail: Trail, reach: Reach, ask: Ask) -> Harvest:
    """Read one answer and ask for the next, as long as the list grows."""
    harvest = read_link_list(batch.url, batch.links, trail, reach)
    if trail.page_number >= reach.most_pages:
        return harvest
    way = following(trail, batch.links, batch.total, batch.count)
    if way is None:
        return harvest
    way = replace(way, list_url=batch.url)
    return harvest | Harvest(found=(Found(ask(way), Role.LIST, way, batch.url),))


def json_of(page: Page) -> Any:  # noqa: ANN401  (any JSON)
    """Return an answer's JSON, taken out of its callback; raises UnexpectedAnswer where it is none."""
    text = page.text.lstrip("\ufeff")
    match = _CALLBACK.match(text)
    try:
        return json.loads(match.group(1) if match else text, strict=False)
    except ValueError as error:
        raise UnexpectedAnswer("the answer is not JSON") from error


def links_in(markup: str, column: str) -> tuple[Link, ...]:
    """Return the links of a piece of markup that belongs to the page at `column`."""
    return read_links(Page(column, markup.encode("utf-8", "replace")))


def link_to(url: str | None, title: object, shown: object = None) -> Link | None:
    """Return a link of an entry's fields, or None where it leads nowhere."""
    name = re.sub(r"<[^>]+>", "", str(title or "")).strip()
    return Link(url, name, name, _day(shown)) if url else None


def whole_number(value: object) -> int | None:
    """Return a count as an API states it, a number or its digits; None for anything else."""
    text = str(value).strip()
    return int(text) if text.isdigit() else None


def _day(shown: object) -> date | None:
    return parse_date(str(shown)) if shown else None
