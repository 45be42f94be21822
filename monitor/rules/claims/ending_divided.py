"""Kinds of cases that divide an ending told before them: 纠正5件，其中复议3件、诉讼2件.

Then 复议3件 counts no reviews, but those that ended so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLAUSE = re.compile(r"[^，：、（）]+")
_STOPS = "。；"
_KIND = re.compile("复议|诉讼|起诉|应诉|被诉")
_COUNT = re.compile(r"(\d+)[件起宗例]")
_ENDING = re.compile("维持|纠[正错]|其[他它]结果|审结|未结|在审|驳回|撤[销诉回]|[胜败]诉|终止")
_OF_ALL = re.compile("(?:均|全部|都)(?:已经?|尚)?(?:未|没有?)?审结$")
"""行政诉讼10件，均已审结：直接起诉3件…… divides all suits."""
_HEADS = re.compile(rf"(?:{_ENDING.pattern})(?:的|了)?(?:案件|案)?(?P<among>[中里])?$")
_SHARES_AN_ENDING = re.compile(
    r"\d+[件起宗例](?:行政)?(?:复议|诉讼)(?:案件|案)?[、和与及]\d+[件起宗例](?:行政)?(?:复议|诉讼)(?:案件|案)?"
    rf"(?:的?(?:办理|审理|裁判)?结果)?(?:均|都|被|为|是|获)*(?:法院|复议机关)?(?:{_ENDING.pattern})"
)
"""2件复议、2件诉讼的结果为纠正: so many of each ended so."""
_LONGEST_NAME = 6
"""复议 in 复议、诉讼各3件, which was cut in two."""
_OPENERS = ("其中", "包括", "包含", "含")


def divides_an_ending(text: str, at: int) -> bool:
    """Tell whether the number at `at` is one of those that say how many of an ending each kind has."""
    if _SHARES_AN_ENDING.match(text, at):
        return True
    start = max(text.rfind(mark, 0, at) for mark in _STOPS) + 1
    end = min((place for mark in _STOPS if (place := text.find(mark, at)) >= 0), default=len(text))
    clauses = list(_CLAUSE.finditer(text, start, end))
    own = next(place for place, clause in enumerate(clauses) if clause.start() <= at < clause.end())
    first = own
    while first >= 0 and (clauses[first].group() in _OPENERS or _is_of_kind(clauses[first].group())):
        first -= 1
    if first < 0 or first == own or not _ENDING.search(clauses[first].group()):
        return False
    before, behind = clauses[first], clauses[first + 1]
    between = text[before.end() : behind.start()]
    counted = _COUNT.search(before.group())
    if counted is None:
        head = _HEADS.search(before.group())
        is_of_all = _OF_ALL.search(before.group())
        return head is not None and not is_of_all and bool(between == "：" or head["among"])
    if between in ("（", "：") or behind.group().startswith(_OPENERS):
        return True
    total, kinds = _sum([clause.group() for clause in clauses[first + 1 :]])
    return between == "，" and kinds > 1 and total == int(counted[1])


def _is_of_kind(clause: str) -> bool:
    is_told = _COUNT.search(clause) or len(clause) <= _LONGEST_NAME
    return bool(_KIND.search(clause) and is_told and not _ENDING.search(clause))


def _sum(clauses: Sequence[str]) -> tuple[int, int]:
    """Add up the kinds counted one after the other, and count them; 复议、诉讼各3件 was cut in two."""
    total = kinds = seen = 0
    for clause in clauses:
        if not _KIND.search(clause) or _ENDING.search(clause):
            break
        kinds += len(set(_KIND.findall(clause)) - {"起诉"}) or 1
        told = [int(count) for count in _COUNT.findall(clause)]
        total += sum(told) * (kinds if "各" in clause else 1)
        seen += kinds if told else 0
        kinds = 0 if told else kinds
    return total, seen
