"""How many things there are that are named before: “住房保障”“工程建设”两个专栏, the parts of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.rules.prose.numerals import chinese_number
from monitor.rules.prose.quantities import Quantity

_QUOTED = r"[“「][^“”「」，。；]{2,20}[”」]"
_NAMES_IN_QUOTES = re.compile(
    rf"(?<![、和及与])(?P<names>{_QUOTED}(?:(?:[、和及与]|以及)?{_QUOTED})+)(?P<more>等)?"
    r"(?P<number>\d{1,2}|[两二三四五六七八九十])(?:个(?!月|工作日)|项|大|类)"
    r"(?P<things>(?:[^，。；、\d]{0,4}(?:栏目?|专题|板块|模块|账号|平台|公众号|渠道|端口))?)"
)
"""Names in quotation marks and nothing else, how many they are right behind them."""
_ACCOUNT = (
    "(?:政务)?(?:微信(?:公众号|视频号)?|公众号|视频号|微博|抖音号?|快手号?|头条号?|"
    "今日头条|小红书|哔哩哔哩|门户网站|网站)"
)
_ACCOUNTS = re.compile(
    rf"(?:(?<=[，。；：用过托])|^)(?P<names>{_ACCOUNT}(?:[、和]{_ACCOUNT})+)(?P<number>[两二三四五六七八九\d])个?(?:大|政务)?(?:账号|平台|渠道)"
)
"""Accounts named one by one, and how many they are: 微信、微博、抖音三个账号."""
_OF_ONE_PLATFORM = "视频号"
"""微信公众号、视频号、微博: two platforms, or three accounts."""
_NAMED_BEHIND = re.compile(
    r"(?<![\d第])(?P<number>\d{1,2}|[两二三四五六七八九])(?:个(?!部分|方面)|家|所)(?!.{0,60}(?:复议|法律|法规))[^，。；：、\d]{1,16}，(?:即|分别是|分别为|依次为)"
    r"(?P<names>[^，。；：、（）“”《》\d和与及等]{1,12}(?:、[^，。；：、（）“”《》\d和与及等]{1,14})+)(?=[。；，]|$)"
)
"""5个派出所投放到位，即湖滨、长安、南门、学院路、站前派出所."""
_KINDS = re.compile(
    r"(?:分为|分成|有|共|涉及|涵盖|分布在)(?:以下|如下)?(?P<number>[两二三四五六七八九]|\d(?!\d))(?:个?大?类(?:别|信息|内容|载体|平台)?|个(?:方面|板块|渠道|平台|部分|途径))："
)
_ONE_KIND = re.compile(r"[，、；]?(?:以及|及|和)?(?!.*(?:其中|包括|含|分别|另))[^，。；：、\d]{2,20}")
"""A name of a kind with its number behind it."""
_FIRST_PART, _LAST_PART = "总体情况", r"其他(?:需要报告的)?事项"
_PARTS_OF_REPORT = re.compile(
    rf"{_FIRST_PART}(?=[、，；和])[^。]{{20,160}}?{_LAST_PART}[”」》]?(?P<number>\d|[一二两三四五六七八九])(?=个?(?:大|方面|部分))"
)
_PARTS = 6
"""State Council's form of the report, 2019 and 2021: 总体情况 … 其他需要报告的事项."""


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A stretch of a sentence in which `expected` things are named and `told` are counted."""

    start: int
    end: int
    expected: int
    told: int


def wrong_counts(text: str) -> Iterator[WrongCount]:
    """Yield where a numeral is not the number of the names before it.

    It may be more behind 等, and of other things than columns and accounts, of which two may stand for many.
    """
    for match in _NAMES_IN_QUOTES.finditer(text):
        named, told = len(re.findall(_QUOTED, match["names"])), _number(match["number"])
        is_all = match["things"] and not match["more"]
        if told < named or (is_all and told > named):
            yield WrongCount(match.start(), match.end(), named, told)
    for pattern, joints in ((_ACCOUNTS, "[、和]"), (_NAMED_BEHIND, "、")):
        for match in pattern.finditer(text):
            if _OF_ONE_PLATFORM in match["names"]:
                continue
            named, told = len(re.split(joints, match["names"])), _number(match["number"])
            if told != named:
                yield WrongCount(match.start(), match.end(), named, told)
    for match in _PARTS_OF_REPORT.finditer(text):
        told = _number(match["number"])
        if told != _PARTS:
            yield WrongCount(match.start(), match.end(), _PARTS, told)


def wrong_kinds(text: str, counted: Sequence[Quantity]) -> Iterator[WrongCount]:
    """Yield where as many kinds are announced as are not counted then: 分为三类：动态4条，公告3条。."""
    for match in _KINDS.finditer(text):
        row = _row_behind(text, counted, match.end())
        told = _number(match["number"])
        if len(row) > 1 and told != len(row):
            yield WrongCount(match.start(), row[-1].end, len(row), told)


def _row_behind(text: str, counted: Sequence[Quantity], start: int) -> Sequence[Quantity]:
    """Return what is counted from a place to the end of the row, with one and the same mark between."""
    sentence = next((at for at in range(start, len(text)) if text[at] == "。"), len(text))
    row = [item for item in counted if start <= item.start and item.end <= sentence]
    ends = [item.end for item in row]
    labels = [text[end : item.start] for end, item in zip((start, *ends), row, strict=False)]
    marks = {label[:1] for label in labels[1:]}
    is_row = (
        bool(row) and row[-1].end == sentence and len(marks) == 1 and all(map(_ONE_KIND.fullmatch, labels))
    )
    return row if is_row and len({item.unit for item in row}) == 1 else ()


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else int(chinese_number(word) or 0)
