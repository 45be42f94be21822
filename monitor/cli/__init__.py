"""The command line: one program, `nianbao`, one module of this package for each command.

A command is a module `monitor/cli/<name>.py` (dashes become underscores) with a click command or
group called `command`; it is found by its file's name and imported only when it is used, so that
`nianbao parse` does not wait for the scheduler. Exit codes: docs/contract/cli.md; wrong usage is 64.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from monitor.cli.errors import EXIT_USAGE, FAILURES, one_line
from monitor.cli.usage import usage_message


class CommandFolder(click.Group):
    """A click group whose commands are the modules of this package that do not start with `_`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        names = (module.name for module in pkgutil.iter_modules(__path__))
        helpers = {"errors", "context", "output", "progress", "usage"}
        return sorted(name.replace("_", "-") for name in names if name not in helpers)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="出错时显示完整的调用栈 (show tracebacks).")
@click.version_option(package_name="nianbao")
def cli(debug: bool) -> None:
    """政府信息公开工作年度报告: 采集、保存、读数、核对、提醒、公开."""
    if debug:
        os.environ["NIANBAO_DEBUG"] = "1"


def main(arguments: list[str] | None = None) -> None:
    """Run the program; anything that cannot be done is one line on standard error, no traceback."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    try:
        result: Any = cli.main(args=arguments, prog_name="nianbao", standalone_mode=False)
    except click.UsageError as error:
        click.echo(f"nianbao: {usage_message(error)}", err=True)
        return EXIT_USAGE
    except click.ClickException as error:
        click.echo(f"nianbao: {error.format_message()}", err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        return 130
    except FAILURES as error:
        if os.environ.get("NIANBAO_DEBUG"):
            raise
        click.echo(f"nianbao: {one_line(error)}", err=True)
        return 1
    return result if isinstance(result, int) else 0
