"""Which rows of table 3 the words beside a number of requests name: 属于行政执法案卷9件, 重复申请6件.

Authors shorten and turn the official labels, and what they call 不存在 may stand in several rows; a
label therefore names every sum that a careful reader would accept for it.
"""

from __future__ import annotations

import re

from monitor.rules.claims.claim import Meaning
from monitor.rules.context import RuleContext
from monitor.rules.official import cells_of, row_label
from monitor.rules.sums import form_of_requests

_ROWS = (
    ("denied_state_secret", re.compile("国家秘密")),
    ("denied_prohibited_by_law", re.compile("法规禁止|法律禁止|禁止公开")),
    ("denied_public_security", re.compile("三安全|一稳定")),
    ("denied_third_party_rights", re.compile("第三[方人]")),
    ("denied_internal_affairs", re.compile("内部(?:事务|管理)")),
    ("denied_process_information", re.compile("过程性")),
    ("denied_enforcement_file", re.compile("(?:执法|行政|处罚)案卷")),
    ("denied_administrative_query", re.compile("行政查询|查询事项")),
    ("unavailable_not_held", re.compile("不掌握|未掌握|非本(?:部门|机关|单位|局|委|办)掌握")),
    ("unavailable_needs_creation", re.compile("现成|(?:另行|另外|重新)(?:制作|加工)")),
    ("unavailable_unclear_request", re.compile("不明确|补正[^，。；、\\d]{0,8}不(?:清楚|清晰|明了|明白)")),
    (
        "not_processed_petition",
        re.compile(
            "(?:信访|投诉|举报)[^，。；\\d]{0,8}(?:类|申请|不予)|信访、?(?:举报、?)?投诉(?=$|[，。；、）])"
        ),
    ),
    ("not_processed_repeated", re.compile("重复(?:申请|提出|提交)")),
    ("not_processed_publication", re.compile("出版物")),
    ("not_processed_excessive", re.compile("反复申请|大量申请")),
    ("not_processed_reissue", re.compile("重新出具")),
    ("other_no_correction", re.compile("(?:逾期|未按[^，。；\\d]{0,6})[^，。；\\d]{0,6}补正|(?:不|未)补正")),
    ("other_unpaid_fee", re.compile("(?:未|不)[^，。；\\d]{0,12}缴[纳费]")),
)
_GROUPS = (
    (
        "granted_in_part",
        "部分公开",
        re.compile("部分(?:予以)?公开|公开部分(?=内容|信息)|区分处理|予以部分公开"),
    ),
    ("denied_", "不予公开", re.compile("不予?公开|不同意公开|[不没]给公开")),
    ("unavailable_", "无法提供", re.compile("无法(?:予以)?提供|(?:不能|没法|没办法)提供")),
    ("not_processed_", "不予处理", re.compile("不予处理|不作处理|未予处理")),
    ("other_", "其他处理", re.compile("其[他它](?:情形|情况|方式|原因)?处理|不再处理")),
    (
        "granted",
        "予以公开",
        re.compile(
            "(?:予以|同意|准予|给予|给了|(?<![不没])给|(?<!无法)(?<!不能)(?<!不)提供|全部|完全|依法|全文|全面)公开"
        ),
    ),
)
_SOFT = re.compile("不再处理|其[他它](?:情形|情况|方式|原因)处理")
"""What authors call so may stand in one row of its group, or elsewhere."""
_HAS_SOME = re.compile("(?:(?:公开|提供|处理)的(?:申请)?|申请)，?有$")
_FOR_A_REASON = re.compile(r"(?:申请)?(?:涉及|来自|是|系|属于?|因|由|为)[^，。；、\d]{2,}")
_NO_MORE = "不再处理"
"""The table's word in one group (逾期不补正、不再处理), which some authors use for 不予处理 as well."""
_EXAMPLES = re.compile("等(?!待|候|级|[^，。；]{0,2}$)")
"""Rows named so are some of those meant: 因重复申请等情形不予处理."""
_TOGETHER = re.compile(
    "公开的?[和及或与、](?:同意|予以)?公开|公开(?:的?(?:和|及|或|与)|、)(?:予以)?部分|"
    "(?:公开|提供|处理)的?[和及与或、](?:不予公开|无法提供|不予处理|其他处理)"
)
_BARE_GRANTED = re.compile(
    r"^(?:(?:办理|办结|处理|答复)(?:的?(?:结果|情况|情形|类型|方式))?|其中|[，：有为是]|属于?)*公开(?:的|答复|信息)?(?:有|共|为)?$"
)
_REASON = re.compile(
    r"(?:因为?|由于)(?!此)[^，。；\d等]{2,40}(?:不予公开|无法提供|不予处理|部分公开|予以部分公开)"
)
_AMONG_A_KIND = re.compile("(?:公开|提供|处理)的?(?:件|申请|答复|情形)*当?[中里]，?有?$")
"""不予处理件中有4件: what these are is told behind the number."""
_NOT_THERE = re.compile(r"不存在[^，。；、\d]{0,6}\d")
_QUOTES = dict.fromkeys(map(ord, "“”‘’「」\"'"))
_UNSAID = "other_other"
"""Where an outcome that is no row of its own may be counted as well."""
_ROW_OF_TABLE = (
    r"(?:本机关不掌握(?:相关|该)?(?:政府)?信息|没有现成信息需要?另行制作|补正后申请内容仍不明确|属于行政执法案卷|属于行政查询事项|"
    r"四类过程性信息|三类内部事务信息|保护第三方合法权益|信访举报投诉类申请|无正当理由大量反复申请|"
    r"申请人逾期未(?:按收费通知要求)?缴纳?费用?、?(?:行政机关)?不再处理)(?:的|类|信息|申请|共|有|为|：)*"
)
"""The table's own words for a row, which mean nothing else."""
_ROW_IN_WORDS = re.compile(f"{_ROW_OF_TABLE}$")
ROW_COUNTED = re.compile(
    rf"{_ROW_OF_TABLE}\d|\d[件宗份条](?:申请)?(?:属于?|为|系|是|因|由于)*{_ROW_OF_TABLE}$"
)
_ROW_WORDS = re.compile(_ROW_OF_TABLE)
_ROW_BEHIND = re.compile(rf"^(?:申请)?(?:属于?|为|系|是|因|由于)*{_ROW_OF_TABLE}(?=[，。；、）]|$)")
_NUMBERED = re.compile(r"[ ·]?\d\.")
_QUERY = re.compile(
    r"行政查询事项|信访、?(?:举报、?投诉|投诉、?举报|举报|投诉)(?=[类或、和]|的?申请|的?\d)|(?:执法|处罚)案卷(?=的?\d)|"
    r"补正后?[^，。；\d]{0,10}不(?:明确|清楚|清晰|明白)|(?:逾期|未按[^，。；\d]{0,6})[^，。；\d]{0,6}补正"
)
_DIVIDED = re.compile(r"(?:\d+)?[件份宗条]?(?:申请)?[，：（；]?(?:其中|均|都|包括|系|为|即|原因|分别)")
_COUNTED_SOON = re.compile(r"[^，。；：\d]{0,14}[1-9]")
_NAMELESS = re.compile("(?:其中|有|另|，)*")
_IS_OWN = re.compile(r"^(?:申请)?(?=[，。；、（）]|$)")


