"""Write bytes whole or say that it failed: a disk that fills up takes a part of them without an error."""

from __future__ import annotations

import os


def write_whole(descriptor: int, content: bytes) -> None:
    """Write all of `content` to an open file; raises OSError where the rest of it finds no room."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
