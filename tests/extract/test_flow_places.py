"""Numbers of a row with blank cells, by the words above them, where a page's own places are kept."""

import pytest

from extract.model import NormalizedText, State
from extract.parser import parse_report
from tests.extract.texts import facts_of

DISCLOSURE = """
第二十条第（一）项
      信息内容         本年制发件数         本年废止件数         现行有效件数
        规章                2                                         87
   行政规范性文件                                10
"""


def row(*cells):
    """A line of columns that are as wide as eight digits."""
    return "".join(cell + " " * (8 - sum(2 if ord(c) > 255 else 1 for c in cell)) for cell in cells).rstrip()


REMEDIES = "\n".join(
    [
        "", "行政复议 行政诉讼", "未经复议直接起诉 复议后起诉",
        row(*["结果维", "结果纠", "其他结", "尚未审", ""] * 3), row(*["", "", "", "", "总计"] * 3),
        row(*["持", "正", "果", "结", ""] * 3),
        row("1", "", "2", "", "3", "0", "0", "0", "0", "0", "", "4", "", "", "4"), "",
    ]
)  # fmt: skip


def facts(reader, disclosure=DISCLOSURE, remedies=REMEDIES):
    """The facts of a report whose tables have no rules, as a reader hands them over."""
    text = (
        "# 某县人民政府2024年政府信息公开工作年度报告\n## 一、总体情况\n无。\n## 二、主动公开政府信息情况"
        f"{disclosure}## 四、政府信息公开行政复议、行政诉讼情况{remedies}"
        "## 五、存在的主要问题及改进情况\n无。\n"
    )
    return facts_of(parse_report(NormalizedText(text, "application/pdf", reader, 1)))


def test_numbers_of_table_2_belong_to_the_words_above_them():
    """A blank cell is blank, its neighbours are read."""
    found = facts("pdf")
    row = [found[f"disclosure.rules.{column}"] for column in ("issued", "repealed", "in_force")]
    assert [fact.value for fact in row] == [2, None, 87]
    assert row[1].state is State.BLANK
    assert found["disclosure.normative_documents.repealed"].value == 10


def test_numbers_of_table_4_belong_to_the_columns_above_them_where_all_sums_hold():
    """Fifteen columns, eleven numbers."""
    found = facts("pdf")
    assert found["remedies.reconsideration.other"].value == 2
    assert found["remedies.reconsideration.corrected"].state is State.BLANK
    assert found["remedies.litigation_after_reconsideration.corrected"].value == 4
    wrong = facts("pdf", remedies=REMEDIES.replace("3", "9"))
    assert {fact.state for path, fact in wrong.items() if path.startswith("remedies")} == {State.AMBIGUOUS}


@pytest.mark.parametrize("reader", ["text", "docx"])
def test_places_in_text_of_others_are_not_believed(reader):
    """Programs shift a line's numbers by the width of its label; nothing in table 2 would show it."""
    found = facts(reader)
    assert found["disclosure.rules.issued"].state is State.AMBIGUOUS
    assert found["remedies.reconsideration.other"].state is State.AMBIGUOUS


def test_number_between_two_headings_is_nobodys():
    """It stands below neither, or below both."""
    found = facts(
        "pdf", disclosure=DISCLOSURE.replace("                2     ", "                          2     ")
    )
    assert {found[f"disclosure.rules.{column}"].state for column in ("issued", "repealed")} == {
        State.AMBIGUOUS
    }
