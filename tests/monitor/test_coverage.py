"""Standings: what proves a report missing or late, what clears a body, and what decides nothing."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.derived import Outcome
from archive.records import Verdict
from config.deadlines import load_deadlines
from config.places import PACKAGE_CONFIG
from extract.dates import DateEvidence, DateKind
from monitor.coverage import OVERDUE, Case, Doubt, PortalView, Standing, StandingKind, decide
from monitor.looks import ListCapture, Look, worst
from monitor.publications import Publication, PublishedDocument
from monitor.standing_words import sentence_of
from tests.monitor.coverage_support import COLUMN, DUE, SCHOOLS, STREET, days

URL = "http://www.wolong.gov.cn/2025/1.html"
DEADLINES = load_deadlines(PACKAGE_CONFIG)
LATER = DUE + days(40)


def look(at, *links):
    """A good look at the column."""
    page = ListCapture(1, COLUMN, at, Verdict.OK, "")
    return Look("wolong", 2024, {COLUMN: page}, "ok", tuple(links) or (("http://a/x", "别的报告"),))


def view(*looks, trouble=""):
    """What a portal shows."""
    return PortalView("wolong", "卧龙区门户", looks, trouble, looks[-1].ended_at if looks else None)


def document(first_seen_at, *dates, **changes):
    """The stored report."""
    values = {"id": 7, "sha256": "0" * 64, "portal": "wolong", "url": URL, "page_url": None,
              "first_seen_at": first_seen_at, "last_seen_at": first_seen_at, "handed_in": False,
              "outcome": Outcome.REPORT, "cells": 200, "read_cells": 200, "dates": dates}  # fmt: skip
    return PublishedDocument(**{**values, **changes})


def case(*documents, now=LATER, body=SCHOOLS, **changes):
    """A body's 2024, due on 31 January 2025."""
    found = Publication(2024, documents) if documents else None
    values = {"deadline": DEADLINES.deadline(body, 2024), "upcoming_days": 14, "publication": found,
              "dates": found.dates if found else ()}  # fmt: skip
    return Case(body=body, year=2024, now=now, **{**values, **changes})


def shown(kind, day):
    """A date that something shows."""
    return DateEvidence(kind, date.fromisoformat(day), day)


AFTER = (shown(DateKind.URL, "2025-02-12"), shown(DateKind.LABEL, "2025-02-12"))


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        (datetime(2024, 12, 1, tzinfo=UTC), StandingKind.NOT_DUE),
        (datetime(2025, 1, 20, tzinfo=UTC), StandingKind.UPCOMING),
        (datetime(2025, 1, 31, 15, 59, tzinfo=UTC), StandingKind.UPCOMING),
        (datetime(2025, 1, 31, 16, 0, tzinfo=UTC), StandingKind.CANNOT_TELL),
    ],
)
def test_nothing_seen_before_the_deadline_is_no_fault(now, kind):
    """The day ends at 16:00 UTC; without a look after it nothing can be told."""
    assert decide(case(now=now)).kind is kind


def test_missing_needs_a_clean_look_after_the_deadline():
    """The proof names the look."""
    proof = look(DUE + days(1))
    decided = decide(case(views=(view(proof),)))
    assert (decided.kind, decided.looks) == (StandingKind.NOT_PUBLISHED, (proof,))


def test_missing_needs_every_portal_of_the_body():
    """The part on the second host may hold the report."""
    blocked = PortalView("second", "第二网站", (), "declined", DUE + days(1))
    decided = decide(case(views=(view(look(DUE + days(1))), blocked)))
    assert (decided.kind, decided.reason) == (StandingKind.CANNOT_TELL, "declined")


@pytest.mark.parametrize(
    "trouble", ["declined", "forbidden", "error", "soft_404", "js_shell", "no_capture", "empty_list"]
)
def test_trouble_is_cannot_tell_with_its_reason(trouble):
    """A portal that declines accuses nobody."""
    decided = decide(case(views=(PortalView("wolong", "卧龙区门户", (), trouble, DUE + days(2)),)))
    assert (decided.kind, decided.reason) == (StandingKind.CANNOT_TELL, trouble)


def test_body_without_portal_is_not_missing():
    """We never looked."""
    assert decide(case()).reason == "no_capture"


