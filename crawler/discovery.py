"""Find annual-report columns from a door: a portal's home page, its 政府信息公开 page, or one report.

Pure. A page gives *steps*: links worth following on the way to a column, each with the reason, best
first. Names of columns and path codes are those of docs/glossary.md; trees that scripts draw are read
from the scripts; a report's breadcrumb is a link like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler import relevance
from crawler.attachments import is_file, read_frames
from crawler.links import Link, read_links
from crawler.pages import Page, is_below
from crawler.script_links import nodes_in_scripts

ENOUGH_REPORTS = 3
"""Reports that make a page a column, whatever it calls itself."""
MOST_STEPS = 10
MOST_BODIES = 60
"""Bodies of one directory, each of which has a column of its own."""
LONGEST_NAME = 30
SURE, LIKELY, WAY = 3, 2, 1

_CODE = re.compile(
    r"(?:z?f?x?xgk|gk|zfxzgk|zfgxgk|zfxgk)(?:gz)?(?:nd)?(?:nb|ndbg|bg)|ndbg|nb\d{4}|\d{4}nb|gknb|ndgzbg",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"^(?:部门|乡镇|街道|镇街|乡镇\(街道\)|政府|各部门|区直部门|县直部门|市直部门|单位|本级|本机关)*(?:政府)?(?:信息|政务)?(?:公开)?(?:工作)?"
    r"(?:年报|年度(?:工作)?报告)(?:专栏|目录|汇总|公示)?$"
)
_WAY = re.compile(
    r"^[\u4e00-\u9fff]{0,6}(?:政府|政务)?(?:信息)?公开(?:专栏|目录|平台|栏目|年度工作)?$|^(?:法定)?主动公开(?:内容|目录|信息)?$"
    r"|^(?:更多|进入)?(?:部门|乡镇|街道|镇街|乡镇街道)(?:政府)?信息公开(?:目录)?$"
)
_DIRECTORY = re.compile(
    r"(?:部门|单位|机构|乡镇|街道|镇街|[市县区]直)[\u4e00-\u9fff]{0,6}(?:信息|政务)?公开(?:目录|专栏|平台|$|\W)"
)
_OTHER_WAY = re.compile(r"依申请|申请公开|指南|制度|意见箱|预决算|财政|监督|投诉|办事公开|公开课")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_PARTS = re.compile(r"[-_—|–>\s]+")


@dataclass(frozen=True, slots=True)
class Step:
    """A link on the way to a column. `why` is told to the operator; a higher `weight` is followed first.

    `is_report` says that it leads to a report, whose breadcrumb leads to its column.
    """

    url: str
    title: str
    why: str
    weight: int
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a page behind the door is: a column with so many reports, or a place with steps onward."""

    is_column: bool
    reports: int
    steps: tuple[Step, ...]


def whereabouts(page: Page) -> Whereabouts:
    """Read a page behind the door."""
    links = read_links(page)
    reports = sum(_is_report(link.title) for link in links)
    is_column = reports >= ENOUGH_REPORTS or (
        _names_column(page) and (reports > 0 or any(_divides(page, link) for link in links))
    )
    steps = {step.url: step for step in sorted(_steps(page, links), key=lambda step: step.weight)}
    best = sorted(steps.values(), key=lambda step: -step.weight)
    onward = [step for step in best if not is_column or (step.weight > WAY and not step.is_report)]
    most = MOST_BODIES if _lists_bodies(page) else MOST_STEPS
    return Whereabouts(is_column, reports, tuple(onward[:most]))


def _steps(page: Page, links: tuple[Link, ...]) -> Iterator[Step]:
    samples, is_directory = 0, _lists_bodies(page)
    for link in links:
        if link.url == page.url or is_file(link.url):
            continue
        step = _step(link.url, link.title, "链接")
        if step is None and samples == 0 and _is_report(link.title):
            samples += 1
            step = Step(link.url, link.title, "一份年报: 看它的当前位置", LIKELY, is_report=True)
        if step is None and is_directory and relevance.is_body_name(link.title):
            step = Step(link.url, link.title, f"目录中的机关 “{link.title}”", WAY)
        if step is not None:
            yield step
    for node in nodes_in_scripts(page):
        if node.url != page.url and (step := _step(node.url, node.title, "菜单数据")) is not None:
            yield step
    for url in read_frames(page):
        yield Step(url, "", "内嵌框架", LIKELY if _code_in(url) else WAY)


def _step(url: str, title: str, where: str) -> Step | None:
    name = re.sub(r"[\s()（）]", "", title)
    if _COLUMN.match(name) or relevance.is_column(title):
        return Step(url, title, f"{where} “{title}” 是年报栏目的名称", SURE)
    if len(name) > LONGEST_NAME or relevance.is_clearly_other(title) or _OTHER_WAY.search(name):
        return None
    if (code := _code_in(url)) and not _is_report(title):
        return Step(url, title, f"{where} “{title}” 的地址含 {code}", LIKELY)
    if _WAY.match(name):
        return Step(url, title, f"{where} “{title}” 通向信息公开", WAY)
    return None


def _code_in(url: str) -> str:
    match = _CODE.search(urlsplit(url).path)
    return match.group().strip("/_") if match else ""


def _is_report(title: str) -> bool:
    return relevance.could_be_report(title) and not relevance.is_column(title)


def _lists_bodies(page: Page) -> bool:
    """Tell whether the page calls itself a directory of bodies (部门信息公开目录)."""
    title = _TITLE.search(page.text)
    return title is not None and _DIRECTORY.search(title.group(1)) is not None


def _divides(page: Page, link: Link) -> bool:
    """Tell whether a link leads to a part of the column: a year's folder, a kind of bodies."""
    is_part = relevance.year_folder(link.title) is not None or relevance.is_part_of_column(link.title)
    return is_part and is_below(page.url, link.url)


def _names_column(page: Page) -> bool:
    """Tell whether the page calls itself an annual-report column."""
    title = _TITLE.search(page.text)
    return any(
        _COLUMN.match(part) or relevance.is_column(part)
        for part in _PARTS.split(title.group(1) if title else "")
        if part
    )
