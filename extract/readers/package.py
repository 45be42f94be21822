"""ZIP packages (DOCX, OFD ...) opened with distrust: sizes, ratios, passwords, XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import Self

from lxml import etree
from lxml.etree import _Element as Element

from extract.errors import EncryptedDocument, TooLarge, UnreadableDocument
from extract.readers.limits import (
    MAX_MEMBER_BYTES,
    MAX_MEMBER_RATIO,
    MAX_MEMBERS,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
)

_ENCRYPTED_FLAG = 0x1


class Package:
    """A ZIP package in memory; members are read whole, within the limits of extract.readers.limits."""

    def __init__(self, content: bytes) -> None:
        """Open `content`; raises UnreadableDocument where it is no whole ZIP or has too many members."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise UnreadableDocument("压缩包结构损坏或文件不完整") from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        if len(self._members) > MAX_MEMBERS:
            raise TooLarge(f"压缩包内文件过多，超过上限 {MAX_MEMBERS}")
        self._unpacked_bytes = 0

    def __enter__(self) -> Self:
        """Return the package itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the archive."""
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a member of that name."""
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the order of the package."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Unpack one member; raises UnreadableDocument, or EncryptedDocument where it has a password."""
        info = self._members.get(name)
        if info is None:
            raise UnreadableDocument(f"压缩包里缺少 {name}")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise EncryptedDocument("压缩包有密码保护，无法打开")
        _check_size(info)
        try:
            with self._zip.open(info) as member:
                data = member.read(MAX_MEMBER_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise UnreadableDocument(f"压缩包成员 {name} 损坏") from error
        if len(data) > MAX_MEMBER_BYTES:
            raise TooLarge(f"压缩包成员 {name} 过大，超过上限 {MAX_MEMBER_BYTES} 字节")
        self._unpacked_bytes += len(data)
        if self._unpacked_bytes > MAX_UNPACKED_BYTES:
            raise TooLarge(f"压缩包解开后过大，超过上限 {MAX_UNPACKED_BYTES} 字节")
        return data

    def read_xml(self, name: str) -> Element:
        """Parse one member; raises UnreadableDocument where it is no XML or declares a DTD."""
        try:
            root = etree.fromstring(self.read(name), _distrustful_parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableDocument(f"{name} 不是完整的 XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableDocument(f"{name} 带有 DTD 声明，不予读取")
        return root


def _check_size(info: zipfile.ZipInfo) -> None:
    if info.file_size > MAX_MEMBER_BYTES:
        raise TooLarge(f"压缩包成员 {info.filename} 过大，超过上限 {MAX_MEMBER_BYTES} 字节")
    packed = max(1, info.compress_size)
    if info.file_size > RATIO_FREE_BYTES and info.file_size / packed > MAX_MEMBER_RATIO:
        raise TooLarge(f"压缩包成员 {info.filename} 压缩比异常，疑似压缩炸弹")


def _distrustful_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
