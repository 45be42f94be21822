"""How an answer ended: a pure function over status, headers, bytes, address and role.

Theory. "ok" is the only verdict that others build on, so it needs evidence, and every doubt goes the
other way: a blocked page taken for a good one would make a published report look missing. Everything
is decided on bytes, without a DOM: status first, then what the bytes are, then what a page shows
(its visible bytes, tags and scripts stripped). Words count only where little else is shown: a login
box of a full page says 验证码 too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from archive.records import Role, Verdict
from crawler import markers
from crawler.attachments import ending_of
from crawler.hijack import gambling_words
from crawler.looks import LITTLE_BYTES, Look, leads_somewhere, look_at, says_something
from crawler.pages import sniffed
from extract import media

DECLINING_STATUS = frozenset(
    {401, 402, 403, 405, 406, 407, 412, 418, 419, 421, 423, 429, 430, 444, 449, 451, 456, 461, 463, 466,
     467, 468, 469, 480, 490, 493, 497, 498, 499, 511, 512, 513, 514, 521, 555, 567, 600, 999}
)  # fmt: skip
"""Statuses by which portals and the firewalls before them refuse (412, 468, 521 are measured)."""
CHALLENGE_STATUS = DECLINING_STATUS - {401, 402, 403, 405, 406, 407, 423}
"""Those that no server gives for a file that merely may not be read: also for robots.txt."""
GONE_STATUS = frozenset({404, 410})
GOOD_STATUS = frozenset({200, 203})

FRAMED_BYTES = 3600
"""Visible bytes below which an error text decides: a site's frame around one sentence."""
EMPTY_BYTES = 240
"""Visible bytes below which a page with scripts is a shell."""
MOST_LINKS_OF_A_SHELL = 3
LITTLE_DATA_BYTES = 600
"""An API's answer below this may only be a message."""
ENOUGH_SECTIONS = 3
"""Section names of a report that prove a page to be one, whatever error it mentions."""
MOST_WORDS_TOLD = 5
MOST_SECTIONS = 5
"""Section names that prove it without a closer look."""

_OFFICE_PAGE = re.compile(rb"schemas-microsoft-com:office|mso-|<w:WordDocument", re.IGNORECASE)
_TEXT_TYPES = frozenset({media.TEXT, media.XML, media.UNKNOWN})
_CALLBACK = re.compile(rb"[\w$.]{1,80}\(\s*[\[{]")
_DATA_CODE = re.compile(
    rb"""["'](?:code|status|errcode|errorcode|state)["']\s*:\s*["']?([45]\d\d)\b""", re.IGNORECASE
)
_NO_SUCCESS = re.compile(rb"""["']success["']\s*:\s*["']?false\b""", re.IGNORECASE)
_OFFICE_ENDINGS = frozenset({"doc", "xls", "wps", "et", "rtf"})


@dataclass(frozen=True)
class Answer:
    """An answer to a request. `url` is the last address of its chain, header names are lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str
    role: Role

    @cached_property
    def media_type(self) -> str:
        """What the bytes are (extract.media)."""
        return sniffed(self.content)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason in a few words (empty for a plain ok)."""

    verdict: Verdict
    reason: str = ""


OK = Judgement(Verdict.OK)


def judge(answer: Answer) -> Judgement:
    """Return how the answer ended."""
    if answer.role is Role.ROBOTS:
        return _judge_robots(answer)
    return _judge_status(answer) or _judge_content(answer)


def _judge_status(answer: Answer) -> Judgement | None:
    status = answer.status
    if status == 304:
        return Judgement(Verdict.UNCHANGED)
    if status in GONE_STATUS:
        return Judgement(Verdict.GONE, f"status {status}")
    if status in DECLINING_STATUS:
        return Judgement(Verdict.DECLINED, f"status {status}")
    if status in GOOD_STATUS:
        return None
    if status >= 400 and (challenge := _challenge(look_at(answer.content))):
        return Judgement(Verdict.DECLINED, f"status {status}, {challenge.reason}")
    return Judgement(Verdict.ERROR, f"status {status}")


