"""An archive with a bit of everything: two bodies, versions, findings, and much that is private."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from archive.derived import Derivation, Outcome, add_derivation
from archive.records import Capture, Role, Sighting, Verdict
from archive.store import Archive, stamp, to_json
from config.formats import load_forms
from extract.model import Anchor, Fact, Format, NormalizedText, Problem, Report, Section, State

NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)
SECRET = "secret-person@example.test"
HOSTILE = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>'


def report(year=2025, name="甲县人民政府", numbers=1, **changes):
    """A report in the 2021 form; every count is `numbers`, sums aside."""
    facts = tuple(_facts(numbers))
    sections = (
        Section(1, "总体情况", f"{year}年，{name}主动公开政府信息272条。\n受理行政复议1件。"),
        Section(2, "主动公开政府信息情况", ""),
        Section(3, "收到和处理政府信息公开申请情况", ""),
        Section(4, "政府信息公开行政复议、行政诉讼情况", ""),
        Section(5, "存在的主要问题及改进情况", "公开的深度不够。"),
        Section(6, "其他需要报告的事项", "未收取信息处理费。"),
    )
    values = {"title": f"{name}{year}年政府信息公开工作年度报告", "organization": name, "year": year,
              "format": Format.F2021, "sections": sections, "facts": facts,
              "problems": (Problem("row_ambiguous", "第3行"),)}  # fmt: skip
    return Report(**{**values, **changes})


def _facts(numbers):
    for table in load_forms()["2021"].tables:
        for at, row in enumerate(table.rows):
            for column in table.columns_of(row):
                path = f"{table.key}.{row.key}.{column.key}"
                anchor = Anchor(locator=f"table[2]/tr[{at + 1}]/td[2]")
                if path == "requests.granted.research":
                    yield Fact(path, None, "", State.BLANK, anchor)
                elif path == "requests.granted.business":
                    yield Fact(path, None, "1 2", State.AMBIGUOUS, anchor)
                elif column.kind == "amount":
                    yield Fact(path, Decimal("143.2062"), "143.2062", State.READ, anchor)
                else:
                    yield Fact(path, numbers, str(numbers), State.READ, anchor, None, "grid")


def add_body(archive: Archive, body: str, name: str, kind="department", division="510100") -> None:
    """Put a body into the roster."""
    archive.add("bodies", {"id": body, "name": name, "aliases": to_json([name[:2]]), "kind": kind,
                           "division": division, "supervisor": "city-office", "portals": "[]",
                           "confirmed": 1})  # fmt: skip


def add_report(archive, body, made, content, url, at=NOON, **seen):
    """Store one document, its report and its match; returns (document id, sha256)."""
    capture = Capture("sample", Role.ARTICLE, url, at, Verdict.OK, status=200, content=content)
    values = {"portal": "sample", "url": url, "role": Role.ARTICLE, "link_title": made.title,
              "list_url": "http://a.gov.cn/list.html", "listed_on": "2026-01-20"}  # fmt: skip
    document = archive.add_document(Sighting(**{**values, **seen}), archive.add_capture(capture))
    sha256 = archive.row("select sha256 from documents where id = :id", {"id": document})["sha256"]
    text = NormalizedText("# 甲\n", "text/html", "html", 1, {})
    add_derivation(archive, Derivation(sha256, 1, Outcome.REPORT, text=text, report=made))
    match = {"document_id": document, "version": 1, "body": body, "year": made.year, "made_at": stamp(at)}
    archive.add("matches", match)
    return document, sha256


def add_standing(archive, body, year, standing, document=None, **changes):
    """Say how a body stands in a year."""
    row = {"body": body, "year": year, "standing": standing, "document_id": document, "due_on": "2026-01-31",
           "due_basis": "条例第四十九条", "sentence": f"{standing} 的说明", "evidence": "[]",
           "reading": "read", "decided_at": stamp(NOON)}  # fmt: skip
    archive.add("standings", {**row, **changes})


def add_finding(archive, fingerprint, body, year, sha256=None, source=None, **changes):
    """Put a finding into the ledger; `source` is the address that it was found at."""
    row = {"fingerprint": fingerprint, "rule": "requests.row-total", "body": body, "year": year,
           "sha256": sha256, "outcome": "fail", "severity": "error", "cell": "requests.received.total",
           "blame": "source", "title": "表三各行合计", "message": "总计应为 6, 实为 1",
           "state": "open", "first_seen_at": stamp(NOON), "last_seen_at": stamp(NOON)}  # fmt: skip
    row.update(changes)
    evidence = [
        {"path": "requests.received.total", "raw": "1"},
        {"path": "requests.received.other_organization"},
    ]
    told = {"rule": row["rule"], "cell": row["cell"], "message": row["message"], "expected": 6, "actual": 1,
            "basis": "表三勾稽关系", "evidence": evidence, "source": source}  # fmt: skip
    archive.add("findings", {**row, "finding": json.dumps(told, ensure_ascii=False)})


READ_BY_PUBLISH = {"bodies", "documents", "findings", "matches", "originals", "outcomes", "reports",
                   "standings", "texts", "captures", "disclosure_lines", "request_lines",
                   "remedy_lines"}  # fmt: skip
KEPT_BY_THE_ARCHIVE = {"journal"}
"""One row that the archive itself writes."""


def add_private(archive):
    """Put a secret into every text column of every table that the public copy does not read."""
    archive.db.execute("pragma foreign_keys = off")
    private = set(archive.db.table_names()) - READ_BY_PUBLISH - KEPT_BY_THE_ARCHIVE
    for table in sorted(name for name in private if not name.startswith(("sqlite_", "_sqlite"))):
        columns = archive.db.table(table).columns
        archive.add(table, {column.name: SECRET if column.type == "TEXT" else 1 for column in columns})
    archive.db.execute("pragma foreign_keys = on")


def fill(archive: Archive, *, private: bool = True) -> dict[str, str]:
    """Fill an archive; returns the hashes of its reports by name."""
    if private:
        add_private(archive)
    with archive.atomic():
        return _fill(archive)


def _fill(archive: Archive) -> dict[str, str]:
    add_body(archive, "jia", "甲县人民政府", "county_government")
    add_body(archive, "yi", "乙县民政局")
    add_body(archive, "bing", f"丙镇{HOSTILE}", "township", "510101")
    hashes = {}
    _, hashes["old"] = add_report(
        archive, "jia", report(2024, numbers=2), b"<p>2024</p>", "http://a.gov.cn/24"
    )
    _, hashes["first"] = add_report(archive, "jia", report(), b"<p>one</p>", "http://a.gov.cn/25")
    later = NOON + timedelta(days=3)
    document, hashes["jia"] = add_report(
        archive, "jia", report(numbers=3), b"<p>two</p>", "http://a.gov.cn/25", later
    )
    add_standing(archive, "jia", 2025, "published", document, published_on="2026-01-20")
    hostile = report(name=f"丙镇{HOSTILE}", sections=(Section(1, HOSTILE, HOSTILE),))
    document, hashes["bing"] = add_report(
        archive, "bing", hostile, f"<p>{HOSTILE}</p>".encode(), "javascript:alert(1)", link_title=HOSTILE,
        handed_in_by=SECRET, context=SECRET,
    )  # fmt: skip
    add_standing(archive, "bing", 2025, "late", document, published_on="2026-02-20", sentence=HOSTILE)
    add_standing(archive, "yi", 2025, "not_due")
    add_standing(archive, "yi", 2025, "not_published", evidence=f'["{SECRET}"]')
    add_finding(archive, "f1", "jia", 2025, hashes["jia"])
    add_finding(archive, "f2", "bing", 2025, hashes["bing"], message=HOSTILE, title=HOSTILE)
    alert = archive.add("alerts", {"fingerprint": "f1", "rule": "requests.row-total", "severity": "error",
                                   "state": "open", "message": "m", "opened_at": stamp(NOON)})  # fmt: skip
    archive.add("alert_findings", {"alert_id": alert, "fingerprint": "f1"})
    archive.add_event("alert.replied", f"alert:{alert}", {"text": f"已更正{HOSTILE}"}, who=SECRET)
    archive.add_event("alert.ordered", f"alert:{alert}", {"text": SECRET}, who=SECRET)
    add_finding(archive, "f3", "jia", 2025, hashes["jia"], blame="extraction", message=SECRET)
    add_finding(archive, "f4", "jia", 2025, hashes["jia"], state="dismissed", message=SECRET)
    add_finding(archive, "f5", "jia", 2025, hashes["jia"], outcome="cannot_tell", message=SECRET)
    return hashes
