"""The scheduler as a process: one instance, clean end, nothing lost when it or a child is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from archive.store import Archive
from config.schedule import Schedule
from monitor.cli import run
from monitor.heartbeat import read_heartbeat
from monitor.lock import holding
from monitor.schedule import LOCK_NAME, Watch

ROOT = Path(__file__).parents[2]
MOST_WAIT_S = 30
LIST = ["alerts", "list"]


def schedule_of(*jobs):
    """A schedule of jobs due every day."""
    return Schedule.model_validate({"jobs": [{"at": "00:00", **job} for job in jobs]})


def write_schedule(places, *jobs):
    """The same in the configuration directory."""
    (places.config / "schedule.yml").write_text(schedule_of(*jobs).model_dump_json())


def runs(places):
    """Every run: command and outcome."""
    with Archive.open(places) as archive:
        rows = archive.rows("select command, outcome from runs order by id")
    return [(row["command"], row["outcome"]) for row in rows]


def until(condition):
    """Wait for something that another process does."""
    give_up_s = time.monotonic() + MOST_WAIT_S
    while not condition():
        assert time.monotonic() < give_up_s
        time.sleep(0.02)


def command(places, *words):
    """The program's argument list on the test's directories."""
    where = ["--data", str(places.data), "--config", str(places.config)]
    return [sys.executable, "-c", "from monitor.cli import main; main()", *words, *where]


def look_until_idle(watch):
    """Look whenever a child has ended, until none runs."""
    watch.look()
    while watch.running:
        until(watch.has_news)
        watch.look()


@pytest.fixture
def notes():
    """What the scheduler said."""
    return []


def test_jobs_run_in_order_once_and_not_again_before_their_next_time(places, notes):
    """`second` waits for `first`."""
    jobs = schedule_of(
        {"id": "first", "command": LIST}, {"id": "second", "command": LIST, "after": ["first"]}
    )
    look_until_idle(Watch(places, jobs, notes.append))
    assert runs(places) == [("job:first", "ok"), ("job:second", "ok")]
    look_until_idle(Watch(places, jobs, notes.append))
    assert len(runs(places)) == 2
    assert [note.split()[2:4] for note in notes[:2]] == [["开始", "first:"], ["结束", "first:"]]


def test_failed_job_is_recorded_with_its_last_line(places, notes):
    """And tried again after a pause, not at once."""
    jobs = schedule_of({"id": "bad", "command": ["alerts", "show", "7"], "retries": 2})
    look_until_idle(Watch(places, jobs, notes.append))
    with Archive.open(places) as archive:
        (row,) = archive.rows("select outcome, detail from runs")
    assert row["outcome"] == "failed"
    assert json.loads(row["detail"])["last_line"] == "nianbao: 没有编号为 7 的提醒"


def test_patience_ends(places, notes):
    """A job does not wait for ever for one that hangs."""
    jobs = schedule_of(
        {"id": "long", "command": ["serve", "--port", "0"]},
        {"id": "next", "command": LIST, "after": ["long"], "patience_min": 0},
    )
    watch = Watch(places, jobs, notes.append)
    watch.look()
    assert set(watch.running) == {"long", "next"}
    watch.stop()


def test_job_that_runs_too_long_is_stopped(places, notes, monkeypatch):
    """And counts as failed."""
    jobs = schedule_of({"id": "long", "command": ["serve", "--port", "0"], "most_min": 5})
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T08:00:00+08:00")
    watch = Watch(places, jobs, notes.append)
    watch.look()
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T08:06:00+08:00")
    assert watch.has_news()
    watch.look()
    assert (watch.running, runs(places)) == ({}, [("job:long", "failed")])


def test_second_instance_is_refused(places, capsys):
    """Two schedulers would do everything twice."""
    with holding(places.data / "locks" / LOCK_NAME):
        code = run(["watch", "--data", str(places.data), "--config", str(places.config)])
    assert code == 1
    assert str(os.getpid()) in capsys.readouterr().err


def test_sigterm_ends_the_scheduler_and_its_children_in_good_order(places):
    """Exit 0 within ten seconds; the unfinished job stays due."""
    write_schedule(places, {"id": "long", "command": ["serve", "--port", "0"]})
    watch = subprocess.Popen(command(places, "watch"), cwd=ROOT, stdout=subprocess.PIPE)
    until(lambda: (beat := read_heartbeat(places)) is not None and beat.running == ("long",))
    with Archive.open(places) as archive:
        child = json.loads(archive.row("select detail from runs")["detail"])["process"]
    watch.send_signal(signal.SIGTERM)
    assert watch.wait(10) == 0
    assert "值守结束" in watch.stdout.read().decode()
    watch.stdout.close()
    assert not Path(f"/proc/{child}").exists()
    assert runs(places) == [("job:long", "interrupted")]


def test_once_does_what_is_due_and_ends(places):
    """For machines with a scheduler of their own."""
    write_schedule(places, {"id": "list", "command": LIST})
    for _ in range(2):
        subprocess.run(command(places, "watch", "--once"), cwd=ROOT, check=True, capture_output=True)
    assert runs(places) == [("job:list", "ok")]


def test_child_that_outlived_a_killed_scheduler_is_waited_for(places, notes):
    """Not started a second time beside itself; once it is gone the job is due again."""
    jobs = schedule_of({"id": "long", "command": ["serve", "--port", "0"]})
    killed = Watch(places, jobs, notes.append)
    killed.look()
    outliving = killed.running["long"]
    until(lambda: b"monitor.cli" in Path(f"/proc/{outliving.child.pid}/cmdline").read_bytes())
    restarted = Watch(places, jobs, notes.append)
    restarted.look()
    assert (restarted.running, restarted.outliving) == ({}, {"long"})
    outliving.send(signal.SIGKILL)
    outliving.child.wait()
    restarted.look()
    assert set(restarted.running) == {"long"}
    restarted.stop()
    assert runs(places) == [("job:long", "lost"), ("job:long", "interrupted")]


def test_heartbeat_says_what_runs_and_what_comes(places, notes, monkeypatch):
    """For the doctor, and for whoever watches the machine."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-03T08:00:00+08:00")
    look_until_idle(Watch(places, schedule_of({"id": "list", "command": LIST}), notes.append))
    beat = read_heartbeat(places)
    assert (beat.process, beat.running) == (os.getpid(), ())
    assert beat.next == {"list": "2025-02-04T00:00:00+08:00"}
    (places.data / "heartbeat.json").write_text("{")
    assert read_heartbeat(places) is None


