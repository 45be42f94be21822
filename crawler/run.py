"""`python -m crawler.run [--portal ID]... [--year Y]`: `scrapy crawlportals` from any directory."""

from __future__ import annotations

import os
import sys

from scrapy.cmdline import execute


def main(arguments: list[str]) -> None:
    """Run the command and exit with its code."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    execute(["scrapy", "crawlportals", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
