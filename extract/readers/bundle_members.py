"""The files inside an archive (ZIP, RAR, GZIP), in memory: no member's name is ever used as a path.

A RAR with packed members needs an outside program (unar, bsdtar or 7z), which rarfile runs on a copy in
a temporary folder; what comes out is read from its output.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import rarfile  # type: ignore[import-untyped]

from extract import media
from extract.errors import EncryptedDocument, TooLarge, UnreadableDocument, UnsupportedFormat
from extract.readers.limits import MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_UNPACKED_BYTES
from extract.readers.package import Package

_NOT_DOCUMENTS = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")
_MOST_NAME_CHARS = 200
_DIGITS = re.compile(r"(\d+)")
_NO_RAR_TOOL = "解开 RAR 压缩包需要外部程序，请安装 unar（apt-get install unar）"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name for people, and a function that unpacks it."""

    name: str
    read: Callable[[], bytes]


def members_of(content: bytes, media_type: str) -> list[Member]:
    """Return the files of an archive by name, numbers in names by value.

    Raises UnreadableDocument, EncryptedDocument or UnsupportedFormat, as does each member's `read`.
    """
    found = {media.ZIP: _in_zip, media.RAR: _in_rar, media.GZIP: _in_gzip}[media_type](content)
    kept = [member for member in found if not _NOT_DOCUMENTS.search(member.name)]
    return sorted(kept, key=lambda member: _natural(member.name))


def _natural(name: str) -> list[tuple[int, str]]:
    parts = _DIGITS.split(name)
    return [(int(part[:18]), "") if part.isdecimal() else (0, part) for part in parts]


def _in_zip(content: bytes) -> Iterator[Member]:
    package = Package(content)
    for name in package.names:
        if not name.endswith(("/", "\\")):
            yield Member(_shown(_decoded(name)), lambda name=name: package.read(name))  # type: ignore[misc]


def _decoded(name: str) -> str:
    """Return a ZIP member's name: what is not said to be UTF-8 arrives as cp437, and is UTF-8 or GBK."""
    try:
        decoded = media.decode(name.encode("cp437"))
    except UnicodeEncodeError:
        return name
    return name if "\ufffd" in decoded else decoded


def _shown(name: str) -> str:
    return _UNPRINTABLE.sub(" ", name.replace("\\", "/"))[-_MOST_NAME_CHARS:]


def _in_gzip(content: bytes) -> Iterator[Member]:
    """Yield the one file; the name that the header may state is not needed."""

    def read() -> bytes:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                return _bounded(packed.read(MAX_MEMBER_BYTES + 1), "gzip")
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableDocument("压缩文件损坏或不完整") from error

    yield Member("gzip", read)


def _in_rar(content: bytes) -> Iterator[Member]:
    try:
        archive = rarfile.RarFile(io.BytesIO(content))
        infos = archive.infolist()
    except (rarfile.Error, OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableDocument("RAR 压缩包结构损坏或文件不完整") from error
    if archive.needs_password():
        raise EncryptedDocument("RAR 压缩包有密码保护，无法打开")
    if len(infos) > MAX_MEMBERS:
        raise TooLarge(f"压缩包内文件过多，超过上限 {MAX_MEMBERS}")
    if sum(info.file_size or 0 for info in infos) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"压缩包解开后过大，超过上限 {MAX_UNPACKED_BYTES} 字节")
    for info in infos:
        if info.is_file():
            yield Member(_shown(_rar_name(info)), lambda info=info: _unpack(archive, info))  # type: ignore[misc]


def _rar_name(info: rarfile.RarInfo) -> str:
    """Return a RAR member's name: old archives hold it in the encoding of the machine that wrote them."""
    written: bytes = info.orig_filename or b""
    is_unicode = isinstance(info, rarfile.Rar5Info) or info.flags & rarfile.RAR_FILE_UNICODE
    return str(info.filename) if is_unicode or not written else media.decode(written)


def _unpack(archive: rarfile.RarFile, info: rarfile.RarInfo) -> bytes:
    try:
        with archive.open(info) as packed:
            return _bounded(packed.read(MAX_MEMBER_BYTES + 1), info.filename or "")
    except rarfile.RarCannotExec as error:
        raise UnsupportedFormat(_NO_RAR_TOOL) from error
    except (rarfile.PasswordRequired, rarfile.RarWrongPassword) as error:
        raise EncryptedDocument("RAR 压缩包有密码保护，无法打开") from error
    except (rarfile.Error, OSError, ValueError) as error:
        raise UnreadableDocument(f"压缩包成员 {_shown(info.filename or '')} 损坏") from error


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_MEMBER_BYTES:
        raise TooLarge(f"压缩包成员 {_shown(name)} 过大，超过上限 {MAX_MEMBER_BYTES} 字节")
    return data
