"""The page about the public archive names everything that is public and every setting."""

from pathlib import Path

import pytest

from archive.public import public_tables
from config.site import SiteSettings

PAGE = Path(__file__).parents[3] / "docs" / "public-archive.md"
NAMES = [
    *(table.name for table in public_tables().tables),
    *(view.name for view in public_tables().views),
    *SiteSettings.model_fields,
]


@pytest.mark.parametrize("name", NAMES)
def test_name_stands_on_the_page(name):
    """Add it to docs/public-archive.md where this fails."""
    assert f"`{name}`" in PAGE.read_text("utf-8")


def test_every_column_is_described_in_both_languages():
    """No empty word in the data dictionary."""
    for table in public_tables().tables:
        for name, (_type, zh, en) in table.columns.items():
            assert zh.strip(), f"{table.name}.{name}"
            assert en.strip(), f"{table.name}.{name}"
