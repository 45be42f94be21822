"""What cases came of, where the prose says so: not every review or suit is about disclosure."""

from __future__ import annotations

import re

OF_OTHER_ACTS = re.compile(
    r"处罚|许可|执法|强制|征收|征地|拆迁|搬迁|工伤|治安|交通违法|确权|登记|认定|审批|举报|信访|劳动|社保|行政行为案|具体行政行为|其他行政|非信息公开|投诉|采购|仲裁|鉴定|合同|招标|处理决定|裁决|立案|查处|当事人"
)
"""What a body is taken to court for besides its disclosure."""
DISCLAIMED = re.compile(
    r"与[^，。；]{0,8}信息公开[^，。；]{0,4}无[关涉]|(?:不|未|没有)(?:涉及|属于)[^，。；]{0,6}信息公开(?![^，。；]{0,4}(?:复议|诉讼))"
    rf"|(?:均|都|全部|分别|主要)(?:为|系|属|是)(?:于)?[^，。；]{{0,8}}(?:{OF_OTHER_ACTS.pattern})"
)
"""The author says that the cases are about other acts."""
_CAUSE = re.compile(
    r"(?:(?<![一-龥])|(?<=另)|(?<=另有)|(?<=另外)|(?<=此外))(?:因|由于|由|涉及)(?P<cause>[^，。；\d]{2,20}?)(?:而)?"
    r"(?:引发|引起|产生|导致|发生|被提起|被申请|提起)(?:的)?(?:行政)?(?:复议|诉讼|被诉)"
)
_OTHER_MATTER = re.compile(
    r"(?:纠纷|争议|事故|合同|赔偿|补偿|侵权|索赔|债务|物业|医疗|消费|环境|质量)[^，。；\d]{0,6}(?:引发|引起|导致|产生)的?(?:行政)?(?:复议|诉讼)"
    r"|(?:纠纷|合同|赔偿)类?(?:行政)?诉讼|[一-龥]{2}(?<!公开)(?<!信息)(?<!申请)(?<!的各)(?<!两)(?<!各)(?<![此该这同二])类(?:的)?行政(?:复议|诉讼)"
)
_CAUSE_OF_DISCLOSURE = re.compile("信息|公开|申请|答复|不服复议|此|该|同一|上述|前述")
"""因同一事项: of the disclosure told before it."""


def has_other_cause(text: str, *, anywhere: bool = False) -> bool:
    """Tell whether the cases named last, or any of them, are said to come of something else.

    因水费收缴引发行政诉讼1件; 因信息公开复议2件，另因许可发生复议3件、诉讼1件: the last two.
    """
    if _OTHER_MATTER.search(text):
        return True
    if not ("因" in text or "由" in text or "涉及" in text):
        return False
    told = [match["cause"] for match in _CAUSE.finditer(text)]
    return any(not _CAUSE_OF_DISCLOSURE.search(cause) for cause in (told if anywhere else told[-1:]))
