"""Portals: one YAML each in config/portals/<province>/<id>.yml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from config.errors import ConfigError
from config.language import say
from config.yaml_model import ConfigModel, load_yaml

PORTAL_ID = re.compile(r"^[a-z0-9][a-z0-9-]{1,62}$")
DEFAULT_PACE_S = 2.0
DEFAULT_DAILY_BUDGET = 2000


class Expectation(ConfigModel):
    """How many reports a good crawl of this portal finds (an alarm about us, not about bodies)."""

    reports_min: Annotated[int, Field(ge=0)] | None = None
    reports_max: Annotated[int, Field(ge=0)] | None = None


class Portal(ConfigModel):
    """One portal: what to ask, whom it covers, and how politely.

    `entry_urls` are the annual-report columns; `{year}` in them is the report year, `{next_year}` the one
    in which it is published, `{code}` each of `codes` (ids of bodies on the portal) in turn. Where
    `column_known` is false they are only a door (a home page), and that a report is not seen behind it
    proves nothing.
    `allowed_hosts` are host or host:port, everything else is refused; `pace_s` is the pause between two
    requests to one host; `daily_budget` is the most requests a host gets in a day; `bodies` the ids of
    the roster that publish here. `allow_private` admits names that resolve to loopback or private
    addresses (tests, intranet). `options` belong to the family.
    """

    id: str
    name: str
    family: str = "generic"
    entry_urls: Annotated[tuple[str, ...], Field(min_length=1)]
    allowed_hosts: Annotated[tuple[str, ...], Field(min_length=1)]
    codes: tuple[str, ...] = ()
    column_known: bool = True
    bodies: tuple[str, ...] = ()
    pace_s: Annotated[float, Field(ge=0)] = DEFAULT_PACE_S
    daily_budget: Annotated[int, Field(ge=1)] = DEFAULT_DAILY_BUDGET
    allow_private: bool = False
    browser: bool = False
    enabled: bool = True
    expect: Expectation | None = None
    options: dict[str, Any] = Field(default_factory=dict)
    note: str = ""

    @field_validator("id")
    @classmethod
    def _check_id(cls, value: str) -> str:
        if not PORTAL_ID.match(value):
            raise ValueError(say("应为 2 至 63 个小写字母、数字或“-”", "use 2 to 63 of a-z, 0-9 and '-'"))
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _check_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if "/" in host or not host.strip():
                raise ValueError(f"{host!r}: {say('应为主机名或 主机:端口', 'not a host or host:port')}")
        return tuple(host.lower() for host in value)

    @model_validator(mode="after")
    def _check_entries(self) -> Portal:
        for url in self.entry_urls:
            if urlsplit(url).scheme not in {"http", "https"}:
                raise ValueError(f"entry_urls: {url!r}: {say('不是 http(s) 网址', 'not an http(s) address')}")
            if not self.allows(url):
                reason = say("其主机不在 allowed_hosts 中", "its host is not in allowed_hosts")
                raise ValueError(f"entry_urls: {url!r}: {reason}")
            if "{code}" in url and not self.codes:
                raise ValueError(f"entry_urls: {url!r}: {say('还要写明 codes', 'needs codes')}")
        return self

    def entries(self, year: int) -> tuple[str, ...]:
        """Return the addresses where a crawl for a report year begins."""
        dated = [
            url.replace("{year}", str(year)).replace("{next_year}", str(year + 1)) for url in self.entry_urls
        ]
        urls = [
            url.replace("{code}", code)
            for url in dated
            for code in (self.codes if "{code}" in url else ("",))
        ]
        return tuple(dict.fromkeys(urls))

    def allows(self, url: str) -> bool:
        """Tell whether `url` is http(s) on a listed host (name, and port where one is listed)."""
        return any(name in self.allowed_hosts for name in _names_of_host(url))


@lru_cache(maxsize=1024)
def _names_of_host(url: str) -> tuple[str, ...]:
    """Return how an address's host may be listed, with its port or without; none of other schemes."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ()
    host = parts.hostname.lower()
    return host, f"{host}:{effective_port(url)}"


def effective_port(url: str) -> int:
    """Return the port of an http(s) address, the scheme's own where none is written."""
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def load_portals(config_dir: Path) -> dict[str, Portal]:
    """Load every portal below config/portals, by id; raises ConfigError (also for an id twice)."""
    portals: dict[str, Portal] = {}
    for path in sorted((config_dir / "portals").glob("**/*.yml")):
        portal = load_yaml(path, Portal)
        if portal.id != path.stem:
            reason = say("与文件名不同", "is not the file's name")
            raise ConfigError(f"{path}: id: {portal.id!r} {reason} {path.stem!r}")
        if portal.id in portals:
            raise ConfigError(f"{path}: id: {portal.id!r} {say('已有门户使用', 'is used by another portal')}")
        portals[portal.id] = portal
    return portals
