"""The version of what the rules say: a hash over every file that decides it, so that none is forgotten."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from config.language import is_english
from extract.version import EXTRACT_VERSION

_HOME = Path(__file__).parent.parent.parent
_SOURCES = (
    "monitor/rules/**/*.py", "monitor/rules/**/*.yml", "monitor/finding.py", "monitor/copy_index.py",
    "monitor/report_findings.py", "monitor/peers.py", "monitor/changes.py", "monitor/change_findings.py",
    "monitor/place_findings.py", "archive/differences.py", "config/formats.py", "config/formats/*.yml",
    "config/bodies.py", "extract/model.py",
)  # fmt: skip


def rules_version() -> str:
    """Return 16 hex digits: other rules, another reading or another language, another version."""
    return f"{EXTRACT_VERSION}-{'en' if is_english() else 'zh'}-{_sources_hash()}"


@cache
def _sources_hash() -> str:
    hashed = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_HOME.glob(pattern)):
            hashed.update(f"{path.relative_to(_HOME)}\n".encode() + path.read_bytes())
    return hashed.hexdigest()[:16]
