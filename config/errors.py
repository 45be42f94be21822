"""Errors of configuration: one class, one line each."""

from __future__ import annotations


class ConfigError(Exception):
    """Raised when configuration is wrong, by the loaders: file, line, key and reason.

    `str()` is `FILE:LINE: KEY: REASON`; several mistakes of one file are joined by "; ".
    """
