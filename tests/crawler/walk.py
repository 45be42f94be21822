"""A crawl without network, processes or archive: pages are judged and read, links followed."""

from pathlib import Path
from urllib.parse import urlsplit

from scrapy.settings import Settings

from archive.records import Role, Verdict
from config.places import Places
from config.portals import Portal
from crawler.asking import question_of
from crawler.assignment import Assignment
from crawler.exchange import Found
from crawler.many import families
from crawler.pages import Page
from crawler.redirects import redirect_of
from crawler.verdicts import OK, Answer, judge

HOST = "http://www.a.gov.cn"
MOST_REQUESTS = 100
FAMILIES = families(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))


def walk(pages: dict[str, str | bytes], entry: str, family: str = "generic") -> tuple[set[str], list[str]]:
    """Walk from an entry; returns the paths of documents, and of everything that was asked."""
    spider = spider_of(family, entry)
    waiting, asked, documents = list(spider.entries()), [], set()
    while waiting and len(asked) < MOST_REQUESTS:
        found = waiting.pop(0)
        path = found.url.removeprefix(HOST)
        if path in asked or urlsplit(found.url).netloc != urlsplit(HOST).netloc:
            continue
        asked.append(path)
        answer = answer_to(pages, found)
        hop = redirect_of(answer)
        if hop:
            waiting.insert(0, Found(hop, found.role, found.trail))
            continue
        judgement = judge(answer)
        if judgement.verdict is Verdict.JS_SHELL and spider.does_the_work_of(answer.content):
            judgement = OK
        if judgement.verdict is Verdict.OK:
            harvest = spider.read(Page(answer.url, answer.content, found.url), found.role, found.trail)
            waiting += harvest.found
            documents |= {path} if harvest.is_document else set()
    return documents, asked


def spider_of(family: str, entry: str):
    """A spider that has a portal, and no visit."""
    portal = Portal(
        id="one", name="one", family=family, entry_urls=(HOST + entry,), allowed_hosts=("www.a.gov.cn",)
    )
    spider = FAMILIES[family].__new__(FAMILIES[family])
    spider.assignment = Assignment(portal, 2024, Places(Path("data"), Path("config")))
    spider.options = spider.Options()
    return spider


def answer_to(pages: dict[str, str | bytes], found: Found) -> Answer:
    """What a server with these pages says."""
    url = question_of(found.url).url
    page = pages.get(url.removeprefix(HOST))
    content = page.encode() if isinstance(page, str) else page or b"404"
    return Answer(200 if page is not None else 404, {}, content, url, found.role)


__all__ = ["HOST", "Role", "walk"]
