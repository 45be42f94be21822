"""A kill -9 at every kind of moment: nothing is lost, nothing is doubled but what is marked unknown."""

import random
import subprocess
import sys
from pathlib import Path

from archive.store import Archive
from config.alerts import AlertConfig
from monitor.ledger import record_findings
from tests.monitor.ledger_support import BODIES, CONFIG, finding

ROOT = Path(__file__).parents[2]
COMPOSING_KILLS, SENDING_KILLS = 6, 24
COMPOSE_ONLY, NEVER, FEW = 0, 1_000_000, 2
CHANNELS, STEPS_TO_COMPOSE, STEPS_TO_SEND_SOME = 24, 700, 170
CHILD = '''
"""Compose and send; die by SIGKILL at the n-th step, where a step is an SQL statement or an SMTP command."""
import os, signal, smtplib, sys
from archive.store import Archive
from config.alerts import load_alerts
from config.places import places
from monitor.channels import open_channel
from monitor.delivery import send_messages
from monitor.outbox import compose_messages
from tests.monitor.ledger_support import BODIES

def run(steps):
    left = steps
    def step(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    put, get = smtplib.SMTP.putcmd, smtplib.SMTP.getreply
    smtplib.SMTP.putcmd = lambda self, *a: (step(), put(self, *a))[1]
    smtplib.SMTP.getreply = lambda self: (step(), get(self))[1]
    with Archive.open(places()) as archive:
        archive.db.conn.set_trace_callback(step)
        config = load_alerts(places().config)
        compose_messages(archive, config, BODIES)
        if steps:
            send_messages(archive, config, retry_now=True)

open_channel("mailto://127.0.0.1/?from=a@example.com&to=a@example.com", "loads the plugins once")
for steps in map(int, sys.argv[1:]):
    child = os.fork()
    if child == 0:
        run(steps)
        os._exit(0)
    os.waitpid(child, 0)
'''


def run_killed(places, steps):
    """Run the child once for each number of steps after which it is killed; 0: only compose."""
    environment = {"NIANBAO_DATA": str(places.data), "NIANBAO_CONFIG": str(places.config)}
    arguments = [sys.executable, "-c", CHILD, *map(str, steps)]
    subprocess.run(arguments, check=True, cwd=ROOT, env=environment, timeout=300)


def test_random_kills_lose_nothing_and_double_only_what_is_marked(places, mail_sink):
    """Twenty-five messages under thirty kills."""
    told = CONFIG.model_dump(mode="json")
    told |= {"digest": "run", "routes": [{"to": ["supervisor", "operator"]}]}
    told["recipients"]["wolong"]["channels"] = {"mail": mail_sink.address()}
    told["operator"]["channels"] = {
        f"mail{n}": mail_sink.address(f"op{n}@example.com") for n in range(CHANNELS)
    }
    config = AlertConfig.model_validate(told)
    (places.config / "alerts.yml").write_text(config.model_dump_json())
    with Archive.open(places) as archive:
        record_findings(archive, [finding()], {("body-a", 2024)}, config, BODIES)
    chance = random.Random(711)
    kills = [chance.randrange(1, STEPS_TO_COMPOSE) for _ in range(COMPOSING_KILLS)]
    kills += [COMPOSE_ONLY, *(chance.randrange(1, STEPS_TO_SEND_SOME) for _ in range(SENDING_KILLS))]
    run_killed(places, [*kills, NEVER])
    with Archive.open(places) as archive:
        rows = archive.rows("select * from deliveries")
    assert len(rows) == CHANNELS + 1
    assert {mail["Message-ID"] for _to, mail in mail_sink.messages} <= {row["message_id"] for row in rows}
    for row in rows:
        mails = [mail for _to, mail in mail_sink.messages if mail["Message-ID"] == row["message_id"]]
        assert {mail["X-Nianbao-Number"] for mail in mails} <= {row["message_number"]}
        is_marked = row["interrupted_at"] is not None
        assert len(mails) in ((0, 1, 2) if row["state"] == "unknown" else (1, 2) if is_marked else (1,))
        assert row["state"] == "sent" or (row["state"] == "unknown" and row["repeats"] == 2)
    assert sum(row["interrupted_at"] is not None for row in rows) > FEW
