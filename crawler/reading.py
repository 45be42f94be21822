"""Read list and article pages of any site: what they list, what is worth a request, what they are.

Pure. Lists are read by their links' titles, so a navigation bar, a footer and a list of news are read
like the list itself and yield nothing: only titles that could be a report's are followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from archive.records import Listing, Role
from crawler import relevance
from crawler.attachments import is_file, read_attachments, read_frames
from crawler.breadcrumb import breadcrumb
from crawler.exchange import Found, Harvest
from crawler.growth import following
from crawler.links import Link, read_links
from crawler.pages import Page, is_below
from crawler.paging import next_page
from crawler.pictures import has_official_table, read_pictures
from crawler.redirects import is_home
from crawler.script_links import nodes_in_scripts
from crawler.trail import Trail
from extract import media

SECTION_NAMES = (
    "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请", "行政复议", "行政诉讼", "主要问题",
    "其他需要报告的事项",
)  # fmt: skip
ENOUGH_SECTIONS = 4
ENOUGH_REPORT_LINKS = 3

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_LIST_NAME = re.compile(r"公开.{0,8}(?:年报|年度?(?:工作)?报告)|^年(?:报|度报告)")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a portal's lists are followed.

    `link_pattern` admits links of a list by their address, for lists that show only the names of
    bodies; `most_pages` and `most_depth` bound paging and lists within lists.
    """

    year: int
    most_pages: int = 50
    most_depth: int = 2
    link_pattern: re.Pattern[str] | None = None


def read_list_page(page: Page, trail: Trail, reach: Reach) -> Harvest:
    """Read a page of links; a column page may also be the report itself."""
    if not page.is_html:
        return Harvest(is_document=page.media_type not in {media.XML, media.TEXT})
    links = read_links(page)
    reports = [link for link in links if could_list_report(link)]
    if not reports:
        links = _with_nodes(page, links)
        reports = [link for link in links if could_list_report(link)]
    named = [] if reports else list(_named(page, links, trail, reach))
    found = [*_reports(page.url, links, trail, reach), *_columns(page.url, links, trail, reach), *named]
    found += [*_parts(page.url, links, trail, reach, is_bare=not (reports or found))]
    if not reports:
        found += _frames(page, trail, reach)
    found += _next(page, links, trail, reach)
    is_report = looks_like_report(page.text) or (trail.depth > 0 and not found)
    if is_report:
        found += list(_attachments(page, trail)) or list(_pictures(page, trail))
    return Harvest(_listings(links), tuple(found), is_report, breadcrumb(page), len(reports))


