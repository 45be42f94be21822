"""Wrong usage, told in the person's language: click's own messages are English only."""

from __future__ import annotations

import re

import click

from config.language import is_english

_CHINESE = [
    (re.compile(pattern), template)
    for pattern, template in (
        (r"^No such command '(.+?)'\.", r"没有“\1”这个命令 (nianbao --help 列出全部)."),
        (r"^No such option '?(.+?)'?[.:]", r"没有 \1 这个选项."),
        (r" Did you mean (.+?)\?$", r" 是否指 \1?"),
        (r"^Missing (?:argument|option|parameter)s? '(.+?)'\.", r"缺少 \1."),
        (r"^Missing command\.", "缺少子命令 (--help 列出全部)."),
        (r"^Got unexpected extra arguments? \((.+)\)", r"多余的参数: \1"),
        (r"^Option '(.+?)' requires an? argument\.", r"选项 \1 后面缺少值."),
        (r"^Option '(.+?)' does not take a value\.", r"选项 \1 后面不写值."),
        (r"^Invalid value for '?(.+?)'?: ", r"\1 的值不对: "),
        (r"^Invalid value: ", "值不对: "),
        (r"('.*?'|\S+) is not a valid (?:integer|int)(?: range)?\.", r"\1 不是整数."),
        (r"(\S+) is not in the range (.+)\.$", r"\1 不在范围 \2 内."),
        (r"('.*?') is not one of (.+)\.$", r"\1 不是 \2 之一."),
        (r"('.*?') does not match the formats? (.+)\.$", r"\1 不合格式 \2."),
        (r"(?:File|Directory|Path) ('.*?') does not exist\.", r"\1 不存在."),
        (r"(?:File|Path) ('.*?') is a directory\.", r"\1 是目录, 不是文件."),
        (r"(?:Directory|Path) ('.*?') is a file\.", r"\1 是文件, 不是目录."),
        (r"(?:File|Directory|Path) ('.*?') is not (?:readable|writable)\.", r"没有权限读写 \1."),
    )
]


def usage_message(error: click.UsageError) -> str:
    """Return one line that says what was wrong with the command's words."""
    message = " ".join(error.format_message().split())
    if is_english():
        return message
    for pattern, template in _CHINESE:
        message = pattern.sub(template, message)
    return message
