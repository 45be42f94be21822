"""`scrapy crawlportals [--portal ID]... [--year Y]`: all due portals in one process.

Exit 0: the entry pages of all were good. 1: a portal failed, the others went on. 64: wrong usage.
"""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand

from config.places import places
from crawler.assignment import check_options, due_portals, read_year
from crawler.errors import WrongAssignment
from crawler.many import crawl_all, families, refuse


class Command(ScrapyCommand):
    """Crawl many portals, their hosts in parallel."""

    requires_project = True

    def syntax(self) -> str:
        """Show the options."""
        return "[--portal ID]... [--year Y]"

    def short_desc(self) -> str:
        """Name what the command does."""
        return "Crawl all due portals, or the named ones, in one process"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --portal and --year."""
        super().add_options(parser)
        parser.add_argument("--portal", action="append", default=[], metavar="ID", help="only this portal")
        parser.add_argument("--year", default=None, metavar="Y", help="the report year (default: last year)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what is asked; ends the program with one line where it is wrong."""
        super().process_options(args, opts)
        try:
            self.year = read_year(opts.year)
            self.portals = due_portals(places(), tuple(opts.portal))
            self._check()
        except WrongAssignment as error:
            refuse(error)

    def _check(self) -> None:
        known = families(self.settings)
        for portal in self.portals:
            if portal.family not in known:
                raise WrongAssignment(f"portal={portal.id}: family: 没有名为 {portal.family} 的 family")
            check_options(portal, known[portal.family].Options)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Crawl, and fail where a portal failed."""
        self.exitcode = crawl_all(self.crawler_process, self.portals, self.year)
