"""Channels: an address of config/alerts.yml becomes something that sends."""

from __future__ import annotations

import warnings
from typing import cast
from urllib.parse import quote, urlsplit

from config.alerts import SECRET, fill_secrets
from config.errors import ConfigError
from config.language import say
from monitor.channels.message import Sender
from monitor.channels.robots import ROBOTS

HIDDEN = "****"


def open_channel(address: str, name: str) -> Sender:
    """Return the sender for an address; `name` stands for it in errors, which never show it.

    Raises ConfigError where the address is not one, a secret is missing, or stands there in plain text.
    """
    filled, secrets = fill_secrets(address)
    scheme = urlsplit(filled).scheme
    if scheme in ROBOTS:
        _refuse_plain_secret(not secrets, name)
        try:
            return ROBOTS[scheme].of(filled)
        except ValueError as error:
            raise ConfigError(f"alerts.yml: {name}: {error}") from None
    return _open_apprise(filled, bool(SECRET.search(address)), name)


def _open_apprise(filled: str, has_reference: bool, name: str) -> Sender:
    import apprise

    from monitor.channels.anything import AppriseSender
    from monitor.channels.mail import MailSender, ReadAddress

    with warnings.catch_warnings():  # Apprise 2.2 loads its plugins now, and one imports imghdr
        warnings.simplefilter("ignore", DeprecationWarning)
        service = apprise.Apprise.instantiate(filled, suppress_exceptions=True)
    if service is None:
        reason = say(
            "不是可用的地址, 写法见 Apprise 文档", "not an address that can be used (docs of Apprise)"
        )
        raise ConfigError(f"alerts.yml: {name}: {reason}")
    shown, whole = service.url(privacy=True), service.url(privacy=False)  # type: ignore[no-untyped-call]
    _refuse_plain_secret(shown != whole and not has_reference, name)
    if urlsplit(filled).scheme.lower() in {"mailto", "mailtos"}:
        return MailSender.of(cast("ReadAddress", service))
    return AppriseSender(service)


def _refuse_plain_secret(is_plain: bool, name: str) -> None:
    if is_plain:
        raise ConfigError(
            f"alerts.yml: {name}: 密码或令牌不可明文写入, 请改用 ${{变量名}} (a secret in plain text)"
        )


def without_secrets(text: str, address: str) -> str:
    """Return `text` with every secret of `address` struck out, percent-encoded ones too."""
    try:
        filled, secrets = fill_secrets(address)
    except ConfigError:
        return text
    for secret in (*secrets, filled):
        for form in {secret, quote(secret, safe=""), quote(secret)}:
            text = text.replace(form, HIDDEN)
    return text
