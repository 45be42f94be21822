"""Copies: masking, shares, the sketch index, and files that are checked together."""

import json

import pytest

from monitor.cli import run
from monitor.copy_index import likely_peers
from monitor.documents import read_document
from monitor.rules.copied import copied_share
from monitor.rules.copies import mask_report, own_names
from monitor.rules.examples import sound_report
from tests.conformance.render import text_of

OWN = (
    "2024年，{name}把公开与河湖治理结合起来，在沿河{n}个村设立公示牌，按月张贴水质监测结果，"
    "群众反映的排水问题及时答复。"
)
MORE = "汛期滚动发布雨情水情，方便群众提前转移。工程招标、施工、验收的信息逐项列出，接受监督。"
REST = "组织信息员到基层听取意见，调整栏目，撤并{n}个长期不更新的栏目，新开用水服务栏目，安排专人值守。"
OTHER = (
    "护林员进村宣讲防火规定，公布造林补贴的对象和标准，调处林权纠纷的结果告知当事人，"
    "古树名木逐株建档挂牌，市民可以认养。"
)


@pytest.fixture
def seeds(fixtures):
    """The five real reports."""
    return [read_document(str(path)).report for path in sorted((fixtures / "seeds").glob("*.txt"))]


def written(name, number, opening=OWN, **more):
    """A report whose prose is the same but for name and numbers."""
    text = (opening + MORE + REST).format(name=name, n=number)
    sections = {1: text, 5: OTHER if opening == OTHER else MORE}
    return sound_report().changed(
        {"organization": name, "title": f"{name}2024年政府信息公开工作年度报告", "sections": sections, **more}
    )


def test_reports_of_different_bodies_share_next_to_nothing(seeds):
    """Five real reports, each against each: the official wording is not a copy."""
    shares = [copied_share(own, other) for own in seeds for other in seeds if own is not other]
    assert max(shares) < 0.05


def test_exchanged_name_and_numbers_do_not_hide_a_copy():
    """The same text under another name is copied whole."""
    own, other = written("示例市水务局", 12).report(), written("邻县农业农村局", 7).report()
    assert copied_share(own, other) == 1.0


def test_every_masked_character_knows_its_place(seeds):
    """The passages shown are the original words."""
    for report in seeds:
        for masked in mask_report(report).values():
            assert len(masked.places) == len(masked.text)
            plain = [
                (sign, masked.said[index].text[place])
                for sign, (index, place) in zip(masked.text, masked.places, strict=True)
                if sign not in "@#"
            ]
            assert plain
            assert [sign for sign, _letter in plain] == [letter for _sign, letter in plain]


@pytest.mark.parametrize(
    ("organization", "name"),
    [
        ("卧岗区卧龙岗街道办事处", "卧龙岗街道"),
        ("示例市水务局", "水务局"),
        ("叶县盐都街道办事处", "盐都"),
        ("卧龙区人民政府", "卧龙区人民政府"),
    ],
)
def test_short_forms_of_the_own_name_are_known(organization, name):
    """A body calls itself by the short form."""
    assert name in set(own_names(organization))


def test_index_finds_the_copy_and_nothing_else(seeds):
    """A copy of a real report under another name is its only likely peer."""
    copy = written("示例市水务局", 12).report()
    reports = {"a": copy, "b": written("邻县农业农村局", 7).report()}
    reports |= {str(number): report for number, report in enumerate(seeds)}
    assert likely_peers(reports.items(), 1) == {"a": ("b",), "b": ("a",)}


def check(capsys, *paths):
    """Run `nianbao check` and return its rows."""
    run(["check", *map(str, paths), "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_different_bodies_on_one_command_line_are_compared(tmp_path, capsys):
    """Both sides are told, each with passages side by side."""
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(text_of(written("示例市水务局", 12)), encoding="utf-8")
    second.write_text(text_of(written("邻县农业农村局", 7)), encoding="utf-8")
    rows = [row for row in check(capsys, first, second) if row["rule"] == "text.copied-from-peer"]
    assert [row["source"] for row in rows] == [str(first), str(second)]
    raws = [item["raw"] for item in rows[0]["evidence"]]
    assert "示例市水务局" in "".join(raws)
    assert "邻县农业农村局" in "".join(raws)


def test_consecutive_years_of_one_body_are_compared(tmp_path, capsys):
    """Carry-over and prose, the later year against the earlier."""
    this, last = tmp_path / "2024.txt", tmp_path / "2023.txt"
    this.write_text(text_of(written("示例市水务局", 12)), encoding="utf-8")
    title = "示例市水务局2023年政府信息公开工作年度报告"
    last.write_text(text_of(written("示例市水务局", 9, year=2023, title=title)), encoding="utf-8")
    rows = check(capsys, last, this)
    told = {row["rule"] for row in rows if row["source"] == str(this)}
    assert {"history.carry-over", "text.copied-from-last-year"} <= told
    assert not {row["rule"] for row in rows if row["source"] == str(last)} & told


def test_two_reports_of_one_year_are_no_history(tmp_path, capsys):
    """Which of two reports of the year before counts is not known here."""
    paths = [tmp_path / name for name in ("2024.txt", "a.txt", "b.txt")]
    title = "示例市水务局2023年政府信息公开工作年度报告"
    paths[0].write_text(text_of(written("示例市水务局", 12)), encoding="utf-8")
    paths[1].write_text(text_of(written("示例市水务局", 9, year=2023, title=title)), encoding="utf-8")
    paths[2].write_text(text_of(written("示例市水务局", 9, OTHER, year=2023, title=title)), encoding="utf-8")
    assert [row for row in check(capsys, *paths) if row["rule"].startswith("history.")] == []
