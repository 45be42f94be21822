"""What pydantic finds wrong is told in Chinese, or in English where asked."""

import pytest
from pydantic import BaseModel, Field, ValidationError

from config.mistakes import reason_of


class Sample(BaseModel, extra="forbid"):
    """One value of each usual sort."""

    name: str
    most: int = Field(default=1, ge=1, le=9)
    hosts: list[str] = Field(default_factory=list, max_length=2)


WRONG = {
    "缺少这一项": {},
    "没有这样的设置, 请核对拼写": {"name": "a", "nmae": "b"},
    "应为文字": {"name": 1},
    "应为整数": {"name": "a", "most": "many"},
    "不得小于 1": {"name": "a", "most": 0},
    "不得大于 9": {"name": "a", "most": 10},
    "应为列表": {"name": "a", "hosts": "b"},
    "不得多于 2 项": {"name": "a", "hosts": ["b", "c", "d"]},
}


def told(values) -> list[str]:
    """The reasons, in the order of the keys."""
    with pytest.raises(ValidationError) as error:
        Sample.model_validate(values)
    return [reason_of(item) for item in error.value.errors()]


@pytest.mark.parametrize("reason", WRONG)
def test_reason_is_told_in_chinese(reason):
    """The person who edits the YAML reads Chinese."""
    assert told(WRONG[reason]) == [reason]


def test_reason_is_told_in_english_where_asked(monkeypatch):
    """In pydantic's words."""
    monkeypatch.setenv("NIANBAO_LANG", "en")
    assert told({}) == ["Field required"]
