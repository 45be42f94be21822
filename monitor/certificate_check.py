"""Check a certificate of absence without the program that made it: `python certificate_check.py FILE.zip`.

Standard library only, so that anybody can read and run it. It checks that every file is what
SHA256SUMS says, that the files agree with each other, that every list page was answered well after the
deadline and is here byte for byte, and that no link on any of them names the body together with the
year. Exit 0 good, 1 with the reasons. Whoever changes files and all their sums makes another seal:
compare the one that is printed with the one that the issuer tells.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

GOOD_VERDICTS = ("ok", "unchanged", "redirected")
NAMES = ("certificate.json", "证明.txt", "captures.csv", "listings.csv", "SHA256SUMS")
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
    yield from contradictions(told, files)


def contradictions(told: dict[str, Any], files: dict[str, bytes]) -> Iterator[str]:
    """Yield what one file says otherwise than another, and files that belong to nothing."""
    pages = {f"pages/{capture['sha256']}" for capture in told["captures"]}
    for name in sorted({*files} - pages - {*NAMES}):
        yield f"{name}: belongs to nothing here"
    statement = files.get("证明.txt", b"").decode()
    facts = [told["sentence"], told["due_on"], told["due_basis"]]
    facts += [part for capture in told["captures"] for part in (capture["url"], capture["sha256"])]
    yield from (f"证明.txt: does not say {fact}" for fact in dict.fromkeys(facts) if fact not in statement)
    if told["body"]["name"] not in told["sentence"] or str(told["year"]) not in told["sentence"]:
        yield "certificate.json: the sentence speaks of another body or year"
    known = {"id", "requested_at", "verdict", "sha256", "url"}
    kept = [{key: str(row[key]) for key in known} for row in told["captures"]]
    if [{key: row.get(key) for key in known} for row in table(files, "captures.csv")] != kept:
        yield "captures.csv: not the captures of certificate.json"
    yield from wrong_listings(told, files)


def wrong_listings(told: dict[str, Any], files: dict[str, bytes]) -> Iterator[str]:
    """Yield pages of which no link is listed: a page without links proves nothing."""
    listed = table(files, "listings.csv")
    for capture in told["captures"]:
        if not any(row["capture_id"] == str(capture["shown_by"]) for row in listed):
            yield f"listings.csv: no link of {capture['url']}"


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """Read a CSV file."""
    return list(csv.DictReader(io.StringIO(files.get(name, b"").decode("utf-8-sig"), newline="")))


def seal_of(path: str) -> str:
    """Return the hash over SHA256SUMS: other for any change of any file."""
    with zipfile.ZipFile(path) as file:
        return hashlib.sha256(file.read("SHA256SUMS")).hexdigest()


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
    seals = [] if mistakes else [f"good {seal_of(path)}" for path in arguments]
    sys.stdout.write("".join(f"{line}\n" for line in [*mistakes, *seals]))
    return 1 if mistakes or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
