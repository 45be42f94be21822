"""Publication: rules that captures and the roster decide, not a report.

Declared here, so that the catalogue is one; `monitor/coverage.py` makes their findings.
"""

from __future__ import annotations

from monitor.finding import Severity
from monitor.rules.registry import Rule, declare

_DUE = "《政府信息公开条例》第四十九条；乡镇、街道等依地方通知（deadlines.yml 逐条注明）"
_PLATFORM = "《政府信息公开条例》第二十四条（统一的政府信息公开平台，具备检索、查阅、下载功能）"
_DUTY = "每年 1 月 31 日前（部门）或 3 月 31 日前（政府）公布上一年度报告。"
DECIDED_BY = "monitor.coverage"

for _id, _title, _severity, _basis, _duty in (
    (
        "upcoming",
        "期限将近，尚未公布",
        Severity.INFO,
        _DUE,
        "提示：期限将近，栏目中还没有见到报告。",
    ),
    (
        "missing",
        "在期限前公布报告",
        Severity.ERROR,
        _DUE,
        _DUTY,
    ),
    (
        "late",
        "公布日期不晚于期限",
        Severity.ERROR,
        _DUE,
        _DUTY,
    ),
    (
        "cannot-tell",
        "门户网站可以查看",
        Severity.INFO,
        "惯例：看不到不等于没有公布",
        "网站拒绝或打不开是采集者的事，不算该机关的问题。",
    ),
    (
        "backdated",
        "所示日期与此前的查看不矛盾",
        Severity.WARNING,
        _DUE,
        "此前查看时还没有的报告，所示日期不应早于那次查看。",
    ),
    (
        "changed",
        "公布后不悄悄改动",
        Severity.WARNING,
        "惯例：评估中的“发布后有变动”",
        "公布后的更正应当说明。",
    ),
    (
        "removed",
        "公布后一直可以查到",
        Severity.ERROR,
        _PLATFORM,
        "公布的年度报告应当一直可以检索、查阅、下载。",
    ),
    (
        "wrong-column",
        "放在年度报告栏目",
        Severity.INFO,
        "国办公开办函〔2019〕61号（年报专栏）",
        "年度报告集中放在年报栏目。",
    ),
    (
        "dead-attachment",
        "附件可以打开",
        Severity.ERROR,
        _PLATFORM,
        "附件应当可以下载、打开。",
    ),
    (
        "versions-differ",
        "网页、附件与其他平台一致",
        Severity.WARNING,
        "惯例：评估中的“多平台发布”",
        "同一份报告各处的数字应当一致。",
    ),
):
    declare(Rule(f"publication.{_id}", _title, _severity, _basis, duty=_duty, decided_by=DECIDED_BY))
