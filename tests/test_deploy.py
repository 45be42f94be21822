"""What lies in deploy/ names commands, files and settings that exist."""

import configparser
import json
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from monitor.cli import cli
from monitor.schedule import STOP_WITHIN_S

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
INSTRUCTIONS = [
    line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if line and not line.startswith("#")
]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")


def check_command(words):
    """Read the words as `nianbao` would, without running anything."""
    context = click.Context(cli)
    command = cli.get_command(context, words[0])
    assert command is not None, words
    if isinstance(command, click.Group) and words[1:]:
        assert command.get_command(context, words[1]) is not None, words
        return
    command.make_context(words[0], list(words[1:]), parent=context)


def unit(path):
    """A unit file as sections."""
    parser = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str
    parser.read_string(path.read_text("utf-8"))
    return parser


def instructions(name):
    """The arguments of every instruction of the Dockerfile with this name."""
    return [rest for word, rest in INSTRUCTIONS if word == name]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_runs_a_command_that_exists_and_restarts_it(path):
    """As its own user, with time for a clean end."""
    sections = unit(path)
    assert set(sections.sections()) == {"Unit", "Service", "Install"}
    service = sections["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program.endswith("/.venv/bin/nianbao")
    check_command(words)
    assert (service["Restart"], service["User"]) == ("always", "nianbao")
    assert int(service["TimeoutStopSec"]) > STOP_WITHIN_S
    variables = dict(item.split("=", 1) for item in shlex.split(service["Environment"]))
    assert set(variables) == {"NIANBAO_DATA", "NIANBAO_CONFIG"}


def test_there_is_a_unit_for_the_scheduler_and_one_for_the_site():
    """The site's cannot write the working database."""
    assert [path.name for path in UNITS] == ["nianbao-serve.service", "nianbao-watch.service"]
    assert unit(UNITS[0])["Service"]["ReadOnlyPaths"] == "/var/lib/nianbao"


@pytest.mark.parametrize("name", SERVICES)
def test_composed_service_runs_a_command_that_exists(name):
    """With what it mounts declared, and the data where the image expects it."""
    service = SERVICES[name]
    check_command(service["command"])
    sources = [volume.split(":")[0] for volume in service["volumes"]]
    assert {source for source in sources if not source.startswith(".")} <= set(COMPOSE["volumes"])
    settings = dict(re.findall(r"(NIANBAO_\w+)=(\S+)", DOCKERFILE))
    targets = [volume.split(":")[1] for volume in service["volumes"]]
    assert {settings["NIANBAO_DATA"], settings["NIANBAO_CONFIG"]} <= set(targets)
    assert service["read_only"]


def test_site_in_a_container_cannot_write_the_working_database():
    """And is reached from this machine only."""
    assert "data:/var/lib/nianbao:ro" in SERVICES["serve"]["volumes"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["serve"]["ports"])


def test_dockerfile_copies_what_is_there_and_starts_a_command_that_exists():
    """From the plain image, as a user of its own."""
    build = SERVICES["watch"]["build"]
    context = (DEPLOY / build["context"]).resolve()
    assert (context / build["dockerfile"]).samefile(DEPLOY / "Dockerfile")
    assert instructions("FROM") == ["python:3.11-slim"]
    for sources in instructions("COPY"):
        assert all((context / source).exists() for source in sources.split()[:-1]), sources
    assert json.loads(instructions("ENTRYPOINT")[0]) == ["nianbao"]
    check_command(json.loads(instructions("CMD")[0]))
    assert instructions("USER") == ["nianbao"]


def test_every_package_of_the_program_is_in_the_image():
    """A new one must be copied too."""
    copied = {source for sources in instructions("COPY") for source in sources.split()[:-1]}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"}
    assert packages <= copied


def test_commands_in_the_operators_page_exist():
    """Blocks and tables alike."""
    written = re.findall(r"(?:bin/|`|watch )nianbao ([a-z]+(?: [a-z][a-z-]*)?)", OPERATIONS)
    assert len(written) > 20
    context = click.Context(cli)
    for words in map(str.split, written):
        command = cli.get_command(context, words[0])
        assert command is not None, words
        if isinstance(command, click.Group) and words[1:]:
            assert command.get_command(context, words[1]) is not None, words


def test_files_that_the_operators_page_copies_exist():
    """Also the links."""
    for name in re.findall(r"\b(?:config|deploy)/[\w.-]+\.(?:yml|conf|service)", OPERATIONS):
        assert (ROOT / name).exists(), name
    for link in re.findall(r"\]\(([^)#]+)\)", OPERATIONS):
        assert (ROOT / "docs" / link).exists(), link
