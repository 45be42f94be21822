"""Draw the cells of three tables that agree, and name their figures."""

import random

from extract.model import Format
from monitor.rules.official import FORM_2019, FORM_2021, cells_of

Cells = dict[str, str | int | float]
PERSON, *ORGANIZATIONS, TOTAL = cells_of(FORM_2021, "requests")["received"]
BALANCED = ("requests.", "remedies.")
"""Tables of which every cell stands in a sum."""
SIZES = (0, 0, 2, 9, 60, 900)
"""How many requests a row may hold: many bodies get none, a province thousands."""
_FRAME = ("received", "carried_in", "processed_total", "carried_forward")
_COMMON = ("granted", "granted_in_part")
_GROUPS = {
    "denied": "denied_",
    "unavailable": "unavailable_",
    "not_processed": "not_processed_",
    "other": "other_",
}
_REMEDIES = {
    "review": "reconsideration",
    "direct": "litigation_direct",
    "after": "litigation_after_reconsideration",
}


def tables(rng: random.Random, format_: Format) -> Cells:
    """Return the raw cells by path."""
    form = FORM_2019 if format_ is Format.F2019 else FORM_2021
    size = rng.choice(SIZES)
    return {**_disclosure(rng, form), **_requests(rng, form, size), **_remedies(rng, form, size)}


def figures_of(cells: Cells) -> dict[str, int]:
    """Return the figures that sentences may name."""
    rows = {path.split(".")[1] for path in cells if path.startswith("requests.")}
    found = {
        "received": _cell(cells, "received"),
        "carried_in": _cell(cells, "carried_in"),
        "processed": _cell(cells, "processed_total"),
        "carried_forward": _cell(cells, "carried_forward"),
        "granted": _cell(cells, "granted"),
        "part": _cell(cells, "granted_in_part"),
        "not_held": _cell(cells, "unavailable_not_held"),
        "persons": _cell(cells, "received", PERSON),
        "organizations": sum(_cell(cells, "received", column) for column in ORGANIZATIONS),
    }
    for name, prefix in _GROUPS.items():
        found[name] = sum(_cell(cells, row) for row in rows if row.startswith(prefix))
    for name, row in _REMEDIES.items():
        for column in ("upheld", "corrected", "other", "pending", "total"):
            found[f"{name}_{column}"] = int(cells[f"remedies.{row}.{column}"])
    for column in ("upheld", "corrected", "other", "pending"):
        found[f"suit_{column}"] = found[f"direct_{column}"] + found[f"after_{column}"]
    return {**found, "reviews": found["review_total"], "suits": found["direct_total"] + found["after_total"]}


def _cell(cells: Cells, row: str, column: str = TOTAL) -> int:
    return int(cells[f"requests.{row}.{column}"])


def _disclosure(rng: random.Random, form: str) -> Cells:
    cells: Cells = {}
    for row, columns in cells_of(form, "disclosure").items():
        for column in columns:
            many = 0 if row == "rules" else rng.choice((0, rng.randint(1, 60), rng.randint(100, 9000)))
            money = f"{rng.randint(0, 300)}.{rng.randint(1, 9999):04d}"
            cells[f"disclosure.{row}.{column}"] = money if column == "amount" else many
    return cells


def _requests(rng: random.Random, form: str, size: int) -> Cells:
    rows = cells_of(form, "requests")
    cells: dict[str, int] = {}
    for column in (PERSON, *ORGANIZATIONS):
        most = size if column == PERSON else size // 6
        column_of = {row: _drawn(rng, row, most) for row in rows if row not in _FRAME}
        done, forward = sum(column_of.values()), rng.randint(0, min(most, 5))
        old = rng.randint(0, min(done + forward, most, 6))
        frame = dict(zip(_FRAME, (done + forward - old, old, done, forward), strict=True))
        cells |= {f"requests.{row}.{column}": value for row, value in {**column_of, **frame}.items()}
    for row in rows:
        parts = (cells[f"requests.{row}.{column}"] for column in (PERSON, *ORGANIZATIONS))
        cells[f"requests.{row}.{TOTAL}"] = sum(parts)
    return dict(cells)


def _drawn(rng: random.Random, row: str, most: int) -> int:
    return rng.randint(0, most) if rng.random() < (0.9 if row in _COMMON else 0.4) else 0


def _remedies(rng: random.Random, form: str, size: int) -> Cells:
    cells: Cells = {}
    for row, columns in cells_of(form, "remedies").items():
        values = [rng.randint(0, min(size, 7)) if rng.random() < 0.6 else 0 for _ in columns[:-1]]
        for column, value in zip(columns, (*values, sum(values)), strict=True):
            cells[f"remedies.{row}.{column}"] = value
    return cells
