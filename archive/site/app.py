"""The site as an ASGI application: Datasette over the public copy, always the newest one."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from datasette.app import Datasette, DatasetteClient
from datasette.plugins import pm

from archive.errors import NotPublished
from archive.originals import Originals
from archive.public import public_tables
from archive.publish import public_schema, read_about
from archive.site import plugin
from archive.site.plugin import Receive, Scope, Send
from archive.site.request import DATABASE, Site
from config import clock
from config.places import Places
from config.site import SiteSettings

FOLDER = Path(__file__).parent
PLUGIN_NAME = "nianbao-site"


def public_site(places: Places, settings: SiteSettings, *, is_static: bool = False) -> Datasette:
    """Return Datasette over the public copy; raises NotPublished where there is none.

    `is_static` makes pages that are written to files (archive/site/static_site.py).
    """
    path = places.public_database
    if not path.exists():
        raise NotPublished(f"{path} 还不存在: 请先运行 nianbao publish")
    about = read_about(path)
    if about.get("schema") != public_schema():
        raise NotPublished(f"{path} 由另一版本的 nianbao 写成: 请先运行 nianbao publish")
    _register_plugin()
    datasette = Datasette(
        [],
        immutables=[str(path)],
        inspect_data=_row_counts(path),
        metadata=_metadata(settings),
        template_dir=str(FOLDER / "templates"),
        static_mounts=[("static", str(FOLDER / "static"))],
        settings={
            "suggest_facets": False,
            "sql_time_limit_ms": settings.sql_time_limit_ms,
            "allow_download": settings.allow_download,
            "default_allow_sql": settings.allow_sql,
            "max_returned_rows": 10_000,
            "max_csv_mb": 0,
            "default_cache_ttl": 60,
        },
    )
    datasette.nianbao_site = Site(
        settings, Originals(places.originals), path.with_name("drawings"), about, _year(about), is_static
    )
    datasette.client = DatasetteClient(datasette)  # the first one was made before there was a site
    return datasette


def _register_plugin() -> None:
    """Put our plugin in; Datasette's own error pages go, they run beside ours and print local variables."""
    if pm.has_plugin(PLUGIN_NAME):
        return
    pm.register(plugin, PLUGIN_NAME)
    for name in ("datasette.handle_exception", "datasette.forbidden"):
        pm.unregister(name=name)


class Opened:
    """A public copy that is being shown, and how many requests are answered from it."""

    def __init__(self, places: Places, settings: SiteSettings) -> None:
        self.site = public_site(places, settings)
        self.app = self.site.app()
        self.busy = 0

    def close(self) -> None:
        """Let go of the file: an open one would keep its place on the disk after it was replaced."""
        if self.site.executor is not None:
            self.site.executor.shutdown(wait=False)
        for database in self.site.databases.values():
            database.close()


class ReloadingSite:
    """The ASGI application: each request is answered from the newest public copy."""

    def __init__(self, places: Places, settings: SiteSettings) -> None:
        self._places = places
        self._settings = settings
        self._seen = (0, 0)
        self._seen = self._state()
        self._opened = Opened(places, settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a copy put in place since the last one is opened first."""
        if self._state() != self._seen:
            self._reopen()
        opened = self._opened
        opened.busy += 1
        try:
            await opened.app(scope, receive, send)
        finally:
            opened.busy -= 1
            if opened is not self._opened and not opened.busy:
                opened.close()

    def _reopen(self) -> None:
        """Open the new copy; one that this program cannot show is left to the next start."""
        self._seen = self._state()
        last = self._opened
        with suppress(NotPublished):
            self._opened = Opened(self._places, self._settings)
        if last is not self._opened and not last.busy:
            last.close()

    def _state(self) -> tuple[int, int]:
        try:
            found = self._places.public_database.stat()
        except FileNotFoundError:
            return self._seen
        return (found.st_ino, found.st_mtime_ns)


def _row_counts(path: Path) -> dict[str, Any]:
    """Return the rows of each table; Datasette's own count stumbles over the full-text index."""
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
        counts = db.execute("select name, rows from row_counts").fetchall()
    tables = {name: {"count": count} for name, count in counts}
    return {DATABASE: {"tables": tables, "hash": path.name, "size": path.stat().st_size, "file": path.name}}


def _year(about: dict[str, str]) -> int:
    """Return the report year that was due when the copy was made."""
    as_of = about.get("as_of")
    return int(as_of[:4]) - 1 if as_of else clock.default_year()


def _metadata(settings: SiteSettings) -> dict[str, Any]:
    """Describe every table, view and column for Datasette's own pages."""
    public = public_tables()
    tables: dict[str, Any] = {
        table.name: {
            "description": f"{table.zh} | {table.en}",
            "columns": {name: f"{zh} | {en}" for name, (_type, zh, en) in table.columns.items()},
        }
        for table in public.tables
    }
    tables |= {view.name: {"description": f"{view.zh} | {view.en}"} for view in public.views}
    tables |= {name: {"hidden": True} for name in ("search_index", "search_entries", "row_counts", "about")}
    return {
        "title": settings.title,
        "license": settings.licence,
        "databases": {DATABASE: {"tables": tables}},
    }
