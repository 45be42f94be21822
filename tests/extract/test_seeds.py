"""The five real reports, in their four layouts of tables, read to the truth."""

import json
from pathlib import Path

import pytest

from extract.document import report_json
from extract.model import NormalizedText, Report, State
from extract.parser import parse_report
from extract.readers import text as text_reader

SEEDS = Path(__file__).parents[1] / "fixtures" / "seeds"
CORPUS = Path(__file__).parents[1] / "fixtures" / "corpus"
SEED_FILES = sorted(SEEDS.glob("*.txt"))


def truth_of(seed: Path) -> dict:
    """The published figures of a seed."""
    return json.loads((CORPUS / f"seed{seed.name[:3]}-orig.truth.json").read_text("utf-8"))


def raw_report(seed: Path) -> Report:
    """Parse a seed exactly as it is written, without a reader's cleaning."""
    return parse_report(NormalizedText(seed.read_text("utf-8"), "text/plain", "text", 1))


def test_there_are_five_seeds():
    """The fixtures are complete."""
    assert [seed.name[:3] for seed in SEED_FILES] == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize("seed", SEED_FILES, ids=lambda seed: seed.name[:3])
def test_seed_equals_the_truth_as_it_is_and_through_the_reader(seed):
    """Every figure, title, body and year; nothing to complain of."""
    truth = truth_of(seed)
    for report in (raw_report(seed), parse_report(text_reader.read(seed.read_bytes()))):
        document = report_json(report, seed.name, "0" * 64, "text/plain")
        assert {key: document[key] for key in truth} == truth
        assert [fact.state for fact in report.facts] == [State.READ] * 200
        assert report.problems == ()


@pytest.mark.parametrize("seed", SEED_FILES[:4], ids=lambda seed: seed.name[:3])
def test_four_seeds_are_all_zero(seed):
    """Zeros are read, not assumed."""
    assert {fact.value for fact in raw_report(seed).facts} == {0}


def test_seed_004_holds_the_published_figures():
    """The one seed with numbers."""
    report = raw_report(SEED_FILES[4])
    values = {fact.path: fact.value for fact in report.facts}
    assert values["requests.received.total"] == 247
    assert values["requests.processed_total.total"] == 235
    assert values["requests.carried_forward.total"] == 12
    assert float(values["disclosure.fees.amount"]) == 143.2062
    reviews = [
        values[f"remedies.reconsideration.{key}"]
        for key in ("upheld", "corrected", "other", "pending", "total")
    ]
    assert reviews == [11, 5, 1, 1, 18]


@pytest.mark.parametrize(
    ("number", "reader"), [(0, "grid"), (1, "grid"), (2, "flow"), (3, "flow"), (4, "grid")]
)
def test_grid_where_there_are_tabs_and_flow_elsewhere(number, reader):
    """Each layout goes to the reading made for it."""
    assert {fact.reader for fact in raw_report(SEED_FILES[number]).facts} == {reader}


@pytest.mark.parametrize("seed", SEED_FILES, ids=lambda seed: seed.name[:3])
def test_sections_hold_the_prose_without_their_tables(seed):
    """All six parts in order; parts two to four are tables alone."""
    report = raw_report(seed)
    parts = [section for section in report.sections if section.number]
    assert [part.number for part in parts] == [1, 2, 3, 4, 5, 6]
    assert [part.text for part in parts[1:4]] == ["", "", ""]
    assert all(len(part.text) > 15 for part in (parts[0], *parts[4:]))
    assert "信息处理费" in parts[5].text or "处理费" in parts[5].text


def test_opening_before_the_first_part_is_kept_without_the_title():
    """The period stands there; wrapped lines are joined over page breaks."""
    opening = raw_report(SEED_FILES[3]).sections[0]
    assert (opening.number, opening.heading) == (None, "")
    assert opening.text.startswith("根据《中华人民共和国政府信息公开条例》规定和《国务院办公厅")
    assert opening.text.endswith("本报告统计数据从2024年1月1日至12月31日。")


def test_template_residue_before_a_title_stays_in_the_text_above():
    """A rule looks for it; the heading stays clean."""
    parts = {section.number: section for section in raw_report(SEED_FILES[4]).sections}
    assert parts[5].text.endswith("[bookmark: _GoBack]")
    assert parts[6].heading == "其他需要报告的事项"
