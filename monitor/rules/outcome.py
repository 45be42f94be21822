"""What a rule says of a report: outcomes, before the engine adds the rule's own title and basis."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import Number
from monitor.finding import Blame, Evidence, Explanation, RuleOutcome


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that a rule found wrong or could not decide. The message is Chinese, for people."""

    outcome: RuleOutcome
    message: str
    cell: str | None = None
    expected: Number | str | None = None
    actual: Number | str | None = None
    group: str | None = None
    blame: Blame = Blame.UNKNOWN
    explanations: tuple[Explanation, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def fails(
    message: str,
    *evidence: Evidence,
    expected: Number | str | None = None,
    actual: Number | str | None = None,
    blame: Blame = Blame.SOURCE,
) -> Outcome:
    """Return a failure proven by `evidence`."""
    return Outcome(
        RuleOutcome.FAIL, message, expected=expected, actual=actual, blame=blame, evidence=evidence
    )


def cannot_tell(message: str, *evidence: Evidence) -> Outcome:
    """Return an undecided outcome; `message` says why."""
    return Outcome(RuleOutcome.CANNOT_TELL, message, evidence=evidence)
