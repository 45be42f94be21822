"""`scrapy replay WARC`: make a crawl again from its WARC, without network, into NIANBAO_DATA.

Exit 0: the crawl ended as a good one does. 1: it ended badly, or its WARC is not whole. 64: wrong usage.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import cast

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from archive.store import Archive, stamp
from config.places import places
from crawler.assignment import due_portals
from crawler.errors import CrawlerError, WrongAssignment
from crawler.many import crawl_all, refuse
from crawler.recorded import RecordedRun, RunInfo
from crawler.replay import HANDLERS, SETTING


class Command(ScrapyCommand):
    """Replay one run."""

    requires_project = True

    def syntax(self) -> str:
        """Show the arguments."""
        return "WARC"

    def short_desc(self) -> str:
        """Name what the command does."""
        return "Make a crawl again from its WARC, without network"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read what the file is a run of, and set the clock to its time."""
        super().process_options(args, opts)
        try:
            if len(args) != 1:
                raise WrongAssignment("scrapy replay WARC: 请指明一个 WARC 文件")
            path = Path(args[0]).resolve()
            self.info = RecordedRun.open(path).info
            (self.portal,) = due_portals(places(), (self.info.portal,))
            _refuse_known(self.info)
        except CrawlerError as error:
            refuse(error)
        os.environ["NIANBAO_NOW"] = self.info.started_at.isoformat()
        settings = cast("Settings", self.settings)
        settings.set(SETTING, str(path), priority="cmdline")
        handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), **HANDLERS}
        settings.set("DOWNLOAD_HANDLERS", handlers, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Replay, and fail where the crawl failed."""
        self.exitcode = crawl_all(self.crawler_process, [self.portal], self.info.year)


def _refuse_known(info: RunInfo) -> None:
    """A run that the archive holds already would be there twice; one that was killed is completed."""
    with Archive.open(places()) as archive:
        known = archive.row(
            "select id from runs where command = 'crawl' and portal = :portal and started_at = :started"
            " and outcome is not null",
            {"portal": info.portal, "started": stamp(info.started_at)},
        )
    if known is not None:
        raise WrongAssignment(
            f"存档 {places().database} 中已有这次采集 (run:{known['id']}): 请用 --data 指明另一个目录"
        )
