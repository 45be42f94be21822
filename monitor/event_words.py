"""The state of an alert and what happened to it and to its messages, in words that people read."""

from __future__ import annotations

import json

from archive.store import Row
from config.language import say

STATE_WORDS = {
    "open": ("待办", "open"),
    "acknowledged": ("已认领", "acknowledged"),
    "dismissed": ("已驳回", "dismissed"),
    "resolved": ("已消除", "resolved"),
}
EVENT_WORDS = {
    "alert.opened": ("列入台账", "opened"),
    "alert.reopened": ("重新出现", "reopened"),
    "alert.resolved": ("已消除", "resolved"),
    "alert.acknowledged": ("认领", "acknowledged"),
    "alert.dismissed": ("驳回", "dismissed"),
    "alert.approved": ("核准发出", "approved"),
    "alert.audience": ("改变发送对象", "audience changed"),
    "alert.ordered": ("责令整改", "correction ordered"),
    "alert.replied": ("机关回复", "body replied"),
    "alert.reminder": ("催办", "reminded"),
    "alert.escalated": ("上报上一级", "escalated"),
    "alert.order_near": ("整改期限将至", "order nearly due"),
    "alert.order_overdue": ("整改逾期", "order overdue"),
    "delivery.queued": ("编成信件", "message written"),
    "delivery.requested": ("要求重发", "sending again was asked for"),
    "delivery.handed_over": ("交付投递", "handed over"),
    "delivery.sent": ("送达", "sent"),
    "delivery.failed": ("投递失败", "failed"),
    "delivery.cancelled": ("撤回", "taken back"),
    "delivery.unknown": ("投递结果不明", "delivery unknown"),
}
DETAIL_WORDS = {
    "reason": ("理由", "reason"), "note": ("备注", "note"), "text": ("内容", "text"), "by": ("期限", "by"),
    "error": ("原因", "error"), "to": ("发给", "to"), "number": ("第几次", "number"),
    "public": ("公开", "public"),
    "alerts": ("提醒", "alerts"), "previous": ("此前", "previous"), "audience": ("对象", "audience"),
}  # fmt: skip
PROGRAM = "nianbao"
"""Who did what nobody asked for."""


def event_words(row: Row) -> str:
    """Return an event in words: what, of what, by whom, and what was said; unknown kinds as stored."""
    what = say(*EVENT_WORDS[row["kind"]]) if row["kind"] in EVENT_WORDS else row["kind"]
    subject = row["subject"].removeprefix("delivery:") if row["subject"].startswith("delivery:") else ""
    who = f"({row['who']})" if row["who"] != PROGRAM else ""
    return " ".join(part for part in (what, subject, who, _detail(row["detail"])) if part)


def _detail(detail: str | None) -> str:
    told = json.loads(detail) if detail else None
    if not isinstance(told, dict):
        return "" if told is None else str(told)
    parts = []
    for key, value in told.items():
        if value is None or value == "":
            continue
        name = say(*DETAIL_WORDS[key]) if key in DETAIL_WORDS else key
        parts.append(f"{name}: {_value(value)}")
    return "; ".join(parts)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
