"""The sentence that says a standing, in Chinese, so that a person can forward it as it stands."""

from __future__ import annotations

from datetime import date, datetime

from config.clock import local_date
from extract.dates import DateKind
from monitor.coverage import DATE_UNCLEAR, SEEN_LATER, Case, Standing, StandingKind

REASONS = {
    "declined": "网站拒绝自动访问",
    "forbidden": "网站的 robots.txt 不允许访问该栏目",
    "error": "网站打不开",
    "soft_404": "栏目页面只显示错误提示",
    "js_shell": "栏目内容要由浏览器运行脚本才能显示",
    "gone": "栏目页面已不存在",
    "not_official": "栏目转到了名录以外的网站",
    "column_unknown": "年报栏目的地址尚未确定",
    "empty_list": "栏目页面没有列出任何条目",
    "too_few": "栏目列出的条目明显少于应有数量",
    "more_pages": "栏目还有后续页没有取到",
    "listed_unread": "栏目已列出可能是该报告的标题, 文件尚未取到",
    "listed_dead": "栏目列出的链接打开是错误页或已不存在",
    "not_followed": "栏目中有一条只写机关名称的链接, 尚未核实",
    "not_read_yet": "文件已取回, 尚未读取",
    "unfinished": "期限届满后的采集没有做完",
    "no_capture": "期限届满后还没有看过该栏目",
    "not_processed": "期限已过, 请运行 nianbao process 重新判定",
    "doubtful_match": "有报告归属存疑",
    "content_not_report": "有同名标题, 内容却不是年度报告",
    "date_unclear": "日期证据不足",
    "seen_later": "期限后检查时尚无, 之后才出现",
    "dates_agree": "多处日期均晚于期限",
}
"""Reasons in words, for sentences and matrices."""
KINDS = {
    StandingKind.NOT_DUE: "未到期",
    StandingKind.UPCOMING: "临近期限",
    StandingKind.PUBLISHED: "按期公布",
    StandingKind.LATE: "逾期公布",
    StandingKind.NOT_PUBLISHED: "未公布",
    StandingKind.WITHDRAWN: "已撤下",
    StandingKind.CANNOT_TELL: "无法判断",
}
READINGS = {"read": "已读", "partly": "部分读取", "unread": "未能读取"}
DATE_WORDS = {
    DateKind.URL: "网址日期",
    DateKind.LABEL: "页面所示日期",
    DateKind.INDEX: "索引信息日期",
    DateKind.LIST: "栏目所示日期",
    DateKind.UPDATE: "更新日期",
}


def sentence_of(case: Case, standing: Standing) -> str:
    """Return one Chinese sentence or two: what is the case, since when known, against which deadline."""
    report = f"{case.body.name}{case.year}年度政府信息公开工作年度报告"
    due = f"应于{chinese_day(case.deadline.due_on)}前（含当日）公布（{case.deadline.basis}）"
    words = {
        StandingKind.NOT_DUE: _waiting,
        StandingKind.UPCOMING: _waiting,
        StandingKind.PUBLISHED: _published,
        StandingKind.LATE: _late,
        StandingKind.NOT_PUBLISHED: _not_published,
        StandingKind.WITHDRAWN: _withdrawn,
        StandingKind.CANNOT_TELL: _cannot_tell,
    }[standing.kind]
    return f"{report}{due}，{words(case, standing)}{_reading(standing)}"


def chinese_day(day: date) -> str:
    """Write a day as 2025年1月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _day_of(instant: datetime | None) -> str:
    return chinese_day(local_date(instant)) if instant else "（日期不明）"


def _waiting(case: Case, _standing: Standing) -> str:
    return f"截至{_day_of(case.now)}尚未见到，期限未过。"


def _published(_case: Case, standing: Standing) -> str:
    if standing.basis == "handed_in":
        return f"已由人工提交，提交日期{_day_of(standing.first_seen_at)}{_unclear(standing)}。"
    shown = f"，所示公布日期{chinese_day(standing.published_on)}" if standing.published_on else ""
    return f"已公布{shown}，首次见到于{_day_of(standing.first_seen_at)}{_unclear(standing)}。"


def _unclear(standing: Standing) -> str:
    return "；现有日期证据不足以判断是否按期" if standing.reason == DATE_UNCLEAR else ""


def _late(case: Case, standing: Standing) -> str:
    if standing.reason == SEEN_LATER:
        looked = _day_of(min(look.began_at for look in standing.looks))
        return f"{looked}检查栏目时尚未公布，{_day_of(standing.first_seen_at)}首次见到，属逾期公布。"
    after = [item for item in standing.dates if item.on > case.deadline.due_on]
    told = "、".join(f"{DATE_WORDS[item.kind]}{chinese_day(item.on)}" for item in after)
    return f"{told}，均晚于期限，属逾期公布。"


def _not_published(case: Case, standing: Standing) -> str:
    names = "、".join(view.name for view in case.views)
    return f"截至{_day_of(standing.looked_at)}检查，{names}的年报栏目中未见该报告，逾期未公布。"


def _withdrawn(case: Case, standing: Standing) -> str:
    first, last = case.gone or (None, None)
    seen = _day_of(standing.first_seen_at)
    return f"曾于{seen}见到，{_day_of(first)}至{_day_of(last)}多次访问均已不存在，疑被撤下。"


def _cannot_tell(_case: Case, standing: Standing) -> str:
    why = REASONS.get(standing.reason, standing.reason)
    when = f"（最近一次查看{_day_of(standing.looked_at)}）" if standing.looked_at else ""
    return f"目前无法判断是否公布：{why}{when}。这不说明该机关没有公布。"


def _reading(standing: Standing) -> str:
    return {"unread": "报告文件未能读取内容。", "partly": "报告表格未能全部读取。"}.get(standing.reading, "")
