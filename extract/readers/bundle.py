"""Archives (ZIP, RAR, GZIP) with documents inside: the annual report among them, found by content.

Every member that some reader can open is read; one whose text parses as an annual report wins. The other
members of the archive are attachments, cover letters, the same report in another format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace

from extract import media
from extract.errors import EncryptedDocument, ExtractError, NotAReport, UnreadableDocument, UnsupportedFormat
from extract.model import Anchor, NormalizedText, Problem, Report, State
from extract.readers import ocr
from extract.readers.bundle_members import Member, members_of
from extract.readers.ocr_pictures import PICTURE_TYPES

MEDIA_TYPES = frozenset({media.ZIP, media.RAR, media.GZIP})
_MOST_NESTING = 2
_MOST_DOCUMENTS = 60
_MOST_NAMED = 5
SEPARATOR = "!/"
"""Between a member's name and the place in it, in locators."""
_depth: ContextVar[int] = ContextVar("depth of archives in archives", default=0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A member that could be read, and the report that it is, if it is one.

    `page_names` are the members that are its pages, where it is made of pictures.
    """

    name: str
    text: NormalizedText
    report: Report | None
    page_names: tuple[str, ...] = ()

    @property
    def is_titled(self) -> bool:
        """Tell whether its title says whose report of which year it is."""
        return bool(self.report and self.report.title and self.report.organization and self.report.year)

    @property
    def identity(self) -> tuple[str | None, int | None]:
        """Whose report of which year it is."""
        return (self.report.organization, self.report.year) if self.report else (None, None)

    @property
    def numbers(self) -> int:
        """How many numbers of its tables were read."""
        return sum(fact.state is State.READ for fact in self.report.facts) if self.report else 0


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read the report of an archive; locators begin with the member's name and `!/`.

    Raises UnreadableDocument, EncryptedDocument or UnsupportedFormat where no member can be read.
    """
    if _depth.get() >= _MOST_NESTING:
        raise UnreadableDocument("压缩包嵌套过深")
    media_type = media.sniff(content)
    token = _depth.set(_depth.get() + 1)
    try:
        candidates, failures = _read_members(members_of(content, media_type))
    finally:
        _depth.reset(token)
    if not candidates:
        raise _failure(failures)
    chosen, problems = _choose(candidates)
    return _placed(chosen, media_type, problems)


def _read_members(members: Sequence[Member]) -> tuple[list[_Candidate], list[tuple[str, ExtractError]]]:
    """Read every document; pictures, which are costly and are pages, only where no document is a report."""
    from extract.normalize import normalize

    candidates: list[_Candidate] = []
    failures: list[tuple[str, ExtractError]] = []
    pictures: list[tuple[str, bytes]] = []
    for member in members[:_MOST_DOCUMENTS]:
        try:
            content = member.read()
            if media.sniff(content) in PICTURE_TYPES:
                pictures.append((member.name, content))
            else:
                candidates.append(_candidate(member.name, normalize(content)))
        except ExtractError as error:
            failures.append((member.name, error))
    if pictures and not any(one.report for one in candidates):
        try:
            text = ocr.read_pictures([content for _, content in pictures])
            candidates.append(_candidate(pictures[0][0], text, tuple(name for name, _ in pictures)))
        except ExtractError as error:
            failures.append((pictures[0][0], error))
    return candidates, failures


def _candidate(name: str, text: NormalizedText, page_names: tuple[str, ...] = ()) -> _Candidate:
    from extract.parser import parse_report

    try:
        return _Candidate(name, text, parse_report(text), page_names)
    except NotAReport:
        return _Candidate(name, text, None, page_names)


def _choose(candidates: Sequence[_Candidate]) -> tuple[_Candidate, list[Problem]]:
    """Choose by content: a report with a title, else a report, else the first that can be read."""
    reports = [one for one in candidates if one.report]
    titled = [one for one in reports if one.is_titled]
    pool = titled or reports or candidates
    if len({one.identity for one in pool}) > 1:
        named = "；".join(f"{one.name}：{one.report.title}" for one in pool[:_MOST_NAMED] if one.report)
        return pool[0], [Problem("several_reports", f"压缩包内有 {len(pool)} 份不同的年度报告：{named}")]
    return max(pool, key=lambda one: one.numbers), []


def _placed(chosen: _Candidate, media_type: str, problems: Sequence[Problem]) -> NormalizedText:
    """Return the member's text as the archive's: its places lead through the member's name."""
    text = chosen.text
    return replace(
        text,
        media_type=media_type,
        reader=f"bundle/{text.reader}",
        anchors={key: _prefixed(anchor, chosen) for key, anchor in text.anchors.items()},
        problems=(*text.problems, *problems),
        hints={**text.hints, "member": chosen.name},
    )


def _prefixed(anchor: Anchor, chosen: _Candidate) -> Anchor:
    at = (anchor.page or 0) - 1
    name = chosen.page_names[at] if 0 <= at < len(chosen.page_names) else chosen.name
    return replace(anchor, locator=f"{name}{SEPARATOR}{anchor.locator or ''}")


def _failure(failures: Sequence[tuple[str, ExtractError]]) -> ExtractError:
    if not failures:
        return UnreadableDocument("压缩包里没有文件")
    for kind in (EncryptedDocument, UnsupportedFormat):
        same = [error for _, error in failures if isinstance(error, kind)]
        if len(same) == len(failures):
            return kind(str(same[0]))
    told = "；".join(f"{name}：{error}" for name, error in failures[:_MOST_NAMED])
    return UnreadableDocument(f"压缩包里没有能读的文档：{told}")


def member_content(content: bytes, locator: str) -> tuple[str, bytes]:
    """Return (the rest of the locator, the member's bytes) that a locator of this reader leads to.

    Raises UnreadableDocument where the archive has no such member.
    """
    for member in _named(content, locator):
        return locator[len(member.name) + len(SEPARATOR) :], member.read()
    raise UnreadableDocument("压缩包里没有这个文件")


def _named(content: bytes, locator: str) -> Iterator[Member]:
    members = members_of(content, media.sniff(content))
    return (member for member in members if locator.startswith(member.name + SEPARATOR))
