"""Make sound annual reports of many wordings, and the same with exactly one fault.

`sentences.yml` holds what real reports say, with places for figures: `{received}`, `{x1+x2}`,
`{granted/processed%}`, `{year-1}`, `{body}`. Figures come from the report's own tables or are drawn for
the sentence, so that everything a sound report says is right. `{!…}` marks a number that a planted fault
may replace; `[received>0 bureau|office]` before a sentence is the condition under which it is said.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extract.model import Format
from monitor.rules.examples import ReportSpec
from tests.conformance.tables import BALANCED, figures_of, tables

SENTENCES = Path(__file__).parent / "sentences.yml"
PROSE = ("preface", "disclosure", "requests", "remedies", "management", "platform", "supervision")
"""Groups of sentences with numbers that a fault may replace."""
ANY_OF_PROSE = "narrative."
_PLACE = re.compile(r"\{(?P<mark>!?)(?P<expression>[^{}:%]+)(?P<percent>%?)(?::(?P<style>[^{}]+))?\}")
_TERM = re.compile(r"([+-]?)([a-z_]+\d*|\d+)")
_CONDITION = re.compile(r"(?:\[(?P<terms>[^\]]+)\] ?)?")
_DIGITS = "零一二三四五六七八九"
_YEARS = (2019, 2020, 2021, 2022, 2023, 2024, 2025)
_FIRST_OF_2021_FORMAT = 2021
_CHANGES = (1, 2, 3, 7, 9, 10, 20, 90, 100, -1, -2, -9, -10)
_STYLES_OF_HEADINGS = ("（{}）{}\n", "（{}）{}。", "{}是{}。", "（{}）{}情况\n", "({}){}:")
_PARTS = {"主动公开": ("disclosure", 3), "依申请公开": ("requests", 2), "政府信息管理": ("management", 2),
          "政府信息公开平台建设": ("platform", 3), "监督保障": ("supervision", 2)}  # fmt: skip
Names = dict[str, Any]


@dataclass(frozen=True)
class Generated:
    """A report; `rule` is the id, or its start, of the rule that the planted fault breaks; `told` is it."""

    spec: ReportSpec
    rule: str = ""
    told: str = ""


@cache
def wording() -> dict[str, Any]:
    """Return the content of sentences.yml."""
    return yaml.safe_load(SENTENCES.read_text("utf-8"))


class Maker:
    """Makes one report after another; what it makes depends on the seed alone."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._left: dict[str, list[str]] = {}
        self._wrong_group = ""
        self._wrong = ""

    def sound(self) -> Generated:
        """Return a report without a fault."""
        return Generated(self._report()[0])

    def faulty(self) -> Generated:
        """Return a report with one fault: half of them a number in the prose."""
        other = (self._cell, self._section, self._sentence, self._fee, self._table)
        make: Callable[[], Generated] = self.rng.choice((*(self._number,) * len(other), *other))
        return make()

    def _number(self) -> Generated:
        self._wrong = ""
        while not self._wrong:
            self._wrong_group = self.rng.choice(PROSE)
            spec, _names = self._report()
        self._wrong_group = ""
        return Generated(spec, ANY_OF_PROSE, self._wrong)

    def _cell(self) -> Generated:
        spec, _names = self._report()
        path = self.rng.choice([path for path in spec.cells if path.startswith(BALANCED)])
        value = int(spec.cells[path])
        wrong = value + self.rng.choice([change for change in _CHANGES if value + change >= 0])
        changed = spec.changed({"cells": {path: wrong}})
        return Generated(changed, "re", f"{path}: {value} -> {wrong}")

    def _section(self) -> Generated:
        number = self.rng.randint(1, 6)
        spec = self._report()[0].changed({"sections": {number: None}})
        return Generated(spec, "structure.section-missing", f"no section {number}")

    def _sentence(self) -> Generated:
        rule = self.rng.choice(sorted(wording()["faults"]))
        while True:
            spec, names = self._report()
            said = [item for item in wording()["faults"][rule] if fits(item, names)]
            if said:
                told = fill(self.rng.choice(said), names, self.rng)
                where = {"preface": told} if rule == "narrative.year" else self._appended(spec, told)
                return Generated(spec.changed(where), rule, told)

    def _appended(self, spec: ReportSpec, told: str) -> Names:
        number = self.rng.choice((1, 5))
        return {"sections": {number: f"{spec.sections[number]}{told}"}}

    def _fee(self) -> Generated:
        while True:
            spec = self._report()[0].changed({"sections": {6: "无其他需要报告的事项。"}})
            if spec.year >= _FIRST_OF_2021_FORMAT and "处理费" not in str(spec.sections):
                return Generated(spec, "narrative.fee-missing", "no word on the fee")

    def _table(self) -> Generated:
        table = self.rng.choice(("disclosure", "requests", "remedies"))
        return Generated(self._report()[0].changed({"leave_out": (table,)}), "structure.table-missing", table)

    def _report(self) -> tuple[ReportSpec, Names]:
        body, year = self.rng.choice(wording()["bodies"]), self.rng.choice(_YEARS)
        format_ = Format.F2019 if year < _FIRST_OF_2021_FORMAT else Format.F2021
        cells = tables(self.rng, format_)
        names = {**figures_of(cells), **body, "body": body["name"], "year": year}
        title = self.rng.choice(wording()["titles"]).format(**names)
        headings = {number: self.rng.choice(told) for number, told in wording()["headings"].items()}
        spec = ReportSpec(
            title=title, organization=body["name"], year=year, format=format_, cells=cells, headings=headings,
            preface=self._say("preface", names) if self.rng.random() < 0.8 else "",
            sections=self._sections(names),
        )  # fmt: skip
        return spec, names

    def _sections(self, names: Names) -> dict[int, str | None]:
        style = self.rng.choice(_STYLES_OF_HEADINGS)
        first = [self._say("opening", names)]
        for numeral, (head, (group, most)) in zip("一二三四五", _PARTS.items(), strict=True):
            said = "".join(self._say(group, names) for _ in range(self.rng.randint(1, most)))
            if group == "requests":
                said += self._say("remedies", names)
            first.append(style.format(numeral, head) + said)
        problems = [self._say("problems", names) for _ in range(self.rng.randint(1, 3))]
        last = self._say("fee", names) + self._say("last", names)
        return {1: "\n".join(first), 2: "", 3: "", 4: "", 5: "\n".join(problems), 6: last}

    def _say(self, group: str, names: Names) -> str:
        template = self._draw(group, names)
        marks = [match for match in _PLACE.finditer(template) if match["mark"]]
        if group != self._wrong_group or not marks:
            return fill(template, names, self.rng)
        self._wrong_group = ""
        self._wrong = fill(template, names, self.rng, self.rng.choice(marks).start())
        return self._wrong

    def _draw(self, group: str, names: Names) -> str:
        """Return the next sentence that fits; each comes once before any comes again."""
        left = self._left.setdefault(group, [])
        for _round in range(2):
            found = next((item for item in left if fits(item, names)), None)
            if found is not None:
                left.remove(found)
                return found
            left += self.rng.sample(wording()[group], len(wording()[group]))
        return ""


