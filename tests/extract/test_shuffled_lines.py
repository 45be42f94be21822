"""No order of lines and cells makes the parser fail: it reads them, or says in one line why not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import ExtractError
from extract.model import State
from tests.extract.generate import make_sample
from tests.extract.render import normal
from tests.extract.texts import parse

LINES = normal(make_sample(7)).split("\n")
OTHERS = normal(make_sample(99)).split("\n")
CELLS = [
    "",
    "0",
    "12",
    "—",
    "/",
    "合计",
    "自然人",
    "行政处罚",
    "1.5万",
    "-3",
    "第二十条第（五）项",
    "信息内容",
    "结果维持",
]
places = st.integers(0, 10_000)


def drop(lines, place, other):
    """Lose up to five lines, as at the end of a page."""
    return lines[:place] + lines[place + 1 + other % 5 :]


def swap(lines, place, other):
    """Exchange two lines."""
    lines[place], lines[other % len(lines)] = lines[other % len(lines)], lines[place]
    return lines


def part(lines, place, _other):
    """Begin a new table."""
    return [*lines[:place], "", *lines[place:]]


def mark(lines, place, _other):
    """Leave the mark of a heading without its words."""
    return [*lines[:place], "##", *lines[place:]]


def insert(lines, place, other):
    """Take in a line of another report."""
    return [*lines[:place], OTHERS[other % len(OTHERS)], *lines[place:]]


def join(lines, place, _other):
    """Lose the end of a line."""
    return [*lines[:place], "".join(lines[place : place + 2]), *lines[place + 2 :]]


def put(lines, place, other):
    """Put a cell of another kind into a row."""
    cells = lines[place].split("\t")
    cells[other % len(cells)] = CELLS[other % len(CELLS)]
    return [*lines[:place], "\t".join(cells), *lines[place + 1 :]]


def shift(lines, place, other):
    """Move the cells of a row by one."""
    cells = lines[place].split("\t")
    cells.insert(other % len(cells), "")
    return [*lines[:place], "\t".join(cells), *lines[place + 1 :]]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([drop, swap, part, mark, insert, join, put, shift]), places, places),
        max_size=12,
    )
)
def test_any_lines_are_read_or_refused_in_one_line(changes):
    """A number has its place in the text that it was read from."""
    lines = list(LINES)
    for change, place, other in changes:
        lines = change(lines, place % len(lines), other) or [""]
    try:
        report = parse(lines)
    except ExtractError as error:
        assert "\n" not in str(error)
        return
    for fact in report.facts:
        assert (fact.value is not None) == (fact.state is State.READ)
