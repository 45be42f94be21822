"""robots.txt: what a host asks of us, read once per host and run."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from extract import media

ROBOT_NAME = "nianbao"
LONGEST_CRAWL_DELAY_S = 120.0
"""A longer Crawl-delay is taken for a mistake of the host's and honoured up to here."""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What robots.txt says; without `parser` everything is allowed."""

    parser: Protego | None = None

    def allows(self, url: str) -> bool:
        """Tell whether we may ask for an address."""
        return self.parser is None or bool(self.parser.can_fetch(url, ROBOT_NAME))

    @property
    def crawl_delay_s(self) -> float:
        """The pause that the host asks for, in seconds; 0 where it names none."""
        delay = self.parser.crawl_delay(ROBOT_NAME) if self.parser else None
        return min(float(delay or 0), LONGEST_CRAWL_DELAY_S)


ALL_ALLOWED = RobotsRules()


def read_robots(content: bytes) -> RobotsRules:
    """Parse robots.txt; lines that make no sense are left out."""
    return RobotsRules(Protego.parse(media.decode(content)))


def robots_url(url: str) -> str:
    """Return where the robots.txt of an address's host is."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
