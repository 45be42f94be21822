"""Pages that only a browser fills, for portals with `browser: true` (extra `nianbao[browser]`).

Theory. The browser renders and has no network: a page and each part that its scripts ask for go through
our one way to the network (crawler.download), so host list, robots.txt, public addresses, pace, budget
and WARC hold for them too. Pictures, fonts and styles are never asked for. A page is rendered only where
its own answer is good or a shell: a challenge is a refusal, and is not solved by running it. A part that
cannot be had makes the page a failure: half a list would look like a list without the report.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import Request as Part
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # type: ignore[import-untyped]
from scrapy_playwright.page import PageMethod  # type: ignore[import-untyped]

from archive.records import Role, Verdict
from crawler.answers import answer_of
from crawler.courtesy import host_of
from crawler.download import PoliteDownloadHandler
from crawler.errors import Refused
from crawler.failures import Trouble, TroubleKnown
from crawler.verdicts import Judgement, judge
from extract import media

RENDERED_ROLES = frozenset({Role.LIST, Role.ARTICLE})
PARTS_ASKED = frozenset({"document", "script", "xhr", "fetch"})
HEADERS_KEPT = frozenset({"accept", "content-type", "origin", "x-requested-with"})
"""What of a part's headers goes out; who we are stands in the crawler's own."""
HEADERS_DROPPED = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie"})
MOST_SCRIPTS_KEPT = 200
QUIET_MS = 60_000
"""The longest wait for a page to become quiet; what it shows then is taken."""


class BrowserDownloadHandler(PoliteDownloadHandler):
    """The polite handler, with lists and articles rendered."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.renderer = Renderer(crawler, self)

    async def download_request(self, request: Request) -> Response:
        """Make one exchange; a good page of the portal comes as a browser shows it."""
        target = request.meta["target"]
        if target.role not in RENDERED_ROLES or request.method != "GET":
            return await super().download_request(request)
        raw = await self.exchange(request)
        if not _is_rendered(raw, target.role):
            return raw
        try:
            shown = await self.renderer.render(request, raw)
        except Exception as error:
            self.record_end(request, error)
            raise
        self.visit.warc.write_rendered(request, shown)
        return shown

    def is_part(self, request: Request, answer: Response | None) -> bool:
        """Tell parts of pages, and pages as they came before they were rendered."""
        role = request.meta["target"].role
        is_page = answer is not None and role in RENDERED_ROLES and request.method == "GET"
        return super().is_part(request, answer) or (is_page and _is_rendered(cast("Response", answer), role))

    async def close(self) -> None:
        """Close the browser, too."""
        await self.renderer.close()
        await super().close()


def _is_rendered(raw: Response, role: Role) -> bool:
    """Tell whether an answer is a page that is worth its scripts: no challenge, error text or file."""
    answer = answer_of(raw, role)
    verdict = judge(answer).verdict
    return answer.media_type == media.HTML and verdict in {Verdict.OK, Verdict.JS_SHELL}


@dataclass(slots=True)
class _Rendering:
    """One page on its way: its own answer, and the first part that could not be had."""

    request: Request
    raw: Response
    is_begun: bool = False
    trouble: Exception | None = None


@dataclass
class _Kept:
    """Scripts of a run: they are the same on every page of a portal."""

    answers: dict[str, Response] = field(default_factory=dict)

    def keep(self, url: str, answer: Response) -> None:
        """Keep an answer while there is room."""
        if answer.status == 200 and len(self.answers) < MOST_SCRIPTS_KEPT:
            self.answers[url] = answer