def fits(template: str, names: Names) -> bool:
    """Tell whether a sentence may be said: its condition holds for the figures and the kind of body."""
    match = _CONDITION.match(template)
    terms = match["terms"] if match else None
    return not terms or all(_holds(term, names) for term in terms.split())


def fill(template: str, names: Names, rng: random.Random, wrong_at: int = -1) -> str:
    """Return a sentence with its figures, the place at `wrong_at` with a wrong one."""
    drawn = {f"x{n}": _some_number(rng) for n in range(1, 10)}
    known = {**names, **drawn}

    def shown(match: re.Match[str]) -> str:
        expression, style = match["expression"], match["style"]
        if isinstance(known.get(expression), str):
            return str(known[expression])
        if match["percent"]:
            part, whole = expression.split("/")
            share = 100 * _value(part, known) / max(_value(whole, known), 1)
            return f"{share:.{style or 1}f}%"
        value = _value(expression, known)
        return _styled(_other(value, expression, known, rng) if match.start() == wrong_at else value, style)

    body = _PLACE.sub(shown, template)
    return body[len(_CONDITION.match(body).group()) :] if template.startswith("[") else body


def _some_number(rng: random.Random) -> int:
    return rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 4000)))


def _other(value: int, expression: str, known: Names, rng: random.Random) -> int:
    """Return a number near `value` that is none of the report's figures: no other meaning makes it right."""
    if "year" in expression:
        return value + rng.choice((-1, 1))
    taken = {figure for figure in known.values() if isinstance(figure, int)}
    taken |= {known["received"] + known["carried_in"], known["processed"] - known["carried_in"], value}
    near = sorted(range(-60, 61), key=lambda change: (abs(change) > max(2, value // 5), rng.random()))
    return next((value + it for it in near if value + it >= 0 and value + it not in taken), value + 1000)


def _holds(term: str, names: Names) -> bool:
    for sign in (">=", "=", ">"):
        if sign in term:
            left, right = (_value(side, names) for side in term.split(sign))
            return {"=": left == right, ">": left > right, ">=": left >= right}[sign]
    return names["kind"] in term.split("|")


def _value(expression: str, names: Names) -> int:
    terms = [(sign, int(term) if term.isdigit() else names[term]) for sign, term in _TERM.findall(expression)]
    return sum(-value if sign == "-" else value for sign, value in terms)


def _styled(value: int, style: str | None) -> str:
    if style == "zh":
        return chinese(value)
    if style == "wan":
        return f"{value / 10000:.2f}万"
    return f"{value:,}" if style == "," else str(value)


def chinese(value: int) -> str:
    """Return 123 as 一百二十三, for numbers below ten thousand."""
    out, skipped = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            out += "零" if skipped and out else ""
            out += ("" if name == "十" and digit == 1 and not out else _DIGITS[digit]) + name
        skipped = not digit
    return out or _DIGITS[0]