def test_earlier_clean_look_still_proves_what_it_saw():
    """A portal that is blocked today was examined after the deadline."""
    seen = PortalView("wolong", "卧龙区门户", (look(DUE + days(1)),), "declined", DUE + days(5))
    assert decide(case(views=(seen,))).kind is StandingKind.NOT_PUBLISHED


def test_doubtful_document_keeps_its_candidates_from_being_missing():
    """Our doubt is not their fault."""
    doubts = (Doubt("doubtful_match", 3, URL, "名称相近"),)
    decided = decide(case(views=(view(look(DUE + days(1))),), doubts=doubts))
    assert (decided.kind, decided.reason) == (StandingKind.CANNOT_TELL, "doubtful_match")


def test_seen_before_the_deadline_clears_whatever_dates_are_shown():
    """A site that was moved shows later dates."""
    decided = decide(case(document(DUE - days(1), *AFTER)))
    assert (decided.kind, decided.reason) == (StandingKind.PUBLISHED, "")


def test_link_seen_before_the_deadline_clears_too():
    """The column listed it in time; we fetched it later."""
    decided = decide(case(document(DUE + days(3), *AFTER), first_shown_at=DUE - days(1)))
    assert decided.kind is StandingKind.PUBLISHED


def test_late_by_a_clean_look_before_it_was_first_seen():
    """(a): looked after the deadline, not there; there later."""
    proof = look(DUE + days(1))
    decided = decide(case(document(DUE + days(3)), views=(view(proof),)))
    assert (decided.kind, decided.reason, decided.looks) == (StandingKind.LATE, "seen_later", (proof,))


def test_look_that_already_listed_the_address_proves_no_lateness():
    """The link was there, we only had not fetched it."""
    proof = look(DUE + days(1), (URL, "年度报告"))
    decided = decide(case(document(DUE + days(3)), views=(view(proof),)))
    assert (decided.kind, decided.reason) == (StandingKind.PUBLISHED, "date_unclear")


def test_late_by_two_kinds_of_dates():
    """(b): address and label agree that it was after the deadline."""
    decided = decide(case(document(LATER, *AFTER)))
    assert (decided.kind, decided.reason) == (StandingKind.LATE, "dates_agree")
    assert decided.published_on == date(2025, 2, 12)


def test_one_kind_of_date_is_not_enough():
    """A label alone may be wrong."""
    decided = decide(case(document(LATER, AFTER[1])))
    assert (decided.kind, decided.reason) == (StandingKind.PUBLISHED, "date_unclear")


@pytest.mark.parametrize("kind", sorted(DateKind))
def test_any_date_on_or_before_the_deadline_keeps_from_late(kind):
    """The due day itself is in time, whoever says so; an update then means it existed."""
    decided = decide(case(document(LATER, *AFTER, shown(kind, "2025-01-31"))))
    assert decided.kind is StandingKind.PUBLISHED


def test_dates_that_many_articles_share_do_not_incriminate():
    """A site's move dates everything anew."""
    decided = decide(case(document(LATER, *AFTER), dates=()))
    assert (decided.kind, decided.reason) == (StandingKind.PUBLISHED, "date_unclear")


def test_date_after_we_saw_it_is_not_believed():
    """No page was published after it was read."""
    wrong = (shown(DateKind.URL, "2025-06-01"), shown(DateKind.LABEL, "2025-06-01"))
    decided = decide(case(document(DUE + days(3), *wrong), now=LATER))
    assert (decided.kind, decided.published_on) == (StandingKind.PUBLISHED, None)


def test_dates_before_the_deadline_are_published_on_time_though_seen_late():
    """The first crawl came after the season."""
    on_time = (shown(DateKind.URL, "2025-01-20"), shown(DateKind.LIST, "2025-01-20"))
    decided = decide(case(document(LATER, *on_time)))
    assert (decided.kind, decided.reason, decided.published_on) == (
        StandingKind.PUBLISHED, "", date(2025, 1, 20),
    )  # fmt: skip


def test_shown_date_that_an_earlier_look_contradicts_is_noticed():
    """Back-dated: shown 20 January, not there on 1 February."""
    early = (shown(DateKind.LABEL, "2025-01-20"), shown(DateKind.LIST, "2025-01-20"))
    decided = decide(case(document(DUE + days(3), *early), views=(view(look(DUE + days(1))),)))
    assert decided.contradicted


