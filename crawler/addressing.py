"""Change the query of an address and leave the rest of it as it is written."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def query_of(url: str) -> dict[str, str]:
    """Return the parameters of an address, blank ones included; of a repeated one the last."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def with_query(url: str, **changes: object) -> str:
    """Return the address with these parameters set, in their old places or at the end."""
    parts = urlsplit(url)
    query = {**query_of(url), **{name: str(value) for name, value in changes.items()}}
    return urlunsplit(parts._replace(query=urlencode(query)))
