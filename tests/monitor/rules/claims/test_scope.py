"""What is said of another time, of others or of a part of the body is held against no table."""

import pytest

from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.examples import sound_report
from monitor.rules.prose.sentences import sentences

BUREAU, COUNTY, OFFICE = "示例县水务局", "示例县人民政府", "示例县人民政府办公室"


def is_own(text, organization):
    """Ask of a sentence up to its last number."""
    changes = {"organization": organization, "sections": {1: f"（二）依申请公开\n{text}"}}
    context = RuleContext(sound_report().changed(changes).report())
    sentence = next(item for item in sentences(context) if item.text.startswith(text[:4]))
    end = max(place for place, letter in enumerate(sentence.text) if letter.isdigit()) + 1
    return speaks_of_year(
        context, sentence, max(sentence.text.rfind(mark, 0, end) for mark in "，。；") + 1, end
    )


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("2024年收到申请12件", BUREAU),
        ("与2023年相比，收到申请12件", BUREAU),
        ("2023年结转2024年1件", BUREAU),
        ("根据《2023年工作要点》，收到申请12件", BUREAU),
        ("全年累计收到申请12件", BUREAU),
        ("县水务局收到申请12件", BUREAU),
        ("全县各级各部门收到申请12件", COUNTY),
        ("县政府本级收到申请12件", OFFICE),
        ("政府办公室收到申请12件", OFFICE),
    ],
)
def test_own_year_and_body(text, organization):
    """Years compared, carried from or quoted are not the sentence's own."""
    assert is_own(text, organization)


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("2023年收到申请12件", BUREAU),
        ("上半年收到申请7件", BUREAU),
        ("一季度收到申请3件，其中线上2件", BUREAU),
        ("截至6月收到申请7件", BUREAU),
        ("累计收到申请32件", BUREAU),
        ("上年度收到申请9件，答复9件", BUREAU),
        ("下属单位收到申请2件", BUREAU),
        ("县教育局收到申请2件", BUREAU),
        ("信息中心收到申请2件", BUREAU),
        ("政府办公室收到申请2件", BUREAU),
        ("全县收到申请88件", BUREAU),
        ("县政府被申请复议4件", BUREAU),
        ("收到申请12件，其中县政府受理4件", COUNTY),
        ("省政府作为被告的诉讼17件", COUNTY),
        ("县政府被申请复议4件", OFFICE),
    ],
)
def test_other_times_and_other_bodies(text, organization):
    """Half a year, last year, those below, beside and above."""
    assert not is_own(text, organization)
