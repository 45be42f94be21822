"""Words that tell of reviews and suits, or deny that there were any."""

from __future__ import annotations

import re

OUTCOME_OF_ITS_OWN = re.compile(
    r"(?:案件|案)?(?:中|的)?(?:，|：)?(?:被|结果|尚|均|已)*(?:维持|纠正|其他结果|未审结|驳回|撤销)[^，。；\d]{0,4}\d"
)
"""其中行政复议维持5件，尚未审结1件: what follows is still of the kind that was named with an outcome."""
OF_ALL_KINDS = re.compile(
    r"(?:案件|申请)?[，（；](?:(?:其中|含|包括)[^，。；\d]{0,10}(?:信息公开|依申请公开)[^，。；\d]{0,8}|"
    r"(?:涉及?)?(?:政府)?信息公开(?:方面|领域)?[类的](?:案件)?(?:有|为|共)?)\d"
    r"|(?:案件)?[，（：](?:其中)?一审(?:案件)?\d+[件起宗][，、]二审"
)
"""行政应诉案件15件，其中政府信息公开类3件: the first number is of cases on whatever, or of some twice."""
ALL_OF_ONE_WAY = re.compile(
    r"(?:案件)?[，（](?P<all>均|全部|都)?(?:为|是|系|属于?)?[^，。；\d未不非没无]{0,6}?(?:(?P<direct>(?:未经复议)?直接(?:起诉|提起))|(?:经)?复议后(?:再)?(?:起诉|提起))"
    r"(?:行政诉讼)?的?(?:案件)?(?=[，。；）])"
)
"""How all suits of the number before were brought."""
THEIR_STORY = re.compile(r"）?，(?P<words>[^。；\d（）]{2,60})(?=[。；]|$)")
ASKED_FOR = re.compile("(?<!诉讼)请求|要求|诉请|主张|希望")
"""What a side wants is not what the case came to."""
MORE_THAN_ONE_STORY = re.compile(
    "一审|二审|上诉|再审|不服|其中|部分|复议机关|复议决定|(?<!诉讼)请求|要求|诉请|主张"
)
"""Then it is not plain which of them the table counts."""
SOME_CASES = re.compile("(?:已有(?:结果|结论|判决)|已?(?:开庭|生效|立案|上诉|宣判)|二审|终审|一审)的$")
"""Before a number of not all cases: 已有结果的30件诉讼案件."""
_AFTER_UPHELD = re.compile(r"复议(?:机关|决定)[^，。；、\d]{0,4}维持(?:后起诉)?的$")
_REVIEWS_COUNTED = re.compile(r"复议[^，。；\d]{0,8}\d")


def way_of_suits(before: str, behind: str = "") -> bool:
    """Tell words that say how suits were brought, not what reviews ended in: 诉讼3件，复议机关维持的1件."""
    is_told = bool(_AFTER_UPHELD.search(before)) or behind.startswith("复议维持")
    return is_told and "诉讼" in before and not _REVIEWS_COUNTED.search(before)
