"""Everything known about one body's year, in the order of time, each with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from archive.store import Archive, Row, to_json
from config.bodies import Body
from config.clock import local_minute
from extract.version import EXTRACT_VERSION
from monitor.coverage import StandingKind
from monitor.event_words import event_words
from monitor.looks import CONTENT_NOT_REPORT
from monitor.roster import Roster
from monitor.standing_words import KINDS

VERDICTS = {
    "ok": "正常", "unchanged": "未变", "redirected": "转向", "declined": "拒绝访问",
    "forbidden": "robots.txt 禁止", "soft_404": "错误页", "js_shell": "需浏览器脚本", "gone": "不存在",
    "not_official": "名录外网站", "error": "出错",
}  # fmt: skip
OUTCOMES = {"report": "是年度报告", "rejected": "不是年度报告", "problem": "不能读取"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that is known: when, what kind, in words, and where the proof is."""

    at: str
    kind: str
    words: str
    evidence: str

    def row(self) -> Row:
        """Return it as a row for printing."""
        return {"at": self.at, "kind": self.kind, "words": self.words, "evidence": self.evidence}


def history_of(archive: Archive, roster: Roster, body: Body, year: int) -> list[Happening]:
    """Return all happenings of a body's year in the order of time."""
    portals = [portal.id for portal in roster.portals_of(body)]
    documents = _documents(archive, body.id, year)
    found: list[Happening] = [
        *_looks(archive, portals, year),
        *_readings(documents),
        *_standings(archive, body.id, year),
        *_findings(archive, body.id, year),
        *_alerts(archive, body.id, year),
    ]
    return sorted(found, key=lambda item: item.at)


def _looks(archive: Archive, portals: Iterable[str], year: int) -> Iterator[Happening]:
    """Tell the requests of the list pages; the same answer again and again is one line."""
    rows = archive.rows(
        "select c.* from captures c left join runs r on r.id = c.run_id where c.role = 'list'"
        " and c.portal in (select value from json_each(:portals)) and coalesce(r.year, :year) = :year"
        " order by c.portal, c.url, c.id",
        {"portals": to_json(list(portals)), "year": year},
    )
    for (_portal, url, verdict, reason), group in groupby(rows, key=_answer):
        captures = list(group)
        first, last = captures[0], captures[-1]
        times = (
            f"，至 {local_minute(last['requested_at'])} 共 {len(captures)} 次" if len(captures) > 1 else ""
        )
        told = f"（{reason}）" if reason else ""
        ids = f"capture:{first['id']}" + (f"-{last['id']}" if len(captures) > 1 else "")
        words = f"查看栏目 {url}：{VERDICTS.get(verdict, verdict)}{told}{times}"
        yield Happening(first["requested_at"], "capture", words, ids)


def _answer(row: Row) -> tuple[str, str, str, str]:
    return row["portal"], row["url"], row["verdict"], row["reason"] or ""


def _documents(archive: Archive, body: str, year: int) -> list[Row]:
    """Return the documents that are this report, or could be."""
    return archive.rows(
        "select d.*, m.body, m.doubt, m.code, m.candidates, o.outcome, o.code as outcome_code,"
        " o.reason, o.made_at, r.title, r.format from matches m join documents d on d.id = m.document_id"
        " left join outcomes o on o.sha256 = d.sha256 and o.version = m.version"
        " left join reports r on r.sha256 = d.sha256 and r.version = m.version"
        " where m.version = :version and coalesce(m.year, :year) = :year"
        " and (m.body = :body or (m.body is null and exists"
        " (select 1 from json_each(m.candidates) where value = :body))) order by d.id",
        {"version": EXTRACT_VERSION, "year": year, "body": body},
    )


def _readings(documents: Iterable[Row]) -> Iterator[Happening]:
    for row in documents:
        named = f"“{row['link_title']}”" if row["link_title"] else row["url"]
        listed = f"，栏目所示日期 {row['listed_on']}" if row["listed_on"] else ""
        hands = f"，由 {row['handed_in_by']} 提交" if row["handed_in_by"] else ""
        place = f"document:{row['id']} sha256:{row['sha256']} {row['url']}"
        seen = f"首次取得{named}{listed}{hands}（最近一次见到 {local_minute(row['last_seen_at'])}）"
        yield Happening(row["first_seen_at"], "document", seen, place)
        if row["outcome"]:
            why = f"：{row['reason']}" if row["reason"] else ""
            title = f"《{row['title']}》，格式 {row['format']}" if row["title"] else ""
            words = f"读取结果：{OUTCOMES[row['outcome']]}{why} {title}".strip()
            yield Happening(row["made_at"], "reading", words, f"sha256:{row['sha256']}")
        if row["doubt"]:
            is_settled = row["body"] or row["code"] == CONTENT_NOT_REPORT
            belongs = "归属说明" if is_settled else "归属存疑"
            yield Happening(row["made_at"], "match", f"{belongs}：{row['doubt']}", f"document:{row['id']}")


def _standings(archive: Archive, body: str, year: int) -> Iterator[Happening]:
    rows = archive.rows(
        "select * from standings where body = :body and year = :year order by id",
        {"body": body, "year": year},
    )
    for row in rows:
        proof = json.loads(row["evidence"])
        captures = " ".join(f"capture:{capture}" for capture in proof.get("captures", []))
        documents = " ".join(f"document:{document}" for document in proof.get("documents", []))
        dates = " ".join(f"{item['kind']}={item['on']}" for item in proof.get("dates", []))
        words = f"{KINDS[StandingKind(row['standing'])]}：{row['sentence']}"
        evidence = " ".join(part for part in (captures, documents, dates) if part)
        yield Happening(row["decided_at"], "standing", words, evidence)


def _findings(archive: Archive, body: str, year: int) -> Iterator[Happening]:
    rows = archive.rows(
        "select * from findings where body = :body and year = :year order by first_seen_at, fingerprint",
        {"body": body, "year": year},
    )
    for row in rows:
        state = "" if row["state"] == "open" else f"（{row['state']}）"
        words = f"{row['title']} [{row['rule']}, {row['severity']}]{state}：{row['message']}"
        yield Happening(row["first_seen_at"], "finding", words, f"finding:{row['fingerprint']}")


def _alerts(archive: Archive, body: str, year: int) -> Iterator[Happening]:
    alerts = archive.rows(
        "select * from alerts where body = :body and year = :year order by id", {"body": body, "year": year}
    )
    for row in alerts:
        yield Happening(row["opened_at"], "alert", f"提醒 {row['message']}", f"alert:{row['id']}")
        events = archive.rows(
            "select * from events where subject = :subject order by id", {"subject": f"alert:{row['id']}"}
        )
        for event in events:
            yield Happening(event["happened_at"], "alert", event_words(event), f"event:{event['id']}")
