"""The demo's directories, ports and configuration.

The shipped sample configuration has placeholders where ports stand, because they are known only once
the servers run. It is written to DATA/config at every start. Addresses contain the ports, so a data
directory remembers its own: the second run finds the same portal.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from config.places import PACKAGE_CONFIG, Places
from monitor.demo.portal import LOOPBACK

SAMPLE_CONFIG = Path(__file__).parent / "config"
PORTS_FILE = "ports.json"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the demo's servers listen on loopback; a port that is taken falls back to a free one."""

    site: int = 18420
    second: int = 18421
    mail: int = 18425


def demo_places(data: Path) -> Places:
    """Return the directories of a demo: everything lies below its data directory."""
    return Places(data.resolve(), data.resolve() / "config")


def mailbox_of(at: Places) -> Path:
    """Return the folder that received messages are kept in."""
    return at.data / "mailbox"


def remembered_ports(at: Places) -> Ports:
    """Return the ports of this data directory's last run, or the default ones."""
    path = at.data / PORTS_FILE
    return Ports(**json.loads(path.read_text("utf-8"))) if path.exists() else Ports()


def write_configuration(at: Places, ports: Ports) -> None:
    """Write the sample configuration for servers on these ports, and remember the ports."""
    filled = {
        "@SITE@": f"{LOOPBACK}:{ports.site}",
        "@SECOND@": f"{LOOPBACK}:{ports.second}",
        "@MAIL_PORT@": str(ports.mail),
    }
    for source in sorted(path for path in SAMPLE_CONFIG.rglob("*") if path.is_file()):
        text = source.read_text("utf-8")
        for placeholder, value in filled.items():
            text = text.replace(placeholder, value)
        target = at.config / source.relative_to(SAMPLE_CONFIG)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    shutil.copyfile(PACKAGE_CONFIG / "deadlines.yml", at.config / "deadlines.yml")
    (at.data / PORTS_FILE).write_text(json.dumps(asdict(ports)), "utf-8")
