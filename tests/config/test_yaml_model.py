"""Whatever stands in a configuration file, its mistake is told in one line, with file and line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.yaml_model import ConfigModel, load_yaml


class Span(ConfigModel):
    """A model with the kinds of values that our files have."""

    name: str
    begins: date
    days: int = 1
    kinds: tuple[str, ...] = ()


SOUND = "name: 某市\nbegins: 2025-03-31\ndays: 5\nkinds: [township, county]\n"
PIECES = ["~", "[]", "{", "}", "- ", "0", "-1", "1e400", "2025-02-30", '"', "'", ": ", ":", "#", "&a", "*a",
          "|", "\t", "\x00", "\ufeff", "? ", "%", "9" * 5000, "\n", "!!python/object:os.system",
          "12:30", "[[", "\ud7ff"]  # fmt: skip


def load(tmp_path: Path, text: str) -> Span:
    """Load a file with this text."""
    path = tmp_path / "span.yml"
    path.write_text(text, encoding="utf-8")
    return load_yaml(path, Span)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("2025-03-31", "2025-02-30", 2, "2025-02-30"),
        ("2025-03-31", "2025-03-31 25:00:00", 2, "25:00:00"),
        ("days: 5", "days: " + "9" * 5000, 3, "999"),
        ("days: 5", "days:\t5x", 3, "days"),
        ("kinds: [", "more: 1\nkinds: [a ? b, ", 4, "more"),
        ("某市", "某\x00市", 1, "#x0000"),
        ("days: 5", "\ufeffdays: 5", 3, ""),
    ],
)
def test_value_that_yaml_cannot_make_is_told_with_its_line(tmp_path, old, new, line, reason):
    """A day that no month has, a number without end, a character that no text has."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, SOUND.replace(old, new))
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'span.yml'}:{line}: ")
    assert reason in message
    assert "\n" not in message
    assert len(message) < 500


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(PIECES)), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_model_or_one_line(tmp_path_factory, changes):
    """No traceback for a slip of the operator's hand."""
    text = SOUND
    for place, piece in changes:
        text = text[: place % len(text)] + piece + text[place % len(text) :]
    try:
        assert load(tmp_path_factory.getbasetemp(), text).name
    except ConfigError as error:
        assert "\n" not in str(error)
