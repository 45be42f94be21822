"""Commit exchanges: everything that a request brought, in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from archive import columns, frontier
from archive.frontier import TargetState
from archive.records import Capture, Role, Verdict
from archive.store import Row, stamp
from config import clock
from crawler.courtesy import host_of
from crawler.exchange import Exchange
from crawler.visit import Visit

_STATES = {
    Verdict.OK: TargetState.DONE,
    Verdict.UNCHANGED: TargetState.DONE,
    Verdict.REDIRECTED: TargetState.PENDING,
    Verdict.GONE: TargetState.GONE,
}


def commit(*ended: tuple[Visit, Exchange]) -> None:
    """Store what exchanges brought, all of one archive: bytes and recordings first, then one transaction."""
    written = [_written(visit, exchange.capture) for visit, exchange in ended]
    with ended[0][0].archive.atomic():
        settled = [
            _settle(visit, exchange, sha256) for (visit, exchange), sha256 in zip(ended, written, strict=True)
        ]
    for (visit, exchange), (state, host, counts) in zip(ended, settled, strict=True):
        visit.expect(host)
        visit.counts.update(counts)
        _note(visit, exchange, state)


def _written(visit: Visit, capture: Capture) -> str | None:
    visit.warc.flush()
    return visit.archive.originals.write(capture.content) if capture.content is not None else None


def _settle(visit: Visit, exchange: Exchange, sha256: str | None) -> tuple[TargetState, str, Counter[str]]:
    """Store capture, listings, document, found targets and the target's new state.

    Returns this state, the host that the target is now at, and how many documents were seen and are new.
    """
    archive = visit.archive
    capture_id = archive.add_capture(exchange.capture, visit.round.run_id, sha256)
    archive.add_listings(capture_id, exchange.harvest.listings)
    counts = _see(visit, exchange, capture_id)
    visit.offer(*exchange.harvest.found)
    _locate(visit, exchange)
    if exchange.harvest.reports:
        frontier.note_reports(archive, visit.round, exchange.harvest.reports)
    state = _state(visit, exchange)
    changes = _changes(exchange, capture_id, state)
    frontier.settle(archive, exchange.target, state, changes)
    return state, changes["host"], counts


def _see(visit: Visit, exchange: Exchange, capture_id: int) -> Counter[str]:
    """Store the document that was brought, or that the server says is unchanged; returns what to count."""
    archive, verdict = visit.archive, exchange.capture.verdict
    if verdict is Verdict.OK and exchange.sighting is not None:
        _, is_new = archive.see_document(exchange.sighting, capture_id)
        return Counter(documents=1, new_documents=int(is_new))
    if verdict is Verdict.UNCHANGED:
        row = archive.row(
            "select d.id from documents d join captures c on c.sha256 = d.sha256"
            " where d.url = :url and c.id = :good",
            {"url": exchange.target.url, "good": exchange.target.last_good_capture},
        )
        if row is not None:
            archive.see_again(row["id"], capture_id)
            return Counter(documents=1)
    return Counter()


def _locate(visit: Visit, exchange: Exchange) -> None:
    """Remember what a page behind the portal's door is, and that a column is gone."""
    portal, run, target = visit.assignment.portal.id, visit.round.run_id, exchange.target
    if exchange.capture.verdict is Verdict.GONE and target.role is Role.LIST:
        columns.note_gone(visit.archive, portal, target.url)
    location = exchange.harvest.location
    if location is None:
        return
    columns.note_steps(visit.archive, portal, run, location.steps)
    if location.is_column:
        columns.note_column(visit.archive, portal, run, target.url, location.reports)
    else:
        columns.note_empty(visit.archive, portal, target.url)


def _state(visit: Visit, exchange: Exchange) -> TargetState:
    if exchange.refetch:
        return TargetState.PENDING
    if exchange.retry and exchange.target.failures < visit.retry_limit:
        return TargetState.PENDING
    return _STATES.get(exchange.capture.verdict, TargetState.FAILED)


def _changes(exchange: Exchange, capture_id: int, state: TargetState) -> Row:
    target, trail = exchange.target, exchange.trail
    hops = (*trail.hops, exchange.hop) if exchange.hop and state is TargetState.PENDING else ()
    following = replace(trail, hops=hops, refetch=exchange.refetch)
    row: Row = {
        "last_capture": capture_id,
        "context": following.to_context(),
        "host": host_of(hops[-1]) if hops else host_of(target.url),
    }
    if exchange.asked_at_all:
        row["not_before"] = stamp(exchange.not_before) if exchange.not_before else None
    if state is TargetState.DONE:
        row.update(failures=0, fetched_at=stamp(clock.now()), **_validators(exchange.capture, capture_id))
    elif exchange.hop is None:
        row["failures"] = target.failures + 1
    return row


def _validators(capture: Capture, capture_id: int) -> Row:
    """Keep what a full answer can be asked for again by; a 304 leaves them as they are."""
    if capture.verdict is not Verdict.OK:
        return {}
    return {
        "etag": capture.etag,
        "last_modified": capture.last_modified,
        "last_good_capture": capture_id,
    }


def _note(visit: Visit, exchange: Exchange, state: TargetState) -> None:
    """Take over into the run's memory what is now in the archive."""
    capture, target = exchange.capture, exchange.target
    visit.counts[f"verdict_{capture.verdict}"] += 1
    host = target.host
    if exchange.asked_at_all:
        visit.hosts.note_end(host, capture.verdict, capture.reason, is_unreachable=exchange.unreachable)
    if exchange.stops_host:
        visit.hosts.stop(host, capture.verdict, capture.reason)
    if target.role is Role.ROBOTS and state is not TargetState.PENDING:
        content = capture.content if capture.content is not None else visit.stored_content(target)
        visit.hosts.note_robots(host_of(target.url), capture.verdict, capture.reason, content)
    visit.release(target)
