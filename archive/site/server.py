"""Serve the site on one machine: uvicorn on loopback, ended cleanly by SIGTERM or Ctrl-C."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

import uvicorn

from archive.site.app import ReloadingSite
from config.places import Places
from config.site import SiteSettings

GRACE_S = 3


def serve(places: Places, settings: SiteSettings, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until stopped; `ready` is told the address once the port is bound.

    Port 0 takes any free port. Raises NotPublished where there is nothing to show, OSError where the
    port is taken.
    """
    application = ReloadingSite(places, settings)
    config = uvicorn.Config(
        application,
        log_level="warning",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    with _bind(host, port) as bound:
        ready(f"http://{host}:{bound.getsockname()[1]}/")
        # uvicorn raises the signal again when it is done; being told to stop is no failure.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        uvicorn.Server(config).run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise OSError(f"{host}:{port} 不能使用 ({error.strerror}): 请换一个 --port") from error
