"""The portals of a simulated season over local HTTP: what they show depends on the simulated day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from http import HTTPStatus

from monitor.demo.portal import Answer, challenge_answer
from tests.extract.generate import Sample, Shape, make_sample
from tests.extract.render import normal
from tests.season_plan import YEAR, Truth

HTML = "text/html; charset=utf-8"
CHANGED_AT = datetime(2025, 1, 1, tzinfo=UTC)
MISSING = Answer(b"<html><title>404</title></html>", HTML, status=HTTPStatus.NOT_FOUND)
SOFT_404 = Answer(
    "<html><head><title>提示</title></head><body><p>您访问的页面不存在或已删除。</p></body></html>".encode(),
    HTML,
)
FILLER = "<p>主动公开政府信息是本机关的职责，欢迎公众监督，依法保障公民、法人和其他组织获取政府信息。</p>" * 4


@dataclass
class Season:
    """All portals on the present day; `trouble` maps (portal, day) to what it answers to everything."""

    truths: Sequence[Truth]
    trouble: dict[tuple[str, date], str]
    day: date = date(2025, 1, 1)
    asked: int = 0
    before_answer: Callable[[int], None] = field(default=lambda _count: None)

    def answers(self, portal: str) -> Callable[[str], Answer]:
        """Return the answers of one portal's server."""
        own = [truth for truth in self.truths if truth.portal == portal]

        def answer(path: str) -> Answer:
            self.asked += 1
            self.before_answer(self.asked)
            state = self.trouble.get((portal, self.day))
            if state == "blocked":
                return challenge_answer(path)
            if path == "/robots.txt":
                return MISSING
            if state == "soft_404":
                return SOFT_404
            if path == "/nb/":
                return self._column(own)
            page = next((truth for truth in own if truth.path(self.day) == path), None)
            return self._article(page) if page else MISSING

        return answer

    def _column(self, own: Sequence[Truth]) -> Answer:
        rows = "".join(
            f"<li><a href='{path}'>{truth.title}</a><span>{truth.claimed_on}</span></li>"
            for truth in own
            if (path := truth.path(self.day))
        )
        old = f"<li><a href='/art/old.html'>某局{YEAR - 1}年政府信息公开工作年度报告</a></li>"
        return page_of("政府信息公开年报", f"<ul>{rows}{old}</ul>{FILLER}")

    def _article(self, truth: Truth) -> Answer:
        report = report_html(truth.name, truth.id, truth.is_edited(self.day))
        return page_of(truth.title, f"<p>发布日期：{truth.claimed_on}</p>{report}")


def page_of(title: str, body: str) -> Answer:
    """Return an HTML page."""
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Answer(text.encode(), HTML, CHANGED_AT)


@cache
def report_html(name: str, seed: str, edited: bool) -> str:
    """Return a whole report with right sums as HTML; `edited` has another number in table 2."""
    sample = make_sample(sum(map(ord, seed)), Shape())
    cells = dict(sample.cells)
    cells["disclosure.licensing.decisions"] = "77" if edited else "76"
    named = Sample(sample.form, name, YEAR, cells)
    parts: list[str] = []
    rows: list[list[str]] = []
    for line in [*normal(named).splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            parts.append(_table(rows))
            rows = []
        words = line.lstrip("# ")
        parts.append(f"<h2>{words}</h2>" if line.startswith("#") else f"<p>{words}</p>")
    return "".join(parts)


def _table(rows: list[list[str]]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table border='1'>{lines}</table>"
