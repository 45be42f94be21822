"""`nianbao rebuild`: everything derived is made anew in a fresh place and compared with what is there.

Theory. The journal gives back what people decided and what was concluded; the last run of `process`
is then done again at its own instant, over nothing but the stored bytes. If the program, the
configuration and the archive are the same, it finds what it found: no row more, none less, none other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.comparing import Compared, Difference, compare_archives, compare_copies, compare_files
from archive.errors import ArchiveError
from archive.export import export
from archive.originals import Originals
from archive.publish import Published, publish, read_about
from archive.rebuilding import from_replay, from_snapshot, snapshot
from archive.store import Archive
from archive.tabular import WRITERS
from config import clock
from config.language import say
from config.places import Places
from config.site import load_site
from extract.version import EXTRACT_VERSION
from monitor.child import replay_program, run_child
from monitor.lock import holding
from monitor.pipeline import Processed, derive_again, evidence_digest, last_run

WORKSHOP = ".rebuild"
Progress = Callable[[str, int, int], None]


class RebuildRefused(ArchiveError):
    """Raised when there is nothing to rebuild from, or to compare with, by `rebuild`."""


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild found: what was compared, remarks, and the database that it put in place."""

    compared: Compared = field(default_factory=lambda: Compared(0, 0, []))
    files: int = 0
    remarks: list[str] = field(default_factory=list)
    brought_back: Path | None = None

    @property
    def differences(self) -> list[Difference]:
        """All rows and files that are not the same."""
        return self.compared.differences


def rebuild(at: Places, *, recorded: bool, progress: Progress) -> Rebuilt:
    """Make everything anew beside the archive and compare; a lost database is put back in its place.

    `recorded` takes what the crawls saw from their recordings (WARC) although there is a database.
    Nothing that is there is written over. Raises RebuildRefused, Locked, JournalDamaged, ConfigError.
    """
    is_lost = not at.database.exists()
    if is_lost and not at.journal.exists():
        raise RebuildRefused(
            say(
                f"{at.data} 中没有 nianbao.db, 也没有 journal.jsonl: 没有可重建的存档",
                f"{at.data} has neither nianbao.db nor journal.jsonl: there is nothing to rebuild",
            )
        )
    with holding(at.data / "locks" / "rebuild.lock"), _workshop(at) as folder:
        work = _Work(at, folder, progress)
        if not is_lost:
            work.take_snapshot()
        if recorded or is_lost:
            work.replay(at if is_lost else work.here)
        else:
            from_snapshot(work.here, work.fresh)
        (work.fresh.data / "originals").symlink_to(at.originals)
        work.derive(must=not is_lost)
        if is_lost:
            work.put_in_place()
        else:
            work.compare(recorded=recorded)
        return work.done


