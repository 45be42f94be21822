"""`nianbao crawl`: the crawler in a process of its own, one portal's failure stops no other."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from archive.store import Archive
from monitor.cli import run

PAGE = """<html><head><title>政府信息公开年报</title></head><body><h1>政府信息公开年报</h1>
<ul><li><a href="/other.html">领导信息</a> 2025-01-02</li></ul></body></html>"""


class Site(BaseHTTPRequestHandler):
    """A column without reports; /closed/ declines."""

    def do_GET(self):
        """Answer a page, no robots.txt, or 403."""
        status = 404 if self.path == "/robots.txt" else 403 if self.path.startswith("/closed") else 200
        content = PAGE.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Be silent."""


@pytest.fixture
def site():
    """The site's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def write_portal(places, name, url):
    """A portal of the local site, as fast as it goes."""
    folder = places.config / "portals"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yml").write_text(
        f"id: {name}\nname: {name} 门户\nentry_urls: ['{url}']\nallowed_hosts: ['127.0.0.1']\n"
        "allow_private: true\npace_s: 0\n"
    )


def crawl(places, *words):
    """Run the command on the test's directories."""
    return run(["crawl", "--data", str(places.data), "--config", str(places.config), *words])


def test_one_portal_fails_and_the_other_goes_on(places, site, capfd):
    """Exit 1, both ends are told, both are in the archive."""
    write_portal(places, "open", f"{site}/list.html")
    write_portal(places, "closed", f"{site}/closed/")
    assert crawl(places, "--year", "2024") == 1
    out = capfd.readouterr().out
    assert "open 门户 (open): 完成" in out
    assert "closed 门户 (closed): 失败" in out
    with Archive.open(places) as archive:
        runs = archive.rows("select portal, outcome, year from runs order by portal")
    assert runs == [
        {"portal": "closed", "outcome": "failed", "year": 2024},
        {"portal": "open", "outcome": "ok", "year": 2024},
    ]


def test_only_the_named_portal_is_crawled(places, site, capfd):
    """Exit 0 where it was good."""
    write_portal(places, "open", f"{site}/list.html")
    write_portal(places, "closed", f"{site}/closed/")
    assert crawl(places, "--portal", "open") == 0
    assert "closed" not in capfd.readouterr().out


def test_unknown_portal_is_wrong_usage(places, capfd):
    """Before any request."""
    assert crawl(places, "--portal", "nowhere") == 64
    assert "nowhere" in capfd.readouterr().err


def test_wrong_configuration_names_file_key_and_reason_before_any_request(places, site, capfd):
    """Also where another portal is right."""
    write_portal(places, "open", f"{site}/list.html")
    (places.config / "portals" / "wrong.yml").write_text("id: wrong\nnam: x\n")
    assert crawl(places) == 1
    assert "wrong.yml:2: nam: 没有这样的设置" in capfd.readouterr().err
    assert not places.database.exists()


def test_trial_of_a_portal_shows_what_it_found_and_leaves_the_archive_alone(places, site, capfd):
    """Requests with their verdicts; exit 1 where the portal declines; nothing is written."""
    write_portal(places, "open", f"{site}/nb/")
    write_portal(places, "shut", f"{site}/closed/")
    where = ["--data", str(places.data), "--config", str(places.config), "--format", "jsonl"]
    assert run(["portals", "test", "open", *where]) == 0
    assert '"what": "request:list", "verdict": "ok"' in capfd.readouterr().out
    assert run(["portals", "test", "shut", *where]) == 1
    assert '"verdict": "declined"' in capfd.readouterr().out
    assert run(["portals", "test", "none", *where]) == 64
    assert not places.database.exists()
