"""All requests of a year that were answered alike, or made by those who made none, as the table has it.

收到申请1件，已依法予以公开; 收到2件申请，均不予公开; 收到1名村民提出的申请.

Only where table 3 has just as many new ones as were done, and none of last year: then no other request
can have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.rules.claims.applicants import of_applicants
from monitor.rules.claims.claim import Claim, number_in_table
from monitor.rules.claims.request_meanings import DONE, NEW, OLD
from monitor.rules.claims.request_rows import rows_named
from monitor.rules.claims.request_words import ANY_AT_ALL, NOT_REAL, RECEIVED
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence

_RECEIVED = re.compile(rf"(?:{RECEIVED})[^，。；\d]{{0,16}}$")
_DONE_FIRST = (
    r"(?:(?:已|均|全部|都|于|在|当年|年内|本年度|法定期限内|规定期限内|按时|按期)*(?:办结|办理完毕|答复)，)?"
)
_SAID_AS_KIND = r"(?:答复|办理|处理|决定)(?:类型|结果|方式|意见)(?P<each>均|全部|都)?(?:为|是|：)"
_ALIKE = re.compile(
    r"(?:(?:企业|公司|村民|居民|公民|群众|个人|市民)(?:提出|提交|递交)的)?(?:(?:政府|政务)?信息公开|依申请公开)?(?:申请)?，"
    rf"{_DONE_FIRST}(?:(?P<all>均|全部|都)|已|告知|依法|依规|按时|按期|及时|作出|在规定期限内|{_SAID_AS_KIND})*"
    r"(?P<outcome>予以公开|同意公开|部分公开|予以部分公开|不予公开|无法提供|不予处理)(?:的?(?:答复|处理|决定)|并[^，。；]{2,8}答复)?(?=[，。；]|$)"
)
_ROW_TOLD = re.compile(
    r"(?:因|由于|(?:答复|办理|处理)(?:类型|结果|意见)(?:为|是|：))(?:其|该信息|该申请)?“?"
    r"(?P<row>(?:本机关)?不掌握相关政府信息|没有现成信息需要?另行制作|补正后申请内容仍不明确|属于行政执法案卷|属于行政查询事项|"
    r"属于(?:四类)?过程性信息|属于(?:三类)?内部事务信息|属于国家秘密)”?[，而]?(?:决定|依法)?(?:不予公开|无法提供|不予处理)?(?=[，。；]|$)"
)
_COME_TO = re.compile(
    r"，(?:经[^，。；\d]{2,12}，)?(?:[我本][局委厅办镇乡街]道?|已|于|依法|依规|按时|按期|按规定|按程序|在法定期限内|及时|作出|答复|办结|并|申请人|，)*"
    r"(?P<outcome>予以公开|同意公开|部分公开|予以部分公开|不予公开|无法提供|不予处理)(?:的?(?:答复|决定|处理))?(?=[。；]|$)"
)
"""What the only request came to, at the end of what is said of it: 收到1件，已答复并予以公开。"""
_ANOTHER = re.compile(r"\d|部分|上年|上一年|去年|另|咨询|来信")
"""Between the number and the row: another matter, or a part of it."""
_APPLICANT = re.compile(r"，申请人(?:类型)?(?:为|是|系|：)(?P<who>自然人|个人|公民|企业)(?=[，。；]|$)")


def answered_alike(context: RuleContext, sentence: Sentence, item: Quantity) -> Iterator[Claim]:
    """Yield what all requests of a number are said to have come to, against that row or group."""
    if not item.value or not _RECEIVED.search(sentence.text, 0, item.start):
        return
    match = _ALIKE.match(sentence.text, item.end)
    if match is None or not (match["all"] or match["each"] or item.value == 1):
        return
    held = [number_in_table(context, meaning) for meaning in (NEW, DONE, OLD)]
    meanings = rows_named(context, match["outcome"]) if held == [item.value, item.value, 0] else ()
    if meanings and speaks_of_year(context, sentence, item.start, item.end):
        yield Claim(sentence, item.end, match.end(), item.value, meanings)


def the_only_request(context: RuleContext, sentence: Sentence, item: Quantity) -> Iterator[Claim]:
    """Yield who made the only request of a year, and the row that it came to: 收到1条，申请人为企业."""
    text = sentence.text
    if item.value != 1 or "申请" not in text or not _RECEIVED.search(text, 0, item.start):
        return
    if [number_in_table(context, meaning) for meaning in (NEW, DONE, OLD)] != [1, 1, 0]:
        return
    row, who = _ROW_TOLD.search(text, item.end), _APPLICANT.search(text, item.end)
    end = None if row or _ALIKE.match(text, item.end) else _COME_TO.search(text, item.end)
    row, end = (
        match if match and not _ANOTHER.search(text, item.end, match.start()) else None
        for match in (row, end)
    )
    for match, meanings in (
        (row, rows_named(context, row["row"]) if row else ()),
        (end, rows_named(context, end["outcome"]) if end else ()),
        (who, of_applicants(who["who"]) if who else ()),
    ):
        if match and meanings and speaks_of_year(context, sentence, item.start, item.end):
            yield Claim(sentence, match.start() + 1, match.end(), item.value, meanings)


_ONE_DONE = re.compile(
    r"(?:办结|答复)(?:申请)?1[件份条](?:申请)?，(?:已|依法|决定|作出|答复|均)*"
    r"(?P<outcome>予以公开|同意公开|部分公开|不予公开|无法提供|不予处理)(?:的?(?:答复|决定|处理))?(?=[，。；]|$)"
)
_ALL_CAME_TO = re.compile(
    r"申请(?:，)?(?:均|全部|都)已?(?:按[时期]|依法|及时)?(?:办结|答复|办理完毕)，(?:办理|答复|处理)(?:结果|意见|类型)(?:均|全部|都)为"
    r"(?P<outcome>予以公开|同意公开|部分公开|不予公开|无法提供|不予处理)(?=[，。；]|$)"
)
"""上述申请均已办结，办理结果均为部分公开."""


def came_to_one(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield the outcome to which the only request that ended is said to have come, or all of them."""
    done = number_in_table(context, DONE)
    found = [match for pattern in (_ONE_DONE, _ALL_CAME_TO) for match in pattern.finditer(sentence.text)]
    for match in found:
        meanings = rows_named(context, match["outcome"])
        if not done or not meanings or (match.re is _ONE_DONE and done != 1):
            continue
        if speaks_of_year(context, sentence, match.start(), match.end()):
            yield Claim(sentence, match.start(), match.end(), Decimal(done), meanings)


