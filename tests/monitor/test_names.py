"""Names compare as equal where only their style differs, and never where the body differs."""

import pytest

from monitor.names import kind_of_key, last_area, name_key, own_part, shorter_keys


@pytest.mark.parametrize(
    "names",
    [
        ("卧龙区人民政府", "卧龙区政府", "卧龙区", " 卧龙区 人民政府", "卧龙区人民"),
        ("卧龙区人民政府办公室", "卧龙区政府办公室", "卧龙区政府办", "卧龙区人民政府办"),
        ("卧龙岗街道办事处", "卧龙岗街道", "卧龙岗街道办", "卧龙岗办事处"),
        ("青华镇人民政府", "青华镇政府", "青华镇"),
        ("高新技术开发区管理委员会", "高新技术开发区管委会"),
        ("卧龙区卫生健康委员会", "卧龙区卫生健康委"),
    ],
)
def test_spellings_of_one_name_have_one_key(names):
    """Only style differs."""
    assert len({name_key(name) for name in names}) == 1


def test_area_office_department_and_street_differ():
    """Four bodies of one area."""
    names = ("卧龙区人民政府", "卧龙区人民政府办公室", "卧龙区教育局", "卧龙区卧龙岗街道办事处")
    keys = [name_key(name) for name in names]
    assert len(set(keys)) == 4
    assert [kind_of_key(key) for key in keys] == ["area", "office", "department", "street"]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("河南省南阳市卧龙区卧龙岗街道办事处", "卧龙岗街道"),
        ("叶县盐都街道办事处", "盐都街道"),
        ("原州区南关街道", "南关街道"),
        ("南阳市市场监督管理局", "市场监督管理局"),
        ("南关区社区建设局", "社区建设局"),
        ("卧龙区人民政府办公室", "政府办"),
        ("郑州市金水区", "金水区"),
        ("卧龙区", "卧龙区"),
        ("教育局", "教育局"),
    ],
)
def test_own_part_has_no_area_before_it(name, own):
    """What remains identifies the body inside its area."""
    assert own_part(name_key(name)) == own


def test_last_area_is_the_nearest():
    """The area that the body belongs to."""
    assert last_area(name_key("河南省南阳市卧龙区卧龙岗街道")) == "卧龙区"
    assert last_area(name_key("教育局")) == ""


def test_shorter_keys_drop_one_area_after_the_other():
    """From the longest name to the shortest."""
    assert shorter_keys("河南省南阳市卧龙区教育局") == ["南阳市卧龙区教育局", "卧龙区教育局", "教育局"]
