"""Prose: where a preface names the author of its report, by what only an author does there."""

from __future__ import annotations

import re

MADE = r"编[制写成]|起草|制作|撰写|汇编|汇总(?=全|本|20|编|各|形成)|形成"
_REPORT = r"[本该]?(?:年度)?(?:报告|年报)"
_ANNOUNCED = (
    r"(?:(?:特|现|组织)?(?:编[制写]|撰写|形成)了?《?|"
    rf"(?:{_REPORT}|为)?(?:全面|如实|真实|客观|主要)*反映|《?20\d\d年度?|(?:{_REPORT})?(?:由|系|是)|"
    "现将|现公布|现发布|公布|公开|发布|结合|特|现|兹)?"
)
_AS_TOLD = r"(?:特|现|组织|认真|据此|负责|牵头)*"


def author_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a body named as the author in a preface; `name` is a pattern with a group `name`.

    示例县水务局依照……编制, 本报告是示例县水务局……编的, 现将示例县水务局2024年政府信息公开工作情况…….
    """
    return re.compile(
        rf"(?:^|[，。；：]){_ANNOUNCED}{name}(?={_AS_TOLD}"
        rf"(?:结合[^，。；]{{2,16}}，(?:特|现)?(?:{MADE})|依照|依据|根据|按照|遵照|综合(?!行政|执法|办|科)|[将把](?=[本20])|[对就](?=[^，。；]{{0,24}}公开)|{MADE}|向社会公[布开]|公布|现[将公发]|"
        r"20\d\d年度?的?(?:政府|政务)?(?:信息|政务)公开(?:工作)?(?:年度报告|年报|情况|工作|，)|政府信息公开工作?(?:年度报告|年报)))"
    )
