"""A document is matched to the right body, or is doubtful with a reason and its candidates."""

import pytest

from archive.derived import Outcome
from monitor.matching import FoundDocument, match_document
from tests.monitor.coverage_support import (
    AREA,
    ELSEWHERE,
    MEIXI,
    OFFICE,
    SCHOOLS,
    STREET,
    body,
    portal,
    report,
    roster,
)


def match(read=None, *bodies, titles=(), outcome=None, on="wolong", **found):
    """Match a document on a portal of the roster."""
    ended = outcome or (Outcome.REPORT if read else Outcome.PROBLEM)
    return match_document(
        FoundDocument(on, ended, read, tuple(titles), **found), roster(*bodies) if bodies else roster()
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("卧龙区人民政府", AREA),
        ("卧龙区", AREA),
        ("南阳市卧龙区人民政府", AREA),
        ("卧龙区人民政府办公室", OFFICE),
        ("卧龙区政府办", OFFICE),
        ("卧龙区教育局", SCHOOLS),
        ("区教体局", SCHOOLS),
        ("河南省南阳市卧龙区教育局", SCHOOLS),
        ("卧龙岗街道", STREET),
        ("卧龙区梅溪街道办事处", MEIXI),
    ],
)
def test_spelling_of_a_name_is_matched_without_doubt(written, meant):
    """Area, office and department of one area are three bodies."""
    found = match(report(written))
    assert (found.body, found.year, found.doubt) == (meant.id, 2024, "")


def test_misspelt_area_before_an_unmistakable_name_is_matched_with_its_reason():
    """Seed 000: 卧岗区 does not exist, and only one body has that street's name."""
    found = match(report("卧岗区卧龙岗街道办事处"))
    assert (found.body, found.code) == (STREET.id, "area_differs")
    assert "卧岗区卧龙岗街道办事处" in found.doubt


def test_alias_in_the_roster_makes_a_misspelling_exact():
    """The operator settled it."""
    known = body("wolonggang", "卧龙区卧龙岗街道办事处", "subdistrict", aliases=("卧岗区卧龙岗街道办事处",))
    assert match(report("卧岗区卧龙岗街道办事处"), known).doubt == ""


def test_same_name_in_a_known_other_area_is_nobody_of_this_portal():
    """叶县 is a real area with bodies of its own."""
    found = match(report("叶县教育局"))
    assert (found.body, found.code, found.candidates) == (None, "not_in_roster", ())


def test_same_name_in_an_unknown_area_is_only_a_candidate():
    """新城区 cannot be a misspelling of 卧龙区."""
    found = match(report("新城区教育局"))
    assert (found.body, found.candidates) == (None, (SCHOOLS.id,))


def test_body_of_another_portal_is_not_credited_here():
    """A report on a strange portal proves nothing yet."""
    found = match(report("叶县盐都街道办事处"))
    assert (found.body, found.code) == (None, "other_body")
    assert match(report("叶县盐都街道办事处"), on="yexian").body == ELSEWHERE.id


def test_office_is_not_taken_for_its_area_when_only_one_is_in_the_roster():
    """One body on the portal is no licence to guess."""
    found = match(report("卧龙区人民政府"), OFFICE)
    assert (found.body, found.candidates) == (None, (OFFICE.id,))
    found = match(report("卧龙区人民政府办公室"), AREA)
    assert (found.body, found.candidates) == (None, (AREA.id,))


def test_name_left_out_belongs_to_the_only_body():
    """A column of one body."""
    found = match(report(None), SCHOOLS)
    assert (found.body, found.code) == (SCHOOLS.id, "only_body")


def test_name_left_out_among_several_is_doubtful_with_all_as_candidates():
    """None of them can be called missing."""
    found = match(report(None))
    assert (found.body, found.code) == (None, "no_name")
    assert set(found.candidates) == {AREA.id, OFFICE.id, SCHOOLS.id, STREET.id, MEIXI.id}


def test_short_name_is_matched_with_its_reason():
    """教育局 on a portal with one education bureau."""
    found = match(report("教育局"))
    assert (found.body, found.code) == (SCHOOLS.id, "short_name")


def test_bare_government_is_the_area():
    """人民政府 without a name is neither its office nor a department."""
    assert match(report("人民政府")).body == AREA.id


