"""What a crawl was asked to do, checked whole before any request."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from config import clock
from config.errors import ConfigError
from config.mistakes import reason_of
from config.places import Places, places
from config.portals import Portal, load_portals
from config.yaml_model import ConfigModel
from crawler.errors import WrongAssignment


@dataclass(frozen=True, slots=True)
class Assignment:
    """One portal, one report year, and where to keep what is found."""

    portal: Portal
    year: int
    at: Places


def read_year(year: str | int | None) -> int:
    """Return the report year that was asked for, by default the one that is due now."""
    if year in {None, ""}:
        return clock.default_year()
    if not str(year).isdigit() or not 2000 <= int(str(year)) <= 2100:
        raise WrongAssignment(f"year={year}: 不是报告年度 (例如 year=2024)")
    return int(str(year))


def due_portals(at: Places, wanted: tuple[str, ...] = ()) -> list[Portal]:
    """Return the portals that were named, or every enabled one; raises WrongAssignment."""
    try:
        portals = load_portals(at.config)
    except ConfigError as error:
        raise WrongAssignment(str(error)) from error
    for name in wanted:
        if name not in portals:
            raise WrongAssignment(f"portal={name}: {at.config / 'portals'} 中没有这个门户")
    return [portals[name] for name in wanted] or [one for one in portals.values() if one.enabled]


def assign(family: str, portal_id: str | None, year: str | int | None) -> Assignment:
    """Find what a spider of `family` was asked to crawl; raises WrongAssignment with one line."""
    if not portal_id:
        raise WrongAssignment(f"请指明门户: scrapy crawl {family} -a portal=ID")
    at = places()
    (portal,) = due_portals(at, (portal_id,))
    if portal.family != family:
        raise WrongAssignment(
            f"portal={portal.id}: 属于 family {portal.family}: 请用 scrapy crawl {portal.family}"
        )
    return Assignment(portal, read_year(year), at)


def check_options(portal: Portal, options: type[ConfigModel]) -> ConfigModel:
    """Read a portal's options as its family's model; raises WrongAssignment with key and reason."""
    try:
        return options.model_validate(portal.options)
    except ValidationError as error:
        mistakes = (
            ".".join(["options", *map(str, item["loc"])]) + f": {reason_of(item)}" for item in error.errors()
        )
        raise WrongAssignment(f"portal={portal.id}: {'; '.join(mistakes)}") from error
