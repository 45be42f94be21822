"""The ledger: opened once, repeated in silence, resolved only by looking, dismissed until values change."""

import pytest

from config.alerts import AlertConfig
from monitor.decisions import NoSuchAlert, acknowledge, approve, dismiss
from monitor.finding import Blame, Evidence, RuleOutcome, Severity
from monitor.ledger import record_findings
from tests.monitor.ledger_support import BODIES, CONFIG, finding

SCOPE = {("body-a", 2024)}


def record(archive, findings, evaluated=SCOPE, config=CONFIG):
    """Record findings with the usual roster and routes."""
    return record_findings(archive, findings, evaluated, config, BODIES)


def notices(archive):
    """Every notice: alert, kind, recipient, state."""
    return [
        (row["alert_id"], row["kind"], row["recipient"], row["state"])
        for row in archive.rows("select * from notices order by id")
    ]


def alert(archive, alert_id):
    """One alert's row."""
    return archive.row("select * from alerts where id = :id", {"id": alert_id})


def test_new_finding_opens_one_alert_with_one_notice_for_its_supervisor(archive):
    """The plain case."""
    changes = record(archive, [finding()])
    assert changes.opened == (1,)
    assert notices(archive) == [(1, "opened", "wolong", "queued")]


def test_same_finding_again_is_repeated_without_a_notice(archive):
    """A nightly run with nothing new is silent."""
    record(archive, [finding()])
    again = record(archive, [finding()])
    assert (again.opened, again.repeated, again.resolved) == ((), (1,), ())
    assert len(notices(archive)) == 1


def test_finding_that_is_gone_is_resolved_and_its_unsent_notice_is_cancelled(archive):
    """What is mended before it was told need not be told."""
    record(archive, [finding()])
    assert record(archive, []).resolved == (1,)
    assert notices(archive) == [(1, "opened", "wolong", "cancelled")]
    assert archive.row("select state from findings")["state"] == "resolved"


def test_body_that_was_not_evaluated_keeps_its_alert(archive):
    """Not looking is not a reason to resolve."""
    record(archive, [finding()])
    assert record(archive, [], evaluated={("body-b", 2024), ("body-a", 2023)}).resolved == ()
    assert alert(archive, 1)["state"] == "open"


def test_rule_that_could_not_be_decided_resolves_nothing(archive):
    """An unreadable cell tomorrow does not mend today's sum."""
    record(archive, [finding()])
    doubt = finding(outcome=RuleOutcome.CANNOT_TELL, actual=None)
    assert record(archive, [doubt]).resolved == ()
    assert alert(archive, 1)["state"] == "open"


def test_missing_report_is_not_resolved_while_the_portal_cannot_be_examined(archive):
    """Blocked is not published."""
    missing = finding(rule="publication.missing", cell=None, expected=None, actual="not_published")
    blocked = finding(rule="publication.cannot-tell", severity=Severity.INFO, cell=None, actual="declined")
    record(archive, [missing])
    changes = record(archive, [blocked])
    assert changes.resolved == ()
    assert changes.opened == (2,)
    assert alert(archive, 2)["audience"] == "operator"
    assert record(archive, []).resolved == (1, 2)


def test_findings_that_one_cell_explains_are_one_alert(archive):
    """Alerts count causes, not broken sums."""
    members = [finding(group="g"), finding(group="g", rule="requests.row-total", severity=Severity.WARNING)]
    assert record(archive, members).opened == (1,)
    assert record(archive, members).repeated == (1,)
    assert record(archive, members[:1]).repeated == (1,)
    assert record(archive, []).resolved == (1,)


def test_group_that_grows_opens_one_alert_and_closes_the_smaller(archive):
    """One more broken sum is a new state of the same cause."""
    small = [finding(group="g")]
    record(archive, small)
    changes = record(archive, [*small, finding(group="g", rule="requests.row-total")])
    assert changes.reopened == (2,)
    assert alert(archive, 1)["state"] == "resolved"
    assert alert(archive, 1)["reason"] == "superseded by 2"


def test_two_findings_of_one_rule_in_one_report_are_no_predecessors_of_each_other(archive):
    """Two wrong sentences are two matters; a changed number makes a successor of one of them."""

    def sentence(raw):
        return finding(rule="narrative.sum", cell=None, evidence=(Evidence(raw=raw),))

    first, second = sentence("共15052条，其中3994条"), sentence("受理2件，其中1件")
    assert record(archive, [first, second]).opened == (1, 2)
    changes = record(archive, [sentence("共15050条，其中3994条"), second])
    assert (changes.reopened, changes.repeated, changes.resolved) == ((3,), (2,), (1,))
    assert alert(archive, 3)["previous_id"] == 1


