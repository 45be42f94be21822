"""Who made the requests that were carried from a year or to one, against the columns of those two rows.

上年结转2件，自然人和商业企业各1件; 上年结转1件，由商业企业提出: only where the number carried is the table's,
so that nothing else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.rules.claims.applicants import of_applicants
from monitor.rules.claims.claim import Claim, Meaning, number_in_table
from monitor.rules.claims.request_meanings import OLD, ON
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.sentences import Sentence

_WHO = "(?:自然人|公民|个人|商业企业|企业|科研机构|社会公益组织|法律服务机构|律师事务所)"
_CARRIED = re.compile(
    r"(?:(?P<old>(?:上一?年度?|去年|(?P<last>20\d\d)年度?)(?:结转|转来|转入)(?:来|过来)?)|"
    r"(?:结转|转)(?:至|到|入)?(?:下一?年度?|次年|(?P<next>20\d\d)年度?)(?:继续)?(?:办理|答复|处理)?)"
    r"(?:的?申请|的|有|共|为)*(?P<count>\d+)[件份宗条](?:申请)?[，（：]?(?:其中)?"
)
_EACH = re.compile(
    rf"(?P<one>{_WHO})[和与及、](?P<other>{_WHO})(?:申请|提出)?各(?:有|提出|占)?(?P<each>\d+)[件份宗条](?=[，。；）]|$)"
)
_BY_ONE = re.compile(
    rf"(?:申请人)?(?:均|都|全部)?(?:由|为|是|系|来自)(?P<who>{_WHO})(?:提出|申请|提交)?的?(?:申请)?(?=[，。；）]|$)"
)


def carried_by(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield what is claimed of the applicants of those carried in or on, whose number is right."""
    year = context.report.year or 0
    for match in _CARRIED.finditer(sentence.text):
        whole, row, named = (
            (OLD, "carried_in", match["last"]) if match["old"] else (ON, "carried_forward", match["next"])
        )
        is_near = not named or int(named) == (year - 1 if match["old"] else year + 1)
        count = Decimal(match["count"])
        if not (is_near and count and number_in_table(context, whole) == count):
            continue
        told = _EACH.match(sentence.text, match.end()) or _BY_ONE.match(sentence.text, match.end())
        if told and speaks_of_year(context, sentence, match.end(), told.end()):
            yield from _told(sentence, told, count, (whole, row))


def _told(
    sentence: Sentence, told: re.Match[str], count: Decimal, of: tuple[Meaning, str]
) -> Iterator[Claim]:
    whole, row = of
    groups = told.groupdict()
    each = Decimal(groups["each"]) if "each" in groups else count
    for name in ("one", "other") if "each" in groups else ("who",):
        columns = [
            cell.rsplit(".", 1)[1] for meaning in of_applicants(told[name])[:1] for cell in meaning.cells
        ]
        meaning = Meaning(
            f"{whole.label}（{told[name]}）", tuple(f"requests.{row}.{column}" for column in columns)
        )
        if columns:
            yield Claim(sentence, told.start(), told.end(), each, (meaning,), understood=True)
