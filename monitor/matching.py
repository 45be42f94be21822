"""Matching: whose report of which year a stored document is.

Theory. The document itself, the title it is linked by and the page around it each name a body.
Names that are exact decide, and must not contradict each other; without any, one noted match
decides; everything else is doubtful. A doubtful document belongs to nobody, says why in words, and
names the bodies that it could belong to: none of them is called missing because of our doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from archive.derived import Outcome
from config.bodies import Body, BodyKind
from config.clock import local_date
from extract.model import Report
from extract.titles import TitleReading, Verdict, read_page_title
from monitor.names import name_key
from monitor.naming import NameCode, Naming, resolve_name
from monitor.roster import Roster

MATCH_VERSION = 2
"""Raise it when the same document and roster may be matched otherwise."""

_REASONS = {
    NameCode.AREA_DIFFERS: "文中机关名“{name}”与名录“{body}”只有行政区划写法不同",
    NameCode.SHORT_NAME: "文中只写“{name}”，该网站上只有“{body}”与之相符",
    NameCode.ABBREVIATED: "文中写作简称“{name}”，该网站上只有“{body}”与之相符",
    NameCode.ONLY_BODY: "该网站只发布“{body}”的报告，文中没有写明机关或写法不同",
    NameCode.NO_NAME: "没有写明机关名称",
    NameCode.NOT_IN_ROSTER: "名录中没有“{name}”",
    NameCode.SIMILAR_NAME: "“{name}”与名录中的名称相近但不相同",
    NameCode.AMBIGUOUS_NAME: "“{name}”可指多个机关",
    NameCode.OTHER_BODY: "“{name}”不在该网站发布报告的机关之列",
}
_PUBLISHER = re.compile(
    r"(?:发布机构|信息提供单位|公开责任部门)[】\]]?\s*[：:]?\s*"
    r"([\u4e00-\u9fff（）]+?)(?=(?:发布|发文|成文|公开|生成)日期|文号|主题|\s|$)"
)
_FILE_ENDING = re.compile(r"^\d{1,3}[.、]|\.[A-Za-z]{2,5}$")
DECEMBER = 12
_SEPARATORS = re.compile(r"[»›>/|：:\s]+")


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """What is known of a stored document: how its reading ended, and what its surroundings say."""

    portal: str
    outcome: Outcome
    report: Report | None = None
    link_titles: tuple[str, ...] = ()
    page_titles: tuple[str, ...] = ()
    context: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A body's year, or nobody's. `doubt` says in words what is noted or doubted, empty if nothing.

    `candidates` are ids of bodies that the document could belong to, only where `body` is None.
    `year` may be known without a body.
    """

    body: str | None = None
    year: int | None = None
    code: str = ""
    doubt: str = ""
    candidates: tuple[str, ...] = ()


def match_document(found: FoundDocument, roster: Roster) -> Match:
    """Return whose report a document is; an empty Match where it is no report at all."""
    titles = [read_page_title(title) for title in _titles(found)]
    named = [title for title in titles if title.verdict is Verdict.REPORT]
    if found.outcome is not Outcome.REPORT and not named:
        return _unread(found, titles, roster)
    match = _decide(found, named, roster)
    if match.year and found.seen_at and not is_possible_year(match.year, found.seen_at):
        ids = (match.body,) if match.body else match.candidates
        return Match(None, None, "year_impossible", f"所写年度{match.year}年当时尚未结束", ids)
    if found.outcome is not Outcome.REJECTED:
        return match
    ids = (match.body,) if match.body else match.candidates
    reason = "标题是年度报告，页面内容不是"
    return Match(None, match.year, "content_not_report", reason, ids)


def _unread(found: FoundDocument, titles: Sequence[TitleReading], roster: Roster) -> Match:
    """Return whose an unreadable document without a report's title could be: whom a title names, else any.

    What no title speaks of belongs to nobody: a form, a picture of the page.
    """
    if found.outcome is not Outcome.PROBLEM or any(title.verdict is Verdict.OTHER for title in titles):
        return Match()
    namings = [resolve_name(_stem(title.title), found.portal, None, roster) for title in titles]
    exact = [naming for naming in namings if naming.is_exact]
    speaks = [title for title in titles if title.speaks_of_report or "年报" in title.title]
    if not exact and not speaks:
        return Match()
    years = {title.year for title in titles if title.year}
    year = min(years) if len(years) == 1 else None
    ids = _ids(exact or [resolve_name(None, found.portal, year, roster)])
    return Match(None, year, "unread_unnamed", "文件不能读取，标题没有写明是谁的年度报告", ids)


