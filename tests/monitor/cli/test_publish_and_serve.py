"""`nianbao publish` and `nianbao serve` as a person runs them."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from archive.publish import publish
from archive.store import Archive
from config.places import Places
from config.site import SiteSettings
from monitor.cli import run
from tests.archive.filled import add_report, fill, report


@pytest.fixture
def directories(places):
    """The options that name the directories."""
    return ["--data", str(places.data), "--config", str(places.config)]


def test_publish_says_what_it_made_and_then_that_nothing_changed(places, directories, capsys):
    """One line each."""
    with Archive.open(places) as archive:
        fill(archive)
    assert run(["publish", *directories]) == 0
    assert run(["publish", *directories]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "3 份报告" in first
    assert second.startswith("没有变化")


def test_publish_of_an_empty_directory_makes_an_empty_site(directories, places, capsys):
    """A command on an empty directory creates it."""
    assert run(["publish", *directories]) == 0
    assert "0 份报告" in capsys.readouterr().out
    assert places.public_database.exists()


def test_wrong_site_configuration_is_named(places, directories, capsys):
    """File, line, key and reason."""
    (places.config / "site.yml").write_text("public: everything\n")
    assert run(["publish", *directories]) == 1
    assert re.search(r"site\.yml:1: public: ", capsys.readouterr().err)


def test_serve_before_publish_says_what_to_do(directories, capsys):
    """One clear line, no traceback."""
    assert run(["serve", *directories]) == 1
    assert re.fullmatch(r"nianbao: .*nianbao publish\n", capsys.readouterr().err)


@pytest.fixture
def served(places: Places):
    """A running `nianbao serve` on a free port: (process, address)."""
    with Archive.open(places) as archive:
        fill(archive)
        publish(archive, places.public_database, SiteSettings())
    code = "from monitor.cli import main; main()"
    options = ["serve", "--port", "0", "--data", str(places.data), "--config", str(places.config)]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    yield process, address[0]
    process.kill()
    process.communicate()


def fetch(url):
    """Return the page at `url`."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def test_serve_shows_the_newest_copy_and_ends_cleanly(places, served):
    """A publish is seen without a restart; SIGTERM is exit 0 with nothing to say."""
    process, address = served
    assert "/ 3 " in fetch(address)
    with Archive.open(places) as archive:
        add_report(archive, "yi", report(name="乙县民政局"), b"new", "http://a.gov.cn/new")
        publish(archive, places.public_database, SiteSettings())
    assert "乙县民政局2025年" in fetch(address)
    process.send_signal(signal.SIGTERM)
    _out, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == ""


def test_taken_port_is_said_in_one_line(places, served, directories, capsys):
    """What, where, what to do."""
    port = served[1].rstrip("/").rsplit(":", 1)[1]
    assert run(["serve", "--port", port, *directories]) == 1
    assert re.fullmatch(rf"nianbao: 127\.0\.0\.1:{port} .*--port\n", capsys.readouterr().err)
