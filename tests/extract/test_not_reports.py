"""What looks like a report and is none."""

import pytest

from extract.errors import NotAReport
from extract.normalize import normalize
from extract.parser import parse_report


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "《某某区人民政府2024年政府信息公开工作年度报告》解读",
            "<p>一、报告的主要内容</p><p>二、数据说明</p>",
        ),
        (
            "某某区人民政府网站工作年度报表（2024年度）",
            "<table><tr><td>网站总访问量</td><td>593</td></tr></table>",
        ),
        ("某某区2024年法治政府建设年度报告", "<p>2024年，扎实推进依法行政。</p>"),
        ("某某区召开年度报告编制培训会", "<p>会议讲解了年度报告的统一格式。</p>"),
    ],
)
def test_page_without_official_sections_is_refused(title, body):
    """No official heading and no official table: refused with a reason, whatever the title says."""
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    with pytest.raises(NotAReport) as refused:
        parse_report(normalize(page.encode()))
    assert str(refused.value)
