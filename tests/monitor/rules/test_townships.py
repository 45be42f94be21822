"""Names of townships and streets, and words that only end like one."""

import pytest

from monitor.rules.townships import is_just_a_township, is_township


@pytest.mark.parametrize("name", ["新华街道", "东湖区新华街道办事处", "清水县虚构镇人民政府", "公布高桥镇"])
def test_a_name_is_one_that_exists_or_that_names_its_area(name):
    """What stands before the name does not matter here."""
    assert is_township(name)


@pytest.mark.parametrize("name", ["坚持乡", "办公室设在镇", "日常工作由镇", "明晰镇"])
def test_words_that_end_like_a_name_are_none(name):
    """No township of the nation is called so."""
    assert not is_township(name)


def test_a_name_one_character_from_the_publishers_is_one():
    """A slip of the pen, or the name of a neighbour."""
    assert is_township("洁河镇", like=("示例县盐河镇人民政府",))
    assert not is_township("坚持乡", like=("清水县石桥乡人民政府",))


def test_only_a_whole_name_is_just_a_township():
    """A verb before it is no part of it."""
    assert is_just_a_township("建设路街道办事处")
    assert not is_just_a_township("支持新华街道办事处")
