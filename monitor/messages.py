"""The words of a message: what a supervisor needs to act on, body by body.

The language is that of config/alerts.yml, not that of the machine which happens to send. Numbers
come from the findings, never from prose, and each stands with its cell, its basis and its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from config import clock
from monitor.alert_views import AlertView
from monitor.pressing import Pressing, pressing_sections
from monitor.rules.official import cell_label

SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info")}


@dataclass(frozen=True, slots=True)
class Letter:
    """All that goes into one message: to whom, which number, which language, what."""

    recipient_name: str
    number: str
    language: str
    is_for_operator: bool
    opened: Sequence[AlertView]
    resolved: Sequence[AlertView] = ()
    upcoming: Sequence[AlertView] = ()
    pressing: Sequence[Pressing] = ()
    is_calendar_known: bool = True

    def say(self, chinese: str, english: str) -> str:
        """Return the words in the letter's language."""
        return english if self.language == "en" else chinese

    @property
    def bodies(self) -> list[str]:
        """Names of what the letter is about, each once."""
        return list(dict.fromkeys(view.body_name for view in self.opened))

    @property
    def subject(self) -> str:
        """Say what it is about and how much there is."""
        tag = self.say("年报监测", "Annual reports") + (
            self.say("·运维", ", operator") * self.is_for_operator
        )
        counts = [self._count_upcoming(), self._count_opened(), self._count_pressing()]
        if not any(counts):
            counts = [self.say(f"{len(self.resolved)} 项已消除", f"{len(self.resolved)} resolved")]
        told = self.say("；", "; ").join(filter(None, counts))
        return self.say(f"【{tag}】{told}", f"[{tag}] {told}")

    def _count_upcoming(self) -> str:
        bodies = sum(int(view.findings[0]["actual"]) for view in self.upcoming)
        years = _years_zh(self.upcoming)
        words = self.say(
            f"期限将近，{bodies} 个单位尚未见到报告{years}", f"due soon: {bodies} bodies not seen yet"
        )
        return words if self.upcoming else ""

    def _count_opened(self) -> str:
        count = len(self.opened)
        if not count:
            return ""
        if len(self.bodies) == 1:
            return self.say(
                f"{self.bodies[0]}{_years_zh(self.opened)}：{count} 项待处理",
                f"{self.bodies[0]}: {count} to act on",
            )
        return self.say(
            f"{len(self.bodies)} 个单位 {count} 项待处理{_years_zh(self.opened)}",
            f"{len(self.bodies)} bodies, {count} to act on",
        )

    def _count_pressing(self) -> str:
        count = len(self.pressing)
        return self.say(f"催办 {count} 项", f"{count} reminders") if count else ""

    @property
    def text(self) -> str:
        """Return the whole letter."""
        parts = [
            self._opening(),
            *self._lists(),
            *self._bodies(),
            *pressing_sections(self.pressing, self.say),
            *self._unchecked(),
            *self._resolved(),
            self._closing(),
        ]
        return "\n\n".join(parts) + "\n"

    def _opening(self) -> str:
        greeting = f"{self.recipient_name}{self.say('：', ':')}\n\n" if self.recipient_name else ""
        return greeting + (self._news() if self.opened else self._no_news())

    def _news(self) -> str:
        count, bodies = len(self.opened), len(self.bodies)
        if self.is_for_operator:
            return self.say(
                f"以下 {count} 项需要运行维护人员核查（采集、读数或名录），未发给主管部门。",
                f"{count} matters for the operator (crawl, readings, roster); no supervisor was told.",
            )
        return self.say(
            f"政府信息公开工作年度报告监测新发现 {bodies} 个单位 {count} 项情况，请核实并督促办理。",
            f"The annual reports of {bodies} bodies show {count} new matters; please verify and act.",
        )

    def _no_news(self) -> str:
        return self.say(
            "政府信息公开工作年度报告监测没有新发现，下列事项请知悉或督促办理。",
            "The annual reports show nothing new; please note or act on what follows.",
        )

    def _lists(self) -> list[str]:
        heading = self.say("催报（期限将近，不是问题通报）：", "Due soon (no reproach):")
        return [
            f"{heading}\n{view.message}\n{self.say('提醒编号：', 'Alert: ')}{view.id}"
            for view in self.upcoming
        ]

    def _unchecked(self) -> list[str]:
        if self.is_calendar_known or not self.pressing:
            return []
        return [
            self.say(
                "节假日未核：工作日暂按周一至周五计算。", "Holidays not known: counted Monday to Friday."
            )
        ]

    def _bodies(self) -> list[str]:
        parts = []
        groups = groupby(self.opened, key=lambda view: (view.body_name, view.year))
        for number, ((name, year), views) in enumerate(groups, start=1):
            years = self.say(f" {year} 年度", f", {year}") if year else ""
            items = [self._item(index, view) for index, view in enumerate(views, start=1)]
            parts.append("\n".join([f"{number}. {name}{years}", *items]))
        return parts

    def _item(self, index: int, view: AlertView) -> str:
        severity = self.say(*SEVERITIES[view.severity])
        lines = [f"  ({index}) [{severity}] {self._verdict(view)}{view.title}", f"      {view.message}"]
        figures = dict.fromkeys(line for finding in view.findings for line in self._figures(finding))
        lines += [f"      {line}" for line in figures]
        if basis := view.findings[0].get("basis") if view.findings else None:
            lines.append(f"      {self.say('依据：', 'Basis: ')}{basis}")
        if view.link:
            lines.append(f"      {self.say('来源：', 'Source: ')}{view.link}{self._page(view)}")
        if view.previous_id:
            earlier = self.say("此前已提醒，数值有变动，原编号：", "Told before with other values as alert: ")
            lines.append(f"      {earlier}{view.previous_id}")
        lines.append(f"      {self.say('提醒编号：', 'Alert: ')}{view.id}")
        return "\n".join(lines)

    def _verdict(self, view: AlertView) -> str:
        """Say how the title, which states what is required, fares."""
        if view.findings and view.findings[0]["outcome"] == "cannot_tell":
            return self.say("无法判断：", "undecided: ")
        is_reproach = view.audience == "supervisor" and view.severity != "info"
        return self.say("不符合：", "not met: ") if is_reproach else ""

    def _figures(self, finding: dict[str, Any]) -> list[str]:
        """Return the line of figures of one finding, where it has both numbers."""
        expected, actual, cell = finding["expected"], finding["actual"], finding["cell"]
        if not isinstance(expected, int | float) or not isinstance(actual, int | float):
            return []
        where = f"{_cell_name(cell)} " if cell else ""
        difference = f"{actual - expected:+.10g}"
        words = self.say(
            f"应为 {expected}，实为 {actual}，相差 {difference}",
            f"expected {expected}, found {actual}, difference {difference}",
        )
        return [f"{self.say('数据：', 'Figures: ')}{where}{words}"]

    def _page(self, view: AlertView) -> str:
        pages = [item["page"] for finding in view.findings for item in finding["evidence"] if item["page"]]
        return self.say(f"（第 {min(pages)} 页）", f" (page {min(pages)})") if pages else ""

    def _resolved(self) -> list[str]:
        if not self.resolved:
            return []
        heading = self.say("此前提醒、现已消除：", "Told before, resolved now:")
        lines = [
            f"  - {view.body_name} {view.year or ''} {view.title} ({self.say('提醒', 'alert')} {view.id})"
            for view in self.resolved
        ]
        return ["\n".join([heading, *lines])]

    def _closing(self) -> str:
        lines = [
            self.say(
                "以上由程序比对公开网页与报告原文得出，每项均附依据与来源；如有异议，请注明提醒编号回复。",
                "Found by comparing public pages and reports; object by naming the alert's number.",
            ),
            f"{self.say('信息编号', 'Message')} {self.number}",
        ]
        if (simulated := clock.simulated_now()) is not None:
            lines.append(f"{self.say('模拟时间', 'Simulated time')} {simulated.isoformat()}")
        return "\n".join(lines)


def _years_zh(views: Sequence[AlertView]) -> str:
    years = sorted({view.year for view in views if view.year})
    return f"（{'、'.join(map(str, years))} 年度）" if years else ""


def _cell_name(path: str) -> str:
    try:
        return cell_label(path)
    except (KeyError, ValueError):
        return path
