"""The WARC of a run: whole records, readable by others, repaired after a kill, replayed without network."""

import os
import subprocess
from collections import Counter
from io import BytesIO

import pytest
from scrapy.http import Request, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.store import read_stamp
from crawler.recorded import RecordedRun
from crawler.warc import WarcFile, cut_broken_end
from monitor.cli import run as nianbao

COLUMN = "/nb/"
REPORT = "第{n}街道办事处2024年政府信息公开工作年度报告"
TEXT = "<p>认真贯彻落实条例，主动公开政府信息，规范办理依申请公开。</p>" * 12
INFO = {"portal": "one", "year": 2024, "started": "2025-02-05T01:00:00.000Z"}


def fill(site, reply) -> None:
    """A column with one article for each way that a request can end."""
    names = ["plain", "zip", "gone", "denied", "moved", "cut", "reset", "flaky"]
    rows = "".join(f"<li><a href='/{name}.html'>{REPORT.format(n=name)}</a></li>" for name in names[:3])
    rows += "".join(f"<li><a href='/{name}.html'>{REPORT.format(n=name)}</a></li>" for name in names[4:])
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret\n", headers={"Content-Type": "text/plain"})
    site.put(
        COLUMN, f"<html><ul>{rows}<li><a href='/secret.html'>{REPORT.format(n='s')}</a></li></ul></html>"
    )
    page = f"<html><body>{TEXT}<a href='/f.pdf'>附件</a></body></html>"
    site.put("/plain.html", page)
    site.pages["/zip.html"] = reply.gzipped(page)
    site.put("/moved.html", b"", status=302, headers={"Location": "/new.html"})
    site.put("/new.html", page)
    site.put("/cut.html", page, cut=True)
    site.put("/reset.html", b"", reset=True)
    answers = [reply(b"busy", status=503)]
    site.pages["/flaky.html"] = lambda _headers: answers.pop() if answers else reply(page.encode())
    site.put("/f.pdf", b"%PDF-1.5 \x00\xff file", headers={"X-Name": "年报".encode().decode("latin-1")})


@pytest.fixture(scope="module")
def recorded(new_site, new_crawl, reply):
    """A site after two crawls of it: the second one asks conditionally."""
    site, crawl = new_site(), new_crawl()
    fill(site, reply)
    crawl.add_portal("one", site.url(COLUMN))
    crawl.run("--year", "2024")
    crawl.now = "2025-02-06T09:00:00+08:00"
    crawl.run("--year", "2024")
    site.crawl = crawl
    return site


def warcs(crawl) -> list:
    """The files of the crawls, in order."""
    return sorted(crawl.at.warc.glob("**/*.warc.gz"), key=lambda path: path.name)


def archive_of(crawl) -> dict[str, Counter]:
    """What a crawl left, without ids."""
    questions = {
        "captures": "select run_id, portal, role, method, url, final_url, referer, requested_at, status,"
        " verdict, reason, media_type, sha256, size_bytes, etag, last_modified, retry_after from captures",
        "documents": "select portal, url, sha256, role, media_type, name, link_title, page_url, list_url,"
        " listed_on, context, first_seen_at, last_seen_at from documents",
        "listings": "select c.url, l.position, l.url as href, l.title from listings l"
        " join captures c on c.id = l.capture_id",
        "targets": "select url, role, state, failures, context from targets",
    }
    return {
        name: Counter(tuple(map(str, row.values())) for row in crawl.rows(sql))
        for name, sql in questions.items()
    }


def missing(one, other) -> dict[str, list]:
    """What is in only one of two archives."""
    left, right = archive_of(one), archive_of(other)
    parts = {name: [*(left[name] - right[name]), *(right[name] - left[name])] for name in left}
    return {name: rows for name, rows in parts.items() if rows}


