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


def test_original_in_the_folders_of_earlier_archives_is_found_and_not_written_again(tmp_path):
    """Archives from before the one level of folders stay as they are."""
    originals = Originals(tmp_path)
    place = originals.path(originals.write(b"report"))
    sha256 = place.name
    earlier = tmp_path / sha256[:2] / sha256[2:4] / sha256
    earlier.parent.mkdir()
    place.rename(earlier)
    assert originals.read(sha256) == b"report"
    assert originals.write(b"report") == sha256
    assert not place.exists()


def test_folder_holds_files_and_no_folders(tmp_path):
    """A folder a file would cost a small server's disk a block for each."""
    originals = Originals(tmp_path)
    sha256 = originals.write(b"report")
    assert originals.path(sha256).relative_to(tmp_path).parts == (sha256[:2], sha256)


def test_original_that_finds_no_room_leaves_nothing_behind(tmp_path, room):
    """A full disk is an error; half a file is no original and does not stay."""
    originals = Originals(tmp_path)
    with room(100), pytest.raises(OSError, match="too large"):
        originals.write(b"report" * 100)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
