"""Names of bodies: whether two may be one body's, in short or in full, or are of different areas."""

from __future__ import annotations

import re

_SURE_LEVELS = frozenset("县州盟省")
"""Areas of which two of one kind never contain each other; a 市 may stand above a 市."""
_SAME_LEVEL = {"区": "县", "旗": "县"}
"""Counties, districts and banners stand beside one another."""
_ABOVE = {"自治区": "省", "特别行政区": "省", "地区": "地区"}
"""Areas that end in 区 and hold counties."""
_LEVEL = "(?:特别行政区|自治[区州县旗]|地区|省|市|盟|州|县|区|旗)(?=.)"
_AREA_UNIT = re.compile(f"[一-龥]{{1,15}}?{_LEVEL}")
"""双江拉祜族佤族布朗族傣族自治县 has the longest name."""
_AREAS_BEFORE = re.compile(f"^(?:[一-龥]{{0,15}}?{_LEVEL})+")
_OFFICE_WORDS = re.compile(
    r"(?:人民政府)?(?:街道办事处|办事处|街道办|人民政府|政府|委员会|管理委员会|管委会|办公[厅室]|街道|局|厅|委|镇|乡)+$"
)
_ZONE = re.compile(r"开发区|高新区|园区|新区|示范区|度假区|管委会|管理委员会")
_LEAST_NAME_OF_AN_AREA = 3
_AREA_IN_SHORT = 2
_LONG_ENOUGH_TO_REORDER = 4
"""Short names may turn words round, those of the area too: 东湖公安分局 for 公安局东湖分局."""
_LEAST_TO_REORDER = 2
_FORMER = tuple(
    (re.compile(former), now)
    for former, now in (
        ("环保|环境保护", "生态环境"),
        ("国土资源|国土", "自然资源"),
        ("工商行政管理|工商|质监|质量技术监督|食药监|食品药品监督|药监", "市场监督管理"),
        ("卫计|卫生和计划生育|卫生计生", "卫生健康"),
        ("安监|安全生产监督管理", "应急管理"),
        ("农牧|农业(?!农村)|畜牧", "农业农村"),
        ("文广新|文化广电新闻出版|旅游发展|旅发", "文化广电旅游"),
        ("扶贫|乡村振兴", "农业农村"),
        ("扶贫", "乡村振兴"),
        ("经信|经济和信息化", "工业和信息化"),
        ("行政审批", "政务服务"),
        ("金融办|金融工作", "地方金融"),
    )
)
"""Fields of bureaus before the reforms of 2018 and 2023, whose names live on in prose."""
_OF_TOWNS = re.compile("城市(?=管理|建设|规划|更新|运行|综合|执法|客运|水务)")
"""城市 in 东湖区城市管理局 is no area."""
_TOWNSHIP = re.compile("(?:街道|镇|乡|苏木)(?:办事处|人民政府|政府)?$")
_OFFICE_IN_SHORT = re.compile("政?府办$")
_OFFICE = re.compile("办公[厅室]$")
_SAYS_WHOSE = re.compile(
    "[一-龥]{2}(?:省|(?<!城)市|(?<!委)(?<!府)县|(?<![社园校厂景片])区|旗|州|镇|乡|苏木|街道|(?<!我)局|委员会)(?!$)"
)

AREA_ONLY = re.compile(r"(?:省|市|盟|州|县|区|旗)(?:人民政府|政府)?$")
_GOVERNMENT_OFFICE = re.compile(r"政?府办(?:公[厅室])?$")


def is_anyones_office(name: str) -> bool:
    """Tell an office that any body has, for its name says no place and no bureau: 综合办公室, 县局办公室."""
    return bool(_OFFICE.search(name)) and not _SAYS_WHOSE.search(name)


def is_of_another_area(name: str, own: str) -> bool:
    """Tell whether two names are of different areas of one kind: 清河县, 临西县."""
    if _ZONE.search(name + own):
        return False
    areas, own_areas = (
        {_level(match.group()): match.group()[:-1] for match in _AREA_UNIT.finditer(f"{whole}。")}
        for whole in (name, own)
    )
    shared = set(areas) & set(own_areas) & _SURE_LEVELS
    return any(
        not (in_order(areas[kind], own_areas[kind]) or in_order(own_areas[kind], areas[kind]))
        for kind in shared
    )


def _level(area: str) -> str:
    """Return the kind of an area by its last character, 县 and 省 for all kinds of their levels."""
    for ending, level in _ABOVE.items():
        if area.endswith(ending):
            return level
    return _SAME_LEVEL.get(area[-1], area[-1])