def test_unreadable_report_is_published_unread():
    """We cannot read it; it is there."""
    decided = decide(case(document(DUE - days(1), outcome=Outcome.PROBLEM, cells=0, read_cells=0)))
    assert (decided.kind, decided.reading) == (StandingKind.PUBLISHED, "unread")


@pytest.mark.parametrize(
    ("changes", "reading"),
    [
        ({}, "read"),
        ({"unsure_cells": 1}, "partly"),
        ({"cells": 0, "read_cells": 0}, "partly"),
    ],
)
def test_reading_says_how_far_the_tables_were_read(changes, reading):
    """Tables that are pictures are not read."""
    assert decide(case(document(DUE - days(1), **changes))).reading == reading


def test_page_and_attachment_are_one_publication_with_the_better_reading():
    """The page shows the tables as images, the attachment has them."""
    page = document(DUE - days(1), id=1, cells=0, read_cells=0)
    file = document(DUE - days(1), id=2, url=URL + ".pdf", page_url=URL)
    found = Publication(2024, (page, file))
    assert (found.best.id, found.reading) == (2, "read")


def test_corrected_version_replaces_the_better_read_older_one():
    """What stands now counts."""
    old = document(DUE - days(3), id=1, read_cells=200)
    new = document(DUE - days(1), id=2, read_cells=150)
    assert Publication(2024, (old, new)).best.id == 2


def test_handed_in_report_says_so_and_is_not_late_by_our_looks():
    """A person found what our crawl did not."""
    handed = document(DUE + days(3), handed_in=True)
    decided = decide(case(handed, views=(view(look(DUE + days(1))),)))
    assert (decided.kind, decided.basis) == (StandingKind.PUBLISHED, "handed_in")


def test_gone_for_fourteen_days_is_withdrawn_and_less_is_not():
    """One 404 is no withdrawal."""
    seen = document(DUE - days(1))
    assert decide(case(seen, gone=(DUE, DUE + days(13)))).kind is StandingKind.PUBLISHED
    assert decide(case(seen, gone=(DUE, DUE + days(14)))).kind is StandingKind.WITHDRAWN


def test_sentence_of_a_street_does_not_cite_the_article():
    """A township's or street's deadline has another basis."""
    decided_case = case(body=STREET, views=(view(look(DUE + days(1))),))
    told = sentence_of(decided_case, decide(decided_case))
    assert "卧龙岗街道办事处2024年度" in told
    assert "惯例" in told
    assert "第四十九条" not in told
    assert "2025年2月2日检查" in told


def test_sentence_of_cannot_tell_says_that_nothing_is_proven():
    """Whoever reads it must not read an accusation."""
    unknown = case(views=(PortalView("w", "某网站", (), "declined", DUE + days(1)),))
    assert "这不说明该机关没有公布" in sentence_of(unknown, decide(unknown))


INSTANTS = st.integers(0, 150 * 24).map(lambda hours: datetime(2025, 1, 1, tzinfo=UTC) + days(hours / 24))
DATES = st.builds(
    lambda kind, on: DateEvidence(kind, on, str(on)),
    st.sampled_from(DateKind), st.dates(date(2025, 1, 1), date(2025, 5, 31)),
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(INSTANTS, st.lists(DATES, max_size=5), st.lists(INSTANTS, max_size=4), st.booleans())
def test_overdue_is_never_said_without_proof(first_seen_at, dates, looked, exists):
    """Whatever was seen when: late and missing have a look after the deadline, or two dates after it."""
    clean = tuple(look(at) for at in sorted(looked) if at >= DUE)
    seen = view(*clean) if clean else PortalView("wolong", "门户")
    documents = (document(first_seen_at, *dates),) if exists else ()
    decided: Standing = decide(case(*documents, now=datetime(2025, 6, 2, tzinfo=UTC), views=(seen,)))
    if decided.kind not in OVERDUE:
        return
    if exists:
        assert first_seen_at >= DUE
        assert any(item.ended_at < first_seen_at for item in clean) or (
            len({item.kind for item in dates if item.on > date(2025, 1, 31)}) >= 2
            and not any(item.on <= min(date(2025, 1, 31), first_seen_at.date()) for item in dates)
        )
    else:
        assert clean


def test_worst_reason_is_told_first():
    """Declined says more than not looked."""
    assert worst(["no_capture", "error", "declined"]) == "declined"
    assert worst([]) == ""
