"""One request at a time to a host, with a pause between two, whichever portals ask it.

Theory. Scrapy's own slots belong to one crawler; two portals on one host would ask it at the same
time. The turns here belong to the process, and the download handler takes one for every request, so
robots.txt, redirects and retries are all polite.
"""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic
from urllib.parse import urlsplit

from config.portals import effective_port


@dataclass(slots=True)
class _Turns:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = -math.inf  # when the last request ended, on the monotonic clock
    rest_s: float = 0.0  # how long the host rests after it


ADDRESSES_REMEMBERED = 1024
"""Everybody on the way of a request asks for its host."""

_turns: defaultdict[str, _Turns] = defaultdict(_Turns)


@lru_cache(maxsize=ADDRESSES_REMEMBERED)
def host_of(url: str) -> str:
    """Return the host of an address as `name:port`."""
    return f"{(urlsplit(url).hostname or '').lower()}:{effective_port(url)}"


@asynccontextmanager
async def turn(host: str, pause_s: float) -> AsyncIterator[None]:
    """Wait for the host's turn, at least `pause_s` after the last one ended.

    A host that took longer to answer than the pause gets that long a rest, where there is a pause.
    """
    turns = _turns[host]
    async with turns.lock:
        wait_s = turns.ended + max(turns.rest_s, pause_s) - monotonic()
        if wait_s > 0:
            await asyncio.sleep(wait_s)
        began = monotonic()
        try:
            yield
        finally:
            turns.ended = monotonic()
            turns.rest_s = max(pause_s, turns.ended - began) if pause_s else 0.0
