"""How a target was found: kept with the target, and handed on to the document it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Trail:
    """The way from an entry page to a target.

    `years` are the report years that the link's title names, None where it names none. `page_number`
    counts the pages of a list from 1, `depth` the lists from the entry (0). `hops` are the addresses
    that redirects led to; the last of them is what is asked next. `refetch` asks without conditions.
    `seen` counts what the pages before this one listed, `before` is a digest of the last of them.
    `door` counts the steps from the door of a portal whose columns are looked for, None behind none.
    """

    list_url: str | None = None
    link_title: str | None = None
    listed_on: str | None = None
    page_url: str | None = None
    context: str | None = None
    years: tuple[int, ...] | None = None
    page_number: int = 1
    depth: int = 0
    hops: tuple[str, ...] = ()
    refetch: bool = False
    seen: int = 0
    before: str | None = None
    door: int | None = None

    def to_context(self) -> dict[str, Any]:
        """Return what is stored with a target: the fields that say something."""
        fields = ((name, getattr(self, name)) for name in _EMPTY)
        return {name: value for name, value in fields if value != _EMPTY[name]}

    @classmethod
    def from_context(cls, context: Mapping[str, Any]) -> Trail:
        """Read a stored context; keys of other versions are left out."""
        known = {name: value for name, value in context.items() if name in _EMPTY}
        for name in ("years", "hops"):
            if known.get(name) is not None:
                known[name] = tuple(known[name])
        return cls(**known)


_EMPTY: dict[str, Any] = asdict(Trail())
