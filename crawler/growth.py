"""From one page of a list to the next: a list must grow with every page, or its paging does not work.

Servers ignore parameters, cap the size of pages, and answer questions past the end with the last page
again. So nothing is computed from the size that was asked for: what counts is what came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from crawler.errors import UnexpectedAnswer
from crawler.links import Link
from crawler.trail import Trail


def following(
    trail: Trail, links: Sequence[Link], total: int | None = None, count: int | None = None
) -> Trail | None:
    """Return the trail of the page after this one, or None where this was the last.

    `total` is how many entries the whole list says it has, `count` how many this page has where that
    is not the number of its links. Raises UnexpectedAnswer where the list has
    more than it shows: a page that repeats the one before it, or an empty one before the end.
    """
    seen, digest = trail.seen + (len(links) if count is None else count), digest_of(links)
    if total is not None and seen >= total:
        return None
    if total is None and (not links or digest == trail.before):
        return None
    if not links:
        raise UnexpectedAnswer(f"the list ends after {trail.seen} of {total} entries")
    if digest == trail.before:
        raise UnexpectedAnswer(f"page {trail.page_number} repeats the page before it")
    return replace(trail, page_number=trail.page_number + 1, seen=seen, before=digest, hops=(), refetch=False)


def digest_of(links: Sequence[Link]) -> str:
    """Return what a page is known by: the addresses that it links, whatever host it came from."""
    return hashlib.sha256(
        "\n".join(link.url.partition("//")[2].partition("/")[2] for link in links).encode()
    ).hexdigest()[:16]
