"""What ends together is committed together: one transaction for all hosts that answered just now.

Theory. A transaction flushes journal and database, and writes the same few pages of its tables again,
however little it brings; hosts are asked side by side. So an exchange waits a moment for the others
that its portal has in flight, and whatever reaches the archive until then, of whichever portal, shares
its transaction. A request stays in flight until it is committed: its host is asked nothing else, and a
kill repeats what was in flight and no more.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from crawler.commit import commit
from crawler.exchange import Exchange
from crawler.visit import Visit

PATIENCE_S = 0.02
"""How long an exchange waits for others: little beside any pace, long enough to read a few pages."""

Waiting = tuple[Visit, Exchange, asyncio.Future[None]]


@dataclass(slots=True)
class _Turn:
    """The exchanges that wait, and what will commit them."""

    waiting: list[Waiting] = field(default_factory=list)
    end: asyncio.Handle | None = None

    def is_complete(self) -> bool:
        """Tell whether nothing is in flight that is not here."""
        visits = {id(visit): visit for visit, _exchange, _committed in self.waiting}
        return sum(len(visit.busy) for visit in visits.values()) <= len(self.waiting)

    def commit(self) -> None:
        """Commit what waits, each archive's in one transaction."""
        by_archive: dict[int, list[Waiting]] = defaultdict(list)
        for one in self.waiting:
            by_archive[id(one[0].archive)].append(one)
        self.waiting.clear()
        self.end = None
        for ended in by_archive.values():
            _commit(ended)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, _Turn] = WeakKeyDictionary()


async def commit_together(visit: Visit, exchange: Exchange) -> None:
    """Commit an exchange with others that end now; returns when it is in the archive."""
    loop = asyncio.get_running_loop()
    committed = loop.create_future()
    turn = _turns.setdefault(loop, _Turn())
    turn.waiting.append((visit, exchange, committed))
    if turn.end is None:
        turn.end = loop.call_later(PATIENCE_S, turn.commit)
    if turn.is_complete():
        turn.end.cancel()
        turn.end = loop.call_soon(turn.commit)
    await committed


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
