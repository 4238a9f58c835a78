"""Files into the ledger: a folder, only what is new or changed in it; or one upload. One transaction a file."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from liantu.extraction import READER_VERSION
from liantu.ledger.additions import AddResult, Origin, add_failure, add_findings, is_current, seen_again
from liantu.ledger.models import IngestItem, Job, Source, SourcePath
from liantu.ledger.packing import problem_dict, problems_of
from liantu.ledger.reading_task import TASK, ReadFile
from liantu.ledger.storable import path_text
from liantu.ledger.workbooks.additions import add_sheets
from liantu.ledger.writing import writing
from liantu.reading import Problem, SafeReader, UnreadableError, WorkerError, documents_in, safe_name

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
    """Read one file that was uploaded to `path` under the name `name`, in the child process, and say what became of it."""
    began = time.monotonic()
    job = job or Job.objects.create(kind="upload", total=1, by=by, state=Job.State.RUNNING, started_at=timezone.now())
    result, problems = _ingest_one(Path(path), safe_name(name), digest_of(Path(path)), _upload_reader().read, by)
    item = _item(job, Path(path), result, problems, time.monotonic() - began)
    job.done += 1
    job.failed += result.state == "failed"
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
    columns = ("path", "size", "mtime_ns", "missing", "source__state", "source__reader_version")
    return {row.path: row for row in seen.only(*columns).iterator() if row.path.startswith(above)}


def _is_known(path: Path, seen: Mapping[str, SourcePath], report: IngestReport) -> bool:
    """Whether a file is as it was when last read, told by its size and time alone."""
    known = seen.get(path_text(path))
    if known is None:
        return False
    status = path.stat()
    if (known.size, known.mtime_ns) != (status.st_size, status.st_mtime_ns):
        return False
    settled = known.source.state not in {Source.State.READY, Source.State.FAILED}
    if not settled and known.source.reader_version != READER_VERSION:
        return False
    report.unchanged += 1
    if known.missing:
        SourcePath.objects.filter(pk=known.pk).update(missing=False, seen_at=timezone.now())
    return True


def _note_missing(seen: Mapping[str, SourcePath], files: list[Path], job: Job, report: IngestReport) -> None:
    """Files that were here and are not: said, and kept in the ledger until a person removes them."""
    here = {path_text(path) for path in files}
    for path, known in seen.items():
        if path in here:
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
    for path, result, problems, seconds in _read_ahead(files, by):
        item = _item(job, path, result, problems, seconds)
        job.done += 1
        job.failed += item.state == IngestItem.State.FAILED
        job.save(update_fields=["done", "failed"])
        if item.state == IngestItem.State.UNCHANGED:
            report.unchanged += 1
        else:
            getattr(report, item.state).append(path_text(path))
        report.problems += problems
        tell(safe_name(path.name), item.state, tuple(problems))


def _read_ahead(files: list[Path], by: str) -> Iterator[tuple[Path, AddResult, list[Problem], float]]:
    """Files in order, each read in a child process while the ones before it are written."""
    readers = [SafeReader(TASK) for _ in range(min(READERS, len(files)))]
    with ThreadPoolExecutor(max(1, len(readers)), thread_name_prefix="reading") as pool:
        ahead: list[tuple[Path, str, Future[ReadFile] | None]] = []

        def take(n: int) -> None:
            path = files[n]
            digest = digest_of(path)
            known = Source.objects.filter(digest=digest).first()
            settled = is_current(known) or (known is not None and known.state == Source.State.REMOVED)
            reader = readers[n % len(readers)]
            future = None if settled else pool.submit(reader.read, path, safe_name(path.name))
            ahead.append((path, digest, future))

        try:
            for n in range(min(TAKE, len(files))):
                take(n)
            for n in range(len(files)):
                began = time.monotonic()
                path, digest, future = ahead.pop(0)
                result, problems = _ingest_one(path, safe_name(path.name), digest, _waiting(future), by)
                yield path, result, problems, time.monotonic() - began
                if n + TAKE < len(files):
                    take(n + TAKE)
        finally:
            for _, _, future in ahead:
                if future is not None:
                    future.cancel()
            pool.shutdown(cancel_futures=True)
            for reader in readers:
                reader.close()


def _waiting(future: Future[ReadFile] | None) -> Callable[[Path, str], ReadFile] | None:
    return None if future is None else lambda path, name: future.result()


def _ingest_one(
    path: Path, name: str, digest: str, read: Callable[[Path, str], ReadFile] | None, by: str
) -> tuple[AddResult, list[Problem]]:
    """Keep one file, or the reason why it cannot be kept. `read` is None when its bytes are known already."""
    if read is None:
        with writing():
            return seen_again(Source.objects.get(digest=digest), Origin.of(path)), []
    try:
        found = read(path, name)
    except UnreadableError as error:
        return add_failure(name, digest, error.problem, path=path, by=by), [error.problem]
    except (WorkerError, OSError) as error:
        problem = _reader_failed(name, error)
        return add_failure(name, digest, problem, path=path, by=by), [problem]
    result = keep_read(found, path, by)
    return result, problems_of(result.source)


def keep_read(found: ReadFile, path: Path, by: str, *, again: bool = False) -> AddResult:
    """Keep what the child process read of a file, be it a workbook or a text; `again` as in `add_findings`."""
    if found.findings is None:
        return add_sheets(found.document, found.sheets, path=path, by=by, again=again)
    return add_findings(found.document, found.findings, path=path, by=by, again=again)


def _reader_failed(name: str, error: Exception) -> Problem:
    """The problem to show when the fault is the reader's own."""
    last = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
    return Problem(
        "reader_failed",
        name,
        f"《{name}》读取时程序出错，没有入库；其他文件不受影响。请把文件和这句话反馈给维护者：{last}",
        f"The reader itself failed on {name}; nothing of it was kept. Please report it with this message: {last}",
        fatal=True,
    )


def _item(job: Job, path: Path, result: AddResult, problems: list[Problem], seconds: float) -> IngestItem:
    return IngestItem.objects.create(
        job=job,
        path=path_text(path),
        size=result.source.size,
        state=result.state,
        source=result.source,
        problems=[problem_dict(problem) for problem in problems] or result.source.problems,
        seconds=round(seconds, 3),
    )


def digest_of(path: Path) -> str:
    """sha256 of a file's bytes; of nothing when it cannot be opened, which reading will then say."""
    hasher = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(1 << 20):
                hasher.update(chunk)
    except OSError:
        hasher.update(os.fsencode(path))
    return hasher.hexdigest()