@contextmanager
def _workshop(at: Places) -> Iterator[Path]:
    """A folder of our own, empty at the beginning and gone at the end."""
    folder = at.data / WORKSHOP
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class _Work:
    at: Places
    folder: Path
    progress: Progress
    done: Rebuilt = field(default_factory=Rebuilt)

    @property
    def fresh(self) -> Places:
        """Where everything is made anew."""
        return Places(self.folder / "anew", self.at.config)

    @property
    def here(self) -> Places:
        """A snapshot of what is there: crawls and decisions may go on beside us."""
        return Places(self.folder / "here", self.at.config)

    def take_snapshot(self) -> None:
        """Copy the archive between two runs of `process`."""
        with holding(self.at.data / "locks" / "process.lock"), Archive.open(self.at) as live:
            snapshot(live, self.here)

    def replay(self, known: Places) -> None:
        """Crawl again from the recordings, without network; `known` has the journal that numbers it."""
        replayed = Places(self.folder / "replayed", self.at.config)
        with Archive.open(replayed):
            pass
        recordings = sorted(self.at.warc.rglob("*.warc.gz"), key=lambda path: path.name)
        for number, path in enumerate(recordings, 1):
            if run_child(replay_program(path, "ERROR"), replayed, quiet=True) not in (0, 1):
                self.remark(f"{path.name}: 不能重放", f"{path.name}: cannot be replayed")
            self.progress("replay", number, len(recordings))
        lost = from_replay(replayed.database, known.journal, self.fresh)
        if lost:
            self.remark(
                f"{lost} 次采集没有 WARC 记录: 这些页面上的链接无法重建",
                f"{lost} captures are not in the WARC files: the links of their pages are lost",
            )
        self._bring_originals(replayed.originals)

    def _bring_originals(self, replayed: Path) -> None:
        """Take from the recordings what is missing among the originals; nothing is written over."""
        kept = Originals(self.at.originals)
        for path in replayed.rglob("*"):
            is_whole = not path.name.startswith(".")  # a replay that was killed leaves half a file
            if is_whole and path.is_file() and not kept.path(path.name).exists():
                kept.write(path.read_bytes())

    def derive(self, *, must: bool) -> None:
        """Do the last run of `process` again; what it changes is a difference."""
        with Archive.open(self.fresh) as archive:
            last = last_run(archive)
            if last.moment is None:
                told = say(
                    "这份存档还没有由本版程序处理过: 请运行 nianbao process",
                    "this program has not processed the archive yet: run nianbao process",
                )
                if must:
                    raise RebuildRefused(told)
                self.done.remarks.append(told)
                return
            day = clock.local_date(last.moment.concluded_at)
            if evidence_digest(archive, self.fresh, day) != last.digest:
                self.remark(
                    "上次 nianbao process 之后又有采集, 或程序、配置有改动: 先运行 nianbao process 再比较",
                    "since the last nianbao process there were crawls, or program or configuration changed:"
                    " run it first",
                )
            done = derive_again(archive, self.fresh, last.moment, self._reading)
        self._tell_damaged(done)

    def _tell_damaged(self, done: Processed) -> None:
        for sha256 in done.damaged:
            self.done.differences.append(Difference("originals", sha256, "content", "damaged", ""))

    def compare(self, *, recorded: bool) -> None:
        """Compare tables, public copies and exports with what is there."""
        compared = compare_archives(
            self.here.database, self.fresh.database, EXTRACT_VERSION, replayed=recorded
        )
        self.done.compared.add(compared)
        settings = load_site(self.at.config)
        with Archive.open(self.here) as archive:
            expected = publish(archive, self._public_copy(), settings)
        self.done.compared.add(compare_copies(expected.path, self._publish().path))
        for format_ in sorted(WRITERS):
            folders = [one.data / f"export-{format_}" for one in (self.here, self.fresh)]
            for source, folder in zip((expected.path, self.fresh.public_database), folders, strict=True):
                export(source, folder, format_, settings)
            self.done.files += len(list(folders[0].iterdir()))
            self.done.differences.extend(compare_files(*folders))

    def _public_copy(self) -> Path:
        """Copy the public copy, which `publish` makes anew only where it is out of date."""
        copy = self.here.public_database
        copy.parent.mkdir()
        if self.at.public_database.exists():
            shutil.copyfile(self.at.public_database, copy)
        return copy

    def _publish(self) -> Published:
        with Archive.open(self.fresh) as archive:
            return publish(archive, self.fresh.public_database, load_site(self.at.config))

    def put_in_place(self) -> None:
        """Bring the lost database back; compare with the public copy where that is of the same moment."""
        made = self._publish()
        public = self.at.public_database
        if read_about(public).get("as_of") == made.as_of:
            self.done.compared.add(compare_copies(public, made.path))
        if self.at.database.exists():
            raise RebuildRefused(say(f"{self.at.database} 又出现了", f"{self.at.database} is there again"))
        self.fresh.journal.replace(self.at.journal)
        for stale in self.at.data.glob("nianbao.db-*"):
            stale.unlink()
        self.fresh.database.replace(self.at.database)
        self.done.brought_back = self.at.database

    def remark(self, chinese: str, english: str) -> None:
        """Note something that explains differences."""
        self.done.remarks.append(say(chinese, english))

    def _reading(self, done: int, total: int) -> None:
        self.progress("read", done, total)


def counts_of(rebuilt: Rebuilt) -> Mapping[str, int]:
    """Return the figures of the verdict."""
    return {
        "tables": rebuilt.compared.tables,
        "rows": rebuilt.compared.rows,
        "files": rebuilt.files,
        "differences": len(rebuilt.differences),
    }
