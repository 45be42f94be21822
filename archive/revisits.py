"""When a stored document is asked for again: often while it is new, rarely once it has long stood.

Theory. A report is changed or taken down mostly in the weeks after it appeared, so for that time every
crawl looks at it; later a look a week, then a month, is enough and costs the portal little. What is
gone is looked at by every crawl for some weeks: only several good answers prove that it was withdrawn.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from archive.store import Row, stamp

DENSE_FOR = timedelta(days=30)
WEEKLY_UNTIL = timedelta(days=180)
GONE_DENSE_FOR = timedelta(days=45)
_SLACK = timedelta(hours=12)
"""A crawl never begins to the second a week after the last one."""
WEEK = timedelta(days=7) - _SLACK
MONTH = timedelta(days=30) - _SLACK

_FIRST_SEEN = "(select min(first_seen_at) from documents where documents.url = targets.url)"
_LAST_SEEN = "(select max(last_seen_at) from documents where documents.url = targets.url)"
_LAST_ASKED = "(select requested_at from captures where captures.id = targets.last_capture)"
FRESH_SINCE = (
    f"case when coalesce({_FIRST_SEEN}, :now) > :dense_since then :fresh_since"
    f" when {_FIRST_SEEN} > :weekly_since then :week_ago else :month_ago end"
)
"""SQL over `targets`: what was fetched later than this is not due yet."""
GONE_IS_DUE = (
    f"({_LAST_SEEN} is not null and coalesce({_LAST_ASKED}, '') <="
    f" case when {_LAST_SEEN} > :gone_since then :fresh_since else :month_ago end)"
)
"""SQL over `targets` that are gone: whether a stored document was there, and is due to be looked for."""


def revisit_parameters(now: datetime, fresh_since: datetime) -> Row:
    """Return the parameters of the fragments; `fresh_since` is how old a new document must be."""
    return {
        "now": stamp(now),
        "fresh_since": stamp(fresh_since),
        "dense_since": stamp(now - DENSE_FOR),
        "weekly_since": stamp(now - WEEKLY_UNTIL),
        "week_ago": stamp(min(now - WEEK, fresh_since)),
        "month_ago": stamp(min(now - MONTH, fresh_since)),
        "gone_since": stamp(now - GONE_DENSE_FOR),
    }
