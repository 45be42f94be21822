"""What a sentence speaks of, clause by clause: requests, or something else that has numbers as well."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.rules.claims.denials import OF_DISCLOSURE
from monitor.rules.claims.request_rows import ROW_COUNTED
from monitor.rules.claims.request_words import OTHER_TOPIC, REQUEST_ITSELF, SUBJECT, is_under_requests
from monitor.rules.prose.sentences import Sentence

_SUBJECT = re.compile(SUBJECT)
_LAWSUITS = re.compile(r"复议|诉讼|应诉|投诉|举报|仲裁")
REQUEST_NAMED = re.compile(r"申请(?!(?:行政)?复议)")
_ONLY_OF_REQUESTS = re.compile(
    r"(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|结转(?:下一?年度?|次年|明年)(?:继续)?办理)\d"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a clause speaks of, by its own words and by those told before it in its sentence."""

    is_requests: bool
    """The clause itself speaks of requests, or goes on with them."""
    is_near: bool
    """It or a clause before it does, or names a request."""
    is_named: bool = False
    """Requests for information were named in full, and nothing else before that."""
    was_other: bool = False
    is_other: bool = False
    """A clause before it, or it as well, names what has numbers of its own: hotlines, proposals, lawsuits."""

    @classmethod
    def of_heading(cls, sentence: Sentence) -> Topic:
        """Return what is spoken of under a sentence's headings before its first clause."""
        is_requests = is_under_requests(sentence)
        return cls(is_requests, is_requests)

    def behind(self, words: str, told: str) -> Topic:
        """Return what the next clause speaks of: `words`, which end the sentence's text `told` so far."""
        is_requests = _goes_on(words, told, before=self.is_requests)
        return Topic(
            is_requests,
            self.is_near or is_requests or bool(REQUEST_NAMED.search(told)),
            (self.is_named and not self.is_other) or bool(OF_DISCLOSURE.search(words)),
            self.is_other,
            self.is_other or bool(OTHER_TOPIC.search(words)),
        )

    @property
    def may_carry(self) -> bool:
        """Tell whether what the clause says to be carried over are requests."""
        return self.is_requests or (self.is_near and not self.was_other)

    @property
    def may_deny(self) -> bool:
        """Tell whether what the clause denies may be requests."""
        return self.is_requests or self.is_named

    def may_count(self, words: str) -> bool:
        """Tell whether the clause's numbers may be of requests."""
        return self.is_requests or (self.is_near and _is_about_outcomes(words))


def _goes_on(words: str, told: str, *, before: bool) -> bool:
    if REQUEST_ITSELF.search(words) and not OTHER_TOPIC.search(told):
        return True
    if not _SUBJECT.search(words):
        return before and not OTHER_TOPIC.search(words)
    return not _LAWSUITS.search(words) and (before or not words.startswith("其中"))


def _is_about_outcomes(words: str) -> bool:
    """Tell words that only requests get: 不予公开32件; they go on with them behind a clause about others."""
    if ROW_COUNTED.search(words):
        return True
    return bool(_ONLY_OF_REQUESTS.search(words)) and not OTHER_TOPIC.search(words)