def test_document_and_link_that_contradict_each_other_are_doubtful():
    """The list says the office, the document says the area."""
    found = match(report("卧龙区人民政府"), titles=["卧龙区人民政府办公室2024年政府信息公开工作年度报告"])
    assert (found.body, found.code) == (None, "sources_differ")
    assert set(found.candidates) == {AREA.id, OFFICE.id}


def test_link_names_the_body_that_the_document_does_not():
    """The title in the column is evidence too."""
    found = match(report("本机关"), titles=["卧龙区教育局2024年政府信息公开工作年度报告"])
    assert (found.body, found.code) == (SCHOOLS.id, "link_title")


def test_breadcrumb_names_the_body_where_no_title_does():
    """首页 > 街道 > 梅溪街道 > 年报."""
    found = match(report(None), context="首页 > 街道 > 梅溪街道 > 政府信息公开年报")
    assert found.body is None  # 梅溪街道 is a short name, not an exact one
    found = match(report(None), context="首页 > 街道 > 卧龙区梅溪街道 > 政府信息公开年报")
    assert found.body == MEIXI.id


def test_publishing_office_is_no_proof_of_whose_report_it_is():
    """The office publishes its area's report too."""
    hints = {"index_block": "索引号 K1 发布机构：卧龙区人民政府办公室 发布日期 2025-01-16"}
    assert match(report(None), hints=hints).body is None
    hints = {"index_block": "索引号 K1 发布机构：卧龙区教育局 发布日期 2025-01-16"}
    assert match(report(None), hints=hints).body == SCHOOLS.id


def test_unreadable_document_belongs_to_the_body_that_its_link_names():
    """Published, though we cannot read it."""
    found = match(titles=["卧龙区教育局2024年政府信息公开工作年度报告.pdf"])
    assert (found.body, found.year) == (SCHOOLS.id, 2024)


def test_unreadable_attachment_belongs_to_the_body_that_its_page_names():
    """附件.pdf on a page with a telling title; but not where the link says that it is a commentary."""
    page = ("卧龙区教育局2024年政府信息公开工作年度报告",)
    assert match(titles=["附件.pdf"], page_titles=page).body == SCHOOLS.id
    assert match(titles=["年报问答解读.docx"], page_titles=page).body is None


def test_readable_page_that_only_carries_the_title_is_a_candidate():
    """Neither a report nor nothing: the body is not called missing for it."""
    found = match(outcome=Outcome.REJECTED, titles=["卧龙区教育局2024年政府信息公开工作年度报告"])
    assert (found.body, found.code, found.candidates) == (None, "content_not_report", (SCHOOLS.id,))


def test_other_papers_match_nobody_and_raise_no_doubt():
    """解读, 报表."""
    for title in ("《卧龙区教育局2024年政府信息公开工作年度报告》解读", "2024年政府网站工作年度报表"):
        found = match(outcome=Outcome.REJECTED, titles=[title])
        assert (found.body, found.doubt, found.candidates) == (None, "", ())


def test_link_and_document_of_different_years_are_doubtful():
    """Last year's file under this year's title: neither year is decided."""
    found = match(report("卧龙区教育局", 2023), titles=["卧龙区教育局2024年政府信息公开工作年度报告"])
    assert (found.body, found.year, found.candidates) == (None, None, (SCHOOLS.id,))
    assert "2023" in found.doubt


def test_year_left_out_is_taken_from_the_link():
    """The title in the column says it."""
    read = report("卧龙区教育局", None)
    assert match(read, titles=["2024年卧龙区教育局政府信息公开工作年度报告"]).year == 2024
    assert match(read).code == "no_year"


def test_body_that_did_not_exist_is_not_matched():
    """A street founded in 2025 owes nothing for 2024."""
    new = body("wolong-jyj", "卧龙区教育局", "department", since=2025)
    assert match(report("卧龙区教育局"), new, AREA).body is None


def test_renamed_body_keeps_its_series():
    """The old name is an alias."""
    renamed = body("wolong-jyj", "卧龙区教育体育局", "department", aliases=("卧龙区教育局",))
    assert match(report("卧龙区教育局", 2019), renamed).body == "wolong-jyj"