@pytest.fixture
def pinged():
    """A server on loopback that notes which paths it was asked for."""
    paths = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(200 if "good" in self.path else 500)
            self.end_headers()

        def log_message(self, *_arguments):
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_dead_mans_address_is_fetched_after_a_round_with_its_secret_filled_in(places, pinged, monkeypatch):
    """Once in a few minutes, also by a run that ends at once."""
    address, paths = pinged
    monkeypatch.setenv("NIANBAO_TEST_PING", "good/7")
    schedule = {"jobs": [], "dead_man_url": f"{address}/${{NIANBAO_TEST_PING}}"}
    (places.config / "schedule.yml").write_text(json.dumps(schedule))
    subprocess.run(command(places, "watch", "--once"), cwd=ROOT, check=True, capture_output=True)
    assert paths == ["/good%2F7"]


def test_round_that_fails_is_no_sign_of_life(places, notes, pinged, monkeypatch):
    """A database that cannot be opened must not look alive."""
    address, paths = pinged
    watch = Watch(places, Schedule.model_validate({"dead_man_url": f"{address}/good"}), notes.append)
    with monkeypatch.context() as patch:
        patch.setattr("monitor.schedule.outliving_jobs", None)
        with pytest.raises(TypeError):
            watch.look()
    assert watch.dead_man.finish() is None
    assert paths == []
    watch.look()
    watch.look()
    watch.wait_for_ping()
    assert paths == ["/good"]


def test_trouble_with_the_dead_mans_address_is_noted_without_it(places, notes, pinged):
    """The address is a secret."""
    address, _paths = pinged
    watch = Watch(places, Schedule.model_validate({"dead_man_url": f"{address}/token"}), notes.append)
    watch.look()
    watch.wait_for_ping()
    assert [note.split(" ", 2)[2] for note in notes] == ["dead_man_url: HTTPError"]
