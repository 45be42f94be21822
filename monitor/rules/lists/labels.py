"""What the words of a part say about its list: that there are more, or that another list begins.

“等、包括、涉及、重点” open a list where they stand beside its parts, not inside a part's own name:
“招生、学区等信息的通知公告8条” is one whole part.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from itertools import accumulate

from monitor.rules.lists.each import is_for_each
from monitor.rules.prose.quantities import Quantity

MARKS = "，、；：:。（ "
_MORE_BEFORE = re.compile(
    r"^(?:其中)?[，：]?(?:主要(?!领导|负责|职[能责])|(?:包括|包含|涵盖)(?!.*等.{0,8}的)|例如|譬如|诸如|尤其|特别是|其他若干|"
    r"重点(?!领域|工作|项目|任务|民生|行业|人群|产业|区域|企业|工程|建设|信息))"
)
"""Words that begin a part's label and say that not all parts are named."""
_MORE_BEHIND = re.compile(
    r"^等(?![级次候])"
    r"|^(?:以及|及(?!时)|和|还有|另有)(?:其[他它]|部分|少量|若干|个别|[^\d，。；]{1,20}等)[^\d，。；]*(?:$|[，。；])"
    r"|^(?:其[余他它]|余下|剩余)的?(?:均|都|全部)?(?:[为是系属]|来自)[^\d，。；]*(?:$|[，。；])"
)
"""等, or parts that are named and not counted: 行政检查22项，以及公共服务等事项."""
_REST_COUNTED = re.compile(r"^(?:以及|及|和)其[他它][^，。；等]*$")
"""A last part that takes the rest, with its number: 网站20条和其他平台5条."""
_REST_OF_ALL = re.compile("[，、；]?其[他它](?:[^，。；、\\d]{0,6}(?:信息|内容|类|方面|事项|情况))?的?")
"""A last part that takes the rest of the things counted, not what came by other channels."""
CHANNEL = re.compile(
    "网站|公众号|微信|微博|平台|APP|视频号|客户端|抖音|快手|头条|公示栏|公告栏|新媒体|报纸|报刊|电视|电台"
)
"""Where something is published."""
SAYS_ALL = re.compile("(?<!公)共(?!服务|资源|同)|总(?!工会|局|站|队)|累计|合计")
"""Before a number of all; 公共法律服务17条 is one of its parts."""
_EACH = re.compile(r"若干|各(?!业务|[类项级部界种单地乡镇街县区村科领])|之一")
_VERBS = re.compile(
    r"公开|发布|转载|转发|推送|办理|办结|受理|答复|回复|收到|制作|更新|举办|召开|开展|组织(?!机构)|编发|编印|"
    r"采用|采纳|刊登|刊发|报道|公布|通过|依托|利用"
)
"""What is done with the things counted; another verb begins another list."""
_NAMES = re.compile(
    r"公开(?=年度|年报|指南|目录|制度)|(?:信息|政务|预算|决算|预决算|党务|村务|财务)公开|[建提]议?案?办理"
)
"""Names of subjects that hold such a verb: 信息公开指南, 提案办理."""
_DIMENSIONS = (
    re.compile(r"自然人|公民|个人|法人|企业|其他组织|科研机构|公益组织|法律服务"),
    re.compile(
        r"网|信函|邮|当面|当场|现场|传真|来信|信件|来函|快递|平台|在线|线上|线下|书面|电话|窗口|微信|微博|抖音|快手|头条|公众号|"
        r"视频号|新媒体|报纸|报刊|电视|公告栏|公示栏"
    ),
    re.compile(r"予以公开|部分公开|同意|不予|无法|不属|不存在|不掌握|补正|撤回|撤销"),
)
"""Kinds of applicants, ways and outcomes: each divides a total on its own."""
_ONLY_TWO = (re.compile("人大|建议|议案"), re.compile("政协|提案"))
"""Who makes proposals, and what: the congress 建议, the conference 提案, nobody else anything."""
_UPDATES = tuple(re.compile(words) for words in ("概况", "动态", "目录|公开(?:类|专栏|栏目|信息)"))
"""What a portal counts in its own yearly form: three classes, of which authors often name two."""
_RANK = {"、": 1, "，": 2, "；": 3, "。": 4}


