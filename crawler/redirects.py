"""Where an answer sends us: by status and Location, or by a page that only refreshes to elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from archive.records import Role
from crawler.pages import absolute
from crawler.verdicts import Answer
from extract import media

REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})
MOST_REFRESH_BYTES = 4096
MOST_REFRESH_DELAY_S = 10
MOST_JUMP_BYTES = 1000

_REFRESH = re.compile(
    rb"""<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]+content\s*=\s*["']?\s*(\d+)\s*[;,]\s*url\s*=\s*"""
    rb"""['"]?([^"'>\s]+)""",
    re.IGNORECASE,
)
_JUMP = re.compile(
    rb"""\b(?:(?:window|self|top|parent|document)\.)?location(?:\.href|\.replace)?\s*(?:=|\()\s*"""
    rb"""['"]([^'"]+)['"]"""
)
_NO_JUMP = re.compile(
    rb"cookie|eval\s*\(|userAgent|history|alert\s*\(|<a\b|setTimeout\(.{0,400}\d{5}", re.IGNORECASE
)
_HOME = re.compile(r"^/?(?:(?:index|default|main|home)\.\w+)?$", re.IGNORECASE)


def redirect_of(answer: Answer) -> str | None:
    """Return the next address of a chain, or None where the answer is the end of it."""
    if answer.status in REDIRECT_STATUS:
        location = answer.headers.get("location", "")
        return absolute(answer.url, location) or (location and urljoin(answer.url, location)) or None
    if answer.status == 200 and len(answer.content) <= MOST_REFRESH_BYTES:
        return _refresh_of(answer)
    return None


@lru_cache(maxsize=8192)
def is_home(url: str) -> bool:
    """Tell whether an address is the front page of its host."""
    parts = urlsplit(url)
    return bool(_HOME.match(parts.path)) and not parts.query


def leads_home(asked_url: str, answer: Answer) -> bool:
    """Tell whether the chain of a document ended on the front page: how some portals hide a dead link."""
    return answer.role in {Role.ARTICLE, Role.ATTACHMENT} and is_home(answer.url) and not is_home(asked_url)


def _refresh_of(answer: Answer) -> str | None:
    match = _REFRESH.search(answer.content)
    if match is not None and int(match.group(1)) > MOST_REFRESH_DELAY_S:
        return None
    if match is None:
        return _jump_of(answer)
    url = absolute(answer.url, media.decode(match.group(2)).replace("&amp;", "&"))
    return url if url != answer.url else None


def _jump_of(answer: Answer) -> str | None:
    """Return where a page goes whose script does nothing else; one that sets cookies is a challenge."""
    jumps = _JUMP.findall(answer.content)
    if len(jumps) != 1 or _NO_JUMP.search(answer.content) or len(answer.content) > MOST_JUMP_BYTES:
        return None
    url = absolute(answer.url, media.decode(jumps[0]))
    return url if url != answer.url else None
