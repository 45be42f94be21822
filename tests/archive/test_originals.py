"""Stored bytes are what their name says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import OriginalDamaged
from archive.originals import Originals


@given(st.binary(max_size=2000))
def test_bytes_come_back_as_they_went_in(tmp_path_factory, content):
    """Write then read is the identity."""
    originals = Originals(tmp_path_factory.mktemp("originals"))
    assert originals.read(originals.write(content)) == content


def test_damaged_original_is_not_served(tmp_path):
    """A flipped byte is noticed at the next reading."""
    originals = Originals(tmp_path)
    sha256 = originals.write(b"report")
    originals.path(sha256).write_bytes(b"rep0rt")
    with pytest.raises(OriginalDamaged, match="哈希不符"):
        originals.read(sha256)


def test_missing_original_says_where_it_should_be(tmp_path):
    """The message names the path."""
    with pytest.raises(OriginalDamaged, match="备份恢复"):
        Originals(tmp_path).read("0" * 64)


def test_unfinished_write_is_not_taken_for_the_original(tmp_path):
    """What a kill leaves beside the place is not found under the name."""
    originals = Originals(tmp_path)
    sha256 = originals.write(b"whole")
    originals.path(sha256).rename(originals.path(sha256).with_name(f".{sha256}.1"))
    assert not originals.path(sha256).exists()
    assert originals.write(b"whole") == sha256
    assert originals.read(sha256) == b"whole"
