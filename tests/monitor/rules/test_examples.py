"""Every rule's own examples, which are also its page in docs/rules.md."""

import pytest

from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import all_examples, sound_report
from monitor.rules.registry import all_rules

CHECKED = {id_: entry for id_, entry in all_rules().items() if entry.check}
EXAMPLES = [
    pytest.param(CHECKED[id_], example, id=f"{id_}-{number}-{example.outcome}")
    for id_, examples in all_examples().items()
    for number, example in enumerate(examples)
]
NEVER_UNDECIDED = {
    "cell.blank",
    "cell.negative",
    "narrative.document-number",
    "structure.outdated-format",
    "structure.section-order",
    "structure.table-as-image",
    "structure.template-residue",
}
"""Rules that assert something of what is plainly written; there is nothing that they could not tell."""


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_rule_says_of_its_example_what_the_example_says(entry, example):
    """Pass is silence; else at least one finding, all of the outcome that the example names."""
    findings = run_rules(example.context(), [entry])
    assert [str(item.outcome) for item in findings] == [example.outcome] * len(findings)
    assert bool(findings) == (example.outcome != "pass")
    told = [{**item.to_json()} for item in findings]
    if example.expect:
        assert any({key: one[key] for key in example.expect} == example.expect for one in told), told


@pytest.mark.parametrize("id_", CHECKED)
def test_rule_has_examples_of_all_its_outcomes(id_):
    """A passing and a failing one always, an undecided one wherever the rule can be undecided."""
    outcomes = {example.outcome for example in all_examples().get(id_, ())}
    assert outcomes == {"pass", "fail"} | (
        {"cannot_tell"} - ({"cannot_tell"} if id_ in NEVER_UNDECIDED else set())
    )


def test_sound_report_breaks_no_rule():
    """The report that all examples change is itself in order."""
    assert run_rules(RuleContext(sound_report().report())) == []
