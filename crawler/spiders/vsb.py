"""Visual SiteBuilder (博达): list `/<column>.htm`, further pages `/<column>/<n>.htm` counting down.

Article `/info/<column>/<id>.htm`; files come from `/system/_content/download.jsp?...&wbfileid=<id>`, which
wants a Referer and often answers with a captcha: files are asked for after all pages, so that a host
that declines one has shown its pages before.
"""

from __future__ import annotations

from crawler.spiders.generic import GenericSpider


class VsbSpider(GenericSpider):
    """Reads VSB columns: each page links the next, whatever its number."""

    name = "vsb"
