"""The language of what people read: Chinese, or English where NIANBAO_LANG starts with `en`."""

from __future__ import annotations

import os


def is_english() -> bool:
    """Tell whether the person asked for English."""
    return os.environ.get("NIANBAO_LANG", "zh").lower().startswith("en")


def say(chinese: str, english: str) -> str:
    """Return the message in the person's language."""
    return english if is_english() else chinese
