"""A disk that fills up in the middle of a write."""

import os

import pytest

from archive.writing import write_whole


def test_what_finds_no_room_is_an_error_and_not_a_part(tmp_path, room):
    """The system takes what fits first, and says so only by a number."""
    descriptor = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    try:
        with room(1000), pytest.raises(OSError, match="too large"):
            write_whole(descriptor, b"x" * 4000)
        write_whole(descriptor, b"y" * 4000)
    finally:
        os.close(descriptor)
    assert (tmp_path / "file").read_bytes().endswith(b"y" * 4000)
