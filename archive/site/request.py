"""What a view asks of its request and of the public copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from datasette.app import Datasette
from datasette.utils.asgi import Request

from archive.originals import Originals
from archive.site.words import Words
from config.site import SiteSettings

DATABASE = "nianbao"
LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "lang"
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages need beside the public copy: settings, originals, what the copy says of itself.

    `is_static` leaves out what only a server can do: search, forms, feeds, the tables' interface.
    """

    settings: SiteSettings
    originals: Originals
    drawings: Path
    about: Mapping[str, str]
    year: int
    is_static: bool = False


def site_of(datasette: Datasette) -> Site | None:
    """Return the site that an instance serves; None for a Datasette that is not ours."""
    site: Site | None = getattr(datasette, "nianbao_site", None)
    return site


def words_of(request: Request | None) -> Words:
    """Return the visitor's language as it was chosen (site/plugin.py), else Chinese."""
    if request is None:
        return Words("zh")
    asked = request.cookies.get(LANGUAGE_COOKIE) or ""
    return Words(asked if asked in LANGUAGES else "zh")


async def ask(datasette: Datasette, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
    """Run a query over the public copy and return its rows."""
    results = await datasette.get_database(DATABASE).execute(sql, dict(parameters or {}))
    return [dict(row) for row in results.rows]


async def ask_one(
    datasette: Datasette, sql: str, parameters: Mapping[str, object] | None = None
) -> Row | None:
    """Return the first row of a query, or None."""
    rows = await ask(datasette, sql, parameters)
    return rows[0] if rows else None


def containing(words: str) -> str:
    """Return the pattern that finds the words in a text by `like`, with the backslash as its escape."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def whole_number(text: str | None, default: int, least: int = 0, most: int = 100_000) -> int:
    """Read a number from an address; `default` where it is not one."""
    if not text or not text.isdecimal():
        return default
    return min(max(int(text[:9]), least), most)
