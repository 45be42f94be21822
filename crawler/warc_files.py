"""Where a run's WARC is, and what is done to those of killed runs before it."""

from __future__ import annotations

import logging

from archive.frontier import Round
from archive.store import Archive, Row, read_stamp
from crawler.assignment import Assignment
from crawler.robots import ROBOT_NAME
from crawler.warc import WarcFile, cut_broken_end, warc_path

logger = logging.getLogger(__name__)


def begin_warc(archive: Archive, assignment: Assignment, round_: Round) -> WarcFile:
    """Return the file of the run that begins; broken ends of killed runs before it are cut off."""
    portal, folder = assignment.portal, assignment.at.warc
    runs = _runs(archive, portal.id, round_)
    paths = [warc_path(folder, portal.id, row["id"], read_stamp(row["started_at"])) for row in runs]
    for path in cut_broken_end(paths[:-1]):
        logger.warning("cut the broken end of %s", path)
    info = {
        "software": ROBOT_NAME, "format": "WARC file version 1.1", "portal": portal.id,
        "family": portal.family, "year": assignment.year, "run": round_.run_id,
        "started": runs[-1]["started_at"],
    }  # fmt: skip
    return WarcFile(paths[-1], info)


def _runs(archive: Archive, portal: str, round_: Round) -> list[Row]:
    """Return the killed runs of the portal since the last that ended, and this one as the last."""
    return archive.rows(
        "select id, started_at from runs where command = 'crawl' and portal = :portal and outcome is null"
        " and id <= :run and id > coalesce((select max(id) from runs where command = 'crawl'"
        " and portal = :portal and outcome is not null), 0) order by id",
        {"portal": portal, "run": round_.run_id},
    )
