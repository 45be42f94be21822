"""Stretches that have lost their full stops: nothing says which number of them belongs to which.

A broken table or a page of statistics without marks is such a stretch. No rule reads it in part as
if it were a sentence, and none spends minutes on it; whoever passes one says so.
"""

from __future__ import annotations

from functools import lru_cache

from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, cannot_tell
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence, sentences

LONGEST_SENTENCE = 3000
"""Characters; the longest sound sentence known has some 1200."""
MOST_NUMBERS = 150
_SHOWN_OF_LONGEST = 40


def is_garbled(sentence: Sentence) -> bool:
    """Tell a stretch too long, or of too many numbers, to be a sentence that somebody wrote."""
    return len(sentence.text) > LONGEST_SENTENCE or len(quantities(sentence.text)) > MOST_NUMBERS


@lru_cache(maxsize=8)
def readable(context: RuleContext) -> tuple[Sentence, ...]:
    """Return the sentences of all sections in document order without those that are garbled."""
    return tuple(sentence for sentence in sentences(context) if not is_garbled(sentence))


def not_read(context: RuleContext, sentence: Sentence, what: str) -> Outcome:
    """Say of a garbled sentence that `what` it tells was not compared, in Chinese: 其中的分项."""
    evidence = sentence.evidence(context, 0, _SHOWN_OF_LONGEST)
    size = f"{len(sentence.text)} 字、{len(quantities(sentence.text))} 个数"
    return cannot_tell(f"“{evidence.raw}……”一句长达 {size}，没有核对{what}。", evidence)
