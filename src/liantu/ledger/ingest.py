"""Files into the ledger: a folder, only what is new or changed in it; or one upload. One transaction a file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from django.utils import timezone

from liantu.extraction import READER_VERSION
from liantu.ledger.additions import AddResult
from liantu.ledger.intake import Task, keep_task, tasks_of
from liantu.ledger.models import IngestItem, Job, Source, SourcePath
from liantu.ledger.packing import problem_dict
from liantu.ledger.reading_task import TASK, ReadFile
from liantu.ledger.storable import path_text
from liantu.reading import Problem, SafeReader, documents_in, safe_name

READERS = 2  # child processes that read ahead while the ledger writes
TAKE = 4  # files read ahead of the one being written


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `state` is that of the file just done (an `IngestItem.State`); seconds are estimates."""

    job: int
    done: int
    total: int
    failed: int
    name: str
    state: str
    seconds_spent: float
    seconds_left: float | None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class IngestReport:
    """What a run did, by path."""

    job: int
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    unchanged: int = 0
    failed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one task: `gone` are paths of documents that its file holds no longer."""

    task: Task
    result: AddResult
    problems: list[Problem]
    gone: list[str]
    seconds: float


def folder_files(folder: Path | str) -> list[Path]:
    """Files of a folder and of the folders in it that are meant as documents, by path."""
    return documents_in(folder)


def ingest_folder(
    folder: Path | str, progress: Callable[[Progress], None] | None = None, *, by: str = "", again: bool = False
) -> IngestReport:
    """Read what is new or changed in a folder. Every file is kept or refused on its own; none stops the others.

    Args:
        progress: hears of every file that was read, and once at the start (`name` empty).
        by: user name to note with the sources.
        again: read every file, whether it changed or not.

    Raises NotADirectoryError when there is no such folder.
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise NotADirectoryError(f"没有这个文件夹：{root} / no such folder: {root}")
    # A run that was cut off has left its job running; what it had read is kept, and the rest is read now.
    Job.objects.filter(kind="folder", folder=path_text(root), state=Job.State.RUNNING).update(
        state=Job.State.FAILED, message="中断 / interrupted", finished_at=timezone.now()
    )
    job = Job.objects.create(
        kind="folder", folder=path_text(root), state=Job.State.RUNNING, by=by, started_at=timezone.now()
    )
    report = IngestReport(job.pk)
    try:
        files = folder_files(root)
        known = known_under(root)
        _note_missing(known, files, job, report)
        todo = files if again else [path for path in files if not _is_known(path, known, report)]
        job.total = len(todo)
        job.save(update_fields=["total"])
        _ingest_all(todo, job, report, progress, by)
    except BaseException as error:
        job.state, job.message, job.finished_at = Job.State.FAILED, f"{type(error).__name__}: {error}", timezone.now()
        job.save()
        raise
    job.state, job.finished_at = Job.State.DONE, timezone.now()
    job.save()
    return report


def ingest_upload(path: Path | str, name: str, by: str = "", job: Job | None = None) -> IngestItem:
    """Read one file that was uploaded to `path` under the name `name`, in the child process, and say what became of it.

    The documents inside an archive or an e-mail are further items of the same job; the one returned is the file's own.
    """
    job = job or Job.objects.create(kind="upload", total=1, by=by, state=Job.State.RUNNING, started_at=timezone.now())
    reader = _upload_reader()
    for task in tasks_of(Path(path), safe_name(name), reader):
        began = time.monotonic()
        kept = Kept(task, *keep_task(task, task.read and partial(task.read, reader), by), time.monotonic() - began)
        item = _item(job, kept)
        job.total += task.more
        job.done += 1
        job.failed += kept.result.state == "failed"
    if job.done >= job.total:
        job.state, job.finished_at = Job.State.DONE, timezone.now()
    job.save()
    return item


_warm: list[SafeReader] = []


def _upload_reader() -> SafeReader:
    """The child process kept warm for uploads: the first one starts it."""
    if not _warm:
        _warm.append(SafeReader(TASK))
    return _warm[0]


def known_under(folder: Path) -> dict[str, SourcePath]:
    """The paths below a folder at which files were seen, in order, each with its source."""
    above = f"{path_text(folder)}{os.sep}"
    # SQLite compares the beginnings of texts without regard to case; files are told apart by it.
    seen = SourcePath.objects.select_related("source").filter(path__startswith=above).order_by("path")
    columns = ("path", "container", "size", "mtime_ns", "missing", "source__state", "source__reader_version")
    return {row.path: row for row in seen.only(*columns).iterator() if row.path.startswith(above)}


