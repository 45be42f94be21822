"""Numbers with units in prose: 15052条, 1,234件, 2.96万条, 一百二十三件, 两万余次, 约30份."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from monitor.rules.prose.numerals import MULTIPLIERS, chinese_number

# fmt: off
UNITS = (
    "万元", "亿元", "人次", "件次", "条次", "篇次", "场次", "批次", "家次", "户次", "元", "件", "条",
    "宗", "份", "次", "篇", "期", "个", "项", "起", "例", "场", "部", "则", "批", "封", "户", "家", "册",
    "张", "套", "幅", "类", "名", "位", "组", "处", "人", "块", "所", "座", "台", "本", "支", "辆", "笔",
)
# fmt: on
SAME_UNIT = {"宗": "件", "例": "件", "起": "件", "条次": "条", "篇次": "篇", "场次": "场"}
"""Units that authors use for one another in a sentence: 收到申请10件，其中当面申请1宗."""
_REQUESTS = re.compile("[份条](?:(?:政府|政务)?信息公开|依申请公开|公开(?:政府)?信息的?)申请(?![书表])")
"""Requests are called 件 soon after: 收到8份政府信息公开申请，其中予以公开2件."""
_REQUESTED = re.compile("申请(?:共|共计|总计)?$")
"""收到政府信息公开申请40份，其中自然人34件."""
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_CHINESE = (
    rf"(?:[零〇一二两三四五六七八九十百千万亿]++|(?=[{_FORMAL}]*[拾佰仟])[{_FORMAL}]++|[壹贰叁肆柒捌玖])"
)
"""伍 and 陆 alone are mostly no numerals: 大陆部分."""
_PLAIN_NUMERALS = r"\d零〇一二两三四五六七八九十百千万亿"
"""What no number begins behind; 伍 of 队伍56条 belongs to no numeral that digits go on with."""
_QUANTITY = re.compile(
    rf"(?=[约近超逾大将接至不突多\d{_FORMAL}〇一二两三四五六七八九十百千])"
    rf"(?P<vague>约|近|超过|超|逾|大约|将近|接近|至少|不少于|不低于|突破|多达)?"
    rf"(?<![{_PLAIN_NUMERALS}])(?:(?P<arabic>{_ARABIC})(?P<some1>余|多|几)?(?P<scale>[万亿千百](?!元))?|(?<![{_FORMAL}])(?P<chinese>{_CHINESE}))"
    rf"(?P<some2>余|多|来)?(?P<unit>{'|'.join(UNITS)})(?P<after>左右|以上|以下|以内|上下|之多)?"
)
_BARE = re.compile(
    r"(?<=[一-龥])(?<![第号届年月日占为至到])(?<!热线)(?<!电话)(?<!邮编)(?P<value>\d{1,5})(?=[，、；。]|$)"
)
_YEARS = range(1949, 2100)
_ORDINAL = re.compile(r"(?:第|[A-Za-z/_\-.\d]|No\.?)$")
_CONGRESS = re.compile(r"届[^，。；\d]{0,6}$")
"""县十八届人大二次会议: a meeting with its number, not two meetings."""
_IN_LIST = re.compile(r"(?:，占[^，。；、]{1,12})?[，、；][^，。；、：（）\d]{2,20}")
"""What stands between the parts of a plain list: a mark and a name, perhaps a share."""
_LEAST_BEFORE = 2
_WORDS_BEFORE = 12
_NOT_A_COUNT = re.compile(r"规定|第.{1,3}[款项]|[款项]规定|性|例(?!如)")
_OF_TIME = re.compile("(?:多|余)?(?:工作日(?![志报])|自然日|月(?![报刊])|小时|季度|星期|百分点)")
"""20个工作日 is a while, and 5个百分点 a difference, but neither a number of things."""
_PERHAPS_LONGER = re.compile(r"\d(?:[， ]|，? | ?[.．] )$")
"""Behind a digit a comma, blank or torn point: perhaps only the end is read (1，234; 12 10; 1 . 93万)."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at [start, end) of the sentence.

    `tolerance` is what rounding (2.96万) leaves open; `at_least` and `vague` tell 余/以上 and 约/近,
    `in_words` 一百二十三.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    tolerance: Decimal = Decimal(0)
    at_least: bool = False
    vague: bool = False
    in_words: bool = False

    @property
    def ceiling(self) -> Decimal:
        """The least number that it cannot be: 100余 is below 200, 120余 below 130, 2万余 below 3万."""
        if not self.at_least:
            return self.value + self.tolerance
        digits = int(self.value)
        step = 1
        while digits and digits % (step * 10) == 0:
            step *= 10
        return self.value + step

    @property
    def exact(self) -> bool:
        """Tell whether the number is meant to the unit."""
        return not (self.at_least or self.vague or self.tolerance)


