"""The whole way through the real command line: portal, archive, findings, mail, public copy."""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.comparing import BY_TABLE, compare_archives
from config.places import Places
from extract.version import EXTRACT_VERSION
from monitor.cli import run
from monitor.demo.mailbox import received, receiving
from monitor.demo.portal import challenge_answer, serving, site_answers
from monitor.demo.settings import Ports, demo_places, mailbox_of, write_configuration

NIANBAO = [sys.executable, "-P", "-c", "from monitor.cli import main; main()"]
ROOT = Path(__file__).parent.parent
PORT = re.compile(r"127\.0\.0\.1:\d+")
STANDINGS = {
    "wolong": ("published", "2025-01-20"),
    "wolonggang": ("published", "2025-01-15"),
    "yandu": ("published", "2025-01-22"),
    "ziwei": ("published", "2025-01-16"),
    "nanguan": ("published", "2025-01-24"),
    "yunze-shuju": ("published", "2025-01-21"),
    "yunze-wenlv": ("late", "2025-02-19"),
    "yunze-jiaotong": ("not_published", None),
    "yunze-shuili": ("cannot_tell", None),
}
REAL = ("wolong", "wolonggang", "yandu", "ziwei", "nanguan")
CELLS = 10 + 175 + 15
"""All figures of a report in the 2021 format."""
SOURCES = Path(__file__).parent / "monitor" / "demo" / "build" / "reports"
KILLED = (
    (("crawl", "--year", "2024"), ("captures",), 3),
    (("process",), ("outcomes", "standings", "matches", "alerts"), 3),
    (("alerts", "send"), ("deliveries", "handed_over", "sent"), 1),
)
"""Commands, what says how far each has come, and how often each is killed before it may end.

A message whose sending was killed twice is not repeated again but shown to a person, so the last one is
killed once.
"""


def nianbao(at: Places, *arguments: str) -> subprocess.CompletedProcess:
    """Run a command in a process of its own, as a user would."""
    where = ["--data", str(at.data), "--config", str(at.config)]
    return subprocess.run([*NIANBAO, *arguments, *where], cwd=ROOT, capture_output=True, text=True)


def demo(data: Path) -> subprocess.CompletedProcess:
    """Run the demo in a process of its own."""
    return subprocess.run([*NIANBAO, "demo", "--data", str(data)], cwd=ROOT, capture_output=True, text=True)


def query(at: Places, sql: str, *parameters: object) -> list[dict]:
    """Rows of the working database."""
    with closing(sqlite3.connect(at.database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, parameters)]


def standings(at: Places) -> dict[str, dict]:
    """The newest standing of each body for the sample's year."""
    rows = query(
        at,
        "select * from standings where id in (select max(id) from standings where year = 2024 group by body)",
    )
    return {row["body"]: row for row in rows}


def report_of(at: Places, body: str) -> dict:
    """The report that a body's standing rests on: title, sections, facts by path."""
    document = standings(at)[body]["document_id"]
    row = query(
        at,
        "select r.* from reports r join documents d using (sha256) where d.id = ? order by version desc",
        document,
    )[0]
    facts = {fact[0]: fact[1] for fact in json.loads(row["facts"])}
    return {**row, "sections": json.loads(row["sections"]), "facts": facts}


def final_state(at: Places) -> dict[str, object]:
    """What must not depend on how often the program was killed: no ids, times or ports."""
    tables = {
        "documents": "select url, sha256, role, name, listed_on, page_url, list_url from documents",
        "captures": "select distinct url, role from captures",
        "outcomes": "select sha256, version, outcome, code from outcomes",
        "reports": "select sha256, version, title, organization, year, facts from reports",
        "lines": "select sha256, line, total from request_lines",
        "matches": "select d.url, m.body, m.year from matches m join documents d on d.id = m.document_id",
        "findings": "select fingerprint, state, scope from findings",
        "alerts": "select fingerprint, state, audience, occurrence from alerts",
        "notices": "select recipient, channel, kind, state from notices",
        "deliveries": "select recipient, channel, subject from deliveries",
        "targets": "select url, role, state from targets",
    }
    state: dict[str, object] = {
        name: sorted(PORT.sub("PORT", json.dumps(row, sort_keys=True)) for row in query(at, sql))
        for name, sql in tables.items()
    }
    told = ("standing", "reason", "reading", "published_on", "due_on")
    state["standings"] = {body: [row[key] for key in told] for body, row in standings(at).items()}
    state["mails"] = sorted({mail.message_id: mail.recipients for mail in received(mailbox_of(at))}.values())
    return state