def _is_known(path: Path, seen: Mapping[str, SourcePath], report: IngestReport) -> bool:
    """Whether a file is as it was when last read, told by its size and time alone."""
    known = seen.get(path_text(path))
    if known is None:
        return False
    status = path.stat()
    if (known.size, known.mtime_ns) != (status.st_size, status.st_mtime_ns):
        return False
    settled = known.source.state not in {Source.State.READY, Source.State.FAILED, Source.State.UNPACKED}
    if not settled and known.source.reader_version != READER_VERSION:
        return False
    if known.missing and any(row.container == known.path for row in seen.values()):
        return False  # what is in it has come back with it
    report.unchanged += 1
    if known.missing:
        SourcePath.objects.filter(pk=known.pk).update(missing=False, seen_at=timezone.now())
    return True


def _note_missing(seen: Mapping[str, SourcePath], files: list[Path], job: Job, report: IngestReport) -> None:
    """Files that were here and are not: said, and kept in the ledger until a person removes them."""
    here = {path_text(path) for path in files}
    for path, known in seen.items():
        if path in here or known.container in here:
            continue
        report.missing.append(path)
        if not known.missing:
            SourcePath.objects.filter(pk=known.pk).update(missing=True)
            IngestItem.objects.create(job=job, path=path, state=IngestItem.State.MISSING, source_id=known.source_id)


def _ingest_all(
    files: list[Path], job: Job, report: IngestReport, progress: Callable[[Progress], None] | None, by: str
) -> None:
    began = time.monotonic()

    def tell(name: str, state: str, problems: tuple[Problem, ...] = ()) -> None:
        if progress is not None:
            spent = time.monotonic() - began
            left = spent / job.done * (job.total - job.done) if job.done else None
            progress(Progress(job.pk, job.done, job.total, job.failed, name, state, spent, left, problems))

    tell("", IngestItem.State.WAITING)
    for kept in _read_ahead(files, by):
        item = _item(job, kept)
        job.total += kept.task.more
        job.done += 1
        job.failed += item.state == IngestItem.State.FAILED
        job.save(update_fields=["total", "done", "failed"])
        if item.state == IngestItem.State.UNCHANGED:
            report.unchanged += 1
        else:
            getattr(report, item.state).append(path_text(kept.task.path))
        report.missing += kept.gone
        report.problems += kept.problems
        tell(kept.task.name, item.state, tuple(kept.problems))


def _read_ahead(files: list[Path], by: str) -> Iterator[Kept]:
    """Files in order, with the documents in them, each read in a child process while the ones before it are written."""
    readers = [SafeReader(TASK) for _ in range(min(READERS, len(files)))]
    with ThreadPoolExecutor(max(1, len(readers)), thread_name_prefix="reading") as pool:
        looking = SafeReader(TASK)  # into archives, while the others are busy; starts with the first of them
        tasks = (task for path in files for task in tasks_of(path, safe_name(path.name), looking))
        ahead: list[tuple[Task, Future[ReadFile] | None]] = []
        turns = cycle(readers)
        try:
            while True:
                for task in islice(tasks, TAKE - len(ahead)):
                    ahead.append((task, pool.submit(task.read, next(turns)) if task.read else None))
                if not ahead:
                    return
                began = time.monotonic()
                task, future = ahead.pop(0)
                result, problems, gone = keep_task(task, None if future is None else future.result, by)
                yield Kept(task, result, problems, gone, time.monotonic() - began)
        finally:
            for _, future in ahead:
                if future is not None:
                    future.cancel()
            pool.shutdown(cancel_futures=True)
            for reader in (*readers, looking):
                reader.close()


def _item(job: Job, kept: Kept) -> IngestItem:
    source, path = kept.result.source, path_text(kept.task.path)
    for gone in kept.gone:
        of = SourcePath.objects.get(path=gone).source_id
        IngestItem.objects.create(job=job, path=gone, state=IngestItem.State.MISSING, source_id=of)
    return IngestItem.objects.create(
        job=job,
        path=path,
        size=source.size,
        state=kept.result.state,
        source=source,
        problems=[problem_dict(problem) for problem in kept.problems] or source.problems,
        seconds=round(kept.seconds, 3),
    )
