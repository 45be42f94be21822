"""`nianbao check FILE...`: parse documents and run every rule that needs no other knowledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from config import clock
from config.executor import ExecutorSettings, load_executor
from config.language import say
from config.places import Places
from extract.errors import ExtractError
from monitor.cli.context import directories
from monitor.cli.errors import one_line
from monitor.cli.output import Row, print_rows, row_format
from monitor.documents import ReadDocument, read_documents
from monitor.finding import Finding, RuleOutcome, Severity
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.packs import load_local_packs, weighed
from monitor.side_by_side import contexts_of

EXIT_FAILED = 1
EXIT_UNREADABLE = 2
_BAD = frozenset({Severity.ERROR, Severity.WARNING})
_SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_OUTCOME_WORDS = {RuleOutcome.FAIL: "不符", RuleOutcome.CANNOT_TELL: "无法判断"}
TABLE_COLUMNS = {
    "source": "文件",
    "severity_word": "程度",
    "outcome_word": "结论",
    "rule": "规则",
    "message": "说明",
}
DATA_COLUMNS = {
    "source": "文件",
    "organization": "机关",
    "year": "年度",
    "rule": "规则",
    "title": "要求",
    "severity": "程度",
    "outcome": "结论",
    "cell": "单元格",
    "expected": "应为",
    "actual": "实为",
    "message": "说明",
    "basis": "依据",
    "group": "组",
    "blame": "归因",
    "fingerprint": "指纹",
    "explanations": "可能的解释",
    "evidence": "证据",
}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@directories
@row_format
def command(files: tuple[str, ...], at: Places, format_: str, output: Path | None) -> int:
    """核对报告: 表格勾稽、结构、文字与数字是否一致 (- 为标准输入).

    同一机关连续年度的文件互相比较; 同一年度不同机关的文件比较文字是否雷同.
    """
    if format_ == "xlsx" and output is None:
        raise click.UsageError("--format xlsx 需要 --output FILE")
    documents = _read_all(files, load_executor(at.config))
    pairs = zip(documents, contexts_of(documents), strict=True)
    findings = [finding for document, context in pairs for finding in _check(document, context)]
    findings = weighed(findings, load_local_packs(at.config), {}, clock.today())
    unreadable = len(files) - len(documents)
    click.echo(_verdict(documents, findings, unreadable), err=_is_data(format_, output))
    if findings or _is_data(format_, output):
        _print(findings, format_, output)
    return _exit_code(findings, unreadable)


def _read_all(files: Sequence[str], settings: ExecutorSettings) -> list[ReadDocument]:
    """Read every file that can be read; each other one is a line on standard error."""
    documents = []
    for reading in read_documents(files, settings):
        try:
            documents.append(reading.as_report())
        except ExtractError as error:
            click.echo(f"nianbao: {reading.source}: {one_line(error)}", err=True)
    return documents


def _check(document: ReadDocument, context: RuleContext) -> list[Finding]:
    findings = run_rules(context)
    organization = document.report.organization
    return [
        finding.about(source=document.source, body=None, organization=organization) for finding in findings
    ]


def _verdict(documents: Sequence[ReadDocument], findings: Sequence[Finding], unreadable: int) -> str:
    """Return the one line that answers the question: are the reports in order."""
    undecided = sum(finding.outcome is RuleOutcome.CANNOT_TELL for finding in findings)
    parts = [_counted(len(documents), _problems(findings))]
    if undecided:
        parts.append(say(f"{undecided} 处无法判断", f"{undecided} undecided"))
    if unreadable:
        parts.append(
            say(f"{unreadable} 个文件不能读取或不是年度报告", f"{unreadable} unreadable or no report")
        )
    return say("；", "; ").join(parts) + say("。", ".")


def _problems(findings: Sequence[Finding]) -> Counter[Severity]:
    """Count the problems by severity: what one cell explains is one, as grave as its gravest finding."""
    worst: dict[tuple[str | None, str], Severity] = {}
    for finding in findings:
        if finding.outcome is RuleOutcome.FAIL:
            problem = (finding.source, finding.group or finding.fingerprint)
            known = worst.get(problem, finding.severity)
            worst[problem] = min(known, finding.severity, key=list(_SEVERITY_WORDS).index)
    return Counter(worst.values())


def _counted(reports: int, problems: Counter[Severity]) -> str:
    if not reports:
        return say("没有可以核对的报告", "no report to check")
    if not problems:
        return say(f"核对 {reports} 份报告，没有发现问题", f"{reports} report(s) checked, no problem found")
    total = sum(problems.values())
    chinese = "、".join(
        f"{word} {problems[kind]}" for kind, word in _SEVERITY_WORDS.items() if problems[kind]
    )
    english = ", ".join(f"{problems[kind]} {kind}" for kind in _SEVERITY_WORDS if problems[kind])
    return say(
        f"核对 {reports} 份报告，发现 {total} 处问题（{chinese}）",
        f"{reports} report(s) checked, {total} problem(s) found ({english})",
    )


def _print(findings: Sequence[Finding], format_: str, output: Path | None) -> None:
    if format_ == "table":
        print_rows([_shown(finding) for finding in findings], TABLE_COLUMNS, format_, output)
    else:
        print_rows([finding.to_json() for finding in findings], DATA_COLUMNS, format_, output)


def _shown(finding: Finding) -> Row:
    return {
        **finding.to_json(),
        "severity_word": say(_SEVERITY_WORDS[finding.severity], str(finding.severity)),
        "outcome_word": say(_OUTCOME_WORDS[finding.outcome], str(finding.outcome)),
    }


def _is_data(format_: str, output: Path | None) -> bool:
    """Tell whether standard output must hold nothing but rows."""
    return format_ != "table" and output is None


def _exit_code(findings: Sequence[Finding], unreadable: int) -> int:
    if any(item.outcome is RuleOutcome.FAIL and item.severity in _BAD for item in findings):
        return EXIT_FAILED
    return EXIT_UNREADABLE if unreadable else 0
