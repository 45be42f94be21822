"""Files on the command line -> bytes -> normalized text -> report, read as safely as stored ones."""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.derived import Derivation, Outcome
from config.executor import ExecutorSettings
from extract.errors import ExtractError, NotAReport
from extract.model import NormalizedText, Report
from monitor.children import Limits, call_in_child
from monitor.derive import derive, problem
from monitor.executors import AHEAD, Executor, PoolExecutor, limits_of
from monitor.extraction import answer_of

STANDARD_INPUT = "-"


class NoDocument(ExtractError):
    """Raised when there are no bytes to read (no such file, a directory, no permission), by `load`."""

    code = "no_document"


@dataclass(frozen=True, slots=True)
class Document:
    """One original: what the person called it, its bytes and their hash."""

    source: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that is an annual report."""

    source: str
    sha256: str
    text: NormalizedText
    report: Report


class NotRead(ExtractError):
    """Raised when a document could not be read; `code` is its problem's, by `Reading.as_report`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reading:
    """How reading a file ended."""

    source: str
    derivation: Derivation

    def as_report(self) -> ReadDocument:
        """Return the report; raises NotAReport or NotRead with the reason."""
        made = self.derivation
        if made.text is not None and made.report is not None:
            return ReadDocument(self.source, made.sha256, made.text, made.report)
        if made.outcome is Outcome.REJECTED:
            raise NotAReport(made.reason)
        raise NotRead(made.code, made.reason)


def load(source: str) -> Document:
    """Read a file, or standard input for `-`; raises NoDocument with one line for people."""
    content = sys.stdin.buffer.read() if source == STANDARD_INPUT else _file_content(Path(source))
    if not content.strip():
        raise NoDocument("文件是空的")
    return Document(source, content, hashlib.sha256(content).hexdigest())


def read_documents(sources: Sequence[str], settings: ExecutorSettings) -> Iterator[Reading]:
    """Read files in child processes of this machine; one reading for each source, in their order."""
    executor = PoolExecutor(limits_of(settings), min(settings.slots, len(sources)))
    running: deque[tuple[str, str, Callable[[], Derivation]]] = deque()
    with closing(executor):
        for source in sources:
            running.append(_submit(executor, source))
            if len(running) > AHEAD * executor.slots:
                yield _ended(*running.popleft())
        while running:
            yield _ended(*running.popleft())


def read_document(source: str) -> ReadDocument:
    """Read a file as an annual report; raises ExtractError: no file, unreadable, or not a report."""
    return read_loaded(load(source))


def read_loaded(document: Document) -> ReadDocument:
    """Read a document as an annual report, in a child process; raises ExtractError."""
    sha256 = document.sha256
    call = partial(call_in_child, Limits(), derive, sha256, document.content)
    return _ended(document.source, sha256, call).as_report()


def _submit(executor: Executor, source: str) -> tuple[str, str, Callable[[], Derivation]]:
    try:
        document = load(source)
    except NoDocument as error:
        return source, "", partial(problem, "", error.code, str(error))
    return source, document.sha256, executor.submit(derive, document.sha256, document.content).result


def _ended(source: str, sha256: str, result: Callable[[], Derivation]) -> Reading:
    return Reading(source, answer_of(sha256, result))


def _file_content(path: Path) -> bytes:
    if path.is_dir():
        raise NoDocument("是目录，不是文件")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NoDocument("没有这个文件") from error
    except PermissionError as error:
        raise NoDocument("没有读取权限") from error
    except OSError as error:
        raise NoDocument(f"无法读取：{error.strerror or error}") from error
