"""Gambling words on an official page: somebody else writes there, and its owner should know.

Theory. Attackers rewrite titles and descriptions for search engines and hide links in the page; single
words also stand in honest news (赌场 was closed), so one word of the head or two of a list are needed.
"""

from __future__ import annotations

WORDS = (
    *("博彩", "百家乐", "六合彩", "时时彩", "老虎机", "娱乐城", "葡京", "威尼斯人", "太阳城", "亚博"),
    *("真人荷官", "皇冠体育", "体育投注", "足球投注", "彩票投注", "买球", "球盘", "棋牌", "捕鱼游戏"),
    *("北京赛车", "金沙娱乐", "bet365", "Bet365", "BET365", "beat365", "casino", "Casino"),
)
HEAD_BYTES = 4000
"""Title, keywords and description stand in front."""
ENOUGH = 2

_SPELLINGS = tuple((word, {word.encode(encoding) for encoding in ("utf-8", "gb18030")}) for word in WORDS)


def gambling_words(content: bytes, *, whole: bool) -> tuple[str, ...]:
    """Return the gambling words of a page's head, of a whole page where asked; none if they are too few."""
    head = content[:HEAD_BYTES].partition(b"</head>")[0]
    found = _words_in(content if whole else head)
    return found if len(found) >= ENOUGH or (found and _words_in(head)) else ()


def _words_in(part: bytes) -> tuple[str, ...]:
    return tuple(word for word, spellings in _SPELLINGS if any(spelling in part for spelling in spellings))