Reading: TypeAlias = tuple[Quantity, ...]
"""One way to say which of the counted things are the parts of a list."""

_ADDED_UP = re.compile("[两二三四五六](?:项|者|类|种|个)(?:合计|共计|总计|相加|加起来|之和|占|共(?=[占\\d]))")
"""部分公开8件，两项合计占70%: two numbers told before, and no number of things."""


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the counted things of an even sentence; ordinals (第二十条, 一类), dates, percents are none."""
    found = []
    for match in _QUANTITY.finditer(text):
        is_of_time = match["unit"] == "个" and _OF_TIME.match(text, match.end())
        if is_of_time or _ORDINAL.search(_before(text, match.start())):
            continue
        if _NOT_A_COUNT.match(text[match.end() :]):
            continue
        quantity = _quantity(match, text)
        if quantity is not None and not _is_ordinal(quantity, text):
            found.append(quantity)
    return tuple(sorted((*found, *_without_unit(text, found)), key=lambda item: item.start))


def _without_unit(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers whose unit was forgotten among things of one unit: 网站30条，微信12，其他8条."""
    for match in _BARE.finditer(text):
        value = int(match["value"])
        largest = max((item.value for item in found if item.end <= match.start()), default=0)
        before = [item for item in found if item.end <= match.start()][-_LEAST_BEFORE:]
        after = [item for item in found if item.start >= match.end()][:1]
        around = [*before[-1:], *after] if after else before
        if (
            len(around) < _LEAST_BEFORE
            or value in _YEARS
            or value > largest
            or not all(map(_is_plain, around))
        ):
            continue
        label = text[before[-1].end : match.start()]
        is_in_list = _IN_LIST.fullmatch(label) and (
            not after or _IN_LIST.fullmatch(text[match.end() : after[0].start])
        )
        if is_in_list and len({item.unit for item in around}) == 1:
            yield Quantity(Decimal(value), around[0].unit, match.start(), match.end())


def _is_plain(item: Quantity) -> bool:
    return item.exact and not item.in_words


def _is_ordinal(quantity: Quantity, text: str) -> bool:
    is_meeting = quantity.unit == "次" and bool(_CONGRESS.search(_before(text, quantity.start)))
    is_pronoun = bool(_ADDED_UP.match(text, quantity.start))
    return quantity.in_words and (quantity.unit == "类" or is_meeting or is_pronoun)


def _before(text: str, at: int) -> str:
    """Return the few characters before a number that may say that it counts nothing."""
    return text[max(0, at - _WORDS_BEFORE) : at]


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    tolerance = Decimal(0)
    if match["arabic"]:
        factor = MULTIPLIERS.get(match["scale"], 1)
        value = Decimal(match["arabic"].replace(",", "")) * factor
        decimals = len(match["arabic"].partition(".")[2])
        if match["scale"] or decimals:
            tolerance = Decimal(factor) / 2 / 10**decimals
    else:
        number = chinese_number(match["chinese"])
        if number is None:
            return None
        value = Decimal(number)
    vague = bool(match["vague"] or match["after"] or _PERHAPS_LONGER.search(_before(text, match.start())))
    at_least = bool(match["some1"] or match["some2"])
    unit = "件" if _is_of_requests(match, text) else SAME_UNIT.get(match["unit"], match["unit"])
    return Quantity(value, unit, match.start(), match.end(), tolerance, at_least, vague, not match["arabic"])


def _is_of_requests(match: re.Match[str], text: str) -> bool:
    """Tell requests that are counted in 份 or 条."""
    is_named = match["unit"] == "份" and _REQUESTED.search(_before(text, match.start()))
    return bool(is_named or _REQUESTS.match(text, match.start("unit")))
