"""The Datasette plugin: our routes, what templates may call, error pages, and the headers of every answer.

Nothing active comes from elsewhere or from a document: pages carry a policy that allows only our own
style sheets and pictures (there is no script), and Datasette's own inspection pages are closed.
"""

from __future__ import annotations

import errno
import importlib
import pkgutil
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, Request, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment
from pluggy import HookimplMarker

from archive.errors import OriginalDamaged
from archive.public import public_tables
from archive.site import pages
from archive.site.address import Addresses
from archive.site.request import DATABASE, LANGUAGE_COOKIE, LANGUAGES, site_of, words_of
from archive.site.words import grouped, local_day, local_time, media_name, titled

Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
ErrorPage: TypeAlias = Callable[[], Awaitable[Response]]
Header: TypeAlias = tuple[bytes, bytes]

hookimpl = HookimplMarker("datasette")

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS: tuple[Header, ...] = (
    (b"content-security-policy", PAGE_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
VIEWS = frozenset(view.name for view in public_tables().views)
OPEN_INTERNALS = ("/-/static/", "/-/metadata")
_WRONG_ORDER = ("Cannot sort table by", "Cannot use _sort and _sort_desc")
_LACKS_A_KEY = "supply a value for binding"
"""What SQLite says of a row's address with too few parts."""
YEAR_S = 365 * 24 * 3600


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Collect the routes of all page modules."""
    if site_of(datasette) is None:
        return []
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    modules = [importlib.import_module(f"{pages.__name__}.{name}") for name in names]
    return [route for module in modules for route in module.routes]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Add the filters that write times, numbers and file types."""
    if site_of(datasette) is not None:
        env.filters.update(
            local_time=local_time, local_day=local_day, grouped=grouped, media_name=media_name, titled=titled
        )
        env.trim_blocks = env.lstrip_blocks = True


@hookimpl
def extra_template_vars(request: Request, datasette: Datasette) -> dict[str, Any]:
    """Give every template the visitor's words, the site and its addresses."""
    site = site_of(datasette)
    if site is None:
        return {}
    shared = {
        "site": site,
        "addresses": Addresses(is_static=site.is_static),
        "here": _here(request),
        "tongues": "?" if site.is_static else _same_page(request),
        "body_trail": _body_trail,
    }
    return {**words_of(request).template_variables(), **shared}


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> ErrorPage | None:
    """Answer an error with a page of ours that says what is the matter; the rest goes to the log."""
    if site_of(datasette) is None:
        return None
    status, message = _told(exception, words_of(request).say)
    if status == 500:
        import traceback

        traceback.print_exception(exception)

    async def page() -> Response:
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "status": status, "error": message}, status=status)
        told = {"status": status, "message": message}
        html = await datasette.render_template("error.html", told, request=request)
        return Response.html(html, status=status)

    return page


@hookimpl(tryfirst=True)
def forbidden(datasette: Datasette, request: Request, message: str) -> ErrorPage | None:
    """Answer what is not allowed like any other error."""
    return handle_exception(datasette, request, Forbidden(message)) if site_of(datasette) else None


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Add the headers of every answer, remember the language, close Datasette's inspection pages.

    Rows of views are counted only where that is asked for.
    """

    def wrap(app: Application) -> Application:
        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or site_of(datasette) is None:
                await app(scope, receive, send)
                return
            if _is_closed(scope["path"]):
                scope = {**scope, "path": "/not-found", "raw_path": b"/not-found"}
            scope = _uncounted(scope)
            language = _asked_language(scope.get("query_string", b""))
            if language:
                scope = _remembering(scope, language)
            await app(scope, receive, _with_headers(send, language))

        return guarded

    return wrap


def _here(request: Request | None) -> str:
    return request.path if request is not None else "/"


def _same_page(request: Request | None) -> str:
    """Return the beginning of an address of the same page, up to where the language is named."""
    asked = request.query_string if request is not None else ""
    return f"?{asked}&" if asked else "?"


def _body_trail(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the way from the front page to a body: its areas."""
    return [(Addresses().area(area["area"]), area["name"]) for area in body["areas"]]


def _told(exception: Exception, say: Callable[[str, str], str]) -> tuple[int, str]:
    """Return the status and the words for an error; never what an unexpected error says of itself."""
    if isinstance(exception, QueryInterrupted):
        return 503, say("查询超时，请缩小范围后再试。", "The query took too long; please narrow it.")
    if isinstance(exception, OriginalDamaged):
        return 500, say("原件暂不可用，已记录。", "The original is not available; this has been logged.")
    status = _status(exception)
    if status == 404:
        return 404, say("没有这个网页。", "There is no such page.")
    if status == 403:
        return 403, say("此项不开放。", "This is not open to the public.")
    if isinstance(exception, Base400) or status < 500:
        return status, say("网址中的参数有误。", "The address has a wrong parameter.")
    return 500, say("网站出错，已记录。", "Something went wrong; this has been logged.")


def _status(exception: Exception) -> int:
    """Return an error's HTTP status; some slips in an address are errors of the site to Datasette."""
    status = int(getattr(exception, "status", 500))
    if isinstance(exception, DatasetteError) and exception.message.startswith(_WRONG_ORDER):
        return 400
    is_part_of_key = isinstance(exception, sqlite3.ProgrammingError) and _LACKS_A_KEY in str(exception)
    is_no_file = isinstance(exception, OSError) and exception.errno == errno.ENAMETOOLONG
    return 404 if is_part_of_key or is_no_file else status


def _is_closed(path: str) -> bool:
    return path.startswith(("/-/", "/_internal", "/_memory", "/:memory:")) and not path.startswith(
        OPEN_INTERNALS
    )


def _remembering(scope: Scope, language: str) -> Scope:
    """Ask as if the language had been chosen before: in an address, tables would take it for a column."""
    pairs = [pair for pair in scope["query_string"].split(b"&") if not pair.startswith(b"lang=")]
    headers = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    kept = [value for name, value in scope["headers"] if name == b"cookie"]
    cookie = b"; ".join([*kept, f"{LANGUAGE_COOKIE}={language}".encode()])  # of two, the last counts
    return {**scope, "query_string": b"&".join(pairs), "headers": [*headers, (b"cookie", cookie)]}


def _with_headers(send: Send, language: str | None) -> Send:
    async def headed(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            present = {name.lower() for name, _value in headers}
            headers += [header for header in HEADERS if header[0] not in present]
            if language:
                cookie = f"{LANGUAGE_COOKIE}={language}; Path=/; Max-Age={YEAR_S}; SameSite=Lax; HttpOnly"
                headers.append((b"set-cookie", cookie.encode()))
            message = {**message, "headers": headers}
        await send(message)

    return headed


def _uncounted(scope: Scope) -> Scope:
    """Spare the count of a view's rows, which joins a nation for twenty of them; `_count=1` asks for it."""
    name = scope["path"].removeprefix(f"/{DATABASE}/").removesuffix(".json")
    query: bytes = scope.get("query_string", b"")
    if name not in VIEWS or b"_count=1" in query.split(b"&"):
        return scope
    return {**scope, "query_string": b"&".join(part for part in (query, b"_nocount=1") if part)}


def _asked_language(query: bytes) -> str | None:
    for language in LANGUAGES:
        if f"lang={language}".encode() in query.split(b"&"):
            return language
    return None
