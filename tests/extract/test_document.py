"""The JSON of a report, as docs/contract/report.md fixes it."""

from __future__ import annotations

import json
from decimal import Decimal

from extract.document import plain_number, report_json
from extract.model import Anchor, Fact, Format, Report, Section, State
from tests.extract.generate import Shape, make_sample
from tests.extract.render import normal
from tests.extract.texts import parse


def small_report(*facts: Fact) -> Report:
    """A report of a few facts."""
    return Report("题", "机关", 2024, Format.F2021, (Section(1, "总体情况", "文。"),), facts)


def test_object_has_the_keys_of_the_contract_in_order():
    """And survives JSON."""
    sample = make_sample(4, Shape(blanks=0.2))
    document = report_json(parse(normal(sample)), "a.txt", "f" * 64, "text/plain")
    assert list(document) == [
        "schema", "source", "sha256", "media_type", "title", "organization", "year", "format", "sections",
        "disclosure", "requests", "remedies", "problems",
    ]  # fmt: skip
    assert document["schema"] == "nianbao.report/1"
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document


def test_every_state_but_read_prints_null_and_an_absent_row_is_absent():
    """Null is unknown, never zero."""
    cells = [
        Fact(f"requests.received.{key}", None, raw, state)
        for key, raw, state in (
            ("natural_person", "", State.BLANK), ("business", "—", State.MARK),
            ("research", "1 0", State.AMBIGUOUS), ("total", "约5", State.UNREADABLE),
        )
    ]  # fmt: skip
    document = report_json(small_report(*cells), "a", "b", "c")
    assert document["requests"] == {
        "received": {"natural_person": None, "business": None, "research": None, "total": None}
    }
    assert document["remedies"] == {}


def test_evidence_lists_facts_with_place_note_and_reader():
    """Page and box for paged documents, a locator for the others."""
    paged = Fact("requests.received.total", 22, "22（其中修订16件）", State.READ,
                 Anchor(page=4, bbox=(1.0, 2.0, 3.0, 4.0)), "其中修订16件", "grid")  # fmt: skip
    plain = Fact("disclosure.fees.amount", Decimal("143.2062"), "143.2062", State.READ, Anchor(locator="x"))
    facts = report_json(small_report(paged, plain), "a", "b", "c", evidence=True)["facts"]
    assert facts == [
        {"path": "requests.received.total", "value": 22, "raw": "22（其中修订16件）", "state": "read",
         "page": 4, "bbox": [1.0, 2.0, 3.0, 4.0], "locator": None, "note": "其中修订16件", "reader": "grid"},
        {"path": "disclosure.fees.amount", "value": 143.2062, "raw": "143.2062", "state": "read",
         "page": None, "bbox": None, "locator": "x"},
    ]  # fmt: skip
    assert "facts" not in report_json(small_report(paged), "a", "b", "c")


def test_whole_numbers_are_whole_in_json():
    """0 万元 is 0, not 0.0."""
    assert [plain_number(value) for value in (Decimal("5.00"), Decimal("0.5"), 7, None)] == [5, 0.5, 7, None]
