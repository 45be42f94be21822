"""A yes and its no: two parts whose names say that there is no third, 采纳 and 未采纳, 专职 and 兼职."""

from __future__ import annotations

import re

_NO = re.compile(r"[不未非](?:予以?)?(?P<yes>[一-龥]{2,8})$")
_OPPOSITES = (
    ("主办", "协办"),
    ("主办", "会办"),
    ("主办", "分办"),
    ("有效", "无效"),
    ("即办", "承诺"),
    ("集中学习", "自学"),
    ("线上", "线下"),
    ("原创", "转载"),
    ("原创", "转发"),
    ("自制", "转发"),
    ("专职", "兼职"),
    ("完成", "推进"),
    ("完成", "实施"),
)
_KIND = re.compile("(?:内容|信息|图文|文章|稿件|作品|消息|推文|方式|渠道|类|人员|留言|件)$")
"""What an opposite is said of: 原创内容, 线上方式."""
_NEW, _OLD = (
    re.compile("(?:今年|当年|本年)?新(?:增|设|开|建|开设|办)(?:的)?"),
    re.compile("延续|沿用|续[办建开]|原有|保留"),
)
_DONE = re.compile(r"(?:(?<!限期)(?:办结|答复|回复|办理|整改|处理)(?:完毕|完成)?|立行立改)$")
_PENDING = re.compile(
    r"(?:正在|尚在|在|持续|限期|长期)(?:办理|办|处理|整改)中?的?$|(?:未|待|尚未)(?:办结|答复|回复|办理|处理|整改)的?$"
)
"""What was done and what was not, of things that are not carried from year to year."""
_NOT_EXHAUSTIVE = re.compile(
    r"依申请|办结|(?<!公开)答复|公开申请|审结|受理|余|约|近|部分|较|比|增|减|同比|予以公开|不予(?!采纳|公开)"
)
"""Requests and cases are carried from year to year: what is done and what is not may exceed what came."""


def are_new_and_old(first: str, second: str) -> bool:
    """Tell what is new and what goes on from before: 新增4个，延续2个."""
    return bool(_NEW.fullmatch(first) and _OLD.fullmatch(second))


def are_done_and_not(first: str, second: str) -> bool:
    """Tell 已回复 and 正在办理; more than came may be, some came before, but not less."""
    return bool(_DONE.search(first) and _PENDING.search(second))


def is_one_itself(before: str, second: str) -> bool:
    """Tell a first number that is the yes itself, and no total: 满意80份，基本满意60份，不满意30份."""
    negation = _NO.search(second)
    return negation is not None and before.endswith(negation["yes"])


def are_opposite(first: str, second: str) -> bool:
    """Tell a part and what is left without it, of things that are not carried from year to year."""
    if _NOT_EXHAUSTIVE.search(first + second):
        return False
    negation = _NO.search(second)
    if negation:
        return first.endswith(negation["yes"]) or negation["yes"] in first
    kinds = _KIND.sub("", first), _KIND.sub("", second)
    return any(kinds[0].endswith(yes) and kinds[1].endswith(no) for yes, no in _OPPOSITES)
