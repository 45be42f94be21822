"""Which columns a row of table 2 has in running text: decided by the words of its header."""

from __future__ import annotations

from collections.abc import Iterable

from extract.formats import TableForm

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