def test_every_exchange_is_a_record_that_others_can_read(recorded):
    """One member a record, digests right, raw bodies: as many answers as the server gave."""
    first = warcs(recorded.crawl)[0]

    class Quiet:
        """How `warcio check` is asked."""

        inputs, verbose = [str(first)], False

    assert Checker(Quiet()).process_all() in {None, 0}
    records = Counter()
    bodies = {}
    with first.open("rb") as file:
        for record in ArchiveIterator(file):
            records[record.rec_type] += 1
            if record.rec_type == "response":
                bodies[record.rec_headers.get_header("WARC-Target-URI")] = record.raw_stream.read()
    assert records["warcinfo"] == 1
    assert records["response"] == records["request"]
    asked = recorded.crawl.rows("select count(*) as n from captures where run_id = 1 and status is not null")
    assert records["response"] == asked[0]["n"]
    ends = recorded.crawl.rows(
        "select count(*) as n from captures where run_id = 1 and status is null and verdict = 'error'"
    )
    assert records["metadata"] == ends[0]["n"] > 0
    assert bodies[recorded.url("/zip.html")] == recorded.pages["/zip.html"].body
    assert bodies[recorded.url("/f.pdf")] == b"%PDF-1.5 \x00\xff file"


def test_payload_bears_the_name_of_its_original(recorded):
    """From a record to the stored file and back, where the server sent it unpacked."""
    url = recorded.url("/f.pdf")
    with warcs(recorded.crawl)[0].open("rb") as file:
        digests = {
            record.rec_headers.get_header("WARC-Target-URI"): record.rec_headers.get_header(
                "WARC-Payload-Digest"
            )
            for record in ArchiveIterator(file)
            if record.rec_type == "response"
        }
    captures = recorded.crawl.rows("select url, sha256 from captures where sha256 is not null")
    names = {row["url"]: f"sha256:{row['sha256']}" for row in captures}
    assert digests[url] == names[url]
    assert digests[recorded.url("/zip.html")] != names[recorded.url("/zip.html")]


def test_replay_gives_the_same_captures_and_documents(recorded, new_crawl):
    """Both runs from their files, the server untouched, conditional answers included."""
    asked = len(recorded.requests)
    again = new_crawl()
    again.at.config.rmdir()
    again.at.config.symlink_to(recorded.crawl.at.config)
    files = [str(path) for path in reversed(warcs(recorded.crawl))]
    directories = ["--data", str(again.at.data), "--config", str(again.at.config)]
    code = nianbao(["replay", *files, *directories])
    outcomes = [row["outcome"] for row in recorded.crawl.rows("select outcome from runs order by id")]
    assert [row["outcome"] for row in again.rows("select outcome from runs order by id")] == outcomes
    assert missing(again, recorded.crawl) == {}
    assert {row["verdict"] for row in again.rows("select verdict from captures")} >= {
        "ok", "unchanged", "gone", "forbidden", "redirected", "error",
    }  # fmt: skip
    assert len(recorded.requests) == asked
    assert not list(again.at.warc.glob("**/*.warc.gz"))
    assert code == 0
    assert nianbao(["replay", files[0], *directories]) == 64, "what the archive holds is not done twice"


def test_file_that_is_no_warc_is_refused_in_one_line(new_crawl, tmp_path, capfd):
    """Exit 64, nothing is written."""
    crawl = new_crawl()
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"not a warc")
    directories = ["--data", str(crawl.at.data), "--config", str(crawl.at.config)]
    assert nianbao(["replay", str(path), *directories]) == 64
    assert capfd.readouterr().err.count("\n") == 1
    assert not crawl.at.database.exists()


@pytest.fixture
def warc(tmp_path):
    """A file with three answers."""
    file = WarcFile(tmp_path / "a.warc.gz", INFO)
    for number in range(3):
        request = Request(f"http://a.gov.cn/{number}", method="POST", body=b"{}")
        file.write_answer(request, Response(request.url, body=b"%d" % number * 5000))
    file.close()
    return file.path