def is_same(name: str, own: str) -> bool:
    """Tell whether a name may be short for the publisher's, or a former one, or the publisher's for it.

    A body above it that only shares the area's name is another body.
    """
    named_now = (pattern.sub(now, name) for pattern, now in _FORMER if now in own and pattern.search(name))
    return _is_same(name, own) or any(_is_same(now, own) for now in named_now)


def _is_same(name: str, own: str) -> bool:
    if own and name.startswith((own, *_without_area(own))):
        return True  # an office of the publisher's
    if _ZONE.search(name) and _ZONE.search(own) and name[:_AREA_IN_SHORT] == own[:_AREA_IN_SHORT]:
        return True  # 高新区 and 高新技术产业开发区 of one city
    core, own_core = _core(name), _core(own)
    if core and core == own_core and _is_elsewhere(name, own):
        return False
    if not core and _ZONE.search(name):
        return in_order(_OFFICE_WORDS.sub("", name), own)
    if not core or not own_core:
        return bool(core) == bool(own_core) or in_order(name, own)
    if len(core) >= _LONG_ENOUGH_TO_REORDER and set(core) <= set(own):
        return True
    if _is_turned_round(core, own_core) and not (_TOWNSHIP.search(name) or _is_elsewhere(name, own)):
        return True  # 市旅文局, 市文化广电旅游体育局
    return in_order(core, own.replace("人民政府", "")) or in_order(own_core, name)


def _is_turned_round(core: str, own_core: str) -> bool:
    """Tell a bureau's fields in short in an order of their own; a township's name turned round is another."""
    return len(core) >= _LEAST_TO_REORDER and set(core) <= set(own_core)


def _without_area(own: str) -> tuple[str, ...]:
    """Return a name without the area that it begins with, or with its kind alone: 市水务局, 水务局."""
    area = _AREA_UNIT.match(own)
    rest = own[area.end() :] if area else ""
    return (own[area.end() - 1] + rest, rest) if area and len(rest) >= _LEAST_NAME_OF_AN_AREA else ()


def _is_elsewhere(name: str, own: str) -> bool:
    """Tell whether two names name different areas: 清水县水务局, 南江市水务局; 市水务局 names none."""
    areas = [match.group() if (match := _AREAS_BEFORE.match(whole)) else "" for whole in (name, own)]
    if any(len(area) < _LEAST_NAME_OF_AN_AREA for area in areas):
        return False
    if in_order(areas[0], areas[1]) or in_order(areas[1], areas[0]):
        return False  # 黔东南州, 黔东南苗族侗族自治州
    if _TOWNSHIP.search(name) and _TOWNSHIP.search(own) and _level(areas[0]) != _level(areas[1]):
        return False  # 大庆市林源街道, 大同区林源街道
    return areas[0] not in own and areas[1] not in name


def _core(name: str) -> str:
    """Return what is left of a name without the areas before it and the office words behind it."""
    whole = _OFFICE_IN_SHORT.sub("政府办公室", name)
    return _OFFICE_WORDS.sub("", _AREAS_BEFORE.sub("", _OF_TOWNS.sub("都会", whole))).replace("都会", "城市")


def in_order(short: str, long: str) -> bool:
    """Tell whether the characters of `short` come in `long` in this order: 住建 in 住房和城乡建设."""
    rest = iter(long)
    return all(character in rest for character in short)


_RANKS = {"县": 0, "市": 1, "州": 1, "盟": 1, "地区": 1, "省": 2}
"""Levels of areas (`_level`), the lowest first."""


def is_below(name: str, own: str) -> bool:
    """Tell whether a name begins with an area of a lower level, of which the other name says nothing."""
    area, own_area = _AREA_UNIT.match(f"{name}。"), _AREA_UNIT.match(f"{own}。")
    if area is None or own_area is None or _ZONE.search(name + own) or in_order(area.group()[:-1], own):
        return False
    return _RANKS[_level(area.group())] < _RANKS[_level(own_area.group())]


def level_of(name: str) -> str:
    """Return the rank of the area that a body's name begins with (县 of 清河县水务局), or nothing.

    市场监督管理局 begins with no area.
    """
    match = _AREAS_BEFORE.match(name.replace("市场", "").replace("区域", ""))
    return match.group()[-1] if match else ""


def is_area(name: str) -> bool:
    """Tell an area's own report, which its office or the department in charge may write."""
    return bool(AREA_ONLY.search(name) or _GOVERNMENT_OFFICE.search(name))