def is_single_row(meaning: Meaning) -> bool:
    """Tell what one row of a kind of outcome means (3.危及“三安全一稳定”) from what the whole kind does."""
    return bool(_NUMBERED.search(meaning.label))


def without_rows(text: str) -> str:
    """Return a text without the table's words for its rows: 信访举报投诉类申请 speaks of no petition."""
    return _QUERY.sub("", _ROW_WORDS.sub("", text))


def is_one_reason(words: str, sentence: str) -> bool:
    """Tell those that were not held, where others are counted apart as 不存在: of which rows, who knows."""
    return "不掌握" in words and "不存在" not in words and bool(_NOT_THERE.search(sentence))


def is_one_of_several(words: str, behind: str) -> bool:
    """Tell some of an outcome, of which the words behind say why: 2件涉及国家秘密，1件……."""
    return bool(_HAS_SOME.search(words) and _FOR_A_REASON.match(behind))


def gives_reason(words: str) -> bool:
    """Tell an outcome for one reason, beside which there may be others: 因涉及商业秘密不予公开1件."""
    return bool(_REASON.search(words))


def rest_of_group(context: RuleContext, outcome: str, told: str) -> tuple[Meaning, ...]:
    """Return what is left of a group of outcomes whose rows were told before it: 未补正2件，其他处理5件."""
    start = next((key for key, label, _pattern in _GROUPS if label == outcome and key.endswith("_")), None)
    if start is None:
        return ()
    apart = {row for row, pattern in _ROWS if row.startswith(start) and pattern.search(told)}
    if not apart:
        return ()
    rest = tuple(f"requests.{row}.total" for row in _rows_of(context, start) if row not in apart)
    return (Meaning(outcome, rest),)


