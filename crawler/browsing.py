"""Whether a portal needs a browser, whether there is one, and the settings that put it to work."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

from config.portals import Portal
from crawler.errors import WrongAssignment

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "scrapy_playwright"
NO_NETWORK = ("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--disable-quic",
              "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu")  # fmt: skip
DEAD_PROXY = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
"""Nobody listens there: whatever is not answered by us has no way out."""


def browser_settings(portal: Portal, user_agent: str) -> dict[str, object]:
    """Return the settings of a crawl with a browser, none where the portal needs no browser.

    Raises WrongAssignment where the extra or the program is missing.
    """
    if not portal.browser:
        return {}
    if find_spec(PACKAGE) is None:
        raise WrongAssignment(f"portal={portal.id}: browser: true 需要 pip install 'nianbao[browser]'")
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise WrongAssignment(f"portal={portal.id}: browser: true 需要 Chromium (apt-get install chromium)")
    own = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium has no sandbox for root
    return {
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawler.browser.BrowserDownloadHandler"),
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": program, "args": [*NO_NETWORK, *own], "proxy": DEAD_PROXY,
        },
        "PLAYWRIGHT_CONTEXTS": {
            "default": {"user_agent": user_agent, "service_workers": "block", "accept_downloads": False,
                        "locale": "zh-CN"},
        },
    }  # fmt: skip
