"""Things counted like parts of a total that divide nothing: steps, shares of two totals, what overlaps.

文件41件，其中规范性文件3件，同步解读3件；废止6件: what was done with some of them, or with others. 建议96件、
提案143件，其中公开82件和119件: one part of each. 共18场，其中局长出席9场，副局长出席10场: both may have come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from monitor.rules.lists.opposites import are_new_and_old
from monitor.rules.prose.quantities import Quantity, Reading

_STEP = re.compile(
    r"取消|新增|废止|失效|撤并|注销|关停|划转|立案|备案|(?:同步|配套)解读|有效$|保留|修[改订]|(?:制[定发]|出台)$"
)
"""What was done with documents, columns or cases, how many there are now, or what was decided of them."""
_STEP_FIRST = re.compile(
    r"^[，；、。]?(?:其中)?[，：]?(?:20\d\d年度?|全年|本年度?|当年|年内|已|均|并|拟|同步|配套|及时|宣布|依法|目前|现行|当前)*(?:"
    r"取消|新增|废止|失效(?!链|网|页|信息|栏目|图片)|撤并|注销|关停|划转|立案|备案|有效$|(?<=同步|配套)解读)"
)
_OF_CHANGES = re.compile(
    r"清理|梳理|调整|变更|变动|更新|优化|改造|整合|规范|增减|维护|审查|审核|制定|制发|修订"
)
"""A total of changes, which additions and removals may divide."""
_ADDED = re.compile(r"^[，：]?(?:新增|取消|优化|撤并|注销|关停)")
_ATTENDED = re.compile("出席|列席|到会|参加|主持")
_IN_TURN = re.compile("分别|依次|各")
_DIVIDING = re.compile(
    r"类|信息|动态|公告|公示|文件|解读|材料|报告|栏|领域|方面|新闻|通知|法规|政策|规划|计划|指南|目录|预算|决算|财政|财务|"
    r"采购|许可|处罚|强制|投诉|咨询|举报|求助|建议|提案|议案|政务|党务|党建|工作|业务|网|微信|微博|抖音|头条|平台|公众号|视频|图|文字|"
    r"邮|信函|当面|自然人|公民|企业|组织|其[他它余]|公开|不予|无法|答复|结转|维持|纠正|撤|[省市县区镇乡村]级|本级|[市县区州]直|县[市区]|[县区旗]$|城区|农村|"
    r"部门|机关|直属|科室|日常|专项|常规|例行|折页|海报|手册|展板|代表|委员|处室|股室|站所|镇|街道|社区|"
    r"\d月|季度|半年|主动|依申请|规章|规范|机构|人事|民生|服务|建设|管理|安全|教育|医疗|社保|救助|就业|农|环境|执法|监督|制度|会议|活动|"
    r"职能|快讯|领导|涉及|数据|统计|现场|来[信访]|电话|名义|专场|(?:PC|电脑|手机|移动|网页)端|告知|查询|掌握|现成|存在|[转自]办|属于|保留|有效|修[订改]|废止|失效|新增|取消|注销|关停|首次|更新|信箱|热线|[发函字办]”$"
)
"""Words that name a kind of what is counted; others (已认证, 党员, 亿元以上) may be qualities."""
_ABOUT = re.compile("涉及(?!.*的[一-龥])")
_ACROSS = (
    re.compile(r"第?[一二三四]季度|[上下]半年|\d月"),
    re.compile("面向"),
    re.compile("同步|直播|配[发有]"),
    re.compile("成功|满意|(?<![案议])办理结果|结果公开"),
    re.compile("(?:建成|配备|设[有置立]|开[通设]).*的$"),
)
"""What things are about, when they were, whom they are for, how they were held, what came of them."""
_ON_LINE_OR_NOT = re.compile("线[上下]")
_REST_NAMED = re.compile("其[他它余](?:问题|事项|内容|方面|情况|信息|类)")
_TAKES_REST = re.compile("[，、；]?其[他它余]")
_OF_INFORMATION = re.compile(r"信息(?:共|总|计|数|量|达|累)*$")
_PIECES = frozenset({"条", "篇", "则", "期"})
"""Units of information."""
_FIRST_ITEM = re.compile(r"：(?!共|总|累计|合计|全年)[^，。；：\d]{2,14}$")
_AT_ONCE = re.compile("同步(?!解读)|单独|独家|交叉")
"""与公众号同步发布412条，公众号单独发布305条: what the total counts is told of some alone."""
_SHARED = re.compile(
    "(?:书面|电话|短信|当面)(?:回复|答复|告知)|配发|配有|邀请|兼有|同时|以上|以下|(?:建成|配备|设[有置立]|开[通设]).*的$|过[百千万]|认证|功能|熟悉|精通|具[有备]|持[有证]|(?:专科|本科|研究生|硕士|博士)以?上?学历|级职称|网上[可办]|网办|全程|跑一?次|不见面|零跑"
)
"""Words of qualities, whatever the others are."""
_SUM = re.compile(r"(?:合计|共计|总计|小计|共)(?:有|为|达)?$")
_COUNTED_ODDLY = re.compile(r"[，、][^，、。；\d]{1,12}(?P<count>\d+(?:,\d{3})*)(?=[一-龥])")
A_PAIR = 2
_JOINTS = "，、；和及与以 "


def is_step(label: str, first: str) -> bool:
    """Tell words of a number that tell a step, where the list's first part was none; 新增类 is a kind."""
    is_kind = label.rstrip().endswith("类")
    return not is_kind and bool(_STEP_FIRST.match(label.strip())) and not _STEP.search(first)


