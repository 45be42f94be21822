"""Steps are told like parts of a total and divide nothing, unless the total was divided by steps."""

import pytest

from monitor.rules.lists.kinds import is_step


@pytest.mark.parametrize(
    ("label", "first"),
    [("；废止", "规范性文件"), ("，同步解读", "规范性文件"), ("、拟取消", "行政许可")],
)
def test_what_was_done_beside_is_a_step(label, first):
    """文件41件，其中规范性文件3件，同步解读3件；废止6件."""
    assert is_step(label, first)


@pytest.mark.parametrize(
    ("label", "first"),
    [("、废止", "保留"), ("、宣布失效", "继续有效"), ("，废止", "修订"), ("、取消", "新增")],
)
def test_what_a_review_of_documents_decided_is_a_part(label, first):
    """清理文件61件，其中保留47件、修改5件、废止9件."""
    assert not is_step(label, first)
