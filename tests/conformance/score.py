"""Count what the rules say of generated reports: false findings of sound ones, planted faults found."""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.normalize import normalize
from extract.parser import parse_report
from monitor.finding import Finding, RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from tests.conformance.generated import Generated, Maker
from tests.conformance.render import text_of


@dataclass(frozen=True)
class Scored:
    """A generated report with the failures that the rules found in it."""

    made: Generated
    failures: tuple[Finding, ...]

    @property
    def is_found(self) -> bool:
        """Tell whether the planted fault was found by its rule."""
        return any(finding.rule.startswith(self.made.rule) for finding in self.failures)

    @property
    def said(self) -> str:
        """What to show of it where it is wrong."""
        found = [f"{finding.rule} {finding.message}" for finding in self.failures]
        return f"{self.made.spec.title}: {self.made.told} {found}"


def sound_reports(count: int, seed: int) -> Iterator[Scored]:
    """Yield sound reports, checked."""
    maker = Maker(seed)
    return (_scored(maker.sound()) for _ in range(count))


def faulty_reports(count: int, seed: int) -> Iterator[Scored]:
    """Yield reports with one planted fault each, checked."""
    maker = Maker(seed)
    return (_scored(maker.faulty()) for _ in range(count))


def _scored(made: Generated) -> Scored:
    text = normalize(text_of(made.spec).encode())
    findings = run_rules(RuleContext(parse_report(text), text=text))
    return Scored(made, tuple(item for item in findings if item.outcome is RuleOutcome.FAIL))
