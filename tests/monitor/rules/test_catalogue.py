"""The catalogue: what docs/contract/rules.md promises is what the registry holds."""

import re
from pathlib import Path

from monitor.rules.registry import all_rules

CONTRACT = Path(__file__).parents[3] / "docs" / "contract" / "rules.md"


def promised() -> dict[str, str]:
    """Severity by rule id, as the contract's table states them."""
    rows = re.findall(
        r"^\| `([a-z.-]+)` \| .* \| (error|warning|info) \|$", CONTRACT.read_text("utf-8"), re.MULTILINE
    )
    return dict(rows)


def test_registry_is_the_contract_s_catalogue():
    """Deleting a rule, or adding one that is not in the contract, fails here."""
    assert set(all_rules()) == set(promised())


def test_severities_are_those_of_the_contract():
    """A local pack may change a severity; the code does not."""
    built = {id_: str(entry.severity) for id_, entry in all_rules().items()}
    assert built == {id_: promised()[id_] for id_ in built}


def test_every_rule_quotes_its_duty_and_its_basis():
    """An alert without a basis is an opinion."""
    assert [
        id_ for id_, entry in all_rules().items() if not (entry.duty and entry.basis and entry.title)
    ] == []
