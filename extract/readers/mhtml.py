"""MHTML (a page saved as one file, also what Word writes as `.doc` from "save as web page")."""

from __future__ import annotations

from email import message_from_bytes, policy

from extract.errors import TooLarge, UnreadableDocument
from extract.media import HTML, MHTML, decode
from extract.model import NormalizedText
from extract.readers.html import read_html
from extract.readers.limits import MAX_MEMBERS, MAX_TEXT_BYTES

MEDIA_TYPES = frozenset({MHTML})


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read the first page inside; raises UnreadableDocument where there is none."""
    if len(content) > MAX_TEXT_BYTES:
        raise TooLarge(f"网页有 {len(content)} 字节，超过上限 {MAX_TEXT_BYTES}")
    message = message_from_bytes(content, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > MAX_MEMBERS:
            break
        if part.get_content_type() == HTML:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read_html(decode(payload), MHTML)
    raise UnreadableDocument("单文件网页（MHTML）里没有网页正文")
