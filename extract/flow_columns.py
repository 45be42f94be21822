"""Which columns a row of running text has, and whether its numbers may be believed.

Where the number of values is the number of columns they are placed in official order. That is safe
while nothing in the document hints at lost or split numbers; once a row has the wrong count, rows whose
digits could also be joined otherwise must prove themselves by their sum, or are marked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extract.formats import TableForm
from extract.model import State
from extract.readings import CellReading

_SIGNS = {
    "issued": ("制发",),
    "repealed": ("废止",),
    "in_force": ("有效",),
    "created": ("新制作", "制作数"),
    "newly_disclosed": ("新公开",),
    "total_disclosed": ("对外公开",),
    "previous_items": ("上一年", "上年项目"),
    "change": ("增减",),
    "decisions": ("处理决定",),
    "amount": ("收费金额", "采购总金额", "采购金额", "总金额"),
    "projects": ("采购项目", "项目数量"),
}
"""Words that survive in a header even when its lines are torn apart."""


def columns_by_header(form: TableForm, row: str, header: str) -> tuple[str, ...]:
    """Return the columns of a row of table 2 by the words of its header, or () where they do not decide."""
    complete = form.columns_of(row).complete
    if len(complete) == 1:
        return complete[0]
    fits = []
    for keys in complete:
        others = {key for other in complete if other != keys for key in other}
        own = set(keys) - others or set(keys)
        if _named(own, header) and not _named(others - set(keys), header):
            fits.append(keys)
    return fits[0] if len(fits) == 1 else ()


def _named(keys: Iterable[str], header: str) -> bool:
    return any(sign in header for key in keys for sign in _SIGNS[key])


def adds_up(cells: Sequence[CellReading]) -> bool:
    """Tell whether the last cell is the sum of the others, marks and blanks counting as nothing."""
    if any(cell.value.state in (State.AMBIGUOUS, State.UNREADABLE) for cell in cells):
        return False
    *parts, total = (Decimal(cell.value.value or 0) for cell in cells)
    return sum(parts, Decimal(0)) == total


def may_be_joined(raws: Sequence[str]) -> bool:
    """Tell whether two neighbours could be one number torn apart: 2 3 may be 23, but 0 3 is never 03."""
    return any(
        left.isdigit() and right.isdigit() and not left.startswith("0")
        for left, right in itertools.pairwise(raws)
    )
