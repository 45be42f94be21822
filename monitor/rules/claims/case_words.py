"""What is said of reviews and suits, word by word: 其中直接起诉2件，均为其他结果.

A sentence is cut into pieces that hold one statement each. Every word of a piece has to be known; of a
piece with another word nobody can tell whose cases it counts, or what became of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.rules.body_names import in_order
from monitor.rules.claims.remedy_rows import AFTER, ANNULLED, DIRECT, REVIEWS, SUITS, Ending, Rows
from monitor.rules.prose.quantities import Quantity, quantities

UNITS = frozenset({"件", "起", "宗", "例"})
_COURT = r"(?:向|到)?(?:人民)?(?:法院)?"
_WHO = "(?:而|又|再|仍|被|不服|继续|当事人|申请人|原告)*"
_SUE_AT_COURT = "诉至|诉到|告到|告上|打官司|[诉告](?![讼求知状])"
_SUE = (
    rf"{_WHO}{_COURT}(?:(?:起诉|提起|提出|被诉)(?:的)?(?:行政)?(?:诉讼)?|(?:行政)?诉讼|"
    rf"(?:{_SUE_AT_COURT})(?:人民)?(?:法[院庭])?)"
)
_NOT_REVIEWED = (
    r"(?:未曾?(?:经过?|走过?|申请过?|先行)|没有?(?:经过?|走过?|申请过?)|不经过?)(?:行政)?复议(?:程序|环节)?"
)
_REVIEWED = r"先?(?:经过?了?|走[过完]|申请过|先行)(?:行政)?复议(?:程序|环节)?"
_NO_CASES = "机关|机构|决定|结果|委员|局|后|程序|再|意见|答复|申请人|被申请人|体制|工作"
_KINDS: tuple[tuple[Rows, tuple[str, ...]], ...] = (
    (
        DIRECT,
        (
            rf"(?:(?:{_NOT_REVIEWED}|(?:没有?|未)(?:行政)?复议)、?(?:而|就|即|便)?)?(?:被直接|直接被?){_SUE}",
            rf"{_NOT_REVIEWED}(?:而|就|即|便)?(?:被)?{_SUE}",
            r"直诉(?!讼)|(?<=[（、，])直接(?=\d)",
            _NOT_REVIEWED,
        ),
    ),
    (
        AFTER,
        (
            rf"先?(?:经过?|走完?)?(?:行政)?复议(?:机关|决定|程序)?(?:维持|决定)?[之以]?后、?{_SUE}",
            rf"(?:{_REVIEWED}|先(?:申请)?(?:行政)?复议)(?:再|又|后)?{_SUE}",
            "再(?:次)?(?:提起|起诉)(?:行政)?(?:诉讼)?",
            rf"(?:不服|对)(?:行政)?复议(?:机关)?(?:决定|结果)(?:不服)?、?{_SUE}",
            r"经(?:行政)?复议的?(?=\d)|复议后(?=\d)",
            rf"{_REVIEWED}(?=的?(?:案件)?[，。；、）\d]|$)|复议过(?=的?[，。；、）\d]|$)",
        ),
    ),
    (REVIEWS, (rf"(?<![经过])(?:行政)?(?<![经过])复议(?!{_NO_CASES})(?:案件|申请|案)?",)),
    (
        SUITS,
        (
            r"(?:行政)?(?:诉讼|应诉)(?!请求)(?:案件|案)?",
            r"(?:被(?:起)?诉(?!讼)|涉诉)(?:案件|案)?",
            "(?:成为|当)被告|(?:打)?官司|(?:被)?告(?:到|上)(?:了)?(?:人民)?法[院庭]",
        ),
    ),
)
_BODY = "[我本](?:机关|单位|部门|街道(?:办(?:事处)?)?|[局委办厅镇乡县区市州盟旗省院校会])"
_OWN = f"(?:原|{_BODY})(?:的|作出的?)*"
_OWN_ACT = rf"(?:{_OWN}(?:具体)?(?:行政|处理|公开)?(?:行为|决定|答复|告知)(?:意见|书)?)"
_ENDINGS: tuple[tuple[Ending, tuple[str, ...]], ...] = (
    (
        ("尚未审结", (("pending",),)),
        (
            r"(?:未|没有?|待)(?:审结|办结|结案|审理(?:完毕?|终结|结束)|审理?(?=[，。；、）\d]|$)|审完|结(?![转果论])|决(?!定))",
            "(?:未|没有?|待|无)(?:法院|复议机关)?(?:作出|出)?(?:复议决定|决定|判决?|裁判|宣判|结果|结论|定论|审完)(?:结果)?",
            "(?:正|尚|仍|还)?(?:处)?[在于](?:审理|办理|审查)(?:过程)?[之当]?中",
            "(?:正在|尚在|仍在|还在|在)(?:审理|办理|审查|审)(?:阶段)?",
            "审理(?:过程)?当?中",
        ),
    ),
    (("结果纠正", (("corrected",),)), (f"(?:结果)?纠[正错](?:了)?{_OWN_ACT}?",)),
    (
        ("结果纠正", (("corrected",), ("other",), ("corrected", "other"))),
        (
            rf"{ANNULLED}(?:了)?{_OWN_ACT}?",
            "(?:确认)?违法",
            "败诉|输(?:掉)?了?(?:的)?(?:官司)?",
            f"(?:责令|判令|责成)(?:{_BODY})?(?:重新|限期)?(?:作出|履行|重办|办理)?(?:答复|处理)?",
            "重作",
        ),
    ),
    (
        ("其他结果", (("other",),)),
        (
            r"其[他它](?:结果|情形|处理)",
            r"(?<=[为属系是])其[他它](?=[，。；、）]|$)",
            r"其[他它](?=\d)|(?<=[、（])其[他它](?=[、和及])",
        ),
    ),
    (
        ("其他结果", (("other",), ("upheld",), ("upheld", "other"))),
        (
            "终止(?:审理|复议)?",
            "(?:原告)?撤[回诉](?:申请|起诉)?",
            "中止",
            "撤销(?:行政)?(?:复议)?申请",
            "调解(?:后|结案)?",
            "和解",
        ),
    ),
    (("结果维持", (("upheld",),)), (rf"(?:结果)?维持(?:了)?{_OWN_ACT}?",)),
    (
        ("结果维持", (("upheld",), ("other",), ("upheld", "other"))),
        (
            "驳回(?:原告|申请人|其)?的?(?:全部)?(?:诉讼请求|请求|起诉|申请|复议申请)?",
            f"胜诉|赢了?(?:官司)?|支持(?:了)?{_BODY}",
        ),
    ),
    (
        ("已审结", (("upheld", "corrected", "other"),)),
        ("(?:审|办)结", "结案", "审理(?:完毕|终结|结束)", r"已判(?:决)?(?=的?\d)"),
    ),
)
_ALL, _EACH, _DENIAL = "均|全部|都|皆", "各", "没有(?!经)|不存在|未(?!经)|无|零"
_OF_DISCLOSURE = "(?:政府|政务)?(?:依申请|信息)公开(?:政府信息)?(?:工作|答复|申请|事项|方面|有关)*类?"
_IDLE = (
    r"""
    归入 计入 归[在于为] 列[入为] 算[在作] 并且? 且 _OWN_ACT_
    但 作为被(?:告|申请人)的 先后 [前后]者 这 当中 公众 群众 市民 (?<=答复)不服(?=提[起出]|申请|而) 最终 最后
    既(?:非|不是|未)维持[也又](?:非|不是|未)(?:被)?纠正
    (?:(?:因|就|对|由|涉及?|有关|关于|与|针对|围绕)(?:不服)?)?(?:_BODY_的?)?_DISCLOSURE_(?:而)?
    因(?:一件|[1一]起)?申请答复 不服(?:信息公开)?答复 因同一申请人 此
    截[至止]到?(?:目前|20\d\d年年?底|20\d\d年12月31日|12月31日|年[底末]|当年[底末]|报告期末)
    到?(?:20\d\d年)?年[底末]前? 目前 当前
    20\d\d年度? 全年 本年度? 当年 年内 年度内 年度 报告期内?
    (?:行政)?复议(?:机关|机构|决定|结果|局) (?:人民)?法院 (?:审理|判决|裁判)结果 结果
    以_BODY_(?:[一-龥]{1,2}?)?为被(?:告|申请人)的? 受理机关通知[我本]局参加 县内 市内
    _BODY_ 全[省市县区州旗盟]
    今年 全局 全厅 全委 全办 全院 (?:[一二三四五六]|其[一二三])是 经(?:依法)?(?:审理|审查)后? 因同一事项 另外
    自愿 主动 记入 得到 准予 准许 剩余 余下 而 数
    新增 新发生 办理 受理 收到 接到 发生 产生 引[发起] 导致 涉及 涉 参加 有关 相关
    被 申请人?的? 当事人 提起 提出 起诉 因此 由此 共有? 共?计 合计 总计 总[数量] 件数 数量
    案件 案 情况 情形 方面 判决 裁定 裁决 判 决定 作出 予以 予 获得? 经 依法 给予 占 有
    其中 其余 包括 包含 含 分别 即 已经? 尚 还 仍 也 又 另 再 则 或者? 及 和 与 以及 为 是 系 属于?
    于 的 中 里 了 作 因 由 对 处 仅 只
