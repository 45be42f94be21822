"""A progress bar on a terminal, nothing on a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import click

T = TypeVar("T")


def steps(items: Sequence[T], label: str) -> Iterator[T]:
    """Yield the items; a person at a terminal sees how far it is."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def counter(label: str) -> Callable[[int, int], None]:
    """Return a function of (done, of all) that shows a line on a terminal."""

    def show(done: int, of_all: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{label} {done}/{of_all}", nl=done == of_all, err=True)

    return show
