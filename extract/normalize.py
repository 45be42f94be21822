"""Bytes -> normalized text: sniff the type, let the readers of that type try, keep every attempt.

A reader is a module of extract/readers with two functions, `accepts(media_type) -> bool` and
`read(content) -> NormalizedText`; `READERS` names them in the order of trust. Where several take one
type they do not share the code that reads the bytes, so each is a second opinion on the others.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Protocol, cast

from extract import media
from extract.errors import EncryptedDocument, ExtractError, TooLarge, UnreadableDocument, UnsupportedFormat
from extract.model import NormalizedText
from extract.readers.limits import MAX_CONTENT_BYTES

READERS = (
    *("text", "html", "mhtml", "docx", "pdf", "pdf_plumber"),
    *("ofd", "spreadsheet", "office", "bundle", "ocr"),
)
"""Modules of extract/readers, first the one that is believed first."""

_UNSUPPORTED = {
    media.PPTX: "演示文稿（.pptx）不是年度报告的格式，请提供报告的 DOCX、PDF 或网页",
    media.SEVEN_ZIP: "7Z 压缩包暂不支持，请先解压",
    media.OLE: "文件不完整，或是既非 Word 也非 Excel 的 OLE 复合文档，请另存为 DOCX 或 PDF",
    media.UNKNOWN: "无法识别的二进制文件，请确认上传的是报告原件",
}


class Reader(Protocol):
    """What a module of extract/readers offers when it reads a format."""

    def accepts(self, media_type: str) -> bool:
        """Tell whether this reader takes documents of `media_type`."""

    def read(self, content: bytes) -> NormalizedText:
        """Read `content`; raises UnreadableDocument, or what its library raises on broken bytes."""


def normalize(content: bytes) -> NormalizedText:
    """Return the first reading of `content`.

    Raises UnreadableDocument (empty, truncated, corrupt, a scan), EncryptedDocument or
    UnsupportedFormat, each with one line for people, or MemoryError; nothing else, whatever the bytes are.
    """
    return next(readings(content))


def readings(content: bytes) -> Iterator[NormalizedText]:
    """Yield one reading after another, lazily, by readers that are independent of each other.

    Raises as `normalize`, but only where no reader succeeds; `attempts` names each that failed.
    """
    media_type = _sniff(content)
    attempts: list[tuple[str, str]] = []
    cause: Exception | None = None
    missing: UnsupportedFormat | None = None
    succeeded = False
    for name, reader in readers_of(media_type):
        try:
            text = reader.read(content)
        except (EncryptedDocument, TooLarge, MemoryError):
            raise
        except UnreadableDocument as error:
            attempts.append((name, str(error)))
            cause = cause or error
        except UnsupportedFormat as error:
            attempts.append((name, str(error)))
            missing = missing or error
        except Exception as error:  # noqa: BLE001 - libraries raise anything on hostile bytes
            attempts.append((name, f"{type(error).__name__}: {error}"[:200]))
            cause = cause or error
        else:
            succeeded = True
            yield text
    if missing and not succeeded:
        raise missing
    if not succeeded:
        raise _failure(media_type, tuple(attempts), cause) from cause


def readers_of(media_type: str) -> Iterator[tuple[str, Reader]]:
    """Yield (name, reader) for `media_type`, the most trusted first."""
    for name in READERS:
        reader = cast("Reader", importlib.import_module(f"extract.readers.{name}"))
        if reader.accepts(media_type):
            yield name, reader


def _sniff(content: bytes) -> str:
    if len(content) > MAX_CONTENT_BYTES:
        raise TooLarge(f"文件有 {len(content)} 字节，超过上限 {MAX_CONTENT_BYTES}")
    media_type = media.sniff(content)
    if media_type == media.EMPTY:
        raise UnreadableDocument("文件是空的")
    if media_type == media.ENCRYPTED_OFFICE:
        raise EncryptedDocument("文档有密码保护，无法打开")
    return media_type


def _failure(media_type: str, attempts: tuple[tuple[str, str], ...], cause: Exception | None) -> ExtractError:
    if not attempts:
        return UnsupportedFormat(_UNSUPPORTED.get(media_type, f"不支持的文件类型：{media_type}"))
    if isinstance(cause, UnreadableDocument):
        return UnreadableDocument(str(cause), attempts)
    return UnreadableDocument(f"文件已损坏或不完整，无法读取（{media_type}）", attempts)
