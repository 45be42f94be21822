"""Section six says whether information-processing fees were charged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.finding import Severity
from monitor.rules.context import FIRST_YEAR_OF_2021_FORMAT, RuleContext
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.sentences import Sentence, sentences
from monitor.rules.registry import rule

_SECTION = 6
_SHOWN = 40
_FEE = re.compile(r"处理费|信息公开费|公开收费|收费|收取|费用|缴费|检索费|复制费|邮寄费")
_CITED = re.compile(r"《[^》]*》")
"""The measures on the fee name it, and say nothing of whether it was charged."""
_FOLLOWED = re.compile(
    r"(?:执行|落实|遵守|遵照|贯彻|按照?|依照)[^，。；]{0,6}《[^》]*处理费[^》]*》(?:[^，。；]{0,8}执行|[。；]|$)"
)
_PROCESSING_FEE = re.compile(r"信息(?:公开)?(?:信息)?处理费")
_CHARGED = re.compile(
    r"(?:收取|收到|收缴|产生)[^，。；]{0,20}?处理费[^，。；\d]{0,10}?(?P<amount>\d+(?:\.\d+)?)万?元"
)
_NOT_CHARGED = re.compile(
    r"(?:未|没有|无|不|免予?)(?!收到)[^，。；缴]{0,36}?处理费|处理费[^，。；\d]{0,10}?0(?:\.0+)?万?元"
)


@rule(
    "narrative.fee-missing",
    "第六部分说明信息处理费收取情况",
    Severity.WARNING,
    basis="国办公开办函〔2021〕30号所附格式第六部分；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    since=FIRST_YEAR_OF_2021_FORMAT,
)
def fee_missing(context: RuleContext) -> Iterator[Outcome]:
    """第六部分应报告收取信息处理费的情况, 没有收取的也要写明. 它与表二的行政事业性收费是两回事."""
    sixth = [section for section in context.report.sections if section.number == _SECTION]
    if not sixth:
        return
    told = "".join("".join(section.text.split()) for section in sixth)
    if not _FEE.search(_CITED.sub("", told)):
        yield _only_cited(told) if _FOLLOWED.search(told) else _missing(context, told)
        return
    yield from _contradiction(context)


def _only_cited(told: str) -> Outcome:
    return cannot_tell(f"第六部分只说执行收费办法，没有说明是否收取信息处理费：“{told[:_SHOWN]}”。")


def _missing(context: RuleContext, told: str) -> Outcome:
    said = (item for item in sentences(context) if _PROCESSING_FEE.search(_CITED.sub("", item.text)))
    elsewhere = next(said, None)
    if elsewhere is not None:
        return cannot_tell(
            "第六部分没有说明是否收取信息处理费，其他部分提到了信息处理费。", elsewhere.evidence(context)
        )
    if not told and any(problem.code.endswith("as_image") for problem in context.report.problems):
        return cannot_tell("第六部分没有读到文字，原件含有图片，无法判断。")
    return fails("第六部分没有说明是否收取信息处理费。")


def _contradiction(context: RuleContext) -> Iterator[Outcome]:
    """Compare what the sections say of the fee: charged in one place, not charged in another."""
    said = [item for item in sentences(context) if _PROCESSING_FEE.search(item.text)]
    charged = [item for item in said if _charged(item)]
    free = [item for item in said if _NOT_CHARGED.search(item.text) and not _charged(item)]
    if charged and free:
        yield fails(
            f"一处说收取了信息处理费（“{charged[0].raw()}”），一处说没有收取（“{free[0].raw()}”）。",
            charged[0].evidence(context),
            free[0].evidence(context),
        )


def _charged(sentence: Sentence) -> bool:
    match = _CHARGED.search(sentence.text)
    return bool(match) and float(match["amount"]) > 0 if match else False
