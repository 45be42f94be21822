"""A published site over the filled archive, asked in process."""

import asyncio

import pytest

from archive.publish import publish
from archive.site.app import public_site
from archive.store import Archive
from config.places import Places
from config.site import SiteSettings
from tests.archive.filled import fill


class Visitor:
    """Somebody who asks for pages; keeps no cookies."""

    def __init__(self, places, settings):
        self.places = places
        self.site = public_site(places, settings)

    def get(self, path, **kwargs):
        """Return the answer to GET `path`."""
        return asyncio.run(self.site.client.get(path, **kwargs))

    def text(self, path, **kwargs):
        """Return the page at `path`, which must be there."""
        answer = self.get(path, **kwargs)
        assert answer.status_code == 200, path
        return answer.text


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The directories of a filled archive, and the hashes of its reports."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "config").mkdir()
    places = Places(folder / "data", folder / "config")
    with Archive.open(places) as archive:
        hashes = fill(archive)
    return places, hashes


@pytest.fixture(scope="module")
def hashes(filled):
    """The hashes of the reports by name."""
    return filled[1]


@pytest.fixture(scope="module")
def visitor(filled):
    """A visitor of the site with everything that can be public."""
    return open_site(filled[0], SiteSettings())


def open_site(places, settings):
    """Publish and open the site."""
    with Archive.open(places) as archive:
        publish(archive, places.public_database, settings)
    return Visitor(places, settings)