def rank(label: str) -> int:
    """Return how strong the mark before a part is; where the number comes first, the mark is inside."""
    return _RANK.get(label[:1], 0) or max((_RANK.get(letter, 0) for letter in label), default=0)


def labels(body: str, start: int, parts: Sequence[Quantity]) -> list[str]:
    """Return the words before each part, the first from `start` on."""
    ends = (start, *(part.end for part in parts))
    return [body[end : part.start].strip() for end, part in zip(ends, parts, strict=False)]


def rest_of(told: Sequence[str], parts: Sequence[Quantity]) -> int | None:
    """Return where the part stands that takes what the others left: 其他信息10条."""
    return next(
        (
            part.start
            for label, part in zip(told, parts, strict=True)
            if _REST_OF_ALL.fullmatch(label.strip())
        ),
        None,
    )


def says_more(told: Sequence[str]) -> bool:
    """Tell whether the labels of a list say that it does not name all parts."""
    return _lacks_a_class(told) or any(_opens(label, place > 0) for place, label in enumerate(told))


def goes_on(behind: str) -> bool:
    """Tell whether the words behind the last part say that there are more, whatever the parts are."""
    return bool(_MORE_BEHIND.match(behind.lstrip("，、； ")))


def breaks(told: Sequence[str], parts: Sequence[Quantity]) -> frozenset[int]:
    """Return where parts stand at which the list may be over, although things of its unit follow.

    A stronger mark, or a number before its name, begins something new; so does a verb that no earlier part
    has, or another way to divide, where all that follows has it as well.
    """
    strongest = list(accumulate((rank(label) for label in told[1:]), max))
    named = list(accumulate((bool(label.strip(MARKS)) for label in told), operator.and_))
    divided_by = [_dimension(label) for label in told]
    kinds = list(accumulate((frozenset({kind}) for kind in reversed(divided_by)), operator.or_))
    verbs = [frozenset(_VERBS.findall(_NAMES.sub("", label))) for label in told]
    known = list(accumulate(verbs, operator.or_))
    return frozenset(
        parts[place].start
        for place in range(2, len(parts))
        if (named[place - 1] and not named[place])
        or rank(told[place]) > strongest[place - 2]
        or (len(kinds[-1 - place]) == 1 and not kinds[-1 - place] & {None, divided_by[place - 1]})
        or all(other - known[place - 1] for other in verbs[place:])
    )


def is_whole(told: Sequence[str]) -> bool:
    """Tell whether all parts are ways, or all kinds of applicants: authors name every one of these."""
    kinds = {_dimension(label) for label in told}
    return (len(told) > 1 and len(kinds) == 1 and kinds <= {0, 1}) or _are_the_only_two(told)


def _are_the_only_two(told: Sequence[str]) -> bool:
    both = zip(_ONLY_TWO, told, strict=False)
    return len(told) == len(_ONLY_TWO) and all(words.search(label) for words, label in both)


def _lacks_a_class(told: Sequence[str]) -> bool:
    """Tell a list of just two of the three classes of a portal's updates."""
    if len(told) != len(_UPDATES) - 1:
        return False
    kinds = [{place for place, words in enumerate(_UPDATES) if words.search(label)} for label in told]
    return all(kinds) and not kinds[0] & kinds[1]


def _opens(label: str, follows: bool) -> bool:
    is_more = _MORE_BEHIND.match(label) and not _REST_COUNTED.match(label)
    if _is_of_each(label) or (follows and is_more):
        return True
    return bool(_MORE_BEFORE.match(label.lstrip(MARKS)))


def _is_of_each(label: str) -> bool:
    """Tell a number that several names share, but which of them is not said: 各乡镇5件."""
    return bool(_EACH.search(label)) and not is_for_each(label)


def _dimension(label: str) -> int | None:
    """Return by what the label divides, None for everything else, which is mostly a subject."""
    return next((place for place, words in enumerate(_DIMENSIONS) if words.search(label)), None)
