"""DOC, RTF, ODT and other word processor files: converted by LibreOffice to DOCX, then read as DOCX.

Everything else in this package is pure; this module is the one exception, because the old binary formats
have no reader in Python that keeps their tables (antiword and catdoc lose them). What runs is a converter
without a window: its own home and settings in a temporary folder, macros off, links never followed, no
network (a network namespace where the system allows one, a dead proxy in any case), a time limit, and
nothing left behind. The same bytes give the same DOCX tables for the same LibreOffice.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from extract import media
from extract.errors import UnreadableDocument, UnsupportedFormat
from extract.model import NormalizedText
from extract.readers import docx

SUFFIXES = {media.DOC: ".doc", media.RTF: ".rtf", media.ODT: ".odt", media.XML: ".xml"}
"""The name that LibreOffice is given; what the file is it finds out by itself."""
VERSION = 1
TIME_LIMIT_S = 60
_PROGRAMS = ("soffice", "libreoffice")
_HOW_TO_INSTALL = "请安装 LibreOffice（apt-get install libreoffice-writer），或将文档另存为 DOCX 或 PDF"
_OFFICE_XML = (
    b"schemas.microsoft.com/office/word/2003/wordml",
    b"urn:oasis:names:tc:opendocument",
    b"<pkg:package",
)
_HEAD_BYTES = 16_384
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
_DEAD_PROXY = "127.0.0.1"
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
)
_PROXY = (
    ("ooInetProxyType", "2"),
    ("ooInetHTTPProxyName", _DEAD_PROXY),
    ("ooInetHTTPProxyPort", "9"),
    ("ooInetHTTPSProxyName", _DEAD_PROXY),
    ("ooInetHTTPSProxyPort", "9"),
    ("ooInetNoProxy", ""),
)


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in SUFFIXES


def read(content: bytes) -> NormalizedText:
    """Read a document through DOCX; anchors are those of the DOCX that it becomes.

    Raises UnsupportedFormat where LibreOffice is not installed, UnreadableDocument where it fails.
    """
    media_type = media.sniff(content)
    if media_type == media.XML and not any(mark in content[:_HEAD_BYTES] for mark in _OFFICE_XML):
        raise UnsupportedFormat("XML 文件不是已知的文档格式，请提供报告的 DOCX、PDF 或网页")
    return replace(docx.read(as_docx(content, media_type)), media_type=media_type, reader="office")


def as_docx(content: bytes, media_type: str) -> bytes:
    """Convert a document to DOCX; raises as `read`."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnsupportedFormat(f"读取这种文档需要 LibreOffice，{_HOW_TO_INSTALL}")
    with tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        original = home / f"document{SUFFIXES[media_type]}"
        original.write_bytes(content)
        _write_settings(home / "profile" / "user")
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "converted"))
        complaint = _run([*_without_network(), program, profile, *_OPTIONS, *target, str(original)], home)
        converted = home / "converted" / "document.docx"
        if not converted.is_file():
            raise UnreadableDocument(f"文档损坏或不完整，LibreOffice 无法打开{complaint}")
        return converted.read_bytes()


def _run(arguments: Sequence[str], home: Path) -> str:
    """Run the converter to its end; return what it complained about, in one line."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LC_ALL": "C.UTF-8",
        **{f"{name}_proxy": f"http://{_DEAD_PROXY}:9" for name in ("http", "https", "ftp")},
    }
    with subprocess.Popen(
        arguments,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _, told = process.communicate(timeout=TIME_LIMIT_S)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(f"LibreOffice 转换超过 {TIME_LIMIT_S} 秒") from error
        finally:
            # Its own session makes the converter and whatever it has started one group.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    lines = [line for line in told.decode("utf-8", "replace").splitlines() if line.startswith("Error")]
    return f"（{lines[0][:100]}）" if lines else ""


def _write_settings(folder: Path) -> None:
    """Write the settings that LibreOffice starts with."""
    folder.mkdir(parents=True)
    items = [(f"/org.openoffice.Office.{path}", name, value) for path, name, value in _SETTINGS]
    items += [("/org.openoffice.Inet/Settings", name, value) for name, value in _PROXY]
    rows = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in items
    )
    namespace = 'xmlns:oor="http://openoffice.org/2001/registry"'
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items {namespace}>{rows}</oor:items>'
    (folder / "registrymodifications.xcu").write_text(text, "utf-8")


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """Return the words that start a program in a network namespace of its own, where that is allowed."""
    words = ("unshare", "--map-root-user", "--net", "--")
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return () if tried.returncode else words
