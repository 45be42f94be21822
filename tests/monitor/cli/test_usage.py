"""What a person reads when the words of a command are wrong, or a file or the clock is."""

import pytest

from monitor.cli import run

WRONG = {
    ("bogus",): "没有“bogus”这个命令",
    ("status", "--yaer", "2024"): "没有 --yaer 这个选项",
    ("status", "--year", "abc"): "--year 的值不对: 'abc' 不是整数",
    ("status", "--year", "1"): "--year 的值不对: 1 不在范围 2008<=x<=2100 内",
    ("status", "--year"): "选项 --year 后面缺少值",
    ("status", "--format", "pdf"): "'pdf' 不是 ",
    ("explain", "somebody"): "缺少 YEAR",
    ("alerts",): "",
    ("verify", "more"): "多余的参数: more",
    ("restore", "nowhere"): "'nowhere' 不存在",
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """No data and no configuration of this machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NIANBAO_LANG", raising=False)
    return tmp_path


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_told_in_chinese_on_one_line_and_exits_64(words, capsys):
    """Click's own words are English."""
    assert run(list(words)) == 64
    told = capsys.readouterr().err.strip()
    if WRONG[words]:
        assert told.startswith("nianbao: ")
        assert WRONG[words] in told
        assert "\n" not in told


def test_wrong_usage_is_told_in_english_where_asked(capsys, monkeypatch):
    """NIANBAO_LANG=en."""
    monkeypatch.setenv("NIANBAO_LANG", "en")
    assert run(["bogus"]) == 64
    assert capsys.readouterr().err == "nianbao: No such command 'bogus'.\n"


def test_clock_that_is_no_time_is_named(capsys, monkeypatch):
    """NIANBAO_NOW is a person's input, too."""
    monkeypatch.setenv("NIANBAO_NOW", "yesterday")
    assert run(["status"]) == 1
    assert capsys.readouterr().err == "nianbao: NIANBAO_NOW='yesterday': 不是 ISO 时间\n"


def test_database_that_is_none_is_named_and_left_as_it_is(elsewhere, capsys):
    """The file may be somebody's, or a damaged archive that a person can still save."""
    database = elsewhere / "data" / "nianbao.db"
    database.parent.mkdir()
    database.write_text("这不是数据库" * 100)
    assert run(["status"]) == 1
    told = capsys.readouterr().err
    assert "data/nianbao.db: 不是数据库或已损坏" in told
    assert "nianbao restore" in told
    assert database.read_text() == "这不是数据库" * 100


def test_data_directory_that_cannot_be_made_is_named(elsewhere, capsys):
    """A file stands where the directory should be."""
    (elsewhere / "file").write_text("")
    assert run(["status", "--data", str(elsewhere / "file" / "data")]) == 1
    assert capsys.readouterr().err.endswith("不是目录\n")


def test_empty_matrix_says_what_to_do(capsys):
    """A wrong --config looks just like a roster without bodies."""
    assert run(["status"]) == 0
    assert "没有机关名册: 先运行 nianbao bodies init" in capsys.readouterr().err
    assert run(["status", "--supervisor", "nobody"]) == 0
    assert "没有归 nobody 主管的机关" in capsys.readouterr().err