""".replace("_DISCLOSURE_", _OF_DISCLOSURE)
    .replace("_OWN_ACT_", _OWN_ACT)
    .replace("_BODY_", _BODY)
)
"""Words that do not say whose cases these are, nor what became of them."""
_SIGNS = {
    **{f"K{place}": "|".join(patterns) for place, (_rows, patterns) in enumerate(_KINDS)},
    **{f"O{place}": "|".join(patterns) for place, (_ending, patterns) in enumerate(_ENDINGS)},
    "A": _ALL,
    "E": _EACH,
    "D": _DENIAL,
}
_WORDS = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _SIGNS.items()) + "|" + "|".join(_IDLE.split())
)
_MARKS = re.compile("[，。；：（）]")
_JOINED = re.compile("、|以及|[和及与]|(?<=[件起宗例])[中里](?=.*\\d)")
_YEAR = re.compile(r"20\d\d(?=年)")
_THEIR_SIDE = re.compile("(?:原告|申请人|当事人).*[胜败]诉")
"""Who sued lost, so that the body's act was upheld."""
_SAYS_NOTHING = re.compile(r"[\s“”、]|^\d+[.．]|^[①-⑳]")
_SAME = {("K0", "K3"), ("K1", "K3"), *((f"O{place}", "O7") for place in range(7))}
"""The first says the second as well."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement at [start, end): the kinds, numbers and endings that it names, in the order of `signs`.

    K is a kind, N a number, O an ending, A 均, E 各, D a denial; `mark` is what stands before it.
    """

    start: int
    end: int
    words: str
    mark: str
    signs: str
    kinds: tuple[Rows, ...]
    numbers: tuple[Quantity, ...]
    endings: tuple[Ending, ...]
    is_strange: bool

    def names(self, words: tuple[str, ...]) -> bool:
        """Tell whether one of these words stands in it."""
        return any(word in self.words for word in words)