class Renderer(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """A browser whose every request is answered by us."""

    def __init__(self, crawler: Crawler, network: PoliteDownloadHandler) -> None:
        super().__init__(crawler)
        self.network = network
        self.scripts = _Kept()
        self.renderings: dict[str, _Rendering] = {}

    async def render(self, request: Request, raw: Response) -> Response:
        """Return a page as the browser shows it; raises what kept one of its parts away."""
        rendering = self.renderings[request.url] = _Rendering(request, raw)
        asked = Request(
            request.url,
            meta={"playwright": True, "playwright_page_methods": [PageMethod(_until_quiet)]},
        )
        try:
            shown = await self.download_request(asked)
        except PlaywrightError as error:
            raise TroubleKnown(Trouble(f"browser: {error.message}"[:200], unreachable=False)) from error
        finally:
            del self.renderings[request.url]
        if rendering.trouble is not None:
            raise rendering.trouble
        text = shown.text if isinstance(shown, TextResponse) else media.decode(shown.body)
        headers = {name: values for name, values in raw.headers.items()
                   if name.decode("latin-1").lower() not in HEADERS_DROPPED}  # fmt: skip
        return raw.replace(url=shown.url, headers=headers, body=text.encode("utf-8", "replace"))

    def _make_request_handler(self, *_args: Any, **named: Any) -> Any:  # noqa: ANN401  (of the parent)
        rendering = self.renderings[named["url"]]

        async def answer(route: Route, part: Part) -> None:
            with suppress(PlaywrightError):  # the page may be closed while its part is on its way
                await self._answer(route, part, rendering)

        return answer

    async def _answer(self, route: Route, part: Part, rendering: _Rendering) -> None:
        if part.resource_type not in PARTS_ASKED or part.url.startswith(("data:", "blob:")):
            await route.abort("aborted")
            return
        try:
            response = await self._response_to(part, rendering)
        except Exception as error:  # noqa: BLE001  (whatever it is, the page is told, and fails)
            if not _is_foreign(error):
                rendering.trouble = rendering.trouble or error
            await route.abort("aborted")
            return
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
            if name.decode("latin-1").lower() not in HEADERS_DROPPED
        }
        await route.fulfill(status=response.status, headers=headers, body=response.body)

    async def _response_to(self, part: Part, rendering: _Rendering) -> Response:
        if part.is_navigation_request() and not rendering.is_begun:
            rendering.is_begun = True
            return rendering.raw
        if part.resource_type == "script" and part.url in self.scripts.answers:
            return self.scripts.answers[part.url]
        response = await self._fetch(part, rendering.request)
        if part.resource_type == "script":
            self.scripts.keep(part.url, response)
        return response

    async def _fetch(self, part: Part, page: Request) -> Response:
        """Ask for a part; raises Refused where its host refuses or must not be asked, TroubleKnown at 5xx."""
        visit, target = self.network.visit, page.meta["target"]
        visit.admit(part.url, target)
        if visit.hosts.of(host_of(part.url)).rules is None:
            raise Refused(Verdict.ERROR, f"robots.txt of {host_of(part.url)} is not known")
        request = Request(
            part.url, method=part.method, body=part.post_data_buffer or b"",
            meta={"target": target, "is_part": True},
            headers={"Referer": page.url, "User-Agent": page.headers["User-Agent"],
                     **{name: value for name, value in part.headers.items() if name in HEADERS_KEPT}},
        )  # fmt: skip
        response = await self.network.exchange(request)
        _check_part(part, judge(answer_of(response, Role.LIST)), response.status)
        return response


def _check_part(part: Part, judgement: Judgement, status: int) -> None:
    if judgement.verdict is Verdict.DECLINED:
        raise Refused(Verdict.DECLINED, f"{part.url}: {judgement.reason}", stops_host=True)
    if status >= 500:
        raise TroubleKnown(Trouble(f"{part.url}: status {status}", unreachable=False))


def _is_foreign(error: Exception) -> bool:
    """Tell a part from another host, which no list needs: counters, players, likes."""
    return isinstance(error, Refused) and error.verdict is Verdict.NOT_OFFICIAL


async def _until_quiet(page: Page) -> None:
    with suppress(PlaywrightError):
        await page.wait_for_load_state("networkidle", timeout=QUIET_MS)
