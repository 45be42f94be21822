"""The nation's divisions: provinces, cities, counties, townships and subdistricts by statistical code.

`divisions.csv.xz` holds `code,name`, one row a division, in the order of the codes: 2 digits a province,
4 a city, 6 a county, 9 a township or subdistrict; a code begins with that of the division around it.
Facts of the National Bureau of Statistics as of 2023-06-30, as kept by the package china-division (WTFPL).
"""

from __future__ import annotations

import csv
import io
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from config.errors import ConfigError
from config.places import PACKAGE_CONFIG

FILE_NAME = "divisions.csv.xz"
_ONLY_STATISTICAL = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_CITIES_WITHOUT_COUNTIES = frozenset({"441900", "442000", "460400", "620201"})
"""Their rows among the counties only hold the place of the cities themselves: 东莞, 中山, 儋州, 嘉峪关."""
_NO_AUTHORITY = ("级区划", "群岛", "海域")
_UNREAL_TOWNSHIPS = range(400, 600)
"""Last digits of rows for statistics only: zones, farms, camps (类似乡级单位)."""
_ZONES = range(71, 81)
"""Last two digits of county codes that are functional zones (开发区); from 81 on are county-level cities."""


class Level(Enum):
    """Levels of division, by the number of digits of their codes."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class Division:
    """One row: its statistical code and its name."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """What its code is the code of."""
        return Level(len(self.code))

    @property
    def is_statistical(self) -> bool:
        """Tell whether the row only groups others for counting, and no public body bears its name."""
        if self.name in _ONLY_STATISTICAL or self.name.endswith(_NO_AUTHORITY):
            return True
        if self.code in _CITIES_WITHOUT_COUNTIES:
            return True
        own = int(self.code[6:] or 1) if self.level is Level.TOWNSHIP else 1
        return own == 0 or own in _UNREAL_TOWNSHIPS

    @property
    def is_zone(self) -> bool:
        """Tell whether a county's code stands for a functional zone (开发区) with an administration."""
        return self.level is Level.COUNTY and int(self.code[4:]) in _ZONES


@dataclass(frozen=True, eq=False)
class Divisions:
    """All divisions by code."""

    by_code: Mapping[str, Division]

    def find(self, code: str) -> Division:
        """Return a division; raises ConfigError where there is none with this code."""
        if code not in self.by_code:
            raise ConfigError(f"division {code!r}: 不是行政区划代码 (省 2 位, 市 4 位, 县 6 位, 乡镇 9 位)")
        return self.by_code[code]

    def around(self, code: str) -> Division | None:
        """Return the next larger division with an authority of its own, or None above a province."""
        for digits in (6, 4, 2):
            if digits < len(code) and not self.find(code[:digits]).is_statistical:
                return self.by_code[code[:digits]]
        return None

    def below(self, code: str) -> Iterator[Division]:
        """Yield the divisions directly below, through those that are only statistical, and those too."""
        for child in self._children.get(code, ()):
            yield child
            if child.is_statistical and child.level is not Level.TOWNSHIP:
                yield from self.below(child.code)

    @cached_property
    def _children(self) -> Mapping[str, list[Division]]:
        children: dict[str, list[Division]] = {}
        for code, division in self.by_code.items():
            digits = {4: 2, 6: 4, 9: 6}.get(len(code), 0)
            children.setdefault(code[:digits], []).append(division)
        return children


@lru_cache(maxsize=1)
def load_divisions() -> Divisions:
    """Load the shipped table; 44 703 rows."""
    text = lzma.decompress((PACKAGE_CONFIG / FILE_NAME).read_bytes()).decode()
    rows = csv.DictReader(io.StringIO(text))
    return Divisions({row["code"]: Division(row["code"], row["name"]) for row in rows})
