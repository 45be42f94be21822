"""A portal of which only the door is known: its columns are found, remembered, and found again each January.

Behind the door at most `most_steps` pages deep and `most_pages` pages in all are asked. A page that
lists reports is a column and is read like one; the columns found are what later crawls begin with. The
door is asked again where no column is known, and in each new year, when sites are rebuilt. What was
followed, and why, is in the table `portal_columns` and in `nianbao portals test ID`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, cast

from pydantic import Field

from archive.columns import ColumnState, SeenStep, count_steps, known_columns, last_located
from archive.records import Role
from config import clock
from crawler.discovery import SURE, WAY, Step, Whereabouts, whereabouts
from crawler.exchange import Found, Harvest, Location
from crawler.pages import Page
from crawler.reading import looks_like_report
from crawler.relevance import years_named
from crawler.spiders.generic import GenericOptions, GenericSpider
from crawler.trail import Trail

API = "/gkmlpt/api/"
"""The one family whose directory is asked by its script, wherever it is met."""


class DiscoverOptions(GenericOptions):
    """Options of `family: discover`, besides those of `generic` for the columns that are found."""

    most_steps: Annotated[int, Field(ge=1, le=6)] = 4
    most_pages_behind_door: Annotated[int, Field(ge=1, le=200)] = 40


class DiscoverSpider(GenericSpider):
    """Finds the annual-report columns behind a door, then reads them by their links."""

    name = "discover"
    Options = DiscoverOptions
    needs_known_column = False

    def entries(self) -> Iterable[Found]:
        """Return the columns that are known, and the door where they must be looked for."""
        columns = known_columns(self.visit.archive, self.portal.id)
        if not self._must_look():
            return [Found(url, Role.LIST, Trail(list_url=url)) for url in columns]
        doors = [url for url in self.portal.entry_urls if url not in columns]
        found = [Found(url, Role.LIST, Trail(list_url=url, door=1)) for url in columns]
        return [*found, *(Found(url, Role.LIST, Trail(list_url=url, door=0)) for url in doors)]

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a column, or a page on the way to one."""
        if trail.door is None or not page.is_html:
            return super().read_list(page, trail)
        here = whereabouts(page)
        harvest = super().read_list(page, replace(trail, door=None, list_url=page.url))
        if not here.is_column:
            reports = tuple(one for one in harvest.found if one.role is not Role.LIST or API in one.url)
            harvest = replace(harvest, found=reports, is_document=looks_like_report(page.text))
        return self._with_steps(page, trail, harvest, here)

    def read_article(self, page: Page, trail: Trail) -> Harvest:
        """Read an article; one on the way from the door tells by its breadcrumb where its column is."""
        harvest = super().read_article(page, replace(trail, door=None))
        if trail.door is None or not page.is_html:
            return harvest
        here = whereabouts(page)
        sure = tuple(step for step in here.steps if step.weight > WAY and not step.is_report)
        return self._with_steps(page, trail, harvest, replace(here, is_column=False, steps=sure))

    def _with_steps(self, page: Page, trail: Trail, harvest: Harvest, here: Whereabouts) -> Harvest:
        """Add what is followed from a page behind the door, within the bounds; steps go before reports."""
        door = (trail.door or 0) + 1
        inside = [step for step in here.steps if self.portal.allows(step.url)]
        outside = [step for step in here.steps if not self.portal.allows(step.url)]
        left, room = self._steps_left(door), self._steps_left(door, times=2)
        taken = [*inside[:left], *(step for step in inside[left:] if step.weight == SURE)][:room]
        seen = [_seen(step, page, ColumnState.FOLLOWED) for step in taken]
        seen += [_seen(step, page, ColumnState.OUTSIDE) for step in outside]
        read = {one.url: one for one in harvest.found}
        onward = [_found(step, page, door, read.pop(step.url, None)) for step in taken]
        location = Location(here.is_column, here.reports, tuple(seen))
        return replace(harvest, found=(*onward, *read.values()), location=location)

    def _steps_left(self, door: int, times: int = 1) -> int:
        """Return how many pages may still be asked; those that are surely columns have twice the room."""
        options, visit = cast("DiscoverOptions", self.options), self.visit
        if door > options.most_steps:
            return 0
        made = count_steps(visit.archive, self.portal.id, visit.round.first_run)
        return max(0, options.most_pages_behind_door * times - made)

    def _must_look(self) -> bool:
        """Tell whether the door must be asked: no column is known, or none was found in this year."""
        located = last_located(self.visit.archive, self.portal.id)
        return located is None or clock.local_date(located).year < clock.today().year


def _seen(step: Step, page: Page, state: ColumnState) -> SeenStep:
    return SeenStep(step.url, step.title, step.why, page.url, state)


def _found(step: Step, page: Page, door: int, read: Found | None) -> Found:
    if step.is_report and read is not None:
        return replace(read, trail=replace(read.trail, door=door))
    way = Trail(list_url=page.url, link_title=step.title or None, door=door)
    if not step.is_report:
        return Found(step.url, Role.LIST, way, page.url)
    return Found(step.url, Role.ARTICLE, replace(way, years=years_named(step.title) or None), page.url)
