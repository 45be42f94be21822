"""Gambling words on an official page: somebody else writes there, and its owner should know.

Theory. Attackers rewrite titles and descriptions for search engines and hide links in the page; single
words also stand in honest news (赌场 was closed), so one word of the head or two of a list are needed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

_Spellings: TypeAlias = tuple[tuple[str, tuple[bytes, ...]], ...]

WORDS = (
    *("博彩", "百家乐", "六合彩", "时时彩", "老虎机", "娱乐城", "葡京", "威尼斯人", "太阳城", "亚博"),
    *("真人荷官", "皇冠体育", "体育投注", "足球投注", "彩票投注", "买球", "球盘", "棋牌", "捕鱼游戏"),
    *("北京赛车", "金沙娱乐", "bet365", "Bet365", "BET365", "beat365", "casino", "Casino"),
)
HEAD_BYTES = 4000
"""Title, keywords and description stand in front."""
ENOUGH = 2

_IN_UTF_8, _IN_BOTH = (
    tuple((word, tuple({word.encode(encoding) for encoding in encodings})) for word in WORDS)
    for encodings in (("utf-8",), ("utf-8", "gb18030"))
)
_USUAL = tuple(word.encode() for word in ("政府", "公开", "年"))
"""What a page in UTF-8 has; what its head declares is often wrong."""


@lru_cache(maxsize=4)
def gambling_words(content: bytes, *, whole: bool) -> tuple[str, ...]:
    """Return the gambling words of a page's head, of a whole page where asked; none if they are too few."""
    head = content[:HEAD_BYTES].partition(b"</head>")[0]
    spellings = _IN_UTF_8 if any(word in content for word in _USUAL) else _IN_BOTH
    found = _words_in(content if whole else head, spellings)
    return found if len(found) >= ENOUGH or (found and _words_in(head, spellings)) else ()


def _words_in(part: bytes, spellings: _Spellings) -> tuple[str, ...]:
    return tuple(word for word, written in spellings if any(one in part for one in written))
