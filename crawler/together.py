"""What ends together is committed together: one transaction for all hosts that answered in one turn.

Theory. A transaction flushes journal and database, and writes the same few pages of its tables again,
however little it brings; hosts are asked side by side. So the exchanges that reach the archive in one
turn of the event loop wait for its end and share a transaction, whichever portals they belong to. A
request stays in flight until then: its host is asked nothing else, and a kill repeats what was in
flight and no more.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from weakref import WeakKeyDictionary

from crawler.commit import commit
from crawler.exchange import Exchange
from crawler.visit import Visit

Waiting = tuple[Visit, Exchange, asyncio.Future[None]]

_waiting: WeakKeyDictionary[asyncio.AbstractEventLoop, list[Waiting]] = WeakKeyDictionary()


async def commit_together(visit: Visit, exchange: Exchange) -> None:
    """Commit an exchange with the others of this turn; returns when it is in the archive."""
    loop = asyncio.get_running_loop()
    committed = loop.create_future()
    waiting = _waiting.setdefault(loop, [])
    if not waiting:
        loop.call_soon(_commit_waiting, waiting)
    waiting.append((visit, exchange, committed))
    await committed


def _commit_waiting(waiting: list[Waiting]) -> None:
    by_archive: dict[int, list[Waiting]] = defaultdict(list)
    for one in waiting:
        by_archive[id(one[0].archive)].append(one)
    waiting.clear()
    for ended in by_archive.values():
        _commit(ended)


def _commit(ended: list[Waiting]) -> None:
    """Commit in one transaction; where it fails, each by itself, so that one does not take others along."""
    try:
        commit(*((visit, exchange) for visit, exchange, _committed in ended))
    except Exception as error:  # noqa: BLE001  (told to whoever waits for it)
        if len(ended) > 1:
            for one in ended:
                _commit([one])
        elif not ended[0][2].done():
            ended[0][2].set_exception(error)
        return
    for _visit, _exchange, committed in ended:
        if not committed.done():  # cancelled: the crawl is being stopped
            committed.set_result(None)
