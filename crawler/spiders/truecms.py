"""TrueCMS (Nantong, Rugao, Lianyungang): jpage lists, more of them as JSONP.

The first records stand in `#initData`, further ones come from
`/truecms/messageController/getMessage.do?startrecord=21&endrecord=40&perpage=20&columnId=<guid>&callback=cb`
as `cb({"result": "<datastore>..."})`. A perpage beyond the site's own limit is answered with 404, so the
page's own sizes are asked for; a Referer is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode, urljoin

from archive.records import Verdict
from crawler.addressing import query_of, with_query
from crawler.errors import UnexpectedAnswer
from crawler.exchange import Found, Harvest
from crawler.jpage import Unit, read_units
from crawler.lists import Batch, asked_first, json_of, links_in, read_batch, whole_number
from crawler.marks import Marks
from crawler.pages import Page
from crawler.spiders.generic import GenericSpider
from crawler.trail import Trail
from crawler.verdicts import Judgement

PROXY = "/truecms/messageController/getMessage.do"
SIZES = (50, 20, 10)
"""What is asked for at once where the page does not say, the next one where that is refused."""
_COLUMN = re.compile(r"""\bcolumnId["']?\s*[:=]\s*["']([\w-]{8,40})["']""")


class TrueCmsSpider(GenericSpider):
    """Reads the page's first records and asks its proxy for all of them."""

    name = "truecms"
    marks = Marks(re.compile(r"/getMessage\.do"), (b"getMessage.do",))
    scripts_read = (b"getMessage.do",)

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page or an answer of its proxy."""
        if "/getMessage.do" in page.url:
            return self._read_answer(page, trail)
        harvest = super().read_list(page, trail)
        units = {unit.params.get("columnId", ""): unit for unit in read_units(page.text)}
        named = {
            name: units.get(name, Unit(per_page=SIZES[0], group=1)) for name in _COLUMN.findall(page.text)
        }
        asked = (asked_first(_first(page, unit, name), page.url, trail) for name, unit in named.items())
        return harvest | Harvest(found=tuple(asked))

    def instead(self, asked: Found, judgement: Judgement) -> Iterator[Found]:
        """Ask for smaller pages where the server has none of this size."""
        query = query_of(asked.url)
        size = whole_number(query.get("perpage")) or 0
        smaller = next((one for one in SIZES if one < size), None)
        if judgement.verdict is Verdict.GONE and smaller and query.get("startrecord") == "1":
            yield replace(asked, url=with_query(asked.url, perpage=smaller, endrecord=smaller))

    def _read_answer(self, page: Page, trail: Trail) -> Harvest:
        answer = json_of(page)
        result = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(result, str):
            raise UnexpectedAnswer("the answer has no result")
        column = trail.list_url or page.url
        unit = next(iter(read_units(result)), Unit(result))
        links = links_in(unit.records, column)
        batch = Batch(column, links, unit.total, unit.count or len(links))
        size = unit.count or len(links)
        return read_batch(batch, trail, self.reach, lambda way: _following(page.url, way, size))


def _first(page: Page, unit: Unit, column: str) -> str:
    size = unit.per_page * unit.group
    proxy = urljoin(page.url, unit.proxy or PROXY)
    query = {
        "startrecord": 1,
        "endrecord": size,
        "perpage": unit.per_page,
        "columnId": column,
        "callback": "cb",
    }
    return f"{proxy}?{urlencode(query)}"


def _following(url: str, way: Trail, size: int) -> str:
    return with_query(url, startrecord=way.seen + 1, endrecord=way.seen + size)
