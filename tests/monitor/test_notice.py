"""The 通报 says what is certain, each with the basis that binds that body, and nothing else."""

import docx
import openpyxl
import pytest

from monitor.cli import run
from tests.monitor.coverage_support import DUE, Crawler, days
from tests.monitor.season_support import BODIES, PORTAL, crawl_season

MORE = """civil,卧龙区民政局,department,411303,wolong,wolong-zwgk,
qiyi,七一街道办事处,subdistrict,411303,wolong,wolong-zwgk,
far,潦河镇人民政府,township,411303,blocked,wolong-zwgk,
"""
BLOCKED = PORTAL.replace("wolong", "blocked").replace("卧龙区", "某")
ALERTS = "recipients: {wolong-zwgk: {name: 卧龙区政务公开办, channels: {}}}\n"


@pytest.fixture
def at(places, archive, fixtures, monkeypatch):
    """A processed season: one street published with wrong sums, one not, one portal unseen."""
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(70)).isoformat())
    for folder, name, text in (
        ("bodies", "wolong.csv", BODIES + MORE),
        ("portals", "wolong.yml", PORTAL),
        ("portals", "blocked.yml", BLOCKED),
    ):
        (places.config / folder).mkdir(exist_ok=True)
        (places.config / folder / name).write_text(text, "utf-8")
    (places.config / "alerts.yml").write_text(ALERTS, "utf-8")
    crawl_season(archive, fixtures, DUE + days(69))
    words = ["--data", str(places.data), "--config", str(places.config)]
    assert run(["process", *words]) == 0
    return words


def read(folder, supervisor="wolong-zwgk"):
    """Paragraphs and tables of the DOCX, and the sheets of the XLSX."""
    document = docx.Document(folder / f"通报-{supervisor}-2024.docx")
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    book = openpyxl.load_workbook(folder / f"通报-{supervisor}-2024.xlsx")
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    return paragraphs, tables, sheets


def test_notice_tells_law_from_custom_and_leaves_out_what_is_not_certain(at, tmp_path, capsys):
    """Departments by article 49, streets by custom; the unseen portal and the unconfirmed are not accused."""
    assert run(["notice", "--supervisor", "wolong-zwgk", "--year", "2024", "--out", str(tmp_path), *at]) == 0
    paragraphs, tables, sheets = read(tmp_path)
    text = "\n".join(paragraphs)
    assert "卧龙区政务公开办：" in text
    assert "另有 1 个机关尚待核实" in text
    assert "第四十七条" in text
    by_law = sheets["未公布年度报告"]
    assert {row[0] for row in by_law[1:]} == {"卧龙区人民政府办公室", "卧龙区民政局"}
    assert all("第四十九条第一款" in row[3] for row in by_law[1:])
    assert all("采集记录" in row[5] for row in by_law[1:])
    by_custom = sheets["未公布年度报告（依通知或惯例）"]
    assert [row[0] for row in by_custom[1:]] == ["七一街道办事处"]
    assert all("第四十九条" not in f"{row[3]}{row[4]}" for row in by_custom[1:])
    undecided = sheets["无法判断"]
    assert [row[0] for row in undecided[1:]] == ["潦河镇人民政府"]
    assert "卧龙区教育局" not in f"{paragraphs}{tables}{sheets}"
    assert [len(table) for table in tables] == [len(rows) for name, rows in sheets.items() if name != "概况"]


def test_dismissed_findings_are_not_told(at, archive, tmp_path):
    """Somebody decided that this is none."""
    alert = archive.row("select id from alerts where body = 'civil' and rule = 'publication.missing'")
    assert run(["alerts", "dismiss", str(alert["id"]), "--reason", "已核实", *at]) == 0
    run(["notice", "--supervisor", "wolong-zwgk", "--year", "2024", "--out", str(tmp_path), *at])
    paragraphs, _tables, sheets = read(tmp_path)
    assert {row[0] for row in sheets["未公布年度报告"][1:]} == {"卧龙区人民政府办公室"}
    text = "\n".join(paragraphs)
    assert "未公布 2 个" in text
    assert "另有 1 个机关的问题经核实不予通报" in text


def test_letter_stands_on_a4_and_its_tables_fill_a_wide_page(at, tmp_path):
    """As it is printed: the tables behind the letter, their headings on every page."""
    run(["notice", "--supervisor", "wolong-zwgk", "--year", "2024", "--out", str(tmp_path), *at])
    document = docx.Document(tmp_path / "通报-wolong-zwgk-2024.docx")
    letter, tables = document.sections
    assert (round(letter.page_width.mm), round(letter.page_height.mm)) == (210, 297)
    assert (round(tables.page_width.mm), round(tables.page_height.mm)) == (297, 210)
    for table in document.tables:
        widths = [cell.width.mm for cell in table.rows[0].cells]
        assert sum(widths) == pytest.approx(257, abs=1)
        assert "w:tblHeader" in table.rows[0]._tr.xml


def test_evidence_is_told_in_the_time_of_beijing(at, tmp_path):
    """The look of 10 April 16:00 UTC was on the eleventh at midnight."""
    run(["notice", "--supervisor", "wolong-zwgk", "--year", "2024", "--out", str(tmp_path), *at])
    proof = read(tmp_path)[2]["未公布年度报告"][1][5]
    assert "2025-04-11 00:00查看 http" in proof


def test_findings_of_reports_are_listed_with_basis_and_source(at, archive, tmp_path):
    """As many as the ledger holds of these bodies for certain, one for each group."""
    run(["notice", "--supervisor", "nanyang", "--year", "2024", "--out", str(tmp_path), *at])
    rows = read(tmp_path, "nanyang")[2]["报告内容问题"][1:]
    certain = archive.rows(
        "select distinct coalesce(\"group\", fingerprint) as key from findings where body = 'wolong'"
        " and state = 'open' and outcome = 'fail' and blame <> 'extraction' and severity <> 'info'"
        " and rule not like 'publication.%'"
    )
    assert len(rows) == len(certain) > 0
    assert all(row[4] and row[5].startswith("http") for row in rows)


def test_report_years_under_the_former_regulation_do_not_cite_the_new_one(at, archive, tmp_path):
    """2017: article 31 of the former, 31 March for everybody."""
    crawler = Crawler(archive)
    run_id = archive.start_run("crawl", portal="wolong", year=2017)
    title = "卧龙区水利局2017年政府信息公开工作年度报告"
    crawler.capture(DUE + days(69), run_id, crawler.column, "list", links=(("http://a/7", title),))
    archive.finish_run(run_id, "ok")
    run(["process", *at])
    run(["notice", "--supervisor", "wolong-zwgk", "--year", "2017", "--out", str(tmp_path), *at])
    document = docx.Document(tmp_path / "通报-wolong-zwgk-2017.docx")
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "第四十七条" not in text
    assert any("第三十一条" in cell for cell in cells)
    assert not any("第四十九条" in cell for cell in cells)


def test_unknown_supervisor_is_refused(at, tmp_path, capsys):
    """Nobody's."""
    assert run(["notice", "--supervisor", "nobody", "--out", str(tmp_path), *at]) == 1
    assert "nobody" in capsys.readouterr().err
