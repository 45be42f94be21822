"""Where a list of parts begins in a sentence, and where its parts may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import COUNTED_NAMES, DIVIDED_AS, OF_THOSE, SEEN_BY, TOLD_AS

_OPENING = re.compile(
    r"[，,：:；;、（。]?(?:其中|当中|按[^，。；：、\d]{1,8}分[为成](?=[^，。；：、\d]{2,12}\d)|(?:包括|包含|涵盖|有)(?:以下|下列|这)[两二三四五六七八九](?:大?类|个?方面|种|项)：|具体(?:情况)?[为是]|分别为|分别是|分别涉及|细?分为|(?:主要)?(?:公开)?(?:内容|类别|类型|种类)[为是](?=[：:]|[^，。；：\d]{0,40}\d+[条件篇份])|(?<=，)即(?=[^，。；：、\d]{2,12}\d)|"
    r"由(?=[^，。；：、\d]{2,12}\d[^。；]{4,120}(?:[组构]成|担任))|(?<=，)由(?=[^，。；：、\d]{2,12}(?:提供|报送|供稿|组织|主办|承办|牵头|提出|提交)\d)|(?:分类|分布|构成|类别|明细|具体)(?:情况)?如下|(?<=[，。；])情况如下|"
    r"(?<=组成，)设(?=(?:组长|主任)\d)|包括|包含|涵盖|主要(?:有|包括|[为是](?=[：:]|[^，。；：、\d]{0,12}\d))|内[含有]|"
    r"(?<=[，,：:；;、（。条件篇个份项宗期次])(?:涉及|含))[，,：:]?|"
    r"(?<=[条件篇个份项宗家所])[^，。；：、\d]{0,8}(?<![其态程理办])中(?:[，：]|(?=\d))|"
    rf"[。；，](?:{OF_THOSE}|(?:处理|办理|答复)结果中)[，：]|"
    r"，分(?=[^，。；：、\d]{2,10}\d[^。；]{4,200}[条件篇份个项期次][两二三四五六七八九]个?大?(?:类别?|方面|部分|板块|领域)(?:$|[。；]))|"
    r"[，。；](?:信息|发布|公开|主要)*(?:渠道|途径|平台|方式|来源|载体)(?:共有?|有|为|是|分为)[\d二两三四五六七八九][个种类条]：|"
    rf"[，。；：（](?:{TOLD_AS}[，：]?|{DIVIDED_AS})"
)
_NO_OPENER = re.compile(f"{_OPENING.pattern}|，?（(?:不含|不包括|不包含|未含|不计|不在|另)")
"""合并3个（不含在48个之内）: a bracket that divides nothing."""
_DIVIDED_BY = re.compile(
    r"，按[^，。；：、\d]{1,10}(?:划分|分类|统计|区分|分|看)[，：:]|"
    r"[，；]按(?:信息|内容|公开|发布)?(?:类别|类型|种类|栏目|渠道|平台|来源|载体)："
)
"""How a total is divided; a second one in the sentence divides the total once more."""
_SEEN_BY = re.compile(rf"[。；，](?:{SEEN_BY})[，：]")
"""从申请方式看: the sentence's first total is divided once more."""
_NAMED_BEHIND = re.compile(r"[^，。；：:、（）\d]{1,12}[：:](?=[^，。；：、\d]{0,14}\d)")
"""What a total counts, named behind it: 30件行政许可和处罚：行政许可20件……"""
_NAME = re.compile(COUNTED_NAMES)
_FAR = re.compile(f"{OF_THOSE}|结果中")
"""An opener that names no number itself: 在公开的信息中, not 在公开的6条信息中."""
_LAST_PART = re.compile(
    r"(?:^|[，；：、。中])(?:申请|公开)?(?:内容|事项|信息|主题)?(?P<word>涉及|含)[^，。；：、\d]{1,24}\d[\d,]*余?[条件篇个份项宗期次]$"
)
_MARKS = "，,：:；;、（。"
_OPEN_OPENERS = ("包括", "包含", "涵盖", "涵括", "囊括", "覆盖", "主要", "重点", "涉及", "含")
_SAYS_ALL = re.compile("分别|(?:以下|下列|这)[两二三四五六七八九]")
"""包括以下三类： names how many there are."""
_WHOLE_OPENERS = ("分别", "具体", "分为", "分成", "分类", "构成", "组成", "如下", "即", "由")
_SHARE = re.compile(
    r"[，、（]?(?:约?占(?:比|总数|总量|全部|总体)?|占[^，。；、\d]{1,10})(?:为|的|约)?\d+(?:\.\d+)?[%‰]）?"
)
"""What share a part has: a remark between parts."""
_NOTHING = re.compile(r"[，、；][^，、；。：（）\d]{2,30} ?0 ?(?:条|件|篇|份|个|期|项|次)(?=[，、；。]|$)")
"""Of what there was nothing: no part, whatever its unit; 各0条 names none that are not counted."""
_SOME = re.compile(r"(?<!\d)[1-9]\d* ?[条件篇份个期项次]")
_LONG_LIST = 3
"""From so many parts there are on, parts of none need not be counted."""
_NONE_AT_ALL = re.compile(r"(?<![\d.])0 ?[条件篇份个期项次]\D{0,14}$")
_CHANGE = re.compile(
    r"[，（](?:同比|环比|[较比与](?:上年|去年|上一年|20\d\d年)(?:同期)?)[^，。；\d]{0,8}\d[\d.]*(?:%|个百分点|[条件篇份次期])）?"
)
"""How much a part changed: a remark between parts."""
_CLICKS = re.compile(
    r"(?:，(?:累计|总|共)*(?:点击|阅读|浏览|访问|播放|转[发载]|点赞|分享|评论|收藏)(?:总|人)?(?:量|数|次数|率)?"
    r"(?:共计|共|达到?|超过?|约|近|为)*\d[\d.]*[万亿]?余?(?:人?次|条次)?)+(?=[，；][^，。；\d]{2,30}\d)"
)
"""How often a part was read, between it and the next one."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Where a list of parts begins; `body` is where its parts may stand.

    `again`: it divides the first total of the sentence, not the last before it; `names_all`: authors who
    begin a list so (分别为, ： or （ right behind the total) name every part; `names_one`: it holds its own
    total (3件中2件……); `is_far`: it speaks of what was disclosed before, which may be another number.
    """

    start: int
    body: tuple[int, int]
    is_open: bool
    in_brackets: bool
    again: bool = False
    names_one: bool = False
    names_all: bool = False
    is_far: bool = False


