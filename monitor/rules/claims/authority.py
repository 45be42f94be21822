"""Cases that a body may decide itself, on whatever: they are not those that others brought against it."""

from __future__ import annotations

import re

from monitor.rules.claims.claim import Claim
from monitor.rules.prose.sentences import Sentence

_DECIDES = re.compile(r"(?:审理|受理|审结|办理|办结|收到|接收|代收)[^，。；\d]{0,16}(?:复议|诉讼|应诉)")
_RECEIVES = re.compile(
    "复议机关，|作为(?:行政)?复议机关|作为第三人|行政复议局|(?<!未)(?<!没有)(?:收到|接收|代收|受理|审理|办理)(?:的)?(?:各类)?行政复议申请"
)
OF_DISCLOSURE = re.compile("信息公开|依申请")
_BOTH_OF_DISCLOSURE = re.compile(
    r"(?:办理|处理)[^，。；\d]{0,6}政府信息公开(?:的|类|引发的?|引起的?)?行政复议(?:案件|案)?\d+[件起宗][、，和及]行政诉讼"
)
"""Reviews and suits of disclosure told together: no body decides suits."""
_SUITS_BESIDE = re.compile(
    r"因[^，。；\d]{0,4}信息公开[^，。；\d]{0,8}(?:收到|发生|产生|引发)的?行政复议(?:案件|案|申请)?\d+[件起宗][、，和及](?:收到)?行政诉讼(?:案件|案)?$"
)
"""Suits told beside the reviews that disclosure led to: no body decides them."""
_AUTHORITY = re.compile(
    "审理|受理|审结|办理|办结|复议机关(?!维持|撤销|纠正|决定)|代收|引导|调解|司法[局所]|法院(?!判|裁|驳|维|作)|指导|收到"
)
"""Whoever does this with cases decides them, or helps others."""
_SECTION_OF_CASES = 4


def is_in_hand(sentence: Sentence, claim: Claim) -> bool:
    """Tell a total of cases that the body may decide itself: 办理行政复议3件; it proves, but accuses not."""
    clause = max(sentence.text.rfind(mark, 0, claim.start) for mark in "，。；") + 1
    is_total = claim.meanings[0].label.endswith("总计")
    is_both = bool(_BOTH_OF_DISCLOSURE.search(sentence.text))
    number = re.search(r"\d+[^\d]{0,2}$", sentence.text[: claim.end])
    if number and _SUITS_BESIDE.search(sentence.text, 0, number.start()):
        return False
    return is_total and not is_both and bool(_AUTHORITY.search(sentence.text[clause : claim.end]))


def is_of_authority(sentence: Sentence) -> bool:
    """Tell a sentence about cases that a body decides, on anything; the fourth section is about its own."""
    return bool(_RECEIVES.search(sentence.text)) or (
        decides(sentence.text) and sentence.section != _SECTION_OF_CASES
    )


def decides(text: str) -> bool:
    """Tell cases that are perhaps not of disclosure: 办理行政诉讼案件6件."""
    return bool(_DECIDES.search(text)) and not OF_DISCLOSURE.search(text)