def is_doubtful(
    text: str,
    told: Sequence[str],
    total: Quantity,
    candidates: Sequence[Quantity],
    parts: Reading,
    tail: Reading,
) -> bool:
    """Tell a list whose own words say why its numbers need not make up the total."""
    if _divides_nothing(text, told, total, candidates) or _is_item_of_a_list(text, told, total):
        return True
    if any(_AT_ONCE.search(label) for label in told):
        return True
    if divides_across(told) and max(part.value for part in parts) <= total.value:
        return True
    missed = total.value - sum((part.value for part in parts), Decimal(0))
    if missed < 0:
        return all(_ATTENDED.search(label) for label in told)
    return _is_summed_up(text, total, missed, tail) or _rest_is_told(text[parts[-1].end :], missed)


def _is_item_of_a_list(text: str, told: Sequence[str], total: Quantity) -> bool:
    """Tell the first of things told side by side: 内容：动态672条，其中图片320条；公告455条；政策46条."""
    return bool(_FIRST_ITEM.search(text, 0, total.start)) and any(
        label.startswith("；") for label in told[1:]
    )


def divides_across(told: Sequence[str]) -> bool:
    """Tell parts of which some are told by something else than the others: 简易程序210条，涉及企业186条.

    Of a list that begins so every part may be told in the words of the first; one with 其他 is a division.
    """
    if any(_TAKES_REST.match(label) for label in told) or all(map(_ON_LINE_OR_NOT.search, told)):
        return False
    first, others = told[0], told[1:]
    if not _ABOUT.search(first) and any(map(_ABOUT.search, others)):
        return True
    return any(
        bool(words.search(first)) != bool(words.search(label)) for words in _ACROSS for label in others
    )


def _divides_nothing(text: str, told: Sequence[str], total: Quantity, candidates: Sequence[Quantity]) -> bool:
    """Tell changes of what the total counts, or numbers without a name, which may divide two totals."""
    clause = max(text.rfind(mark, 0, total.start) for mark in "。；") + 1
    is_added = _ADDED.match(told[0].strip()) and not _are_new_and_old(told)
    if is_added and not _OF_CHANGES.search(text, clause, total.start):
        return True
    if all(label.strip(_JOINTS) for label in told[1:]):
        return False
    is_one_of_each = len(told) == len(candidates) > 1  # 建议96件、提案143件，公开的分别为82件、119件
    return is_one_of_each or not _IN_TURN.search(told[0])


def _are_new_and_old(told: Sequence[str]) -> bool:
    """Tell what is new and what goes on, of which there is no third: 其中新增4个，延续2个."""
    pair = [label.strip().strip(_JOINTS + "：:") for label in told]
    return len(pair) == A_PAIR and are_new_and_old(*pair)


def _is_summed_up(text: str, total: Quantity, missed: Decimal, tail: Reading) -> bool:
    """Tell whether the author adds the parts up himself, and not to the total: ……四类合计100条."""
    sums = (item for item in tail if item.unit == total.unit and _SUM.search(text, 0, item.start))
    return any(item.value == total.value - missed for item in sums)


def _rest_is_told(behind: str, rest: Decimal) -> bool:
    """Tell whether what parts lack stands right behind them with a unit that is seldom counted: 扇子500把."""
    match = _COUNTED_ODDLY.match(behind)
    return match is not None and Decimal(match["count"].replace(",", "")) == rest


def unit_of(text: str, total: Quantity) -> str:
    """Return the unit that a total's parts are told in: 审批信息33件 are pieces of information as well."""
    return "条" if _OF_INFORMATION.search(text, 0, total.start) else total.unit


def may_be_qualities(told: Sequence[str], unit: str) -> bool:
    """Tell parts that need not exclude each other: 28个，其中已认证26个，开通留言功能24个.

    A row of names with 、 between them is a division, whatever the names are, and so is a list of
    information, each piece of which stands in one place.
    """
    if not told[0].strip(_JOINTS + "：:"):
        return False  # the names stand behind the numbers
    if any(_SHARED.search(label) for label in told):
        return True
    if any(_REST_NAMED.search(label) for label in told):
        return False
    is_one_row = all(label.strip().startswith("、") for label in told[1:])
    dividing = sum(bool(_DIVIDING.search(label)) for label in told)
    return not is_one_row and unit not in _PIECES and dividing * 2 < len(told)
