"""`python -m crawler.run [--command NAME] ...`: `scrapy crawlportals ...` or NAME, from any directory."""

from __future__ import annotations

import os
import sys

from scrapy.cmdline import execute


def main(arguments: list[str]) -> None:
    """Run the command and exit with its code."""
    command = "crawlportals"
    if arguments[:1] == ["--command"]:
        command, arguments = arguments[1], arguments[2:]
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    execute(["scrapy", command, *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
