"""The pictures of docs/public-archive.md, of the demo's archive as it is served.

    nianbao demo && python -m tests.archive.site.screenshots [demo-data]

A picture is of the first screen of a page, at the width of a desktop or of a phone.
"""

import sys
from pathlib import Path

from config.places import Places
from tests.archive.site.test_browser import CHROMIUM, QUIET, served

FOLDER = Path(__file__).parents[3] / "docs" / "images"
DESKTOP = {"width": 1120, "height": 760}
PHONE = {"width": 375, "height": 720}
PAGES = (
    ("home", "/", DESKTOP, None),
    ("matrix", "/matrix?year=2024", DESKTOP, None),
    ("report", "/body/yunze-shuju/2024", DESKTOP, "#s3"),
    ("proof", "/body/nanguan/2024", DESKTOP, "#c-requests\\.received\\.total a"),
    ("search", "/search?q=信息&year=2024", DESKTOP, None),
    ("phone", "/body/yunze-shuju/2024", PHONE, None),
)
"""Name, address, size of the window, and what to bring into view (a link is followed)."""


def take(data: Path) -> None:
    """Take all pictures of the archive in `data`."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with served(Places(data, data / "config")) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for name, path, size, shown in PAGES:
            page = browser.new_page(viewport=size, base_url=address)
            page.goto(path)
            if shown and shown.endswith(" a"):
                page.locator(shown).first.click()
                page.wait_for_load_state("networkidle")
            elif shown:
                page.locator(shown).evaluate("place => place.scrollIntoView()")
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-data").resolve())
