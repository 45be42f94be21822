"""`scrapy crawl FAMILY -a portal=ID [-a year=Y]`: Scrapy's command, with our checks and exit codes.

Exit 0: the entry pages were good. 1: the portal failed. 64: wrong usage, before any request.
"""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl

from crawler.assignment import Assignment, assign, check_options
from crawler.errors import WrongAssignment
from crawler.many import crawl_all, families, refuse


class Command(ScrapyCrawl):
    """Crawl one portal."""

    def short_desc(self) -> str:
        """Name what the command does."""
        return "Crawl one portal: scrapy crawl FAMILY -a portal=ID [-a year=Y]"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what is asked; ends the program with one line where it is wrong."""
        super().process_options(args, opts)
        try:
            self.assignment = self._assigned(args, opts)
        except WrongAssignment as error:
            refuse(error)

    def _assigned(self, args: list[str], opts: argparse.Namespace) -> Assignment:
        known = families(self.settings)
        if len(args) != 1 or args[0] not in known:
            raise WrongAssignment(
                f"scrapy crawl {' '.join(args)}: 请指明一个 family: {', '.join(sorted(known))}"
            )
        assignment = assign(args[0], opts.spargs.get("portal"), opts.spargs.get("year"))
        check_options(assignment.portal, known[args[0]].Options)
        return assignment

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Crawl, and fail where the portal failed."""
        self.exitcode = crawl_all(self.crawler_process, [self.assignment.portal], self.assignment.year)
