"""Names must not lead into private networks: a portal's page is untrusted, and so are its links."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from scrapy.utils.defer import deferred_to_future

from archive.records import Verdict
from crawler.errors import Refused


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return ip.is_global and not ip.is_multicast


async def check_public(url: str) -> None:
    """Resolve the host of an address and refuse one that is not public.

    The name is resolved by the resolver that the connection uses and stays in its cache, so the
    connection goes to the address that was checked. Raises Refused, or the resolver's own error.
    """
    name = urlsplit(url).hostname or ""
    address = name if _is_literal(name) else await _resolve(name)
    if not is_public(address):
        raise Refused(Verdict.NOT_OFFICIAL, f"{name} leads to {address}, which is not a public address")


def _is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _resolve(name: str) -> str:
    from twisted.internet import reactor

    names: Any = reactor  # its declared types are wrong for names
    return str(await deferred_to_future(names.resolve(name)))
