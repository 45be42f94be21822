"""The ledger under any order of recording, deciding and sending, against a simple model of it."""

import os
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from archive.store import Archive
from config.places import Places
from monitor.decisions import acknowledge, dismiss
from monitor.ledger import record_findings
from monitor.outbox import compose_messages
from tests.monitor.ledger_support import BODIES, CONFIG, finding

CELLS = ("requests.received.total", "remedies.review.total")
BODY_IDS = ("body-a", "body-b")
DAILY = CONFIG.model_copy(update={"digest": "run"})


class Ledger(RuleBasedStateMachine):
    """One finding a cell with a value; the model knows what is wrong, dismissed and told."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.archive = Archive.open(Places(Path(self.folder.name), Path(os.devnull)))
        self.wrong = {}  # (body, cell) -> value, what the ledger knows to be wrong now
        self.dismissed = set()  # (body, cell, value)

    def teardown(self):
        """Close the archive."""
        self.archive.close()
        self.folder.cleanup()

    @rule(
        values=st.dictionaries(st.sampled_from(CELLS), st.integers(1, 2)),
        body=st.sampled_from(BODY_IDS),
    )
    def evaluate(self, values, body):
        """A body's year is evaluated anew and shows these wrong values."""
        before = {cell: value for (id_, cell), value in self.wrong.items() if id_ == body}
        found = [finding(body, value, cell=cell) for cell, value in values.items()]
        changes = record_findings(self.archive, found, {(body, 2024)}, DAILY, BODIES)
        is_news = {
            cell
            for cell, value in values.items()
            if before.get(cell) != value and (body, cell, value) not in self.dismissed
        }
        assert len(changes.opened) + len(changes.reopened) == len(is_news)
        self.wrong = {key: value for key, value in self.wrong.items() if key[0] != body}
        self.wrong |= {(body, cell): value for cell, value in values.items()}

    @rule(body=st.sampled_from(BODY_IDS), cell=st.sampled_from(CELLS), dismissal=st.booleans())
    def decide(self, body, cell, dismissal):
        """Somebody acknowledges or dismisses a live alert."""
        row = self.archive.row(
            "select alerts.id, alerts.state from alerts join findings using (fingerprint)"
            " where alerts.body = :body and cell = :cell and alerts.state in ('open', 'acknowledged')",
            {"body": body, "cell": cell},
        )
        if row is None:
            return
        if dismissal:
            dismiss(self.archive, row["id"], "王", "核实无误")
            self.dismissed.add((body, cell, self.wrong[body, cell]))
        else:
            acknowledge(self.archive, row["id"], "王")

    @rule()
    def send(self):
        """Queued notices become messages."""
        compose_messages(self.archive, DAILY, BODIES)

    @invariant()
    def live_alerts_are_exactly_what_is_wrong_and_not_dismissed(self):
        """No false alert, none forgotten, none twice."""
        rows = self.archive.rows(
            "select alerts.body, cell, json_extract(finding, '$.actual') as value from alerts"
            " join findings using (fingerprint) where alerts.state in ('open', 'acknowledged')"
        )
        live = sorted((row["body"], row["cell"], row["value"]) for row in rows)
        wrong = {(body, cell, value) for (body, cell), value in self.wrong.items()}
        assert live == sorted(wrong - self.dismissed)

    @invariant()
    def each_occurrence_is_told_at_most_once_to_a_channel(self):
        """And every live alert is told or waits to be."""
        told = self.archive.rows(
            "select alert_id, occurrence, kind, recipient, channel, count(*) as times from notices"
            " where state != 'cancelled' group by 1, 2, 3, 4, 5 having times > 1"
        )
        untold = self.archive.rows(
            "select id from alerts where state in ('open', 'acknowledged') and not exists (select 1"
            " from notices where alert_id = alerts.id and notices.occurrence = alerts.occurrence"
            " and kind = 'opened' and notices.state in ('queued', 'composed'))"
        )
        assert (told, untold) == ([], [])

    @invariant()
    def every_message_belongs_to_its_notices(self):
        """No message that may leave without a notice, no composed notice without a message."""
        rows = self.archive.rows(
            "select notices.id from notices where (state = 'composed') != (delivery_id is not null)"
            " union select id from deliveries where state != 'cancelled' and id not in"
            " (select delivery_id from notices where delivery_id is not null)"
        )
        assert rows == []


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
