"""Words that tell of requests, or deny that there were any."""

from __future__ import annotations

import re

from monitor.rules.prose.sentences import Sentence

SUBJECT = r"(?:政府)?信息公开|依申请公开|公开申请|公开(?:政府|政务)信息的?(?:书面)?申请"
OTHER_TOPIC = re.compile(
    r"复议|诉讼|应诉|投诉|举报|信访|线索|督[查办]|热线|提案|建议|议案|工单|咨询|留言|信箱|12345|来信|来访|会议|解读|文件|公文|许可|办事|"
    r"(?:审批|资质|资格|认定|建房|宅基地|贷款|入学|补助|奖励|住房|参保|残疾证|执业)(?:类|的)?申请(?=\d)|"
    r"行政审批|事项(?<!申请事项)(?<!公开事项)(?<!信息事项)|救助|低保|公租房|补贴|证明|(?<!依法)(?<!已)(?<!予以)(?<!及时)登记(?!(?:政府|信息|依申请|公开|申请))|仲裁|听证|(?<![未不])补正|延期|文书|案卷|(?<!申请公开)(?<!公开的)诉求|来电"
)
_HEADING = re.compile(r"依申请|公开申请|申请公开|申请情况|(?:依法|规范|认真|及时)(?:办理|答复|处理)申请$")
_OTHER_HEADING = re.compile("主动|平台|网站|监督|培训|解读|回应|管理|复议|诉讼|留言|咨询|信箱|收费|问题|不足")
CLASSIFIED = re.compile(
    r"公文|公开属性|文件[^，。；\d]{0,4}\d+[件份]|制发|拟制|印发|不予公开(?:政府)?信息数?\d+[条件份][，、；]依申请公开|"
    r"主动公开[^，。；、]{0,10}\d+[^，。；（]{0,6}(?:（[^）]*）)?[，、；](?:[^，。；\d]{0,8}(?:率|占)[^，。；\d]{0,4}[\d.]+%[，、；])?(?:作为|列为|确定为|属于?)?依申请公开"
)
"""Documents that are to be disclosed on request, or not at all, are no requests."""
HANDLED = re.compile(
    r"(?:共|全年)*(?:办理|受理|收到|答复|办结)(?:政府信息)?依申请公开(?:申请|件|事项)*\d+件$"
)
"""Documents may be classed as 依申请公开, but nobody receives or handles these."""
WAYS = (
    "网上|网络|网站|平台|在线|线上|线下|信函|邮寄|邮递|邮政|快递|来信|来函|邮件|邮箱|当面|当场|现场|窗口|传真|电话|书面|纸质|"
    "挂号|特快|小程序|客户端|公众号"
)
"""How a request may reach a body."""
RECEIVED = "收到|受理|接收|接到|新收"
"""That requests came, in one word."""
CHANNEL = re.compile(
    rf"{WAYS}|直接|代表|转送|转交|(?<!结)转办|交办|"
    r"自然人|企业|法人(?!.{0,3}其他组织)|组织(?<!其他组织)|机构|个人|延期|其中|主要|系统|通过|涉及|科室|(?<![我本])单位|本级"
)
ANY_AT_ALL = re.compile(
    r"(?:收到|受理|接到|接收|办理|答复|处理)(?P<count>\d+)[件份宗起][^，。；\d]{0,12}(?:信息公开申请|公开政府信息的?申请|申请公开)|"
    r"(?:收到|接到|接收|受理)[^，。；\d]{0,24}(?:信息公开申请|申请公开)(?P<all>\d+)[件份宗起]|"
    r"(?P<persons>\d+)[位名人][^，。；\d]{0,12}(?:申请公开|的?公开申请|提出[^，。；]{0,6}信息公开申请|提交[^，。；]{0,6}信息公开申请)"
)
"""A request, however few: whoever counts one contradicts a table without any."""
NOT_REAL = re.compile("咨询|模拟|测试|暗访|培训|演练|案例|模板")
REQUEST_ITSELF = re.compile(
    r"申请[^，。；]{0,4}结转|结转[^，。；]{0,16}申请|(?:收到|接到|受理|接收)(?:过)?申请公开(?:(?:政府)?信息的?要求|的?事项)|(?:收到|接到|受理|接收)(?:过)?(?:政府|政务)信息的?申请|(?:收到|接到|受理|接收|新收|办结|答复)依申请(?:(?:政府|政务)?信息(?![^，。；]*主动)|件\d)"
)
"""Carried over are requests, by whatever name, and so is what is received 依申请."""
ALL_CHANNELS = re.compile(
    r"线上[、和及与]?线下|[^，。；\d]*等(?:多种|各种|各类|多个)?(?:方式|渠道|途径|形式)"
)
"""通过网上、信函、当面等方式: every channel, so no part of the requests."""
_RECEIVED_SOME = re.compile(rf"(?:{RECEIVED})[^，。；：\d]*\d")
_ONE_CHANNEL = re.compile(WAYS)
_AMONG_A_KIND = re.compile(
    "(?:自然人|公民|个人|法人|组织|企业|本年)(?:提出|提交|的|政府信息公开|信息公开)*申请中|"
    r"(?<!投诉)(?<!举报)类申请\d+件[，：（][^。；]*$|(?:会商|会审|研判|研究|复核|抽查)[^，。；\d]{0,8}申请\d+件[^。；]*$|对\d+件(?!政府|信息|依)[^，。；\d]{1,8}申请[^。；]*$"
)
"""复议案卷类申请11件，不予公开4件; 对48件重点申请组织会商，会商后公开22件."""
_OF_ONE_CHANNEL = re.compile(rf"(?:{WAYS})(?:提交|提出|收到)?的?申请\d+[件份宗条]，(?P<rest>[^；。）]*)$")
"""信函申请12件，办结10件; the next semicolon or bracket ends what is said of them."""
_OF_THOSE_OLD = re.compile(
    r"(?:^|[。；])(?:其中|另外?|对)?(?:上一?年度?|去年|20\d\d年度?)(?:结转|转结|转入)[^，。；\d]{0,8}\d+[件份宗](?:申请)?，[^。；\d]*(?:\d+月[^。；\d]*)?其中[^。；]*$"
)
"""上年结转3件，均于1月答复，其中公开2件: of those alone, where the sentence has counted no others."""
_ALL_AGAIN = re.compile("共(?!同)|合计|总计|以上|上述|全年|全部申请|所有")
_PART_OF_DISCLOSED = re.compile(
    r"(?<!申请)(?:公开|发布)(?:各类|政府|政务)*信息[^，。；\d]{0,4}\d[\d,.万]*[条篇]，?其中[^。；申]{0,40}$"
)
"""公开信息30条，其中部分公开3条: information that was disclosed, not requests."""
BY_OTHERS = re.compile("委托|协助|协同|配合|指导|督促|移送|交由|转交")
"""What is done with others' requests, or by others with one's own."""
_REHEARSED = re.compile("模拟|演练|暗访|测试申请")
"""组织演练1次，模拟申请3件，答复3件: no request was made."""
_SAID_BY_OTHERS = re.compile(
    r"(?:第三方|第三人|权利人)[^。]*同意[^，。；、\d]*$|"
    r"(?:收到|收回|回收)了?(?:书面|第三方|相关|有关|部门|各方|对方)*(?:回复|答复|回函|复函|反馈)(?:意见|函)?(?:共|计)*$"
)
"""征求第三方意见14件，其中第三方同意公开11件; 发函5份，收到回复5份: what others said when they were asked."""
_WHO_RECEIVED = re.compile(r"申请的(?:单位|部门|机关|乡镇)?(?:共|有|为)*$")
_OF_WHOM_MOSTLY = re.compile(
    r"(?:自然人|公民|个人|企业|法人|机构|组织)[^，。；、\d]{0,8}(?:居多|为主|最多|较多|占多数)，(?:共|全年|年内)?(?:新收|收到|受理|接收)[^，。；\d]{0,4}$"
)
"""申请人中自然人居多，新收22件: those of persons."""
_COUNTS_BODIES = re.compile(r"\d+[个家]")
"""收到申请的9个，未收到申请的17个: so many bodies."""
_OF_OTHER_THINGS = re.compile(
    r"[\d,]+[个次项家](?:部门|单位|街道|社区|栏目|专栏|子?网站|账号|平台|系统|点位|窗口|问题|会议|培训|检查|方面|环节)"
)
"""完成12个部门子网站的迁移: a sentence behind the story of requests that counts something else."""
_ASKED_FOR = re.compile(
    r"(?:(?:涉及|包含|含|申请公开)(?:政府)?(?:信息)?(?=\d+[项条](?:政府)?信息)|(?:信息|内容|事项)共?(?:计|涉及|包含)+)"
    r"\d+(?P<unit>[项条])[^。；]*$"
)
"""办结11件，涉及14项信息，公开9项: pieces of information, in a unit of their own."""
_TASKS, _ITEMS = re.compile("(?:任务|措施|举措|整改|指标)[^。；申]*$"), re.compile(r"\d+项")
"""分解任务15项，到年底完成13项."""


