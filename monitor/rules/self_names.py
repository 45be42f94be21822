"""Prose: what a report calls its publisher, 我局 or 本镇, held against the kinds of body it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.body_names import is_area
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, fails
from monitor.rules.prose.sentences import sentences

_SELF = re.compile(
    r"(?<![自忘小大无物非“])(?:我|本)(?P<kind>办事处|局(?![面限势部])|委(?![托派屈员任])|镇(?![区域村定静])|乡(?![村镇愁亲音本])|街道|厅|院(?![内外长落])|校(?![内外园区长])|司(?![法机])|中心(?!城|区|工作|任务))"
)
_LOCAL_WORDS = {
    "局": "局",
    "委": "委",
    "镇": "镇",
    "乡": "乡",
    "街道": "街",
    "厅": "厅",
    "院": "院",
    "校": "校",
    "司": "司",
    "中心": "中心",
    "办事处": "办事处",
}
_OF_NO_PLACE = re.compile(r"(?:[支大总]队|中心|部|[院站所]|公司|(?<!政府)办公室)$")
"""Bodies whose names say neither 局 nor 委, and which never govern a place."""
_PLACES = frozenset({"镇", "乡", "街"})
_NO_TOWNSHIP = re.compile("城乡|乡村|城镇|村镇")
_KIND_WORDS = ("局", "委", "厅", "镇", "乡", "街", "苏木")


def other_kinds(context: RuleContext, own: tuple[str, ...]) -> Iterator[Outcome]:
    """Find 我局, 我镇 ... where nothing in the publisher's names is of that kind."""
    is_government = all(is_area(name) for name in own)
    kinds = {word for word in _KIND_WORDS if not is_government and any(_has_kind(name, word) for name in own)}
    if not kinds and not is_government and not all(_OF_NO_PLACE.search(name) for name in own):
        return
    told: set[str] = set()
    for sentence in sentences(context):
        for match in _SELF.finditer(sentence.text):
            word = _LOCAL_WORDS[match["kind"]]
            if (
                word in kinds
                or any(word in name for name in own)
                or match.group() in told
                or not (kinds or word in _PLACES)
                or _is_that_of_others(sentence.text, match)
            ):
                continue
            told.add(match.group())
            evidence = sentence.evidence(context, max(0, match.start() - 8), match.end() + 8)
            message = f"自称“{match.group()}”，公布机关是“{own[0]}”：“{evidence.raw}”。"
            yield fails(message, evidence, expected=own[0], actual=match.group())


def _is_that_of_others(text: str, match: re.Match[str]) -> bool:
    """Tell 本校 of several that were named before: 78所高校按时发布本校年度报告."""
    others = rf"(?:各|\d[所家个]|所有|部分|指导|督促|要求)[^。；]*{match['kind']}"
    return match.group().startswith("本") and bool(re.search(others, text[: match.start()]))


def _has_kind(name: str, word: str) -> bool:
    """Tell whether a name is that of a body of this kind: 局, 委(员会), 厅, 镇, 乡, 街(道)."""
    if word in ("镇", "乡", "街"):
        return word in _NO_TOWNSHIP.sub("", name)
    return word in name
