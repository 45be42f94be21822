"""Signs of life of `nianbao watch`: a file for the machine, a fetched address for who watches it."""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from archive.store import read_stamp, stamp
from config import clock
from config.alerts import fill_secrets
from config.errors import ConfigError
from config.places import Places

PING_EVERY_S = 300.0
PING_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the last look left: when, by which process, what ran, and when each job comes next."""

    at: datetime
    process: int
    running: tuple[str, ...]
    next: Mapping[str, str | None]


def write_heartbeat(at: Places, running: Sequence[str], following: Mapping[str, str | None]) -> None:
    """Leave a sign of life in `heartbeat.json` of the data directory, whole or not at all."""
    told = {"at": stamp(clock.now()), "process": os.getpid(), "running": running, "next": following}
    unfinished = at.data / ".heartbeat.json"
    unfinished.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(at.data / "heartbeat.json")


def read_heartbeat(at: Places) -> Heartbeat | None:
    """Return the last sign of life, or None where there is none."""
    try:
        told = json.loads((at.data / "heartbeat.json").read_text(encoding="utf-8"))
        return Heartbeat(read_stamp(told["at"]), told["process"], tuple(told["running"]), told["next"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


class DeadMan:
    """Fetches an address every few minutes, on a thread of its own: a slow service delays no job."""

    def __init__(self, url: str | None) -> None:
        self.url = url
        self._pinged_s: float | None = None
        self._trouble: str | None = None
        self._thread: threading.Thread | None = None

    def ping(self) -> str | None:
        """Fetch the address where it is time; returns what went wrong last time, once."""
        if self.url is None or (
            self._pinged_s is not None and time.monotonic() - self._pinged_s < PING_EVERY_S
        ):
            return None
        self._pinged_s = time.monotonic()
        self._thread = threading.Thread(target=self._fetch, args=(self.url,), daemon=True)
        self._thread.start()
        trouble, self._trouble = self._trouble, None
        return trouble

    def finish(self) -> str | None:
        """Wait for a fetch on its way, so that a short run is noticed too; returns what went wrong."""
        if self._thread is not None:
            self._thread.join(PING_TIMEOUT_S)
        trouble, self._trouble = self._trouble, None
        return trouble

    def _fetch(self, url: str) -> None:
        try:
            address, _secrets = fill_secrets(url)
        except ConfigError as error:
            self._trouble = str(error).removeprefix("alerts.yml: ")
            return
        if urlsplit(address).scheme not in {"http", "https"}:
            self._trouble = "not an http(s) address"
            return
        try:
            with urllib.request.urlopen(address, timeout=PING_TIMEOUT_S):  # noqa: S310 (checked above)
                return
        except (OSError, ValueError) as error:
            # The address may hold a token: only the kind of the error is told.
            self._trouble = type(error).__name__
