"""A kill -9 at every kind of moment: nothing is lost, nothing is doubled but what is marked unknown."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

from archive.store import Archive
from config.alerts import AlertConfig
from config.places import Places
from monitor.ledger import record_findings
from tests.monitor.ledger_support import BODIES, CONFIG, finding

ROOT = Path(__file__).parents[2]
COMPOSING_KILLS, SENDING_KILLS = 6, 24
MESSAGES, FEW = 25, 2
CHILD = '''
"""Compose and send; die by SIGKILL at the n-th step of one of both: an SQL statement or an SMTP command."""
import os, signal, smtplib, sys
from archive.store import Archive
from config.alerts import load_alerts
from config.places import places
from monitor.channels import open_channel
from monitor.delivery import send_messages
from monitor.outbox import compose_messages
from tests.monitor.ledger_support import BODIES

class Steps:
    taken = deadly = 0
    def begin(self, deadly):
        self.taken, self.deadly = 0, deadly
    def __call__(self, *_):
        self.taken += 1
        if self.taken == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)

def run(phase, deadly):
    step = Steps()
    put, get = smtplib.SMTP.putcmd, smtplib.SMTP.getreply
    smtplib.SMTP.putcmd = lambda self, *a: (step(), put(self, *a))[1]
    smtplib.SMTP.getreply = lambda self: (step(), get(self))[1]
    with Archive.open(places()) as archive:
        archive.db.conn.set_trace_callback(step)
        config = load_alerts(places().config)
        step.begin(deadly if phase == "compose" else 0)
        compose_messages(archive, config, BODIES)
        composing = step.taken
        step.begin(deadly if phase == "send" else 0)
        if phase:
            send_messages(archive, config, retry_now=True)
        print(composing, step.taken, flush=True)

open_channel("mailto://127.0.0.1/?from=a@example.com&to=a@example.com", "loads the plugins once")
for kill in sys.argv[1:]:
    phase, deadly = kill.split(":")
    child = os.fork()
    if child == 0:
        run(phase, int(deadly))
        os._exit(0)
    os.waitpid(child, 0)
'''
ONLY_COMPOSE, TO_THE_END = ":0", "all:0"


def run_killed(places, kills):
    """Run the child once for each `phase:step` to die at; returns the steps of both phases of whole runs."""
    environment = {"NIANBAO_DATA": str(places.data), "NIANBAO_CONFIG": str(places.config)}
    arguments = [sys.executable, "-c", CHILD, *kills]
    done = subprocess.run(
        arguments, check=True, cwd=ROOT, env=environment, timeout=300, text=True, stdout=subprocess.PIPE
    )
    return [tuple(map(int, line.split())) for line in done.stdout.splitlines()]


def whole_run(places, mail_sink):
    """How many steps composing and sending take on this machine, tried on a copy."""
    copy = Places(places.data.with_name("copy"), places.config)
    shutil.copytree(places.data, copy.data)
    (steps,) = run_killed(copy, [TO_THE_END])
    mail_sink.messages.clear()
    return steps


def test_random_kills_lose_nothing_and_double_only_what_is_marked(places, mail_sink):
    """Twenty-five messages under thirty kills."""
    told = CONFIG.model_dump(mode="json")
    told |= {"digest": "run", "routes": [{"to": ["supervisor", "operator"]}]}
    told["recipients"]["wolong"]["channels"] = {"mail": mail_sink.address()}
    told["operator"]["channels"] = {
        f"mail{n}": mail_sink.address(f"op{n}@example.com") for n in range(MESSAGES - 1)
    }
    config = AlertConfig.model_validate(told)
    (places.config / "alerts.yml").write_text(config.model_dump_json())
    with Archive.open(places) as archive:
        record_findings(archive, [finding()], {("body-a", 2024)}, config, BODIES)
    chance = random.Random(711)
    composing, sending = whole_run(places, mail_sink)
    kills = [f"compose:{chance.randint(1, composing)}" for _ in range(COMPOSING_KILLS)]
    kills.append(ONLY_COMPOSE)
    # spread over all steps of one message, so that every kind of moment is hit, and one is left for each kill
    part = sending / MESSAGES / SENDING_KILLS
    steps = [1 + int(part * (number + chance.random())) for number in range(SENDING_KILLS)]
    kills += [f"send:{step}" for step in chance.sample(steps, SENDING_KILLS)]
    ended = run_killed(places, [*kills, TO_THE_END])
    assert len(ended) == len([ONLY_COMPOSE, TO_THE_END]), "every kill but these hit"
    with Archive.open(places) as archive:
        rows = archive.rows("select * from deliveries")
    assert len(rows) == MESSAGES
    assert {mail["Message-ID"] for _to, mail in mail_sink.messages} <= {row["message_id"] for row in rows}
    for row in rows:
        mails = [mail for _to, mail in mail_sink.messages if mail["Message-ID"] == row["message_id"]]
        assert {mail["X-Nianbao-Number"] for mail in mails} <= {row["message_number"]}
        is_marked = row["interrupted_at"] is not None
        assert len(mails) in ((0, 1, 2) if row["state"] == "unknown" else (1, 2) if is_marked else (1,))
        assert row["state"] == "sent" or (row["state"] == "unknown" and row["repeats"] == 2)
    assert sum(row["interrupted_at"] is not None for row in rows) > FEW
