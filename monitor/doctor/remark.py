"""What the doctor says: a remark in plain words, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """What a remark is about."""

    INSTALLATION = "installation"
    CONFIGURATION = "configuration"
    PORTALS = "portals"
    RUNS = "runs"


class Level(StrEnum):
    """`trouble` needs somebody; `note` is good to know."""

    TROUBLE = "trouble"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the doctor saw; `remedy` is what to do, empty where nothing is."""

    area: Area
    level: Level
    message: str
    remedy: str = ""
