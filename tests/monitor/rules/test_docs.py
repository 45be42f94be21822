"""docs/rules.md is made from the code and cannot drift from it."""

from monitor.rules import docs
from monitor.rules.registry import all_rules


def test_page_is_what_the_code_writes():
    """After changing a rule or an example, run `make docs`."""
    assert docs.PAGE.read_text("utf-8") == docs.page()


def test_page_shows_every_rule():
    """Each rule has a section of its own."""
    text = docs.page()
    assert [id_ for id_ in all_rules() if f"\n## {id_}\n" not in text] == []