def rows_named(context: RuleContext, words: str, *, apart: bool = False) -> tuple[Meaning, ...]:
    """Return all sums of table 3 that the words for an outcome may mean; nothing where they name none.

    `apart` tells that what was granted in part is counted beside what was granted.
    """
    words = words.translate(_QUOTES)
    if _TOGETHER.search(words) or _AMONG_A_KIND.search(words):
        return ()
    rows = [row for row, pattern in _ROWS if pattern.search(words) and not _EXAMPLES.search(words)]
    groups = [(key, label) for key, label, pattern in _GROUPS if pattern.search(words)]
    if len(rows) > 1 or len(groups) > 1:
        groups = groups[:1] if len(rows) <= 1 else []
    if not rows and len(groups) == 1 and _names_all_rows(context, groups[0][0], words):
        return (Meaning(groups[0][1], _cells(context, groups[0][0])),)
    if len(rows) == 1:
        return _of_row(context, rows[0], groups)
    if rows:
        return _of_rows(context, rows, words)
    if groups and gives_reason(words):
        return ()
    if groups:
        key, label = groups[0]
        meanings = _of_group(context, key, label, is_soft=bool(_SOFT.search(words)), apart=apart)
        return meanings + (_not_processed(context) if _NO_MORE in words else ())
    if _BARE_GRANTED.match(words):
        return _of_group(context, "granted", "予以公开", is_soft=False, apart=apart)
    return ()


def _of_row(context: RuleContext, row: str, groups: list[tuple[str, str]]) -> tuple[Meaning, ...]:
    label = row_label(f"requests.{row}")
    kind = next(key for key, *_rest in _GROUPS if row.startswith(key))
    cells = _cells(context, row)
    meanings = [Meaning(label, cells)]
    if groups and any(context.values.get(cell) for cell in cells):
        meanings.append(Meaning(groups[0][1], _cells(context, kind)))
    return tuple(meaning for meaning in meanings if meaning.cells)


def _names_all_rows(context: RuleContext, key: str, words: str) -> bool:
    """Tell words that name every row of a kind, though 等 ends them: 不掌握、需另行制作或不明确等无法提供."""
    named = {row for row, pattern in _ROWS if pattern.search(words)}
    rows = _rows_of(context, key)
    return len(rows) > 1 and all(any(row.startswith(one) for one in named) for row in rows)


def _of_rows(context: RuleContext, rows: list[str], words: str) -> tuple[Meaning, ...]:
    """Return what rows of one kind have together, where the kind is named: 因不掌握或不明确无法提供5件."""
    named = [(key, label) for key, label, pattern in _GROUPS if pattern.search(words)]
    if len(named) != 1 or not all(row.startswith(named[0][0]) for row in rows):
        return ()
    key, label = named[0]
    return Meaning(label, _cells(context, key)), Meaning(label, _cells(context, *rows))


def beside(text: str, start: int, end: int) -> str:
    """Return what a sentence tells beside a stretch, without what divides its number: 5件，其中不掌握4件."""
    behind = "" if _DIVIDED.match(text, end) else text[end:]
    return text[:start] + "，" + behind


def told_beside(meanings: tuple[Meaning, ...], others: str) -> tuple[Meaning, ...]:
    """Return what one row means where another of its kind is counted beside it: then not the whole kind."""
    if len(meanings) < 2 or not is_single_row(meanings[0]):
        return meanings
    own = meanings[0].cells[0].split(".")[1]
    kind = own.split("_")[0]
    beside = (
        match
        for row, pattern in _ROWS
        if row != own and row.startswith(kind)
        for match in pattern.finditer(others)
    )
    is_beside = any(_COUNTED_SOON.match(others, match.end()) for match in beside)
    return meanings[:1] if is_beside else meanings


def _of_group(
    context: RuleContext, key: str, label: str, *, is_soft: bool, apart: bool
) -> tuple[Meaning, ...]:
    if key == "granted":
        granted, part = ("requests.granted.total",), ("requests.granted_in_part.total",)
        whole = Meaning(label, granted)
        return (whole,) if apart else (whole, Meaning(label, granted + part))
    meanings = [Meaning(label, _cells(context, key))]
    if is_soft:
        meanings += [Meaning(label, _cells(context, row)) for row in _rows_of(context, key)]
        meanings += [Meaning(label, _cells(context, key, _UNSAID)), Meaning(label, _cells(context, _UNSAID))]
    return tuple(meaning for meaning in meanings if meaning.cells)


def _not_processed(context: RuleContext) -> tuple[Meaning, ...]:
    rows = _rows_of(context, "not_processed_")
    return tuple(Meaning("不予处理", _cells(context, *kinds)) for kinds in (rows, *([row] for row in rows)))


def _rows_of(context: RuleContext, start: str) -> list[str]:
    """Return the rows that begin with `start` in the form that the table uses."""
    names = cells_of(form_of_requests(context), "requests")
    return [row for row in names if row == start or (start.endswith("_") and row.startswith(start))]


def _cells(context: RuleContext, *starts: str) -> tuple[str, ...]:
    rows = (row for start in starts for row in _rows_of(context, start))
    return tuple(f"requests.{row}.total" for row in dict.fromkeys(rows))


def told_as_row(own: str, after: str) -> str | None:
    """Return the words of the table for its row that stand before a number, or right behind it."""
    if _ROW_IN_WORDS.search(own) and _IS_OWN.search(after):
        return own
    behind = _ROW_BEHIND.match(after) if _NAMELESS.fullmatch(own) else None
    return behind.group() if behind else None
