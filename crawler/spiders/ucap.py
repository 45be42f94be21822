"""UCAP (开普云): list `/<site>/<column>/list.shtml`, `xxgk_list.shtml` and the like, page 2 `..._2.shtml`.

Article `/<site>/<column>/YYYYMM/<32 hex>.shtml` with <ucaptitle>, <publishtime> and <ucapcontent>; its meta
ColumnName is often wrong. `createPageHTML('page-div', 3, 1, 'list', 'shtml', 57)` counts pages from 1.
"""

from __future__ import annotations

from crawler.spiders.generic import GenericSpider


class UcapSpider(GenericSpider):
    """Reads UCAP columns: what the generic reading knows is all that they need."""

    name = "ucap"