def _judge_content(answer: Answer) -> Judgement:
    media_type = answer.media_type
    if media_type == media.EMPTY:
        return Judgement(Verdict.ERROR, "empty body")
    if media_type != media.HTML and media_type not in _TEXT_TYPES:
        return OK
    if _is_plainly_report(answer):
        return OK
    look = look_at(answer.content)
    trouble = _challenge(look)
    if trouble is None and not _is_data(answer.content, media_type):
        trouble = _error_text(look)
    if trouble is not None:
        return trouble
    is_page = media_type == media.HTML or look.links
    if is_page and not _is_data(answer.content, media_type):
        return _judge_page(answer, look)
    return _judge_text(answer, look, media_type)


def _is_plainly_report(answer: Answer) -> bool:
    """Tell a page with a report's section names, the usual case, without a closer look."""
    if answer.role is not Role.ARTICLE:
        return False
    content = answer.content
    named = (True for utf8, gb in markers.SECTION_NAMES if utf8 in content or gb in content)
    return sum(islice(named, MOST_SECTIONS)) == MOST_SECTIONS


def _judge_page(answer: Answer, look: Look) -> Judgement:
    if _is_page_in_place_of_file(answer):
        return Judgement(Verdict.SOFT_404, f"a page in place of a .{ending_of(answer.url)} file")
    if _is_shell(look):
        return Judgement(Verdict.JS_SHELL, f"{len(look.visible)} visible bytes beside scripts")
    if answer.role is Role.LIST and look.links == 0 and not (look.has_page_data or look.has_inside):
        return Judgement(Verdict.JS_SHELL, "a list without a link")
    return _without_evidence(answer, look) or OK


def _without_evidence(answer: Answer, look: Look) -> Judgement | None:
    """Tell a page that shows nothing by which it could be what was asked for."""
    words = gambling_words(answer.content, whole=True)
    if words and not look.lists_reports and not markers.REPORT_WORDS.search(look.own):
        return Judgement(Verdict.NOT_OFFICIAL, f"gambling words: {'、'.join(words[:MOST_WORDS_TOLD])}")
    if leads_somewhere(look) if answer.role is Role.LIST else says_something(look):
        return None
    reason = f"nothing but {len(look.own)} bytes of its own text and {look.links} links"
    return Judgement(Verdict.JS_SHELL if look.has_script else Verdict.SOFT_404, reason)


def _judge_text(answer: Answer, look: Look, media_type: str) -> Judgement:
    """Judge what is neither a page nor a known file: an answer of an API, plain text, odd bytes."""
    if _is_data(answer.content, media_type):
        return _data_trouble(answer.content) or OK
    if answer.role is Role.ATTACHMENT and media_type == media.UNKNOWN:
        return OK
    if urlsplit(answer.url).path.endswith(".js"):
        return OK
    if len(look.visible) < EMPTY_BYTES:
        return Judgement(Verdict.SOFT_404, f"{len(look.visible)} bytes of text")
    return OK


def _judge_robots(answer: Answer) -> Judgement:
    """Judge robots.txt: what is refused or absent in an ordinary way allows everything (RFC 9309)."""
    status = answer.status
    if status == 304:
        return Judgement(Verdict.UNCHANGED)
    if challenge := _challenge(look_at(answer.content)):
        return Judgement(Verdict.DECLINED, f"status {status}, {challenge.reason}")
    if status in CHALLENGE_STATUS:
        return Judgement(Verdict.DECLINED, f"status {status}")
    if 400 <= status < 500:
        return Judgement(Verdict.GONE, f"status {status}: no robots.txt, everything is allowed")
    if status not in GOOD_STATUS:
        return Judgement(Verdict.ERROR, f"status {status}")
    if answer.media_type == media.HTML:
        return Judgement(Verdict.SOFT_404, "a page in place of robots.txt, everything is allowed")
    return OK


