"""Names of bodies and the levels of their areas."""

import pytest

from monitor.rules.body_names import is_below


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
    ],
)
def test_area_is_below_another_only_where_its_level_is_known_to_be(name, own, below):
    """A prefecture (地区) stands beside the cities, not among the counties."""
    assert is_below(name, own) is below
