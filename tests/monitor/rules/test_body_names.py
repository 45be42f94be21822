"""Names of bodies and the levels of their areas."""

import pytest

from monitor.rules.body_names import is_anyones_office, is_below, is_same


@pytest.mark.parametrize(
    ("name", "own", "below"),
    [
        ("清水县水利局", "南江市水利局", True),
        ("南江市水利局", "云岭省水利厅", True),
        ("南江市水利局", "清水县水利局", False),
        ("东湖区公安分局", "南江市公安局东湖分局", False),
        ("阿克苏地区水利局", "阿图什市水利局", False),
        ("阿图什市水利局", "阿克苏地区水利局", False),
        ("阿克苏地区水利局", "新疆维吾尔自治区水利厅", True),
        ("水利局", "清水县水利局", False),
        ("广元昭化区水利局", "广元市昭化区水利局", False),
    ],
)
def test_area_is_below_another_only_where_its_level_is_known_to_be(name, own, below):
    """A prefecture (地区) stands beside the cities, not among the counties."""
    assert is_below(name, own) is below


@pytest.mark.parametrize(
    ("name", "own", "same"),
    [
        ("黔东南州应急管理局", "黔东南苗族侗族自治州应急管理局", True),
        ("大庆市林源街道", "大同区林源街道办事处", True),
        ("重庆江津区体育局", "重庆市江津区体育局", True),
        ("市旅文局", "琼海市文化广电旅游体育局", True),
        ("市环保局", "阳江市生态环境局", True),
        ("江城区环保分局", "阳江市生态环境局江城分局", True),
        ("市国土局", "阳江市自然资源和规划局", True),
        ("阳春市国土局", "阳江市自然资源局", False),
        ("市教育局", "阳江市生态环境局", False),
        ("湖东街道", "东湖街道办事处", False),
        ("清水县水务局", "南江市水务局", False),
        ("大同区林源街道", "让胡路区林源街道办事处", False),
    ],
)
def test_short_name_of_a_place_is_the_same_body_and_another_area_is_not(name, own, same):
    """Autonomous areas, cities without 市, and streets without their district."""
    assert is_same(name, own) is same


@pytest.mark.parametrize(
    ("name", "anyones"),
    [
        ("综合办公室", True),
        ("镇党政综合办公室", True),
        ("县局办公室", True),
        ("党工委管委会办公室", True),
        ("清水县水务局办公室", False),
        ("石桥镇党政办公室", False),
        ("水务局", False),
    ],
)
def test_office_without_place_or_bureau_in_its_name_may_be_anyones(name, anyones):
    """Every body has such an office, and it is the one that writes the report."""
    assert is_anyones_office(name) is anyones
