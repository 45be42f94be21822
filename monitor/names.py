"""Names of bodies in one spelling, so that the many ways to write one name compare as equal.

Theory. `name_key` folds what is only style: 人民政府 and 政府, 街道办事处 and 街道, 镇人民政府 and 镇,
卧龙区人民政府 and 卧龙区. It never folds what makes another body: the government of an area (卧龙区)
and its office (卧龙区人民政府办公室) keep different keys and different kinds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from config.bodies import AREA_GOVERNMENTS, BodyKind

_NOT_NAME = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]")
_FOLDINGS = (
    (re.compile(r"人民$"), "人民政府"),  # the title's 政府信息公开 took the name's 政府 away
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"政府(?:办公室|办公厅|办)$"), "政府办"),
    (re.compile(r"街道(?:办事处|办)$"), "街道"),
    (re.compile(r"(?<!街道)办事处$"), "街道"),
    (re.compile(r"(镇|乡|苏木)政府$"), r"\1"),
    (re.compile(r"(省|自治区|市|区|县|旗|州|盟)政府$"), r"\1"),
    (re.compile(r"(?<!监督)管理委员会$"), "管委会"),
    (re.compile(r"委员会$"), "委"),
)
_AREA = r"(?!城市).{1,8}?(?:省|自治区|自治州|地区|市|盟|州(?![市区县])|县|(?<!社)区|旗)"
_AREAS = re.compile(f"(?:{_AREA})+(?=.)")
_FIRST_AREA = re.compile(f"{_AREA}(?=.)")
_KIND_MARKS = (
    (re.compile(r"政府办$"), "office"),
    (re.compile(r"(?:开发区|园区|高新区|示范区|集聚区|管委会)$"), "zone"),
    (re.compile(r"街道$"), "street"),
    (re.compile(r"(?:镇|乡|苏木)$"), "township"),
    (re.compile(r"(?:省|市|区|县|旗|州|盟)$"), "area"),
)
_KINDS = {
    BodyKind.GOVERNMENT_OFFICE: "office",
    BodyKind.DEVELOPMENT_ZONE: "zone",
    BodyKind.SUBDISTRICT: "street",
    BodyKind.TOWNSHIP: "township",
    BodyKind.DEPARTMENT: "department",
    BodyKind.AUTHORISED_ORGANISATION: "department",
    **dict.fromkeys(AREA_GOVERNMENTS, "area"),
}


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return the one spelling under which equal names are equal; empty for no name."""
    key = _NOT_NAME.sub("", unicodedata.normalize("NFKC", name))
    for pattern, replacement in _FOLDINGS:
        key = pattern.sub(replacement, key)
    return key


def own_part(key: str) -> str:
    """Return a key without the areas before it (卧龙区卧龙岗街道 -> 卧龙岗街道)."""
    return _AREAS.sub("", key, count=1) if _AREAS.match(key) else key


def area_part(key: str) -> str:
    """Return the areas before a body's own name; for an area itself those around it."""
    return key[: len(key) - len(own_part(key))]


def last_area(key: str) -> str:
    """Return the nearest area before a body's own name (河南省南阳市卧龙区 -> 卧龙区), or empty."""
    rest, last = area_part(key), ""
    while rest:
        match = _FIRST_AREA.match(rest)
        last = match.group() if match else rest
        rest = rest[len(last) :]
    return last


def shorter_keys(key: str) -> list[str]:
    """Return the key without its first area, without its first two, ..., the own part last."""
    keys = []
    while (match := _FIRST_AREA.match(key)) is not None:
        key = key[match.end() :]
        keys.append(key)
    return keys


def kind_of_key(key: str) -> str:
    """Return office, zone, street, township, area or department, by how the name ends."""
    return next((kind for mark, kind in _KIND_MARKS if mark.search(key)), "department")


def kind_of_body(kind: BodyKind) -> str:
    """Return the same word for a kind of the roster."""
    return _KINDS[kind]
