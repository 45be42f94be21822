"""Normalized text -> Report. Pure: the same text always gives the same report.

A text is a report if at least three of the six official titles or an official table are there and its
title does not say that it is something else. Reports up to 2018, which had no national form, are known
by their title alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import NotAReport
from extract.formats import official_forms
from extract.headings import Heading, find_headings, other_headings
from extract.model import Format, NormalizedText, Problem, Report
from extract.sections import cut_sections
from extract.signature import Signature, find_signature
from extract.tables import Tables, read_tables
from extract.title_search import TitleFound, find_title, period_years, publisher_named
from extract.titles import TitleReading, Verdict, is_same_body, read_page_title, tidy_title

FIRST_YEAR_OF_FORMS = 2019
LEAST_TITLES = 3
_LEAST_CHARS_OF_OLD_REPORT = 300


@dataclass(frozen=True, slots=True)
class _Identity:
    """Whose report of which year, and what is doubtful about it."""

    title: str
    organization: str | None
    year: int | None
    problems: tuple[Problem, ...]


def parse_report(text: NormalizedText) -> Report:
    """Read one annual report; raises NotAReport with the reason in one line."""
    lines = text.text.split("\n")
    headings = find_headings(lines)
    first = headings[0].line if headings else len(lines)
    title = find_title(lines, first, text.hints)
    identity = _identify(title, text)
    tables = read_tables(text, headings, identity.year)
    _refuse_others(title, headings, tables, text, identity)
    everything = [*headings, *other_headings(lines, headings)]
    dropped = tables.lines | set(title.lines)
    problems = (*text.problems, *identity.problems, *_missing_titles(headings, tables), *tables.problems)
    return Report(
        title=identity.title,
        organization=identity.organization,
        year=identity.year,
        format=tables.format,
        sections=cut_sections(lines, everything, 0, dropped),
        facts=tables.facts,
        problems=tuple(dict.fromkeys(problems)),
    )


def _identify(found: TitleFound, text: NormalizedText) -> _Identity:
    reading = found.reading
    title = reading.title if reading.speaks_of_report else ""
    stated = period_years(text.text)
    year, problems = reading.year, []
    if year is None and len(stated) == 1:
        year = next(iter(stated))
    elif year is not None and stated and year not in stated:
        named = "、".join(str(one) for one in sorted(stated))
        problems.append(Problem("year_conflict", f"标题为{year}年，正文统计期限或发布语为{named}年"))
    if reading.verdict is not Verdict.REPORT:
        code = "title_doubtful" if title else "title_missing"
        problems.append(Problem(code, reading.reason or "没有找到标题"))
    if year is None:
        problems.append(Problem("year_missing", "标题和统计期限都没有说明年份"))
    signature = find_signature(text.text.split("\n"))
    problems += _signed_early(signature, year)
    organization, missing = _body(reading, publisher_named(text.hints), signature)
    problems += missing
    return _Identity(tidy_title(title), organization, year, tuple(problems))


def _signed_early(signature: Signature, year: int | None) -> list[Problem]:
    """Report a signature from before the end of the year that the report is about."""
    day = signature.signed_on
    if year is None or day is None or day.year > year:
        return []
    return [Problem("year_conflict", f"报告年度为{year}年，落款日期却是{day.year}年{day.month}月{day.day}日")]


def _body(
    reading: TitleReading, publisher: str | None, signature: Signature
) -> tuple[str | None, list[Problem]]:
    """Return whose report it is: by the title, else by who signed or published it, if they agree."""
    if reading.organization:
        return reading.organization, []
    named = [name for name in (signature.organization, publisher) if name]
    longest = max(named, key=len, default=None)
    if longest and all(is_same_body(name, longest) for name in named):
        return longest, []
    why = f"标题没有写明单位，落款为{named[0]}，发布机构为{named[1]}" if named else "标题没有写明单位"
    return None, [Problem("organization_missing", why)]


def _refuse_others(
    found: TitleFound, headings: list[Heading], tables: Tables, text: NormalizedText, identity: _Identity
) -> None:
    """Raise NotAReport where the text is another kind of document, or has too little of a report."""
    reading = found.reading
    if reading.verdict is Verdict.OTHER:
        raise NotAReport(f"不是年度报告：{reading.reason}（{reading.title[:60]}）")
    outside = read_page_title(text.hints.get("meta_title", "") or text.hints.get("page_title", ""))
    if outside.verdict is Verdict.OTHER and not tables.found:
        raise NotAReport(f"不是年度报告：{outside.reason}（{outside.title[:60]}）")
    numbers = {heading.number for heading in headings}
    if len(numbers) >= LEAST_TITLES or tables.found:
        return
    if reading.verdict is Verdict.REPORT and _is_old_report(identity, text):
        return
    why = f"只找到六个部分标题中的{len(numbers)}个，也没有法定表格"
    raise NotAReport(f"不是年度报告：{why}" + (f"；{reading.reason}" if reading.reason else ""))


def _is_old_report(identity: _Identity, text: NormalizedText) -> bool:
    """Tell a report from before the national form: an early year, and text of its own."""
    early = identity.year is not None and identity.year < FIRST_YEAR_OF_FORMS
    return early and len(text.text.strip()) >= _LEAST_CHARS_OF_OLD_REPORT


def _missing_titles(headings: list[Heading], tables: Tables) -> list[Problem]:
    if tables.format is Format.UNKNOWN and not headings:
        return []
    present = {heading.number for heading in headings}
    newest = next(iter(official_forms().by_id.values()))
    return [
        Problem("section_missing", f"没有找到第{'一二三四五六'[part.number - 1]}部分“{part.title}”")
        for part in newest.sections
        if part.number not in present
    ]
