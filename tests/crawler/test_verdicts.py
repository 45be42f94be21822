"""Saved answers, each with its verdict: the contract of `judge`."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Role, Verdict
from crawler.verdicts import DECLINING_STATUS, Answer, judge

ANSWERS = Path(__file__).parent.parent / "fixtures" / "answers"
with (ANSWERS / "expected.csv").open(encoding="utf-8") as rows:
    EXPECTED = list(csv.DictReader(rows))


def read_answer(path: Path, role: str, url: str) -> Answer:
    """A saved HTTP answer: status line, headers, blank line, body."""
    head, _, content = path.read_bytes().partition(b"\r\n\r\n")
    status_line, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Answer(
        int(status_line.split()[1]), {k.lower(): v for k, v in headers.items()}, content, url, Role(role)
    )


@pytest.mark.parametrize("row", EXPECTED, ids=[row["answer"] for row in EXPECTED])
def test_saved_answer_has_its_verdict(row):
    """Status, bytes and role decide, and the reason says by what."""
    judgement = judge(read_answer(ANSWERS / f"{row['answer']}.http", row["role"], row["url"]))
    assert (judgement.verdict, row["reason"] in judgement.reason) == (row["verdict"], True), judgement


def test_every_saved_answer_is_expected():
    """No file without a row, and every verdict that an answer can have is there."""
    assert {path.stem for path in ANSWERS.glob("*.http")} == {row["answer"] for row in EXPECTED}
    assert {row["verdict"] for row in EXPECTED} == {
        "ok", "unchanged", "declined", "soft_404", "js_shell", "gone", "error"
    }  # fmt: skip


@given(content=st.binary(max_size=400), status=st.integers(100, 999), role=st.sampled_from(list(Role)))
def test_any_bytes_get_a_verdict_and_only_good_statuses_are_ok(content, status, role):
    """Whatever a server sends, it is judged without an exception, and doubt is never ok."""
    verdict = judge(Answer(status, {}, content, "http://a.gov.cn/b/c.html", role)).verdict
    assert verdict is not Verdict.OK or status in {200, 203}
    assert status not in DECLINING_STATUS or verdict in {Verdict.DECLINED, Verdict.GONE}


@pytest.mark.parametrize("script", ["$_ts", "acw_sc__v2", "__jsl_clearance", "TCaptcha", "geetest"])
@given(filler=st.text("abcdef 政府年报", max_size=120))
def test_challenge_script_on_a_bare_page_is_never_ok(script, filler):
    """A firewall's script with hardly anything beside it is a refusal, whatever little is shown."""
    page = f"<html><script>var x='{script}'</script><body>{filler}</body></html>".encode()
    answer = Answer(200, {}, page, "http://a.gov.cn/b/c.html", Role.ARTICLE)
    assert judge(answer).verdict is Verdict.DECLINED