def progress(at: Places, counted: tuple[str, ...]) -> int:
    """How far a command has come: rows of tables and steps of messages, 0 where there is no table yet."""
    steps = {
        "handed_over": "select 1 from deliveries where handed_over_at is not null",
        "sent": "select 1 from deliveries where state = 'sent'",
    }
    try:
        return sum(len(query(at, steps.get(name, f"select 1 from {name}"))) for name in counted)
    except sqlite3.OperationalError:
        return 0


def killed_at(at: Places, wanted: int, counted: tuple[str, ...], *arguments: str) -> bool:
    """Start a command and kill -9 it with its children once it has come so far; tells whether it was."""
    where = ["--data", str(at.data), "--config", str(at.config)]
    output = subprocess.DEVNULL
    with subprocess.Popen(
        [*NIANBAO, *arguments, *where], cwd=ROOT, stdout=output, stderr=output, start_new_session=True
    ) as process:
        while process.poll() is None:
            if progress(at, counted) >= wanted:
                os.killpg(process.pid, signal.SIGKILL)
                return True
            time.sleep(0.002)
    return False


def count_rows(at: Places) -> dict[str, int]:
    """Rows of every table but those that only say that we looked."""
    diaries = ("runs", "captures", "listings", "host_days")
    names = [row["name"] for row in query(at, "select name from sqlite_master where type = 'table'")]
    return {name: len(query(at, f'select 1 from "{name}"')) for name in names if name not in diaries}


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """The demo run twice on one data directory: (places, first run, its state, second run)."""
    at = demo_places(tmp_path_factory.mktemp("demo") / "data")
    first = demo(at.data)
    assert first.returncode == 0, first.stdout + first.stderr
    between = (count_rows(at), received(mailbox_of(at)), standings(at))
    second = demo(at.data)
    assert second.returncode == 0, second.stdout + second.stderr
    return at, first, between, second


def test_every_body_has_the_standing_that_its_portal_shows(twice):
    """Published, late, missing, and blocked are four different things."""
    at, _first, _between, _second = twice
    found = {body: (row["standing"], row["published_on"]) for body, row in standings(at).items()}
    assert found == STANDINGS
    assert standings(at)["yunze-shuili"]["reason"] == "declined"
    assert standings(at)["yunze-jiaotong"]["due_on"] == "2025-01-31"


@pytest.mark.parametrize("body", REAL)
def test_real_report_is_read_whole_in_its_form(twice, body):
    """Six sections and every cell, whether HTML, a word processor's paste, DOCX or PDF."""
    at, _first, _between, _second = twice
    assert standings(at)[body]["reading"] == "read"
    report = report_of(at, body)
    assert (report["year"], report["format"]) == (2024, "2021")
    assert [number for number, _heading, _text in report["sections"] if number] == [1, 2, 3, 4, 5, 6]
    assert len(report["facts"]) == CELLS
    if body != "wolong":
        assert set(report["facts"].values()) == {0}


@pytest.mark.parametrize("body", REAL)
def test_prose_of_a_real_report_is_read_whole(twice, body):
    """Every paragraph of the original is in the sections, whatever the form wrapped or split."""
    at, _first, _between, _second = twice
    read = "".join("".join(text.split()) for _number, _heading, text in report_of(at, body)["sections"])
    lines = (SOURCES / f"{body}-2024.txt").read_text("utf-8").splitlines()
    paragraphs = [line.removeprefix("## ") for line in lines if line and line[:2] not in ("% ", "# ", "[[")]
    assert len(paragraphs) > 2
    assert [line for line in paragraphs if "".join(line.split()).strip("#") not in read] == []


def test_figures_of_the_one_report_that_has_any_are_exact(twice):
    """Seed 004: 247 received, 235 processed, 12 carried forward, 143.2062 万元."""
    at, _first, _between, _second = twice
    facts = {path: value for path, value in report_of(at, "wolong")["facts"].items() if value}
    totals = {path: value for path, value in facts.items() if not path.endswith(".natural_person")}
    assert totals == {
        "disclosure.normative_documents.issued": 23,
        "disclosure.normative_documents.repealed": 6,
        "disclosure.normative_documents.in_force": 80,
        "disclosure.licensing.decisions": 8339,
        "disclosure.penalties.decisions": 280,
        "disclosure.coercion.decisions": 43,
        "disclosure.fees.amount": 143.2062,
        "requests.received.total": 247,
        "requests.granted.total": 148,
        "requests.granted_in_part.total": 6,
        "requests.denied_state_secret.total": 1,
        "requests.denied_prohibited_by_law.total": 1,
        "requests.denied_third_party_rights.total": 2,
        "requests.unavailable_not_held.total": 68,
        "requests.unavailable_needs_creation.total": 1,
        "requests.other_no_correction.total": 7,
        "requests.other_other.total": 1,
        "requests.processed_total.total": 235,
        "requests.carried_forward.total": 12,
        "remedies.reconsideration.upheld": 11,
        "remedies.reconsideration.corrected": 5,
        "remedies.reconsideration.other": 1,
        "remedies.reconsideration.pending": 1,
        "remedies.reconsideration.total": 18,
        "remedies.litigation_direct.upheld": 2,
        "remedies.litigation_direct.total": 2,
        "remedies.litigation_after_reconsideration.pending": 2,
        "remedies.litigation_after_reconsideration.total": 2,
    }


