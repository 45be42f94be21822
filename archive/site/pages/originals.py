"""The stored originals: served to be saved, never to run as pages of ours."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.site.request import ask_one, site_of
from archive.site.words import media_name

HOSTILE_HEADERS = {
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "public, max-age=31536000, immutable",
}


async def original(request: Request, datasette: Datasette) -> Response:
    """Send the bytes of a published report, whatever they are, as a download."""
    sha256 = request.url_vars["sha256"]
    found = await ask_one(
        datasette,
        "select r.media_type, d.name from reports r join documents d using (sha256) where r.sha256 = :sha256",
        {"sha256": sha256},
    )
    site = site_of(datasette)
    if found is None or site is None:
        raise NotFound("original")
    headers = {**HOSTILE_HEADERS, "content-disposition": _disposition(sha256, found["media_type"])}
    content = await asyncio.to_thread(site.originals.read, sha256)
    return Response(content, headers=headers, content_type="application/octet-stream")


def _disposition(sha256: str, media_type: str | None) -> str:
    ending = media_name(media_type).lower()
    name = f"{sha256[:16]}.{ending}" if ending.isalnum() else sha256[:16]
    return f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"


routes = [(r"^/original/(?P<sha256>[0-9a-f]{64})$", original)]
