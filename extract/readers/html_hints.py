"""Side evidence of a page: its title outside the text, dates and index block as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.readers.blocks import Block, Paragraph, Table
from extract.readers.html_content import PageParts
from extract.readers.html_walk import Walk
from extract.readers.limits import MAX_HINT_CHARS
from extract.readers.titles_in_text import is_title

_META_HINTS = {
    "meta_title": "articletitle",
    "meta_pub_date": "pubdate",
    "meta_column": "columnname",
    "meta_site": "sitename",
    "meta_source": "contentsource",
    "meta_generated": "htmlgeneratetime",
}
_SITE_SUFFIX = re.compile(r"\s*[_|\-—–>»]+\s*")
_INDEX_LABEL = re.compile(
    r"索\s*引\s*号|发布机构|主题分类|公开方式|组配分类|文\s*号|成文日期|发文日期|有效性"
)
_DATE = re.compile(
    r"(?:发布|公开|生成|成文|发文|信息提供|更新|撰写|生效|公布|发表)?(?:日期|时间)\s*[：:]?\s*"
    r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_TITLE_CLASS = "title"


def page_hints(walk: Walk, parts: PageParts) -> dict[str, str]:
    """Return the hints of docs/normalized-text.md, strings as found; absent where there is nothing."""
    head_lines = list(_lines(parts.before))
    first_lines = list(_lines(parts.report[:12]))
    around = [*head_lines, *first_lines, *_lines(parts.after)]
    hints = {name: walk.meta.get(key, "") for name, key in _META_HINTS.items()}
    hints["page_title"] = _element_text(walk, "title")
    hints["ucap_title"] = _element_text(walk, "ucaptitle")
    hints["h1"] = _element_text(walk, "h1")
    hints["title_class"] = _best_title(_with_title_class(walk))
    hints["publish_time"] = _element_text(walk, "publishtime")
    hints["index_block"] = "\n".join(line for line in around if _INDEX_LABEL.search(line))
    hints["date_labels"] = "\n".join(match for line in around for match in _DATE.findall(line))
    hints["page_header"] = "\n".join(head_lines)[-MAX_HINT_CHARS:]
    hints["page_footer"] = "\n".join(_lines(parts.after))
    return {key: value for key, value in hints.items() if value}


def given_title(hints: dict[str, str]) -> str:
    """Return the title that the page gives outside the report's text, by the order of trust."""
    parts = [part.strip() for part in _SITE_SUFFIX.split(hints.get("page_title", "")) if part.strip()]
    page_title = next((part for part in parts if is_title(part)), parts[0] if parts else "")
    names = ("meta_title", "ucap_title", "h1", "title_class")
    candidates = [hints[name] for name in names if hints.get(name)] + [page_title]
    chosen: str = next((title for title in candidates if is_title(title)), candidates[0])
    return chosen


def _element_text(walk: Walk, name: str) -> str:
    """Return the text of the elements called `name`: the one that reads as a title, else the first."""
    texts = [
        placed.block.text
        for placed in walk.blocks
        if placed.element.name == name and isinstance(placed.block, Paragraph)
    ]
    return _best_title(texts)


def _with_title_class(walk: Walk) -> list[str]:
    return [
        placed.block.text
        for placed in walk.blocks
        if isinstance(placed.block, Paragraph)
        and _TITLE_CLASS in str(placed.element.attrs.get("class", "")).lower()
    ]


def _best_title(texts: Sequence[str]) -> str:
    return next((text for text in texts if is_title(text)), texts[0] if texts else "")


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield " ".join(cell.text for cell in row if cell and cell.text)