def test_planted_error_is_found_with_its_cell_and_difference(twice):
    """The figure granted.natural_person is printed 26 and must be 62; no other figure is wrong."""
    at, first, _between, _second = twice
    rows = query(
        at,
        "select body, finding from findings where rule like 'requests.%' or rule like 'remedies.%'"
        " or rule like 'disclosure.%' or rule like 'cell.%' or rule like 'structure.%'",
    )
    findings = [(row["body"], json.loads(row["finding"])) for row in rows]
    assert {body for body, _finding in findings} == {"yunze-shuju"}
    told = {(item["cell"], item["expected"], item["actual"], item["outcome"]) for _body, item in findings}
    assert told == {("requests.granted.natural_person", 62, 26, "fail")}
    assert len({item["group"] for _body, item in findings}) == 1
    assert "requests.granted.natural_person: 应为 62, 实为 26, 相差 36" in first.stdout


def test_nothing_but_reports_is_taken_for_a_report(twice):
    """解读, 报表, 法治政府建设年度报告, 方案, 通知 and news are none of either year."""
    at, _first, _between, _second = twice
    rows = query(at, "select distinct title, year from reports")
    assert (
        sorted(row["year"] for row in rows) == [2024] * 7
        or sorted(row["year"] for row in rows) == [2023] + [2024] * 7
    )
    for row in rows:
        assert row["title"].endswith("年政府信息公开工作年度报告"), row["title"]


def test_mails_are_sent_exactly_once(twice):
    """One collected message to the supervisor, one to the operator, none in the second run."""
    at, _first, (_counts, mails, _standings), second = twice
    assert sorted(mail.recipients for mail in mails) == ["operator@yunze.example", "zwgk@yunze.example"]
    texts = {mail.recipients: mail.text for mail in mails}
    for name in ("云泽市示例数据局", "云泽市文化广电和旅游局", "云泽市交通运输局"):
        assert name in texts["zwgk@yunze.example"]
        assert name not in texts["operator@yunze.example"]
    assert texts["zwgk@yunze.example"].count("应为 62，实为 26，相差 -36") == 1
    assert "云泽市水利局" not in texts["zwgk@yunze.example"]
    assert "云泽市水利局" in texts["operator@yunze.example"]
    assert received(mailbox_of(at)) == mails
    assert "没有新增任何文件、报告、判定、问题或提醒, 也没有发出邮件" in second.stdout


def test_second_run_adds_no_rows(twice):
    """Looking again leaves captures, and nothing else."""
    at, _first, (counts, _mails, before), _second = twice
    assert count_rows(at) == counts
    assert standings(at) == before


def test_public_copy_is_there(twice):
    """The archive that strangers see holds the reports."""
    at, first, _between, _second = twice
    assert at.public_database.exists()
    assert f"nianbao serve --data {at.data}" in first.stdout


def test_killed_commands_leave_the_same_state_as_undisturbed_ones(twice, tmp_path):
    """Nothing is lost and nothing is double after kill -9 at any moment of any command."""
    undisturbed, *_rest = twice
    at = demo_places(tmp_path / "data")
    chance = random.Random(20250131)
    kills = 0
    with ExitStack() as servers:
        second = servers.enter_context(serving(challenge_answer))
        site = servers.enter_context(serving(site_answers(second)))
        mail_port = servers.enter_context(receiving(mailbox_of(at)))
        write_configuration(at, Ports(urlsplit(site).port, urlsplit(second).port, mail_port))
        for arguments, counted, times in KILLED:
            end = progress(undisturbed, counted)
            for _time in range(times):
                wanted = chance.randint(min(progress(at, counted) + 1, end), end)
                kills += killed_at(at, wanted, counted, *arguments)
            last = nianbao(at, *arguments)
            assert last.returncode in (0, 1), last.stderr
    assert kills >= len(KILLED)
    assert final_state(at) == final_state(undisturbed)


