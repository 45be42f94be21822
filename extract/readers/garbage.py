"""Large trees that live for one reading, and Python's cyclic garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_at_once() -> Iterator[None]:
    """Let no collection run while a tree is made and read; what is left of it goes in the next young one.

    A parsed page is tens of thousands of objects that refer to each other. Collections on the way free
    none of them, and move them to the oldest generation, whose collection visits the whole program.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
