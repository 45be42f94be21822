"""Fixtures for all tests: a fresh data directory, and no clock or directory from outside."""

from pathlib import Path

import pytest

from config.places import Places


@pytest.fixture(autouse=True)
def _no_outside_settings(monkeypatch):
    """No setting of the machine reaches a test."""
    for name in ("NIANBAO_NOW", "NIANBAO_DATA", "NIANBAO_CONFIG", "NIANBAO_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """An empty data directory and an empty configuration directory."""
    (tmp_path / "config").mkdir()
    return Places(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def fixtures() -> Path:
    """The folder of saved documents and pages."""
    return Path(__file__).parent / "fixtures"