def _with_nodes(page: Page, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Add what a page's scripts know, where its links list nothing."""
    known = {link.url for link in links}
    return (*links, *(node for node in nodes_in_scripts(page) if node.url not in known))


def read_link_list(url: str, links: tuple[Link, ...], trail: Trail, reach: Reach) -> Harvest:
    """Read the links that an API, or a script of the page, gives of the list at `url`."""
    found = (*_reports(url, links, trail, reach), *_columns(url, links, trail, reach))
    return Harvest(_listings(links), found, reports=sum(could_list_report(link) for link in links))


def could_list_report(link: Link) -> bool:
    """Tell whether a link could lead to a report rather than to a column of them, or home."""
    if is_home(link.url):
        return False
    return relevance.could_be_report(link.title) and not relevance.is_column(link.title)


def read_article_page(page: Page, trail: Trail, reach: Reach) -> Harvest:
    """Read the page behind a report's title: the report, its files, or one more list."""
    if not page.is_html:
        return Harvest(is_document=True)
    is_report = looks_like_report(page.text)
    files = list(_attachments(page, trail))
    if not is_report and not files and trail.depth < reach.most_depth:
        links = read_links(page)
        inner = list(
            _reports(page.url, links, replace(trail, list_url=page.url, depth=trail.depth + 1), reach)
        )
        if len(inner) >= (1 if _is_name(trail) else ENOUGH_REPORT_LINKS):
            return Harvest(_listings(links), tuple(inner), context=breadcrumb(page), reports=len(inner))
    found = files if is_report else [*files, *_inner_pages(page, trail, reach)]
    if not found and (is_report or relevance.could_be_report(trail.link_title or "")):
        found = list(_pictures(page, trail))
    return Harvest(found=tuple(found), is_document=True, context=breadcrumb(page))


def _is_name(trail: Trail) -> bool:
    """Tell whether a page was linked by a body's bare name: it may be the body's own list."""
    return relevance.is_body_name(trail.link_title or "")


def looks_like_report(text: str) -> bool:
    """Tell whether a page's source holds the section names of a report; most say them all."""
    named = (name for name in SECTION_NAMES if name in text)
    return sum(1 for _name in islice(named, ENOUGH_SECTIONS)) == ENOUGH_SECTIONS


def _listings(links: tuple[Link, ...]) -> tuple[Listing, ...]:
    return tuple(
        Listing(link.url, link.title, link.shown_on.isoformat() if link.shown_on else None)
        for link in links
        if link.title
    )


def _reports(url: str, links: tuple[Link, ...], trail: Trail, reach: Reach) -> Iterator[Found]:
    for link in links:
        if link.url == url or not _is_followed(link, reach):
            continue
        role = Role.ATTACHMENT if is_file(link.url) else Role.ARTICLE
        way = Trail(
            list_url=url, link_title=link.title or None, depth=trail.depth,
            listed_on=link.shown_on.isoformat() if link.shown_on else None,
            years=relevance.years_named(link.title) or None,
        )  # fmt: skip
        yield Found(link.url, role, way, url)


def _is_followed(link: Link, reach: Reach) -> bool:
    if is_home(link.url) or relevance.is_clearly_other(link.title):
        return False
    if not relevance.is_wanted(link.title, reach.year):
        return False
    if relevance.is_column(link.title) and not is_file(link.url):
        return False
    if relevance.could_be_report(link.title):
        return True
    return reach.link_pattern is not None and bool(reach.link_pattern.search(link.url))


def _columns(url: str, links: tuple[Link, ...], trail: Trail, reach: Reach) -> Iterator[Found]:
    """Follow lists within the list: 部门年报, and the folders of the year and the next."""
    if trail.depth >= reach.most_depth:
        return
    for link in links:
        folder = relevance.year_folder(link.title)
        is_due = folder in {reach.year, reach.year + 1} if folder else relevance.is_column(link.title)
        if is_due and link.url != url and not is_file(link.url):
            way = Trail(list_url=url, link_title=link.title, depth=trail.depth + 1)
            yield Found(link.url, Role.LIST, way, url)


def _parts(
    url: str, links: tuple[Link, ...], trail: Trail, reach: Reach, *, is_bare: bool
) -> Iterator[Found]:
    """Follow kinds of bodies (政府部门, 镇街) below a column; elsewhere only from one that has nothing."""
    parts = [link for link in links if relevance.is_part_of_column(link.title) and not is_file(link.url)]
    below = [link for link in parts if is_below(url, link.url)]
    for link in below or (parts if is_bare and trail.depth == 0 else []):
        if trail.depth < reach.most_depth and link.url != url:
            way = Trail(list_url=url, link_title=link.title, depth=trail.depth + 1)
            yield Found(link.url, Role.LIST, way, url)


def _named(page: Page, links: tuple[Link, ...], trail: Trail, reach: Reach) -> Iterator[Found]:
    """Follow bare names of bodies below a page that calls itself a list of reports and lists none."""
    named = [
        link
        for link in links
        if (is_below(page.url, link.url) or link.title != link.text) and relevance.is_body_name(link.title)
    ]
    called = " ".join(_TITLE.findall(page.text)[:1])
    is_list = relevance.year_folder(trail.link_title or "") or _LIST_NAME.search(called)
    if len(named) < ENOUGH_REPORT_LINKS or not is_list or not relevance.is_wanted(called, reach.year):
        return
    for link in named:
        role = Role.ATTACHMENT if is_file(link.url) else Role.ARTICLE
        listed_on = link.shown_on.isoformat() if link.shown_on else None
        way = Trail(list_url=page.url, link_title=link.title, depth=trail.depth, listed_on=listed_on)
        yield Found(link.url, role, way, page.url)


def _frames(page: Page, trail: Trail, reach: Reach) -> Iterator[Found]:
    """Follow the frames of a page that lists nothing itself: the list may be in one of them."""
    if trail.depth < reach.most_depth:
        for url in read_frames(page):
            yield Found(url, Role.LIST, Trail(list_url=page.url, depth=trail.depth + 1), page.url)


def _next(page: Page, links: tuple[Link, ...], trail: Trail, reach: Reach) -> Iterator[Found]:
    if trail.page_number >= reach.most_pages:
        return
    url = next_page(page, trail.page_number)
    way = following(trail, links) if url is not None else None
    if url is not None and way is not None:
        yield Found(url, Role.LIST, way, page.url)


def _attachments(page: Page, trail: Trail) -> Iterator[Found]:
    for file in read_attachments(page):
        if relevance.is_wanted(file.title, trail.years[-1] if trail.years else 0) or not trail.years:
            way = replace(trail, page_url=page.url, context=file.title or None, hops=(), refetch=False)
            yield Found(file.url, Role.ATTACHMENT, way, page.url)


def _pictures(page: Page, trail: Trail) -> Iterator[Found]:
    """Take the pictures of a report that has none of its tables as text, and no file that could."""
    if "<img" not in page.skeleton or has_official_table(page):
        return
    for picture in read_pictures(page):
        way = replace(trail, page_url=page.url, context=picture.title or None, hops=(), refetch=False)
        yield Found(picture.url, Role.ATTACHMENT, way, page.url)


def _inner_pages(page: Page, trail: Trail, reach: Reach) -> Iterator[Found]:
    """Follow frames of an article that shows nothing itself: its text may be in one of them."""
    if trail.depth < reach.most_depth:
        for url in read_frames(page):
            way = replace(trail, page_url=page.url, depth=trail.depth + 1, hops=(), refetch=False)
            yield Found(url, Role.ARTICLE, way, page.url)