_LEAST_DIVIDED = 2
_TOTAL_OF_ITS_OWN = re.compile(
    r"(?:（[^（）]*）)?(?:[^，。；：、（）\d]{0,10}(?:办结|答复|回复|处理|办理)[^，。；：、（）\d]{0,4})?："
)
"""Behind the first number: 其中11件已办结：予以公开7件; what follows divides that, not the number before."""

MOST_OPENERS = 100
"""No sentence has so many lists; garbled ones do, and each of them would be read to its end."""


def opens_too_many(text: str) -> bool:
    """Tell a garbled sentence, of which nobody could say where its lists begin."""
    return len(text) > MOST_OPENERS and len(_OPENING.findall(text)) > MOST_OPENERS


def openers(text: str, counted: Sequence[Quantity]) -> list[Opener]:
    """Return the places where lists begin, in their order; a counted thing before ： or （ may be a total."""
    found = {}
    for match in _OPENING.finditer(text):
        is_other = _names_a_part(text, match) or _names_other_things(text, match)
        if is_other or _begins_with_a_total(text, counted, match.end()):
            continue
        close = bracket_end(text, match.start())
        is_open = any(word in match.group() for word in _OPEN_OPENERS) and not _SAYS_ALL.search(match.group())
        is_far = bool(_FAR.search(match.group()))
        names_all = any(word in match.group() for word in _WHOLE_OPENERS)
        found[match.end()] = Opener(
            match.start(),
            (match.end(), close or len(text)),
            is_open,
            close is not None,
            names_one=match.group()[:1] not in _MARKS
            and "中" in match.group()
            and "其中" not in match.group(),
            names_all=names_all,
            is_far=is_far,
            again=_is_of_all_again(text[: match.end()]),
        )
    for match in _SEEN_BY.finditer(text):
        if _begins_with_a_total(text, counted, match.end()):
            continue
        found[match.end()] = Opener(match.start(), (match.end(), len(text)), False, False, again=True)
    divided = _DIVIDED_BY.search(text)
    if divided and any(quantity.end == divided.start() for quantity in counted):
        found.setdefault(divided.end(), Opener(divided.start(), (divided.end(), len(text)), False, False))
    for quantity in counted:
        mark = quantity.end + text.startswith("，（", quantity.end)
        follows = text[mark : mark + 1]
        if follows in ("：", ":", "（") and not _NO_OPENER.match(text, quantity.end):
            end = bracket_end(text, mark) if follows == "（" else len(text)
            body = (mark + 1, end or len(text))
            if follows == "（" and not any(body[0] <= item.start < body[1] for item in counted):
                continue
            found.setdefault(body[0], Opener(quantity.end, body, False, follows == "（", names_all=True))
        named = _NAMED_BEHIND.match(text, quantity.end)
        if named:
            found.setdefault(named.end(), Opener(named.end() - 1, (named.end(), len(text)), False, False))
    return _one_after_another([found[start] for start in sorted(found)])


