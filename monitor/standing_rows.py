"""Standings as rows of the archive, with the captures, dates and documents that justify them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from archive.store import Row, stamp, to_json
from monitor.coverage import Case, Standing
from monitor.standing_words import sentence_of


def standing_row(case: Case, standing: Standing) -> Row:
    """Return the row of the table `standings`, without the instant of the decision."""
    return {
        "body": case.body.id,
        "year": case.year,
        "standing": str(standing.kind),
        "reason": standing.reason or None,
        "reading": standing.reading or None,
        "basis": standing.basis or None,
        "due_on": case.deadline.due_on.isoformat(),
        "due_basis": case.deadline.basis,
        "published_on": standing.published_on.isoformat() if standing.published_on else None,
        "document_id": case.publication.best.id if case.publication else None,
        "sentence": sentence_of(case, standing),
        "evidence": to_json(standing_evidence(case, standing)),
    }


def standing_evidence(case: Case, standing: Standing) -> dict[str, Any]:
    """Return the proof as data: captures of the looks, dates shown, documents, doubts, portals."""
    documents = case.publication.documents if case.publication else ()
    return {
        "captures": sorted({capture for look in standing.looks for capture in look.captures}),
        "looked_at": _at(standing.looked_at),
        "first_seen_at": _at(standing.first_seen_at),
        "dates": [
            {"kind": str(item.kind), "on": item.on.isoformat(), "raw": item.raw} for item in standing.dates
        ],
        "documents": [item.id for item in documents],
        "gone": [_at(instant) for instant in case.gone] if case.gone else None,
        "doubts": [
            {"reason": doubt.reason, "document": doubt.document_id, "url": doubt.url, "words": doubt.words}
            for doubt in case.doubts
        ],
        "portals": [
            {
                "portal": view.portal,
                "clean_looks": len(view.clean),
                "trouble": view.trouble or None,
                "looked_at": _at(view.looked_at),
            }
            for view in case.views
        ],
    }


def _at(instant: datetime | None) -> str | None:
    return stamp(instant) if instant else None