def _stem(title: str) -> str:
    return _FILE_ENDING.sub("", title)


def is_possible_year(year: int, seen_at: datetime) -> bool:
    """Tell whether a report of a year can exist at an instant: not before that year's December."""
    seen_on = local_date(seen_at)
    return year < seen_on.year or (year == seen_on.year and seen_on.month == DECEMBER)


def _titles(found: FoundDocument) -> tuple[str, ...]:
    """Return the titles that may speak for the document: a page's title not for what it rejects."""
    if found.outcome is Outcome.REJECTED or any(map(_is_other_paper, found.link_titles)):
        return found.link_titles
    return (*found.link_titles, *found.page_titles)


def _is_other_paper(title: str) -> bool:
    return read_page_title(title).verdict is Verdict.OTHER


def _decide(found: FoundDocument, titles: Sequence[TitleReading], roster: Roster) -> Match:
    years = _years(found.report, titles)
    year = years[0] if len(years) == 1 else None
    names = list(_names(found, titles))
    namings = [resolve_name(name, found.portal, year, roster) for name in names if name_key(name)]
    match = _agree(namings or [_by_surroundings(found, year, roster)], year)
    if len(years) > 1:
        return _years_differ(match, years)
    if match.body and year is None:
        return Match(None, None, "no_year", "没有写明报告年度", (match.body,))
    return match


def _years(report: Report | None, titles: Sequence[TitleReading]) -> list[int]:
    told = [report.year if report else None, *(title.year for title in titles)]
    return list(dict.fromkeys(year for year in told if year is not None))


def _names(found: FoundDocument, titles: Sequence[TitleReading]) -> list[str]:
    own = []
    if found.report is not None:
        own = [found.report.organization or ""]
    return [*own, *(title.organization or "" for title in titles)]


def _agree(namings: Sequence[Naming], year: int | None) -> Match:
    """Make one match of what several names say; a contradiction is a doubt."""
    exact = {item.body.id: item for item in namings if item.is_exact and item.body}
    noted = {item.body.id: item for item in namings if item.body} | exact
    elsewhere = [item for item in namings if item.code is NameCode.OTHER_BODY]
    chosen = exact or noted
    if len(noted) > 1 or (chosen and elsewhere):
        contradicting = [*noted.values(), *elsewhere]
        named = "、".join(dict.fromkeys(f"“{item.name}”" for item in contradicting))
        return Match(None, year, "sources_differ", f"文件与链接所称机关不同: {named}", _ids(contradicting))
    if not chosen:
        return Match(None, year, namings[0].code, _reason(namings[0]), _ids(namings))
    ((body, naming),) = chosen.items()
    first = namings[0]
    if naming.is_exact and first.body is None:
        reason = f"{_reason(first)}；链接标题写明是“{naming.name}”"
        return Match(body, year, "link_title", reason)
    return Match(body, year, naming.code, _reason(naming))


def _by_surroundings(found: FoundDocument, year: int | None, roster: Roster) -> Naming:
    """Ask the breadcrumb and the index block who publishes, where no title names a body.

    The office publishes the report of its area too, so as a publisher it proves nothing.
    """
    publishers = _PUBLISHER.findall(found.hints.get("index_block", ""))
    words = [*_SEPARATORS.split(found.context), *publishers, found.hints.get("meta_source", "")]
    exact = [item for word in words if (item := resolve_name(word, found.portal, year, roster)).is_exact]
    bodies = {item.body.id: item.body for item in exact if item.body}
    if len(bodies) == 1:
        (body,) = bodies.values()
        if body.kind is not BodyKind.GOVERNMENT_OFFICE:
            return Naming(NameCode.SHORT_NAME, exact[-1].name, body)
    return resolve_name(None, found.portal, year, roster)


def _years_differ(match: Match, years: Sequence[int]) -> Match:
    ids = (match.body,) if match.body else match.candidates
    written = "、".join(map(str, years))
    return Match(None, None, "years_differ", f"文件与链接所写年度不同: {written}", ids)


def _ids(namings: Sequence[Naming]) -> tuple[str, ...]:
    bodies: list[Body] = []
    for item in namings:
        bodies += [item.body] if item.body else item.candidates
    return tuple(dict.fromkeys(body.id for body in bodies))


def _reason(naming: Naming) -> str:
    if naming.code is NameCode.EXACT:
        return ""
    body = naming.body.name if naming.body else ""
    return _REASONS[naming.code].format(name=naming.name, body=body)
