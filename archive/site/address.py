"""The permanent addresses of the site, made in one place; templates link through here only."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit


class Addresses:
    """Addresses by body id, year and hash: what is cited today must open in ten years.

    A static site has one page for all proofs of a report instead of one for each number.
    """

    def __init__(self, *, is_static: bool = False) -> None:
        self._is_static = is_static

    def body(self, body: str) -> str:
        """Return the page of a body."""
        return f"/body/{quote(body, safe='')}"

    def year(self, body: str, year: int) -> str:
        """Return the page of a body's report of a year."""
        return f"/body/{quote(body, safe='')}/{year}"

    def report(self, sha256: str) -> str:
        """Return the page of one version of a report."""
        return f"/report/{sha256}"

    def original(self, sha256: str) -> str:
        """Return the stored original, for download."""
        return f"/original/{sha256}"

    def proof(self, sha256: str, path: str) -> str:
        """Return the page that shows where a number stands in the original."""
        return f"/proof/{sha256}#{path}" if self._is_static else f"/proof/{sha256}/{path}"

    def difference(self, left: str, right: str) -> str:
        """Return the page that compares two reports."""
        return f"/compare/{left}/{right}"

    def area(self, division: str) -> str:
        """Return the page of an area, by its division code."""
        return f"/area/{quote(division, safe='')}"

    def page(self, path: str, **parameters: object) -> str:
        """Return `path` with the parameters that have a value."""
        given = {key: value for key, value in parameters.items() if value not in (None, "")}
        return f"{path}?{urlencode(given)}" if given else path

    def outside(self, url: str | None) -> str | None:
        """Return `url` if a browser may follow it (http or https), else None."""
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