def test_same_group_name_in_two_bodies_is_two_alerts(archive):
    """Groups live within a body's year."""
    both = [finding("body-a", group="g"), finding("body-b", group="g")]
    assert record(archive, both, {("body-a", 2024), ("body-b", 2024)}).opened == (1, 2)


def test_dismissed_finding_stays_dismissed_while_its_values_are_the_same(archive):
    """Also after it was away for a while."""
    record(archive, [finding()])
    dismiss(archive, 1, "王", "已电话核实")
    assert record(archive, [finding()]).opened == ()
    record(archive, [])
    again = record(archive, [finding()])
    assert (again.opened, again.reopened) == ((), ())
    assert alert(archive, 1)["state"] == "dismissed"


def test_dismissed_finding_comes_back_when_a_value_changes(archive):
    """New values are a new finding that knows its past."""
    record(archive, [finding()])
    dismiss(archive, 1, "王", "已电话核实")
    changes = record(archive, [finding(actual=249)])
    assert changes.reopened == (2,)
    assert alert(archive, 2)["previous_id"] == 1


def test_dismissed_member_does_not_hide_a_new_finding_of_its_group(archive):
    """A dismissal covers what was seen, nothing else."""
    record(archive, [finding(group="g")])
    dismiss(archive, 1, "王", "已核实")
    new = finding(group="g", rule="requests.row-total")
    assert record(archive, [finding(group="g"), new]).opened == (2,)


def test_resolved_finding_that_is_back_reopens_its_alert_with_a_new_notice(archive):
    """And nobody is told that it is resolved."""
    record(archive, [finding()])
    archive.db.execute("update notices set state = 'composed'")
    record(archive, [])
    assert record(archive, [finding()]).reopened == (1,)
    kinds = [(kind, state) for _, kind, _, state in notices(archive)]
    assert kinds == [("opened", "composed"), ("resolved", "cancelled"), ("opened", "queued")]


def test_changed_value_is_not_told_as_resolved(archive):
    """Another wrong number is no correction."""
    record(archive, [finding()])
    archive.db.execute("update notices set state = 'composed'")
    record(archive, [finding(actual=249)])
    assert "resolved" not in [kind for _, kind, _, _ in notices(archive)]
    assert alert(archive, 1)["reason"] == "replaced by 2"


def test_acknowledged_alert_is_repeated_and_later_resolved(archive):
    """Taking care of it does not close it."""
    record(archive, [finding()])
    acknowledge(archive, 1, "李", "已转办")
    assert record(archive, [finding()]).repeated == (1,)
    assert alert(archive, 1)["state"] == "acknowledged"
    assert record(archive, []).resolved == (1,)


def test_decision_on_a_closed_alert_is_refused(archive):
    """Nor one on an alert that is not there."""
    record(archive, [finding()])
    record(archive, [])
    with pytest.raises(NoSuchAlert):
        dismiss(archive, 1, "王", "x")
    with pytest.raises(NoSuchAlert):
        acknowledge(archive, 7, "王")


@pytest.mark.parametrize(
    "uncertain",
    [
        finding("body-new"),
        finding(body=None, source="portal-x", rule="portal.failed"),
        finding(outcome=RuleOutcome.CANNOT_TELL),
        finding(blame=Blame.EXTRACTION),
        finding("body-unknown"),
    ],
    ids=["unconfirmed body", "no body", "cannot tell", "our reading in doubt", "not in the roster"],
)
def test_what_is_not_certain_goes_to_the_operator_only(archive, uncertain):
    """No accusation without certainty."""
    assert record(archive, [uncertain]).opened == (1,)
    assert notices(archive) == [(1, "opened", "operator", "queued")]


def test_confirmed_body_makes_its_alert_known_to_the_supervisor(archive):
    """The alert stays the same, its audience grows."""
    record(archive, [finding("body-new")], {("body-new", 2024)})
    confirmed = {"body-new": BODIES["body-new"].model_copy(update={"confirmed": True})}
    changes = record_findings(archive, [finding("body-new")], {("body-new", 2024)}, CONFIG, confirmed)
    assert changes.repeated == (1,)
    assert [who for _, _, who, _ in notices(archive)] == ["operator", "wolong"]


