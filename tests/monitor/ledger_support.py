"""Findings, bodies and routes for the tests of the ledger."""

from config.alerts import AlertConfig
from config.bodies import Body
from monitor.finding import Blame, Finding, RuleOutcome, Severity

BODIES = {
    id_: Body(id=id_, name=name, kind="subdistrict", division="411303", supervisor="wolong", confirmed=known)
    for id_, name, known in (
        ("body-a", "梅溪街道办事处", True),
        ("body-b", "车站街道办事处", True),
        ("body-new", "新设街道办事处", False),
    )
}
CONFIG = AlertConfig.model_validate(
    {
        "operator": {"channels": {"mail": "mailto://127.0.0.1/?to=op@example.com&from=n@example.com"}},
        "recipients": {
            "wolong": {
                "name": "卧龙区政务公开办",
                "channels": {"mail": "mailto://127.0.0.1/?to=w@example.com&from=n@example.com"},
            }
        },
    }
)


def finding(body="body-a", actual=248, **changes):
    """A certain, wrong sum; any property can be replaced."""
    told = {
        "rule": "requests.balance",
        "title": "本列勾稽关系",
        "severity": Severity.ERROR,
        "outcome": RuleOutcome.FAIL,
        "message": f"自然人一列: 收到与结转之和为 247, 办结与结转下年之和为 {actual}",
        "basis": "国办公开办函〔2021〕30号",
        "body": body,
        "year": 2024,
        "cell": "requests.received.natural_person",
        "expected": 247,
        "actual": actual,
        "blame": Blame.SOURCE,
    }
    return Finding(**{**told, **changes})
