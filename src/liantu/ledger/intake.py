"""What a file gives the ledger: one task for a document, one for each document in an archive or an e-mail.

The file that holds others comes last, so that it is known only when everything in it is settled.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils import timezone

from liantu.extraction import READER_VERSION
from liantu.ledger.additions import AddResult, Origin, add_failure, add_findings, is_current, keep_path, seen_again
from liantu.ledger.carrying import words_of
from liantu.ledger.models import Source, SourcePath
from liantu.ledger.packing import problems_of
from liantu.ledger.reading_task import ReadFile
from liantu.ledger.storable import path_text, storable
from liantu.ledger.workbooks.additions import add_sheets
from liantu.ledger.writing import writing
from liantu.reading import (
    Contents,
    Leaf,
    Member,
    Problem,
    SafeReader,
    UnreadableError,
    WorkerError,
    may_hold_documents,
)

Read = Callable[[SafeReader], ReadFile]


@dataclass(frozen=True, slots=True)
class Task:
    """One source to be: a file, or a document inside one.

    `read` is None for what needs no reading: known bytes, an archive itself, and what `problem` says cannot be opened.
    """

    path: Path
    name: str
    digest: str
    read: Read | None = None
    problem: Problem | None = None
    container: str = ""  # the path of the file it lies in
    members: tuple[str, ...] | None = None  # of a file that holds others: their paths
    is_archive: bool = False  # has no text of its own
    more: int = 0  # tasks that follow from the same file, told by the first of them


def tasks_of(path: Path, name: str, reader: SafeReader) -> Iterator[Task]:
    """The tasks of one file, in the order in which they are to be kept."""
    digest = digest_of(path)
    if not may_hold_documents(path):
        yield Task(path, name, digest, None if _is_settled(digest) else partial(_read, path=path, name=name))
        return
    try:
        contents = reader.contents(path, name)
    except UnreadableError as error:
        yield Task(path, name, digest, problem=error.problem)
        return
    except (WorkerError, OSError) as error:
        yield Task(path, name, digest, problem=reader_failed(name, error))
        return
    yield from _tasks_inside(path, name, digest, contents)


def _tasks_inside(path: Path, name: str, digest: str, contents: Contents) -> Iterator[Task]:
    inner = [leaf for leaf in contents.leaves if leaf.at]
    places = [Path(f"{path}{leaf.source[len(name) :]}") for leaf in inner]
    more = len(inner)
    for leaf, place in zip(inner, places, strict=True):
        read = None if leaf.problem or _is_settled(leaf.digest) else partial(_read_member, path=path, leaf=leaf)
        yield Task(place, leaf.source, leaf.digest, read, leaf.problem, path_text(path), more=more)
        more = 0
    own = next((leaf for leaf in contents.leaves if not leaf.at), None)
    read = None if own is None or _is_settled(digest) else partial(_read_member, path=path, leaf=own)
    members = tuple(map(path_text, places))
    yield Task(path, name, digest, read, members=members, is_archive=own is None)


def _read(reader: SafeReader, path: Path, name: str) -> ReadFile:
    found: ReadFile = reader.read(path, name)
    return found


def _read_member(reader: SafeReader, path: Path, leaf: Leaf) -> ReadFile:
    found: ReadFile = reader.read(Member(str(path), leaf.at), leaf.source)
    return found


def _is_settled(digest: str) -> bool:
    """Whether these bytes need not be read: the reader of today has, or a person has removed them."""
    known = Source.objects.filter(digest=digest).first()
    return is_current(known) or (known is not None and known.state == Source.State.REMOVED)


def keep_task(task: Task, found: Callable[[], ReadFile] | None, by: str) -> tuple[AddResult, list[Problem], list[str]]:
    """Keep what a task gave, or the reason why it gave nothing; and the paths of members that its file holds no longer.

    `found` gives what the child process read, or raises what it raised.
    """
    result, problems = _keep(task, found, by)
    if left := _words_left(result):
        problems = [*problems, _words_left_note(task.name, left)]
    if task.container:
        SourcePath.objects.filter(path=path_text(task.path)).update(container=task.container)
    return result, problems, _note_gone(task) if task.members is not None else []


def _words_left(result: AddResult) -> int:
    """How many words of people on the version before have no place in the one that came in."""
    if result.state == "failed" and result.replaced is not None:
        return len(words_of(result.replaced))
    return result.moved.left


def _words_left_note(name: str, left: int) -> Problem:
    return Problem(
        "words_left",
        name,
        f"《{name}》换了新版本：旧版本上有 {left} 条人工结论在新版本里找不到同一句话，请到“核实”页处理。",
        f"{name} came in a new version, which has no place for {left} decisions that people made on the old one; "
        "see the page Review.",
    )


def _keep(task: Task, found: Callable[[], ReadFile] | None, by: str) -> tuple[AddResult, list[Problem]]:
    if task.problem is not None:
        return add_failure(task.name, task.digest, task.problem, path=task.path, by=by), [task.problem]
    if task.is_archive:
        return _add_archive(task, by), []
    if found is None:
        with writing():
            return seen_again(Source.objects.get(digest=task.digest), Origin.of(task.path)), []
    try:
        read = found()
    except UnreadableError as error:
        return add_failure(task.name, task.digest, error.problem, path=task.path, by=by), [error.problem]
    except (WorkerError, OSError) as error:
        problem = reader_failed(task.name, error)
        return add_failure(task.name, task.digest, problem, path=task.path, by=by), [problem]
    result = keep_read(read, task.path, by)
    return result, problems_of(result.source)


def _add_archive(task: Task, by: str) -> AddResult:
    """Note an archive whose documents are kept; one that a person removed stays removed."""
    origin = Origin.of(task.path)
    with writing():
        known = Source.objects.filter(digest=task.digest).first()
        source = known or Source(digest=task.digest, added_by=by)
        same = known is not None and known.paths.filter(path=origin.path).exists()
        if source.state != Source.State.REMOVED:
            source.state, source.replaced_by = Source.State.UNPACKED, None
        source.name, source.media, source.size = storable(task.name)[:255], "zip", origin.size
        source.problems, source.reader_version, source.read_at = [], READER_VERSION, timezone.now()
        source.save()
        before = SourcePath.objects.filter(path=origin.path).exclude(source=source).exists()
        keep_path(source, origin)
        return AddResult(source, "unchanged" if same else "changed" if before else "duplicate" if known else "added")


def _note_gone(task: Task) -> list[str]:
    """Documents that lay in a file and do so no longer: kept, as a file is that has gone from its folder."""
    here = set(task.members or ())
    inside = SourcePath.objects.filter(container=path_text(task.path), missing=False)
    gone = [path for path in inside.values_list("path", flat=True) if path not in here]
    for path in gone:
        SourcePath.objects.filter(path=path).update(missing=True)
    return gone


def keep_read(found: ReadFile, path: Path, by: str, *, again: bool = False) -> AddResult:
    """Keep what the child process read of a file, be it a workbook or a text; `again` as in `add_findings`."""
    if found.findings is None:
        return add_sheets(found.document, found.sheets, path=path, by=by, again=again)
    return add_findings(found.document, found.findings, path=path, by=by, again=again)


def reader_failed(name: str, error: Exception) -> Problem:
    """The problem to show when the fault is the reader's own."""
    last = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
    return Problem(
        "reader_failed",
        name,
        f"《{name}》读取时程序出错，没有入库；其他文件不受影响。请把文件和这句话反馈给维护者：{last}",
        f"The reader itself failed on {name}; nothing of it was kept. Please report it with this message: {last}",
        fatal=True,
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
