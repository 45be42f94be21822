"""`scrapy checkportals`: every portal's YAML, its hosts, its family and the family's options.

One line a mistake: FILE:LINE: KEY: REASON. Exit 0: none. 1: some.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from scrapy.commands import ScrapyCommand

from config.bodies import load_bodies
from config.errors import ConfigError
from config.language import say
from config.places import places
from config.portals import Portal
from config.yaml_model import load_yaml
from crawler.many import families
from crawler.spiders.base import PortalSpider


class Command(ScrapyCommand):
    """Check the configuration of all portals."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        """Name what the command does."""
        return "Check every portal's configuration, one line a mistake"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Print the mistakes and how many portals are right."""
        config_dir = places().config
        files = sorted((config_dir / "portals").glob("**/*.yml"))
        mistakes = list(check_portals(config_dir, files, families(self.settings)))
        for mistake in mistakes:
            sys.stderr.write(f"{mistake}\n")
        sys.stdout.write(f"{len(files)} 个门户配置, {len(mistakes)} 处错误\n")
        self.exitcode = 1 if mistakes else 0


def check_portals(
    config_dir: Path, files: list[Path], known: Mapping[str, type[PortalSpider]]
) -> Iterator[str]:
    """Yield each mistake in the portal files as one line."""
    try:
        bodies = set(load_bodies(config_dir))
    except ConfigError as error:
        yield str(error)
        bodies = None
    seen: dict[str, Path] = {}
    for path in files:
        try:
            portal = load_yaml(path, Portal)
        except ConfigError as error:
            yield from str(error).split("; ")
            continue
        yield from _check(path, portal, known)
        if first := seen.setdefault(portal.id, path) is not path and seen[portal.id]:
            yield f"{path}:1: id: {portal.id!r} {say('已用于', 'is used by')} {first}"
        if bodies is not None:
            for body in sorted(set(portal.bodies) - bodies):
                yield f"{path}:1: bodies: {body!r} {say('不在名录中:', 'is not in')} {config_dir / 'bodies'}"


def _check(path: Path, portal: Portal, known: Mapping[str, type[PortalSpider]]) -> Iterator[str]:
    if portal.id != path.stem:
        reason = say("与文件名不同:", "is not the name of the file:")
        yield f"{path}:1: id: {portal.id!r} {reason} {path.stem!r}"
    if portal.family not in known:
        reason = say("不是已有的 family:", "is none of")
        yield f"{path}:1: family: {portal.family!r} {reason} {', '.join(sorted(known))}"
        return
    if portal.column_known and not known[portal.family].needs_known_column:
        reason = say("应为 false, 入口不是年报栏目本身", "must be false, its entry is only a door")
        yield f"{path}:1: column_known: family {portal.family}: {reason}"
    try:
        load_yaml(path, known[portal.family].Options, part="options")
    except ConfigError as error:
        yield from str(error).split("; ")