def _is_of_all_again(before: str) -> bool:
    """Tell a new sentence, which does not divide the last part of the one before.

    收到11件，其中大队4件、各所7件。涉及案卷的3件……
    """
    said, _stop, word = before.rpartition("。")
    _total, inner, parts = said.rpartition("。")[2].partition("其中")
    pieces = re.split("[，、；]", parts) if inner and word == "涉及" else ()
    return sum(any(map(str.isdecimal, piece)) for piece in pieces) >= _LEAST_DIVIDED


def _names_a_part(text: str, opener: re.Match[str]) -> bool:
    """Tell whether 涉及 begins the name of a part as it began the one before: 涉及民生3条，涉及安全5条."""
    before = _LAST_PART.search(text, 0, opener.start())
    return before is not None and before["word"] in opener.group()


def _names_other_things(text: str, opener: re.Match[str]) -> bool:
    """Tell an opener about other things than those counted before it: 建议20件，提案内容涉及交通15件."""
    if opener.group().rstrip("，：").endswith("中"):
        return False  # 31件申请中 names its own total
    name = _NAME.search(opener.group())
    return name is not None and name.group() not in text[: opener.start()]


def _begins_with_a_total(text: str, counted: Sequence[Quantity], start: int) -> bool:
    """Tell whether the first thing counted from `start` on is a total, which the others divide."""
    first = next((item for item in counted if item.start >= start), None)
    return first is not None and bool(_TOTAL_OF_ITS_OWN.match(text, first.end))


def _one_after_another(found: list[Opener]) -> list[Opener]:
    """Return the openers, none reaching over one that divides anew: 从申请主体看 ends what stands before."""
    cuts = [opener.start for opener in found if opener.again or opener.is_far]
    return [
        replace(
            opener,
            body=(opener.body[0], min((*(cut for cut in cuts if cut >= opener.body[0]), opener.body[1]))),
        )
        for opener in found
    ]


def bracket_end(text: str, at: int) -> int | None:
    """Return where the bracket that `at` stands in, or opens, is closed; None outside brackets."""
    if text.rfind("（", 0, at + 1) <= text.rfind("）", 0, at + 1):
        return None
    close = text.find("）", at)
    return close if close >= 0 else len(text)


_DESCRIPTION = re.compile(
    r"，(?:内容)?(?:主要)?(?:涉及|包括|涵盖|包含|为|是)(?:(?!其[他它余]|未|另)[^\d；。，]){8,}(?=[；。]|$|，[^\d；。]*(?:[；。]|$))"
)
"""What a part is about, between it and the next one: 网站30条，涉及机构职能、动态等；公众号20条."""


def without_inner_brackets(text: str, opener: Opener) -> str:
    """Blank out what stands in brackets inside the list: remarks about single parts."""
    depth, out = 0, list(text)
    for place in range(*opener.body):
        depth += text[place] == "（"
        if depth > 0:
            out[place] = " "
        depth -= text[place] == "）"
    body = "".join(out)
    is_of_none = _NONE_AT_ALL.search(text, 0, opener.start)
    is_long = len(_SOME.findall(body, *opener.body)) >= _LONG_LIST
    if is_long and not is_of_none:
        start = opener.body[0]
        body = body[:start] + _blanked(_NOTHING, body[start:])
    for remark in (_SHARE, _CHANGE, _CLICKS, _DESCRIPTION):
        body = _blanked(remark, body)
    return body


def _blanked(remark: re.Pattern[str], text: str) -> str:
    return remark.sub(lambda match: " " * len(match.group()), text)