def options(at: Places) -> list[str]:
    """The directories, as a user names them."""
    return ["--data", str(at.data), "--config", str(at.config)]


def alert_of(at: Places, body: str) -> str:
    """The number of an open alert about a body."""
    return str(query(at, "select max(id) as id from alerts where body = ? and state = 'open'", body)[0]["id"])


@pytest.fixture(scope="module")
def decided(twice, tmp_path_factory):
    """The demo's archive after a person worked with it: every kind of decision, and what followed."""
    at = Places(folder := tmp_path_factory.mktemp("decided") / "data", folder / "config")
    shutil.copytree(twice[0].data, at.data)
    handed = SOURCES / "nanguan-2024.txt"
    late, missing = alert_of(at, "yunze-wenlv"), alert_of(at, "yunze-jiaotong")
    wrong = alert_of(at, "yunze-shuju")
    for words in (
        ["import", str(handed), "--body", "nanguan", "--year", "2024", "--url", "http://a.gov.cn/nanguan"],
        ["alerts", "ack", late, "--by", "张三", "--note", "已联系"],
        ["alerts", "order", wrong, "--by", "李四", "--due", "2099-03-01", "--text", "请更正"],
        ["alerts", "reply", wrong, "--by", "李四", "--text", "已安排更正"],
        ["alerts", "dismiss", missing, "--by", "张三", "--reason", "机构已撤并"],
        ["process"],
        ["publish"],
    ):
        assert run([*words, *options(at)]) == 0, words
    return at


def test_everything_derived_is_made_anew_without_a_difference(decided, capsys):
    """Tables, public copy and exports; what is there is only looked at."""
    before = (decided.journal.read_bytes(), decided.public_database.read_bytes(), final_state(decided))
    assert run(["rebuild", *options(decided)]) == 0, capsys.readouterr()
    told = capsys.readouterr()
    assert "不同 0 处" in told.out
    assert told.err == ""
    assert (
        decided.journal.read_bytes(),
        decided.public_database.read_bytes(),
        final_state(decided),
    ) == before
    assert not (decided.data / ".rebuild").exists()


def test_changed_figure_and_changed_conclusion_are_named(decided, tmp_path, capsys):
    """A rebuild that always says "equal" would prove nothing."""
    at = Places(tmp_path / "data", tmp_path / "data" / "config")
    shutil.copytree(decided.data, at.data)
    with closing(sqlite3.connect(at.database)) as db:
        db.execute("update request_lines set total = total + 1 where line = 'received' and total = 247")
        db.execute("update alerts set state = 'open' where state = 'dismissed'")
        db.execute("delete from events where kind = 'alert.replied'")
        db.commit()
    assert run(["rebuild", *options(at), "--format", "jsonl"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    named = {(row["table"], row["column"], row["here"], row["anew"]) for row in rows}
    assert ("request_lines", "total", "248", "247") in named
    assert ("alerts", "state", "open", "dismissed") in named
    assert ("events", "", "-", "+") in named
    assert ("export-csv", "bytes") in {(table, column) for table, column, _here, _anew in named}


def test_lost_database_comes_back_and_nobody_is_told_twice(decided, tmp_path, capsys):
    """From originals, recordings and journal: every row, under its number."""
    at = Places(tmp_path / "data", tmp_path / "data" / "config")
    shutil.copytree(decided.data, at.data)
    crawled = query(at, "select max(sha256) as name from captures where method = 'GET'")[0]["name"]
    (at.originals / crawled[:2] / crawled).unlink()
    lost = tmp_path / "lost.db"
    at.database.rename(lost)
    assert run(["status", *options(at)]) == 1
    assert "nianbao rebuild" in capsys.readouterr().err
    assert run(["rebuild", *options(at)]) == 0, capsys.readouterr()
    told = capsys.readouterr()
    assert "不同 0 处" in told.out
    assert told.err == ""
    compared = compare_archives(lost, at.database, EXTRACT_VERSION, replayed=True)
    assert (compared.differences, compared.tables) == ([], len(BY_TABLE) - 1)
    assert run(["verify", *options(at)]) == 0
    deliveries = query(at, "select * from deliveries")
    for words in (["process", "--again"], ["alerts", "send", "--digest-now"]):
        assert run([*words, *options(at)]) == 0
    assert query(at, "select * from deliveries") == deliveries
