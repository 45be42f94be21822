"""TRS WCM: static pages, the most frequent family (Hubei, Jilin, Tianjin, Beijing, Guizhou, Chongqing ...).

List `.../<column>/index.html`, further pages index_1.html = page 2, counted by `createPageHTML(n, 0,
"index", "html")` or `countPage`. Article `.../<column>/YYYYMM/tYYYYMMDD_<id>.html`, its files
`./P0202....docx` beside it. The day in the address is the document's, not always that of publication.
"""

from __future__ import annotations

from crawler.spiders.generic import GenericSpider


class TrsWcmSpider(GenericSpider):
    """Reads TRS columns: what the generic reading knows is all that they need."""

    name = "trs-wcm"
