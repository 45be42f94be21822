"""A file on the command line -> bytes -> normalized text -> report."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ExtractError
from extract.model import NormalizedText, Report

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


def load(source: str) -> Document:
    """Read a file, or standard input for `-`; raises NoDocument with one line for people."""
    content = sys.stdin.buffer.read() if source == STANDARD_INPUT else _file_content(Path(source))
    if not content.strip():
        raise NoDocument("文件是空的")
    return Document(source, content, hashlib.sha256(content).hexdigest())


def normalized(document: Document) -> NormalizedText:
    """Return the document's normalized text; raises ExtractError."""
    from extract.normalize import normalize

    return normalize(document.content)


def read_document(source: str) -> ReadDocument:
    """Read a file as an annual report; raises ExtractError: no file, unreadable, or not a report."""
    from extract.parser import parse_report

    document = load(source)
    text = normalized(document)
    return ReadDocument(source, document.sha256, text, parse_report(text))


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
