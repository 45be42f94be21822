"""How failures reach a person: one line, what, where and what to do."""

from __future__ import annotations

import errno
import sqlite3

from archive.errors import ArchiveError
from config.clock import ClockError
from config.errors import ConfigError
from config.language import is_english
from extract.errors import ExtractError

EXIT_USAGE = 64
FAILURES = (ArchiveError, ClockError, ConfigError, ExtractError, OSError, sqlite3.Error)
"""What can go wrong without a bug of ours; anything else is a bug and shows its traceback."""


_CHINESE = {
    errno.EACCES: "没有权限",
    errno.EADDRINUSE: "端口已被占用",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "是目录，不是文件",
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "不是目录",
    errno.EPERM: "没有权限",
    errno.EROFS: "只读，不能写入",
}


def one_line(error: BaseException) -> str:
    """Return the message of an error without line breaks."""
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror if is_english() else _CHINESE.get(error.errno or 0, error.strerror)
        return f"{error.filename}: {reason}" if error.filename else reason
    return " ".join(str(error).split()) or type(error).__name__