def pieces(text: str, own: str) -> Iterator[Piece]:
    """Yield the statements of a sentence; `own` is the body's name."""
    counted = [
        item
        for item in quantities(text)
        if item.unit in UNITS and item.exact and not text.startswith("申请答复", item.end)
    ]
    start, mark = 0, "。"
    for match in (*_MARKS.finditer(text), None):
        end = match.start() if match else len(text)
        for at, stop, before in _parts(text, start, end, counted, mark):
            if text[at:stop].strip():
                yield _piece(text, at, stop, before, counted, own)
        start, mark = (match.end(), match.group()) if match else (end, "")


def _parts(
    text: str, start: int, end: int, counted: list[Quantity], mark: str
) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a clause that have a number each: 维持2件、纠正1件, but not 维持、纠正各1件."""
    at = start
    for match in _JOINED.finditer(text, start, end):
        has = [
            any(since <= item.start and item.end <= until for item in counted)
            for since, until in ((at, match.start()), (match.end(), end))
        ]
        if all(has):
            yield at, match.start(), mark
            at, mark = match.end(), match.group()
    yield at, end, mark


def _piece(text: str, start: int, end: int, mark: str, counted: list[Quantity], own: str) -> Piece:
    numbers = tuple(item for item in counted if start <= item.start and item.end <= end)
    names: list[str] = []
    strange: list[str] = []
    since = start
    for item in (*numbers, None):
        until = item.start if item else end
        found, unknown = _read(text, since, until)
        names += found
        strange += unknown
        if item:
            names.append("N")
            since = item.end
    names = _without_idle_signs(names)
    is_strange = len(set(_YEAR.findall(text[start:end]))) > 1 or _THEIR_SIDE.search(text, start, end)
    return Piece(
        start,
        end,
        text[start:end],
        mark,
        "".join(name[0] for name in names),
        tuple(_KINDS[int(name[1:])][0] for name in names if name[0] == "K"),
        numbers,
        tuple(_ENDINGS[int(name[1:])][0] for name in names if name[0] == "O"),
        bool(is_strange) or any(not in_order(words, own) for words in strange),
    )


def _read(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """Return the signs of a stretch, and the words that are not known."""
    signs: list[str] = []
    known: list[tuple[int, int]] = []
    at = start
    while at < end:
        match = _WORDS.match(text, at)
        if match is None or match.end() > end or match.end() == at:
            at += 1
            continue
        if match.lastgroup:
            signs.append(match.lastgroup)
        known.append((at, match.end()))
        at = match.end()
    borders = zip(
        (start, *(until for _since, until in known)), (*(since for since, _until in known), end), strict=True
    )
    unknown = (_SAYS_NOTHING.sub("", text[since:until]) for since, until in borders)
    return signs, [words for words in unknown if words]


def _without_idle_signs(names: list[str]) -> list[str]:
    """Leave out what another word says more closely: 行政诉讼 beside 直接起诉, 已审结 beside 维持."""
    told: list[str] = []
    for name in names:
        before = told[-1] if told else ""
        if (before, name) in _SAME or name == before:
            continue
        if (name, before) in _SAME:
            told.pop()
        told.append(name)
    return told
