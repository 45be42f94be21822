"""The whole site as files that open from a disk: every page, in both languages, with relative links.

Every page that a link leads to is written, from the front page on; what only a server can do (search,
the tables' interface, feeds) is left out of the pages. Originals that a browser would run are
written as plain text.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import relpath

from datasette.app import Datasette

from archive.errors import ExportRefused
from archive.export import export
from archive.site.app import FOLDER, public_site
from archive.site.request import ask
from archive.site.words import media_name
from config.places import Places
from config.site import SiteSettings

MARKER = "nianbao-site.json"
LANGUAGES = {"zh": "", "en": "en/"}
"""Language -> folder of its pages."""
LINK = re.compile(r'\b(href|src)="((?:/|\?lang=)[^"]*)"')
SHARED = ("/static/", "/original/", "/data/")
INERT = frozenset({"pdf", "docx", "doc", "xlsx", "xls", "zip", "rtf", "ofd"})
"""Endings of originals that a browser does not run; every other is written as text."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Files:
    """Where the file of each address lies; `media_types` are those of the originals, by hash."""

    media_types: Mapping[str, str]

    def of(self, address: str, language: str) -> str:
        """Return the file of an address, relative to the site's folder."""
        path, _, query = address.partition("?")
        if path.startswith("/original/"):
            return self._original(path.removeprefix("/original/"))
        if path.startswith(SHARED) or re.search(r"^/proof/.*[.](png|svg)$", path):
            return path.lstrip("/")
        folder = PurePosixPath(LANGUAGES[language]) / path.lstrip("/")
        if query:
            folder /= re.sub(r"[^\w.=-]+", "+", query)
        return (folder / "index.html").as_posix()

    def _original(self, sha256: str) -> str:
        ending = media_name(self.media_types.get(sha256)).lower()
        return f"original/{sha256}.{ending if ending in INERT else 'txt'}"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one language: asked of the site, written with relative links."""

    site: Datasette
    files: Files
    language: str
    target: Path
    written: set[str] = field(default_factory=set)

    async def write(self, progress: Progress) -> None:
        """Write the front page and everything that links lead to."""
        todo = ["/"]
        known = set(todo)
        for number, address in enumerate(todo, 1):
            links = await self._write(address)
            todo += [link for link in links if link not in known]
            known.update(links)
            progress(number, len(todo))

    async def _write(self, address: str) -> list[str]:
        """Write one page or file; returns the addresses that it leads to, each once."""
        answer = await self.site.client.get(address, cookies={"lang": self.language})
        if answer.status_code != 200:
            raise ExportRefused(f"{address}: 网页出错 ({answer.status_code})")
        place = self.files.of(address, self.language)
        content = answer.content
        links: list[str] = []
        if answer.headers["content-type"].startswith("text/html"):
            text, links = self._relative(answer.text, address, place)
            content = text.encode()
        path = self.target / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.written.add(place)
        return links

    def _relative(self, page: str, address: str, place: str) -> tuple[str, list[str]]:
        """Return the page with relative links, and the addresses within the site that it leads to."""
        links: dict[str, None] = {}
        here = PurePosixPath(place).parent.as_posix()

        def replaced(match: re.Match[str]) -> str:
            attribute, link = match[1], html.unescape(match[2])
            if link.startswith("?lang="):
                return f'{attribute}="{relpath(self.files.of(address, link[-2:]), here)}"'
            target, hash_sign, fragment = link.partition("#")
            if not target.startswith(("/static/", "/data/")):
                links[target] = None
            relative = relpath(self.files.of(target, self.language), here)
            return f'{attribute}="{html.escape(relative + hash_sign + fragment)}"'

        return LINK.sub(replaced, page), list(links)


def write_static_site(places: Places, settings: SiteSettings, target: Path, progress: Progress) -> int:
    """Write the site to the folder `target`; returns the number of its files.

    Raises NotPublished, or ExportRefused for a folder that holds anything but an earlier site.
    """
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise ExportRefused(f"{target} 不是空目录, 也不是以前写的网站: 请换一个目录")
    site = public_site(places, settings, is_static=True)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARKER).write_text("{}\n", encoding="utf-8")
    written = asyncio.run(_write_pages(site, target, progress))
    written |= _write_shared(places, settings, target)
    (target / MARKER).write_text(json.dumps({"files": len(written)}) + "\n", encoding="utf-8")
    _remove_others(target, written | {MARKER})
    return len(written)


async def _write_pages(site: Datasette, target: Path, progress: Progress) -> set[str]:
    rows = await ask(site, "select sha256, media_type from reports")
    files = Files({row["sha256"]: row["media_type"] for row in rows})
    written: set[str] = set()
    for language in LANGUAGES:
        await Pages(site, files, language, target, written).write(progress)
    return written


def _write_shared(places: Places, settings: SiteSettings, target: Path) -> set[str]:
    """Write style sheets and the data set."""
    written = set()
    (target / "static").mkdir(exist_ok=True)
    for path in sorted((FOLDER / "static").iterdir()):
        (target / "static" / path.name).write_bytes(path.read_bytes())
        written.add(f"static/{path.name}")
    data = target / "data"
    export(places.public_database, data, "csv", settings, beside_pages=True)
    return written | {f"data/{path.name}" for path in data.iterdir() if path.is_file()}


def _remove_others(target: Path, written: set[str]) -> None:
    """Remove files of an earlier site that this one does not have, and the folders that stay empty."""
    for path in target.rglob("*"):
        if path.is_file() and path.relative_to(target).as_posix() not in written:
            path.unlink()
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
