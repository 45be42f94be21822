"""Check a certificate of absence without the program that made it: `python certificate_check.py FILE.zip`.

Standard library only, so that anybody can read and run it. It checks that every file is what
SHA256SUMS says, that every list page was answered well after the deadline and is here byte for byte,
and that no link on any of them names the body together with the year. Exit 0 good, 1 with the reasons.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

GOOD_VERDICTS = ("ok", "unchanged", "redirected")
ENCODINGS = ("utf-8", "gb18030")


class Links(HTMLParser):
    """Collects the words and titles of all links of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link; its title attribute counts as its words."""
        if tag == "a":
            self.is_inside = True
            self.found.append(dict(attrs).get("title") or "")
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        if tag == "a":
            self.is_inside = False

    def handle_data(self, data: str) -> None:
        """Add words to the open link."""
        if self.is_inside:
            self.found[-1] += data


def mistakes_of(path: str) -> Iterator[str]:
    """Yield every reason why the certificate at `path` proves nothing."""
    with zipfile.ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    yield from wrong_sums(files)
    told = json.loads(files["certificate.json"])
    if told["standing"] != "not_published":
        yield f"standing: {told['standing']}"
    if not told["looks"]:
        yield "looks: none"
    for look in told["looks"]:
        asked = {capture["url"] for capture in told["captures"] if capture["portal"] == look["portal"]}
        yield from (f"{page}: no capture" for page in look["pages"] if page not in asked)
    for capture in told["captures"]:
        yield from wrong_capture(capture, told, files)


def wrong_sums(files: dict[str, bytes]) -> Iterator[str]:
    """Yield files that are not what SHA256SUMS says, are not in it, or are not here."""
    lines = files.get("SHA256SUMS", b"").decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in sorted({*files, *sums} - {"SHA256SUMS"}):
        content = files.get(name)
        if content is None or hashlib.sha256(content).hexdigest() != sums.get(name):
            yield f"{name}: not what SHA256SUMS says"


def wrong_capture(capture: dict[str, Any], told: dict[str, Any], files: dict[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with one capture: verdict, time, bytes, or the report stands on the page."""
    url = capture["url"]
    if capture["verdict"] not in GOOD_VERDICTS:
        yield f"{url}: verdict {capture['verdict']}"
    if instant(capture["requested_at"]) < instant(told["too_late_from"]):
        yield f"{url}: asked on {capture['requested_at']}, before the deadline had passed"
    content = files.get(f"pages/{capture['sha256']}")
    if content is None or hashlib.sha256(content).hexdigest() != capture["sha256"]:
        yield f"{url}: page {capture['sha256']} is not here"
        return
    for words in link_words(content):
        if str(told["year"]) in words and any(plain(name) in words for name in told["body"]["names"]):
            yield f"{url}: shows {words}"


def link_words(content: bytes) -> list[str]:
    """Return the words of all links of a page, without blanks."""
    text = content.decode(ENCODINGS[0], "ignore")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    links = Links()
    links.feed(text)
    return [plain(words) for words in links.found if words]


def plain(words: str) -> str:
    """Leave out blanks."""
    return "".join(words.split())


def instant(text: str) -> datetime:
    """Read an ISO time with its zone."""
    return datetime.fromisoformat(text)


def main(arguments: list[str]) -> int:
    """Check the files that are named; one line for each mistake."""
    mistakes = [f"{path}: {mistake}" for path in arguments for mistake in mistakes_of(path)]
    sys.stdout.write("".join(f"{line}\n" for line in mistakes) or "good\n")
    return 1 if mistakes or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
