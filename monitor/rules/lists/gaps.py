"""What may stand between a total and its list: what it counts, how it changed, a clause without numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from monitor.rules.lists.openers import Opener
from monitor.rules.prose.quantities import Quantity

_GAP = re.compile(
    r"[^，,。；;：:\d]{0,14}(?:[，。](?:内容|信息|具体|类别|其|(?:依照|按照?|依)(?:信息|内容)?(?:类别|类型|内容|渠道|种类))|，(?:均|全部|都)[为是][^，。；\d]{1,10})?(?P<change>[，（](?:同比|环比|较|比|相比|与(?:上一?年|去年)度?(?:同期)?相?比)[^，。；]{1,24})?[，,：:；。（]?$"
)
"""What may stand between a total and its list: what it counts, how it changed."""
_FIRST_DIVISION = re.compile(r"（(?:其中|含)[^（）]*）|^（[条件篇次期份]）|，[^，。；：\d]{2,14}；$")
"""Between a total and a list that divides it once more: another list, another unit, a clause of its own."""
_CLAUSE = re.compile(
    r"[^，。；\d]{0,14}(?:[，；。](?:其中)?[^，。；：（）\d]{2,30}(?:\d+(?:\.\d+)?%)?){1,2}[，。；]?|"
    r"[^，。；：（）\d]{15,40}"
)
"""Clauses between a total and 其中: 420条，完成任务。其中……; 86所学校公开了收费标准，其中……"""
_REMARK = re.compile(
    r"[^，。；\d]{0,14}(?:[，；。](?:"
    r"[并且]?(?:均|全部?|都|已|超额|完成|圆满|有效|切实|充分|较好|及时|"
    r"依法|全面|排名|位[居列]|做到|确保)(?!拓)"
    r"[^，。；：（）\d]{2,30}(?:\d+(?:\.\d+)?%)?"
    r"|[^，。；：\d]{0,8}率均?(?:达到?|为)?\d+(?:\.\d+)?%)){1,2}"
)
"""What is said of all that was counted, before its list is told: 420条，均及时公开，包括……"""
_MOSTLY = re.compile("主要|大部分|部分|大多|多数|多为|为主")
"""Words of such a clause that say that the list names the main parts alone."""
_ASIDE = re.compile(
    r"，(?:历年|历史)(?:以来)?累计[^，。；\d]{0,16}\d+[条件份篇]|，(?:已经?|均)?(?:100%)?(?:实现)?全文电子化率?(?:达到?|为)?(?:100%)?|"
    r"（[^（）\d]{0,8}率(?:达到?|为)?100%）|"
    r"，(?:公开|更新|及时)率(?:达到?|为)?100%|，(?:月均|日均|平均每(?:[月天日周]|个?[镇乡村家社单部][^，。；\d]{0,3}))[^，。；\d]{0,8}\d[\d.]*[条件篇份]|"
    r"，(?:内容)?(?:覆盖|涉及|涵盖|分布[在于])[^，。；\d]{0,6}\d+余?个[^，。；\d]{0,8}|"
    r"，(?:累计|总|共)?(?:访问|阅读|浏览|点击)总?量(?:累计|共计|达到?|超过?|约|为|共)*\d[\d.]*[万亿]?余?(?:人?次)?"
)
"""What is said of all years, of a form, of a month, of subjects or of readers: 历年累计1089份."""
_ABOUT = re.compile(r"[，。][^，。；\d]{0,8}(?:包括|涵盖|涉及|包含|内容有|主要公开)[^。；\d]{4,120}$")
"""What a total is about, between it and its list: 信息98条，主要包括机构职能、预决算等内容，其中……"""
MOST_SHARE_MISSED_FAR = Decimal("0.1")
"""By how much parts may miss a total in an earlier sentence, where other numbers stand as well."""
MOST_SHARE_MISSED_BEHIND_CLAUSE = Decimal("0.2")
"""The same for a total that a clause without numbers parts from its list, or 在公开的信息中 names anew."""


def is_adjacent(text: str, total: Quantity, opener: Opener) -> bool:
    """Tell whether a list follows its total, with nothing but remarks between them."""
    end = opener.start + (text[opener.start : opener.start + 1] == "；")
    gap = _between(text, total, end)
    return opener.again or opener.is_far or bool(_GAP.match(gap)) or _is_behind_clause(text, total, opener)


def _between(text: str, total: Quantity, end: int) -> str:
    """Return what stands between a total and the place where its list begins, remarks left out."""
    return _ABOUT.sub("", _FIRST_DIVISION.sub("", _ASIDE.sub("", text[total.end : end])))


def _is_behind_clause(text: str, total: Quantity, opener: Opener) -> bool:
    """Tell whether nothing but clauses without a count stand between a total and its opener."""
    if opener.in_brackets:
        return False
    gap = _ASIDE.sub("", text[total.end : opener.start])
    if "其中" in text[opener.start : opener.body[0]]:
        return bool(_CLAUSE.fullmatch(gap)) and not _MOSTLY.search(gap)
    return text[opener.start] in "，。；" and bool(_REMARK.fullmatch(gap)) and not _MOSTLY.search(gap)


def most_missed(text: str, total: Quantity, opener: Opener) -> Decimal | None:
    """Return by what share the parts may miss a total that does not stand right before them."""
    if opener.is_far:
        is_next = not _ASIDE.sub("", text[total.end : opener.start])
        return MOST_SHARE_MISSED_BEHIND_CLAUSE if is_next else MOST_SHARE_MISSED_FAR
    aside = _ASIDE.search(text[total.end : opener.start])
    if aside and aside.group().startswith(("，历年", "，历史")):
        return MOST_SHARE_MISSED_FAR
    is_near_by = opener.again or bool(_GAP.match(_between(text, total, opener.start)))
    return None if is_near_by else MOST_SHARE_MISSED_BEHIND_CLAUSE