_MADE_BY = re.compile(
    rf"(?:{RECEIVED})(?P<count>\d+)[家名位](?P<who>企业|公司|村民|居民|公民|群众|个人|市民)"
    r"(?:提出|提交|递交)的(?:书面|网上)?(?:政府)?信息公开申请"
)
_PERSON = re.compile("村民|居民|群众|市民")


def made_by_none(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield requests of persons, or of firms, where the table has none of theirs."""
    match = _MADE_BY.search(sentence.text) if "申请" in sentence.text else None
    if match is None or not speaks_of_year(context, sentence, match.start(), match.end()):
        return
    words = "个人" if _PERSON.search(match["who"]) else match["who"]
    new, *others = of_applicants("法人或其他组织" if words in ("企业", "公司") else words) or (None,)
    if new and not any(number_in_table(context, meaning) != 0 for meaning in (new, *others)):
        yield Claim(sentence, match.start(), match.end(), Decimal(match["count"]), (new,))


def any_at_all(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    """Yield a count of some requests where the table knows of none at all."""
    match = ANY_AT_ALL.search(sentence.text, start, end)
    if match is None or NOT_REAL.search(sentence.text):
        return
    if any(number_in_table(context, meaning) != 0 for meaning in (NEW, OLD, DONE)):
        return
    count = Decimal(match["count"] or match["all"] or match["persons"])
    if count and speaks_of_year(context, sentence, start, end):
        yield Claim(sentence, match.start(), match.end(), count, (NEW,))


def is_of_all(claim: Claim) -> bool:
    """Tell what all of a number are said to be, which is another claim than the number: 2件，均予以公开."""
    return bool(re.search("[，、](?:均|全部|都|皆)", claim.sentence.text[claim.start : claim.end]))
