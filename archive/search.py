"""Chinese full-text search: overlapping pairs of characters, written by us and asked as phrases.

Theory. SQLite's own tokenizers do not know Chinese: `trigram` finds nothing for 信息 and `unicode61`
takes a whole sentence for one word. Here a text becomes its overlapping pairs (信息 息公 公开), and a
query of two characters or more becomes the phrase of its pairs: it matches exactly where the text
contains the query, whatever its length. A pair never spans punctuation. One character alone is asked
of `initials` only, a column with the single characters of titles and names.

The index uses SQLite's `ascii` tokenizer: blanks part the tokens, and every character beyond ASCII
belongs to its token whichever Unicode version SQLite was built with (`unicode61` knows Unicode 6.1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

MOST_TERMS = 12
MOST_CHARACTERS = 120
INDEX_COLUMNS = ("title", "words", "initials", "facets")
_BLANKS_IN_WORD = re.compile(r"(?<=\w)\s+(?=[^\W\x00-\x7f])|(?<=[^\W\x00-\x7f])\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `hit` where it is what was asked for."""

    text: str
    hit: bool


def fold(text: str) -> str:
    """Return `text` in half-width lower case, character by character: offsets stay the same."""
    return text.translate(_FOLDING)


def pair_tokens(text: str) -> str:
    """Return the overlapping pairs of each run of letters, digits and ideographs, blank between them."""
    return " ".join(pair for run in _runs(text) for pair in map(add, run, run[1:]))


def character_tokens(text: str) -> str:
    """Return every letter, digit and ideograph as a token of its own."""
    return " ".join(character for run in _runs(text) for character in run)


def facet_token(kind: str, value: object) -> str:
    """Return the token of a filter value, such as `year·2024`; only word characters and dots."""
    return f"{kind}·" + re.sub(r"[^\w]+|_", "·", str(value).lower())


def terms(query: str) -> list[str]:
    """Split a query at blanks and punctuation into folded terms, in order, each once."""
    found = (run for part in query[:MOST_CHARACTERS].split() for run in _runs(part))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def match_expression(query: str, facets: list[str] | None = None, title_only: bool = False) -> str | None:
    """Return the FTS5 expression that asks for all terms and facets, None where nothing is asked."""
    columns = "title" if title_only else "{title words}"
    asked = [_ask(term, columns) for term in terms(query)]
    asked += [f'facets : "{token}"' for token in facets or []]
    return " AND ".join(asked) or None


def excerpt(text: str, query: str, width: int = 120) -> list[Piece]:
    """Return about `width` characters around the first hit, hits marked; [] where nothing is hit."""
    flat = " ".join(text.split())
    pattern = _pattern(query)
    first = pattern.search(fold(flat)) if pattern else None
    if pattern is None or first is None:
        return []
    start = max(0, first.start() - width // 3)
    end = min(len(flat), start + width)
    pieces = list(_pieces(flat[start:end], pattern))
    return [Piece("…", False)] * (start > 0) + pieces + [Piece("…", False)] * (end < len(flat))


def highlight(text: str, query: str) -> list[Piece]:
    """Return the whole text in pieces, hits marked."""
    pattern = _pattern(query)
    return list(_pieces(text, pattern)) if pattern else [Piece(text, False)]


class _Folding(dict[int, str]):
    """Code point -> folded character, worked out when first met; far faster than a loop."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        normal = unicodedata.normalize("NFKC", character).lower()
        self[code] = normal if len(normal) == 1 else character
        return self[code]


_FOLDING = _Folding()


def _runs(text: str) -> list[str]:
    """Return the runs of word characters; blanks beside an ideograph are only line breaks and layout."""
    return re.findall(r"[^\W_]+", _BLANKS_IN_WORD.sub("", fold(text)))


def _ask(term: str, columns: str) -> str:
    if len(term) == 1:
        return f'initials : "{term}"'
    return f'{columns} : "{pair_tokens(term)}"'


def _pattern(query: str) -> re.Pattern[str] | None:
    asked = sorted(terms(query), key=len, reverse=True)
    if not asked:
        return None
    return re.compile("|".join(r"\s*".join(map(re.escape, term)) for term in asked))


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[Piece]:
    at = 0
    for hit in pattern.finditer(fold(text)):
        if hit.start() > at:
            yield Piece(text[at : hit.start()], False)
        yield Piece(text[hit.start() : hit.end()], True)
        at = hit.end()
    if at < len(text):
        yield Piece(text[at:], False)