def is_under_requests(sentence: Sentence) -> bool:
    """Tell a sentence under a heading on requests, or a point of it: （二）依申请公开, 1.申请数量.

    Every number there may be of requests; 政府信息公开平台建设 is no such heading.
    """
    if _HEADING.search(sentence.heading):
        return True
    return bool(_HEADING.search(sentence.above)) and not _OTHER_HEADING.search(sentence.heading)


def names_requests(title: str) -> bool:
    """Tell a title on requests (受理申请情况)."""
    return bool(_HEADING.search(title))


def is_of_no_request(text: str, at: int) -> bool:
    """Tell a number of information or of bodies, or of what others said when they were asked."""
    if _OF_WHOM_MOSTLY.search(text, 0, at):
        return True
    if _WHO_RECEIVED.search(text, 0, at) and _COUNTS_BODIES.match(text, at):
        return True
    asked_for = _ASKED_FOR.search(text, 0, at)
    if asked_for and re.match(rf"[\d,]+{asked_for['unit']}", text[at:]):
        return True
    if _TASKS.search(text, 0, at) and _ITEMS.match(text, at):
        return True
    if _REHEARSED.search(text, 0, at) or _OF_OTHER_THINGS.match(text, at):
        return True
    return bool(_PART_OF_DISCLOSED.search(text, 0, at) or _SAID_BY_OTHERS.search(text, 0, at))


def is_of_some_requests(text: str, at: int) -> bool:
    """Tell whether a number is of requests that came in one way, or of one kind: 受理线上申请8件，办结7件."""
    if _AMONG_A_KIND.search(text, 0, at) or _OF_THOSE_OLD.search(text, 0, at):
        return True
    counted = _OF_ONE_CHANNEL.search(text, 0, at)
    if counted and not _ALL_AGAIN.search(counted["rest"]):
        return True
    if not _ONE_CHANNEL.search(text, 0, at):
        return False
    told = list(_RECEIVED_SOME.finditer(text, 0, at))
    clauses = (
        text[max(text.rfind(mark, 0, one.start()) for mark in "，。；：") + 1 : one.end()] for one in told
    )
    if not told or not all(_ONE_CHANNEL.search(ALL_CHANNELS.sub("", clause)) for clause in clauses):
        return False
    return not _ALL_AGAIN.search(text, told[-1].end(), at)