def _challenge(look: Look) -> Judgement | None:
    """Tell a challenge or a refusal: by its title, or by words and scripts of a bare page."""
    is_report = markers.REPORT_WORDS.search(look.visible) is not None
    if not is_report and (word := markers.CHALLENGE_WORDS.search(look.title)):
        return Judgement(Verdict.DECLINED, f"challenge page: {media.decode(word.group())}")
    if not look.is_bare:
        return None if is_report or look.lists_reports else _framed_challenge(look)
    if word := markers.CHALLENGE_WORDS.search(look.visible):
        return Judgement(Verdict.DECLINED, f"challenge text: {media.decode(word.group())}")
    if look.has_script and (sign := _challenge_script(look.content)):
        return Judgement(Verdict.DECLINED, f"challenge script: {sign.decode()}")
    return None


def _framed_challenge(look: Look) -> Judgement | None:
    """Tell a refusal inside a site's frame: by words that no login box has."""
    word = markers.REFUSAL_WORDS.search(look.own) if len(look.own) < LITTLE_BYTES else None
    return Judgement(Verdict.DECLINED, f"challenge text: {media.decode(word.group())}") if word else None


def _challenge_script(content: bytes) -> bytes | None:
    return next((sign for sign in markers.CHALLENGE_SCRIPTS if sign in content), None)


def _error_text(look: Look) -> Judgement | None:
    """Tell a page that says in words that it is missing, or that the site is closed."""
    if len(set(markers.REPORT_WORDS.findall(look.visible))) >= ENOUGH_SECTIONS:
        return None
    if word := markers.REFUSED_TITLE.search(look.title):
        return Judgement(Verdict.DECLINED, f"error page: {media.decode(word.group())}")
    if word := markers.MISSING_WORDS.search(look.title) or markers.ERROR_TITLE.search(look.title):
        return Judgement(Verdict.SOFT_404, f"error page: {media.decode(word.group())}")
    shown = look.own if len(look.own) < FRAMED_BYTES else look.headings
    if word := markers.MISSING_WORDS.search(shown):
        return Judgement(Verdict.SOFT_404, f"error text: {media.decode(word.group())}")
    closed = markers.CLOSED_WORDS.search(look.title)
    if closed is None and look.is_bare:
        closed = markers.CLOSED_WORDS.search(look.visible)
    return Judgement(Verdict.ERROR, f"closed: {media.decode(closed.group())}") if closed else None


def _is_page_in_place_of_file(answer: Answer) -> bool:
    """Tell an HTML answer where a file was linked; pages that word processors saved are files."""
    ending = ending_of(answer.url)
    if not ending or answer.role is Role.LIST:
        return False
    return ending not in _OFFICE_ENDINGS or not _OFFICE_PAGE.search(answer.content)


def _is_shell(look: Look) -> bool:
    if look.has_page_data:
        return False
    if look.is_bare and look.has_script and markers.SHELL_WORDS.search(look.visible):
        return True
    if len(look.visible) >= EMPTY_BYTES or look.links > MOST_LINKS_OF_A_SHELL:
        return False
    if look.has_inside or look.lists_reports:
        return False
    return look.has_script or not look.visible


def _data_trouble(content: bytes) -> Judgement | None:
    """Tell an API's answer that only says that it has none."""
    if len(content) >= LITTLE_DATA_BYTES:
        return None
    if sign := _challenge_script(content):
        return Judgement(Verdict.DECLINED, f"challenge script: {sign.decode()}")
    if code := _DATA_CODE.search(content):
        number = int(code.group(1))
        verdict = Verdict.DECLINED if number in DECLINING_STATUS else Verdict.SOFT_404
        return Judgement(verdict, f"the API answers code {number}")
    return (
        Judgement(Verdict.SOFT_404, "the API answers without success")
        if _NO_SUCCESS.search(content)
        else None
    )


def _is_data(content: bytes, media_type: str) -> bool:
    """Tell an answer of an API, also where the values of its JSON hold tags: JSON, JSONP, XML."""
    if media_type not in {media.XML, media.TEXT, media.HTML}:
        return False
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return media_type == media.XML or start[:1] in {b"{", b"["} or _CALLBACK.match(start) is not None