def test_broken_last_member_is_cut_wherever_the_kill_fell(warc):
    """Any length: what is cut is less than a member, what stays is whole and can be appended to."""
    whole = warc.read_bytes()
    with warc.open("rb") as file:
        iterator = ArchiveIterator(file)
        places = [iterator.get_record_offset() for _record in iterator] + [len(whole)]
    for length in range(len(whole) + 1):
        warc.write_bytes(whole[:length])
        cut = cut_broken_end([warc, warc.with_name("absent")])
        kept = max(place for place in places if place <= length)
        assert (warc.stat().st_size, bool(cut)) == (kept, length != kept)


def test_record_that_finds_no_room_leaves_nothing_behind(tmp_path, room):
    """What stands behind half a record would be cut off with it by the next crawl."""
    file = WarcFile(tmp_path / "a.warc.gz", INFO)
    request = Request("http://a.gov.cn/1")
    file.write_answer(request, Response(request.url, body=b"1"))
    whole = file.path.stat().st_size
    with room(whole + 100), pytest.raises(OSError, match="too large"):
        file.write_answer(request, Response(request.url, body=os.urandom(5000)))
    assert file.path.stat().st_size == whole
    file.write_answer(request, Response(request.url, body=b"2"))
    file.close()
    assert cut_broken_end([file.path]) == []
    with file.path.open("rb") as stream:
        bodies = [record.raw_stream.read() for record in ArchiveIterator(stream)
                  if record.rec_type == "response"]  # fmt: skip
    assert bodies == [b"1", b"2"]


def test_torn_file_is_replayed_up_to_its_last_whole_record(warc):
    """Also before the next crawl has cut it."""
    warc.write_bytes(warc.read_bytes()[:-30])
    run = RecordedRun.open(warc)
    ends = [run.take(Request(f"http://a.gov.cn/{n}", method="POST", body=b"{}")) for n in range(3)]
    assert [end.body[:1] if end else None for end in ends] == [b"0", b"1", None]
    assert run.take(Request("http://a.gov.cn/0")) is None, "another method is another request"
    assert run.info.started_at == read_stamp(INFO["started"])


def test_killed_crawl_is_repaired_and_both_files_replay_to_the_same_archive(new_site, new_crawl, reply):
    """Kill at the fifth request, tear the file's end, go on; then replay the two files elsewhere."""
    site, crawl, again = new_site(), new_crawl(), new_crawl()
    fill(site, reply)
    crawl.add_portal("one", site.url(COLUMN))
    again.at.config.rmdir()
    again.at.config.symlink_to(crawl.at.config)
    running: list[subprocess.Popen] = []
    site.before_answer = lambda count: running[-1].kill() if count == 5 else None
    running.append(subprocess.Popen(crawl.command("--year", "2024"), env=crawl.environment))
    assert running[-1].wait(timeout=60) == -9
    (torn,) = warcs(crawl)
    whole = torn.read_bytes()
    torn.write_bytes(whole + whole[:40])
    crawl.now = "2025-02-05T09:10:00+08:00"
    crawl.run("--year", "2024")
    assert torn.read_bytes() == whole
    assert len(warcs(crawl)) == 2
    for path in warcs(crawl):
        again.execute([*crawl.command()[:3], "--command", "replay", str(path)])
    assert missing(again, crawl) == {}
    assert again.rows("select outcome from runs order by id")[0]["outcome"] == "interrupted"


def test_answer_with_odd_status_and_headers_comes_back_as_it_was(tmp_path):
    """Unknown statuses, repeated headers, bytes that are no text."""
    request = Request("http://a.gov.cn/x?年=1")
    headers = {"Set-Cookie": ["a=1", "b=2"], "X": b"\xc4\xea"}
    file = WarcFile(tmp_path / "b.warc.gz", INFO)
    file.write_answer(request, Response(request.url, status=521, headers=headers, body=b"\r\n\r\nx"))
    file.close()
    end = RecordedRun.open(file.path).take(request)
    assert (end.status, end.body) == (521, b"\r\n\r\nx")
    assert end.headers.getlist("Set-Cookie") == [b"a=1", b"b=2"]
    assert end.headers["X"] == b"\xc4\xea"
    assert BytesIO(file.path.read_bytes()).read(2) == b"\x1f\x8b"