def test_portal_failures_of_two_portals_are_two_findings(archive):
    """Findings without a body are told apart by their source."""
    down = [finding(None, rule="portal.failed", source=f"portal-{n}", cell=None) for n in (1, 2)]
    assert record(archive, down, {("portal-1", 2024), ("portal-2", 2024)}).opened == (1, 2)
    assert record(archive, down[:1], {("portal-1", 2024), ("portal-2", 2024)}).resolved == (2,)


def test_information_opens_no_alert(archive):
    """It is kept as a finding."""
    assert record(archive, [finding(severity=Severity.INFO)]).opened == ()
    assert archive.row("select state from findings")["state"] == "open"


def test_route_to_nobody_opens_no_alert(archive):
    """The first route that matches decides."""
    config = AlertConfig.model_validate({"routes": [{"rule": "requests.*", "to": []}, {}]})
    assert record(archive, [finding()], config=config).opened == ()
    assert record(archive, [finding(rule="remedies.total")], config=config).opened == (1,)


def test_without_recipients_the_alert_opens_all_the_same(archive):
    """The ledger is complete without any channel."""
    assert record(archive, [finding()], config=AlertConfig()).opened == (1,)
    assert notices(archive) == []


def test_review_holds_messages_to_supervisors_until_approved(archive):
    """The operator's own messages do not wait."""
    config = CONFIG.model_copy(update={"review": True})
    record(archive, [finding(), finding("body-new")], config=config)
    assert [(who, state) for _, _, who, state in notices(archive)] == [
        ("wolong", "held"),
        ("operator", "queued"),
    ]
    assert approve(archive, None, "张") == [1]
    assert {state for _, _, _, state in notices(archive)} == {"queued"}


def test_storm_is_held_and_told_to_the_operator_once(archive):
    """Half of all bodies at once is more likely our error."""
    config = AlertConfig.model_validate(
        {**CONFIG.model_dump(mode="json"), "storm": {"bodies_min": 2, "share": 0.5}}
    )
    scopes = {("body-a", 2024), ("body-b", 2024)}
    bad = [finding("body-a"), finding("body-b")]
    assert record(archive, bad, scopes, config).held == 2
    assert notices(archive) == [
        (1, "opened", "wolong", "held"),
        (2, "opened", "wolong", "held"),
        (3, "opened", "operator", "queued"),
    ]
    assert record(archive, bad, scopes, config).held == 0
    assert alert(archive, 3)["state"] == "open"
    assert approve(archive, [1], "张") == [1]
    assert alert(archive, 3)["state"] == "open"
    assert approve(archive, [2], "张") == [2]
    assert alert(archive, 3)["state"] == "resolved"


def stormy():
    """Two bodies are a storm."""
    return AlertConfig.model_validate(
        {**CONFIG.model_dump(mode="json"), "storm": {"bodies_min": 2, "share": 0.5}}
    )


def test_storm_of_changed_values_is_held_too(archive):
    """A new reader that reads everything otherwise accuses nobody before somebody looked."""
    scopes = {("body-a", 2024), ("body-b", 2024)}
    record(archive, [finding("body-a")], scopes, stormy())
    record(archive, [finding("body-a"), finding("body-b")], scopes, stormy())
    otherwise = [finding("body-a", actual=99), finding("body-b", actual=99)]
    assert record(archive, otherwise, scopes, stormy()).held == 2
    assert [row for row in notices(archive) if row[3] == "queued"] == [(5, "opened", "operator", "queued")]


def test_storm_that_blows_over_is_resolved_by_itself(archive):
    """The next run reads rightly again: nothing is held any more, the operator need not approve."""
    scopes = {("body-a", 2024), ("body-b", 2024)}
    record(archive, [finding("body-a"), finding("body-b")], scopes, stormy())
    record(archive, [], scopes, stormy())
    assert alert(archive, 3)["state"] == "resolved"
    assert {state for _, _, _, state in notices(archive)} == {"cancelled"}


def test_every_change_leaves_an_event(archive):
    """The journal tells the whole story in order."""
    record(archive, [finding()])
    acknowledge(archive, 1, "李")
    record(archive, [])
    kinds = [row["kind"] for row in archive.rows("select kind from events order by id")]
    assert kinds == [
        "finding.opened",
        "alert.opened",
        "alert.acknowledged",
        "finding.resolved",
        "alert.resolved",
    ]
