"""Which part of a page is the report, and what stands around it.

The six official section titles are the anchor: the smallest element that holds all of those the page
has. Only a page without them is cut by the containers that the portals' systems are known to use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bs4 import Tag

from extract.readers.blocks import Block, Paragraph, Picture, Table
from extract.readers.html_walk import Walk
from extract.readers.table_layout import Placed
from extract.readers.titles_in_text import section_number

_FEWEST_SECTIONS = 4
_CONTAINERS = frozenset(
    {
        "trs_editor", "trs_editor_view", "trs_ueditor", "zoom", "zoomcon", "fontzoom", "ucap-content",
        "article-content", "article_content", "ewb-article-info", "ewb-article-detail", "vsb_content",
        "v_news_content", "news_cont_d_wrap", "wzcon", "j-fontcontent", "xxgkarticle", "pages_content",
        "article", "content", "maincontent", "conten", "bt_content", "view",
    }
)  # fmt: skip
_AROUND = re.compile(
    r"^(?:nav|header|footer|foot|head|menu|side|sidebar|crumb|crumbs|breadcrumb|copyright|share|hd|ft|top|dqwz)"
    r"(?:[-_\d]|$)|breadcrumb|navbar|footer|header",
    re.IGNORECASE,
)
_AROUND_ELEMENTS = frozenset({"nav", "header", "footer", "aside"})
_FURNITURE = re.compile(
    r"[【\[（(]?\s*(?:字体|字号|打印|关闭|分享|浏览|阅读|点击|访问|扫一扫|上一[篇条页]|下一[篇条页]|返回|责任编辑|责编|收藏|视力保护)"
    r"[^。；]{0,40}"
)
_LEAST_CONTENT_CHARS = 200


class PageParts(NamedTuple):
    """A page as three runs of blocks, in document order."""

    before: list[Block]
    report: list[Block]
    after: list[Block]


def split_page(walk: Walk) -> PageParts:
    """Split the page into what stands before the report, the report, and what follows it."""
    node = _section_node(walk.blocks) or _known_container(walk)
    if node is None:
        inside = [not _is_around(placed.element) for placed in walk.blocks]
    else:
        inside = [_is_below(placed.element, node) for placed in walk.blocks]
    places = [number for number, is_inside in enumerate(inside) if is_inside]
    first = places[0] if places else 0
    blocks = [placed.block for placed in walk.blocks]
    before = blocks[:first]
    after = [block for number, block in enumerate(blocks[first:], first) if not inside[number]]
    return PageParts(before, [blocks[n] for n in places if not _is_furniture(blocks[n])], after)


def _section_node(blocks: Sequence[Placed]) -> Tag | None:
    """Return the smallest element with all the section titles that the page has, if they are enough."""
    sections: dict[int, set[int]] = {}
    elements: dict[int, Tag] = {}
    for placed in blocks:
        number = section_number(placed.block.text) if isinstance(placed.block, Paragraph) else 0
        if number:
            for element in (placed.element, *placed.element.parents):
                sections.setdefault(id(element), set()).add(number)
                elements[id(element)] = element
    most = max(map(len, sections.values()), default=0)
    if most < _FEWEST_SECTIONS:
        return None
    fullest = [elements[key] for key, numbers in sections.items() if len(numbers) == most]
    fullest.sort(key=lambda element: -sum(1 for _ in element.parents))
    enough = (element for element in fullest if _chars_below(blocks, element) >= _LEAST_CONTENT_CHARS)
    return _whole_table(next(enough, fullest[0]))


def _whole_table(element: Tag) -> Tag:
    """A row or row group stands for its table: the table's blocks belong to the table element."""
    if element.name in {"tr", "tbody", "thead", "tfoot"}:
        return element.find_parent("table") or element
    return element


def _known_container(walk: Walk) -> Tag | None:
    marked = [element for element in walk.marked if _marks(element) & _CONTAINERS]
    if not marked:
        return None
    chars = {id(element): _chars_below(walk.blocks, element, pictures=True) for element in marked}
    best = max(marked, key=lambda element: chars[id(element)])
    return best if chars[id(best)] else None


def _marks(element: Tag) -> set[str]:
    classes: object = element.attrs.get("class") or []
    names = classes if isinstance(classes, list) else str(classes).split()
    return {name.lower() for name in (*names, str(element.attrs.get("id", "")))}


def _chars_below(blocks: Iterable[Placed], node: Tag, *, pictures: bool = False) -> int:
    """Count the characters below `node`; a picture counts as one where asked."""
    chars = 0
    for placed in blocks:
        if _is_below(placed.element, node):
            chars += _chars(placed.block) or (pictures and isinstance(placed.block, Picture))
    return chars


def _chars(block: Block) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    if isinstance(block, Table):
        return sum(len(cell.text) for row in block.rows for cell in row if cell)
    return 0


def _is_below(element: Tag, node: Tag) -> bool:
    return element is node or any(parent is node for parent in element.parents)


def _is_around(element: Tag) -> bool:
    """Tell navigation, header and footer by the element or its id and classes."""
    return any(
        parent.name in _AROUND_ELEMENTS or any(_AROUND.search(mark) for mark in _marks(parent) if mark)
        for parent in (element, *element.parents)
        if parent.name not in {"body", "html", "[document]"}
    )


def _is_furniture(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) < 60 and bool(_FURNITURE.fullmatch(block.text))
