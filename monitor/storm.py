"""The storm brake: where an unusual share of bodies turns bad at once, doubt ourselves first.

A changed portal, a broken reader or a wrong clock looks like hundreds of guilty bodies. The operator
gets one message; those to supervisors wait until `nianbao alerts approve`.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from archive.store import Archive, stamp, to_json
from config import clock
from config.alerts import OPERATOR, AlertConfig
from config.language import say
from monitor.finding import Finding, RuleOutcome, Severity
from monitor.finding_rows import Scope, add_finding
from monitor.ledger_alerts import close_alert, open_alerts

STORM = "monitor.storm"


def brake_storm(
    archive: Archive, opened: Sequence[int], evaluated: AbstractSet[Scope], config: AlertConfig
) -> int:
    """Hold the notices of `opened` alerts to supervisors if they are a storm.

    `opened` are new alerts, those that are back and those with other values. Returns how many bodies
    turned bad, 0 where nothing is held. Runs inside the ledger's transaction.
    """
    row = archive.row(
        "select count(distinct body) as bodies from alerts where audience = 'supervisor'"
        " and id in (select value from json_each(:opened))",
        {"opened": to_json(list(opened))},
    )
    bad = int(row["bodies"]) if row else 0
    all_bodies = len({body for body, _year in evaluated})
    if bad < config.storm.bodies_min or bad < config.storm.share * all_bodies:
        return 0
    archive.db.execute(
        "update notices set state = 'held', reason = 'storm' where state = 'queued'"
        " and recipient != :operator and alert_id in (select value from json_each(:opened))",
        {"opened": to_json(list(opened)), "operator": OPERATOR},
    )
    finding = _storm_finding(bad, all_bodies)
    add_finding(archive, finding)
    open_alerts(archive, {finding.fingerprint: finding}, config, {})
    return bad


def end_storm(archive: Archive, who: str) -> None:
    """Resolve the operator's storm alerts once nothing is held for a storm any more."""
    if archive.row("select 1 from notices where state = 'held' and reason = 'storm'"):
        return
    storms = archive.rows(
        "select id, fingerprint from alerts where rule = :rule and state in ('open', 'acknowledged')",
        {"rule": STORM},
    )
    for row in storms:
        archive.db.table("findings").update(row["fingerprint"], {"state": "resolved"})
        close_alert(archive, row["id"], "resolved", "nothing is held any more", who)


def _storm_finding(bad: int, all_bodies: int) -> Finding:
    return Finding(
        rule=STORM,
        title=say("异常单位突增", "Unusually many bodies turned bad"),
        severity=Severity.ERROR,
        outcome=RuleOutcome.FAIL,
        message=say(
            f"一次核对中 {all_bodies} 个单位有 {bad} 个新出现问题, 发给主管部门的信息已暂缓。"
            "请先核查采集与读数是否正常, 再用 nianbao alerts approve --all 放行, 或逐条 dismiss。",
            f"{bad} of {all_bodies} bodies turned bad in one run; messages to supervisors are held. Check"
            " the crawl and the readings, then release with: nianbao alerts approve --all",
        ),
        basis=say("运行规则: 异常增多时先自查", "practice: doubt ourselves first"),
        source=f"storm:{stamp(clock.now())}",
        actual=bad,
        expected=all_bodies,
    )
