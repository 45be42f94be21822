"""Names that divide a whole, whatever it is: seasons, levels, what is in force, what was thought of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SEASONS = re.compile(
    r"第?[一二三四]季度|第[一二三四五1-5]期|首期|[上下]半年|[春秋]季学期|前[二两三]季度|后[二两三]季度|(?:[一-龥]{2,4})(?:前|后)|其余(?:月份|时间)"
)
_LEVELS = re.compile(
    r"(?:国家|中央|全国|自治区|自治州|[省市县区州盟旗乡镇街村]{1,2}|街道|社区|乡镇|镇街|县[市区旗]|市[州县]|省市|市（州）|县（[市区、]+）|主城区|开发区|片区|城区|农村|局?机关|局本级|厅本级)"
    r"(?:本?级|层面|直|属|直属|本部)?(?:机关|部门|单位|网站|项目|政策)?"
)
_IN_FORCE = re.compile(
    r"(?:继续|现行|宣布|予以|决定|全文|部分|已经?|仍)*(?:有效|保留|修[改订]|废止|失效|拟修[改订])"
)
_KEPT = re.compile("有效|保留")
"""Who names what was amended and repealed alone leaves out what stays in force."""
_DECIDED = re.compile("(?:有效|保留|修[改订]|废止|失效)的?$")
_EXAMINED = re.compile("清理|评估|梳理|收录|审查|排查|纳入|核查")
"""What can be in force, amended or repealed is looked through; 制发14件，废止9件 are two deeds."""
_THOUGHT = re.compile(
    r"(?:评价|评定|结果|为)?(?:(?:非常|很|基本|比较|不太|不|较)?满意|[好中差]评|(?:不|基本)?合格|优秀|良好|一般|较差|(?:不)?成立|驳回|(?:不予|未|予以|全部|部分)?采纳|(?:不予|未|予以)?受理|通过|未通过|撤回|"
    r"[一二三]等奖|优秀奖|入围奖|未获奖)"
)
_KIND = re.compile(r"[一-龥“”、（）]{1,14}(?:类|方面|领域)(?:信息|文件|事项|问题)?")
_SEASON = re.compile("季度|半年|[前后]$")
_LEVEL = re.compile("[省市县区乡镇村州旗盟]级|本级|国家|中央|街道|社区|乡镇|[省市县区州]直")
_ONE_KIND = re.compile("(?:类|方面|领域)[^，。；、]{0,4}$")
"""A first number that is of a season, a level, or a kind itself stands beside the others."""
_NOUN = 4
_REST = re.compile("其[他它余](?:[^，。；、]{0,6})?")
_NO = re.compile("^(?:不(?!动产)|未|非)|差评")


def divides(total_said: str, names: Sequence[str]) -> bool | None:
    """Tell names that are all of one kind of which a whole is made up, and the whole no such thing itself.

    False: the names are of such a kind, but told side by side; None: they are of none.
    """
    *firsts, last = names
    of_kinds = firsts if _REST.fullmatch(last) and firsts else names
    if all(map(_IN_FORCE.fullmatch, of_kinds)):
        is_looked_through = _EXAMINED.search(total_said) and not _KEPT.search(total_said)
        return bool(is_looked_through) and any(map(_KEPT.search, of_kinds))
    if all(map(_THOUGHT.fullmatch, of_kinds)):
        return is_complete(names) and not _THOUGHT.search(total_said[-_NOUN:])
    for kind, is_one in ((_SEASONS, _SEASON), (_LEVELS, _LEVEL), (_KIND, _ONE_KIND)):
        if all(map(kind.fullmatch, of_kinds)):
            return not is_one.search(total_said)
    return None


def are_of_those_kept(labels: Sequence[str]) -> bool:
    """Tell labels that end with what was decided of documents one after another: 保留, 修改, 废止."""
    ends = [_DECIDED.search(label) for label in labels]
    return all(ends) and any(map(_KEPT.search, labels))


def exclude_each_other(names: Sequence[str]) -> bool:
    """Tell names of levels, or of seasons: nothing is of two of them."""
    return any(all(map(kind.fullmatch, names)) for kind in (_SEASONS, _LEVELS))


def is_complete(names: Sequence[str]) -> bool:
    """Tell names of which the last says that there is no other: the rest, a no, the end of the year."""
    last = names[-1]
    return bool(_REST.fullmatch(last) or any(map(_NO.match, names[1:])) or is_whole_year(names))


def is_whole_year(names: Sequence[str]) -> bool:
    """Tell names that make up a year: 上半年 and 下半年, 前三季度 and 四季度, all four."""
    told = "".join(names)
    return any(
        all(word in told for word in words)
        for words in (
            ("上半年", "下半年"),
            ("春季学期", "秋季学期"),
            ("前三季度", "四季度"),
            ("一季度", "二季度", "三季度", "四季度"),
        )
    )