def test_portal_that_lists_the_body_is_enough():
    """Either side may name the other."""
    lonely = body("wolong-jyj", "卧龙区教育局", "department", portals=())
    listing = roster(lonely, portals=(portal(bodies=("wolong-jyj",)),))
    found = match_document(FoundDocument("wolong", Outcome.REPORT, report("卧龙区教育局")), listing)
    assert found.body == "wolong-jyj"


ABBREVIATIONS = (
    ("工业和信息化局", "工信局"), ("人力资源和社会保障局", "人社局"), ("发展和改革委员会", "发改委"),
    ("卫生健康委员会", "卫健委"), ("住房和城乡建设局", "住建局"), ("市场监督管理局", "市监局"),
    ("应急管理局", "应急局"), ("农业农村局", "农业局"), ("医疗保障局", "医保局"), ("科学技术局", "科技局"),
    ("城市管理综合执法局", "城管局"), ("文化广电和旅游局", "文旅局"), ("教育体育局", "教育局"),
    ("国有资产监督管理委员会", "国资委"), ("退役军人事务局", "退役军人局"), ("交通运输局", "交通局"),
)  # fmt: skip


@pytest.mark.parametrize("area", ["", "卧龙区", "南阳市卧龙区"])
@pytest.mark.parametrize(("name", "short"), ABBREVIATIONS)
def test_abbreviated_name_is_matched_with_its_reason(name, short, area):
    """住建局 in the title of the list and in the document: it is published, and nobody is missing."""
    bodies = [
        body(f"d{number}", f"卧龙区{full}", "department") for number, (full, _) in enumerate(ABBREVIATIONS)
    ]
    meant = next(item for item in bodies if item.name == f"卧龙区{name}")
    found = match(report(area + short), *bodies)
    assert found.body == meant.id
    assert found.doubt or found.code == "similar_name"


def test_abbreviation_of_two_bodies_is_matched_to_neither():
    """科技局 may be 科学技术局 and 科技和工业信息化局."""
    two = (
        body("kx", "卧龙区科学技术局", "department"),
        body("kg", "卧龙区科技和工业信息化局", "department"),
    )
    found = match(report("卧龙区科技局"), *two)
    assert (found.body, set(found.candidates)) == (None, {"kx", "kg"})


def test_abbreviation_in_another_area_is_not_matched():
    """宛城区住建局 is not 卧龙区住房和城乡建设局, though it stands in its column."""
    found = match(report("宛城区住建局"), body("zjj", "卧龙区住房和城乡建设局", "department"), SCHOOLS)
    assert (found.body, found.candidates) == (None, ("zjj",))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("自然资源局", "自然资源和规划局"),
        ("卫生健康委员会", "卫健局"),
        ("财政局", "财政和国资局"),
        ("机关事务管理局", "机关事务中心"),
        ("地方金融监督管理局", "金融局"),
    ],
)
def test_name_that_continues_or_shortens_a_known_one_is_doubtful(name, written):
    """A renamed body that the roster does not know yet is not missing."""
    known = body("known", f"卧龙区{name}", "department")
    found = match(report(f"卧龙区{written}"), known, SCHOOLS, OFFICE)
    assert (found.body, found.candidates) == (None, ("known",))


def test_report_seen_on_a_strange_portal_is_a_doubt_for_its_body():
    """It is not credited, but its body has published somewhere: it is not called missing."""
    assert match(report("叶县盐都街道办事处")).candidates == (ELSEWHERE.id,)


@pytest.mark.parametrize("title", ["卧龙区各部门", "卧龙区直属单位", "全区"])
def test_report_of_many_bodies_could_be_any_of_theirs(title):
    """A compilation that could not be read."""
    found = match(titles=[f"{title}2024年政府信息公开工作年度报告"])
    assert found.body is None
    assert SCHOOLS.id in found.candidates
    assert STREET.id in found.candidates


@pytest.mark.parametrize(
    ("written", "meant"), [("区教育局", SCHOOLS.id), ("区住建局", "zjj"), ("市教育局", None)]
)
def test_level_in_the_place_of_the_area_is_a_short_name(written, meant):
    """区教育局 is the district's; 市教育局 is not, and is not called missing for it."""
    bodies = (SCHOOLS, body("zjj", "卧龙区住房和城乡建设局", "department"), OFFICE)
    found = match(report(written), *bodies)
    assert found.body == meant
    assert found.doubt
