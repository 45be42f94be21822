"""NFCMS, the portals of Guangdong: list `.../index.html`, page 2 is index_2.html.

Article `.../content/post_<id>.html`, again for telephones as `mpost_<id>.html`; body `.article-content`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.exchange import Harvest
from crawler.pages import Page
from crawler.spiders.generic import GenericSpider
from crawler.trail import Trail

_FOR_TELEPHONES = re.compile(r"/mpost_(\d+\.\w+)$")


class GdNfcmsSpider(GenericSpider):
    """Reads NFCMS columns, each article once."""

    name = "gd-nfcms"

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page; an article's copy for telephones is left out where the article is listed."""
        harvest = super().read_list(page, trail)
        urls = {one.url for one in harvest.found}
        found = (
            one for one in harvest.found if _FOR_TELEPHONES.sub(r"/post_\1", one.url) not in urls - {one.url}
        )
        return replace(harvest, found=tuple(found))
