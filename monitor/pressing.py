"""The parts of a letter that press: reminders, orders to correct, matters handed up to the next level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.alert_views import AlertView
from monitor.notices import NoticeKind

Wording = Callable[[str, str], str]
"""Takes Chinese and English words and returns those of the letter's language."""
HEADINGS = {
    NoticeKind.ESCALATED: (
        "以下情况已多次提醒，仍无人认领或办结，现报上一级：",
        "Reminded of repeatedly, still open; told to the next level:",
    ),
    NoticeKind.ORDER_OVERDUE: ("整改期限已过，问题仍在：", "The day of the order has passed, still open:"),
    NoticeKind.ORDER_NEAR: ("整改期限将至：", "The day of the order is near:"),
    NoticeKind.REMINDER: (
        "催办（此前已提醒，尚无人认领，问题仍在）：",
        "Reminders (told before, still open):",
    ),
}
"""Why, in the order in which a letter says it."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """An alert told once more, and why.

    `told_on` is when it was first told, `told_to` to whom (where another office is told now), `count`
    how many reminders that makes; the rest is of the order to correct, where there is one.
    """

    kind: NoticeKind
    view: AlertView
    told_on: date | None = None
    told_to: str = ""
    count: int = 0
    due_on: date | None = None
    order_text: str = ""
    replied_on: date | None = None

    def line(self, say: Wording) -> str:
        """Return the matter in one line, what happened to it in a second."""
        view = self.view
        told = [*self._history(say), *self._order(say), say(f"提醒编号 {view.id}", f"alert {view.id}")]
        about = f"  - {view.body_name} {view.year or ''} {view.title}：{view.message}"
        return f"{about}\n      {say('；', '; ').join(told)}"

    def _history(self, say: Wording) -> list[str]:
        parts = []
        if self.told_on is not None:
            to = say(f"（{self.told_to}）", f" ({self.told_to})") if self.told_to else ""
            parts.append(say(f"{self.told_on} 首次提醒{to}", f"first told on {self.told_on}{to}"))
        if self.count:
            words = ("已催办 {} 次", "{} reminders") if self.told_to else ("第 {} 次催办", "reminder {}")
            parts.append(say(*words).format(self.count))
        if self.view.last_seen_on is not None:
            seen = self.view.last_seen_on
            parts.append(say(f"最近核对 {seen}", f"last checked {seen}"))
        return parts

    def _order(self, say: Wording) -> list[str]:
        if self.due_on is None:
            return []
        parts = [say(f"限 {self.due_on} 前整改", f"to be corrected by {self.due_on}")]
        if self.order_text:
            parts.append(say(f"要求：{self.order_text}", f"ordered: {self.order_text}"))
        if self.replied_on is not None:
            parts.append(say(f"{self.replied_on} 已答复", f"answered on {self.replied_on}"))
        return parts


def pressing_sections(pressing: Sequence[Pressing], say: Wording) -> list[str]:
    """Return one section for each reason that there is."""
    sections = []
    for kind, heading in HEADINGS.items():
        if items := [one.line(say) for one in pressing if one.kind is kind]:
            sections.append("\n".join([say(*heading), *items]))
    return sections
