"""The findings and their journal on disk, so written that a run may be ended at any moment and taken up again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from liantu.bulk.files import File, order
from liantu.bulk.journal import (
    Entry,
    Kept,
    entries,
    entry_line,
    entry_of,
    header_line,
    is_intact,
    journal_path,
    old_path,
)
from liantu.bulk.outcome import Outcome

_CHUNK = 1 << 20


class BusyError(RuntimeError):
    """Another run is writing the same findings."""


class Output:
    """The findings at `path`, one run at a time.

    What an earlier run has written stands as long as it is what this run would write: its journal names the same
    files, unchanged, and the check sums of its lines are right. What follows the first difference is put aside, and
    the files in it that are unchanged are copied instead of read.
    """

    def __init__(self, path: Path, roots: Sequence[Path]) -> None:
        self._path = path
        self._roots = roots
        self._header = header_line([str(root) for root in roots], path.name)
        self._journal_path = journal_path(path)

    def __enter__(self) -> Output:
        self._journal = _opened(self._journal_path)
        try:
            _lock(self._journal)
            self._findings = _opened(self._path)
        except BaseException:
            self._journal.close()
            raise
        self._aside: _Aside | None = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._aside is not None:
            self._aside.close()
        if kind is None:
            for stream in (self._findings, self._journal):
                stream.flush()
                os.fsync(stream.fileno())
            for path in (self._path, self._journal_path):
                old_path(path).unlink(missing_ok=True)
        self._findings.close()
        self._journal.close()  # gives up the lock

    @property
    def own_paths(self) -> frozenset[Path]:
        """The files this run writes (absolute), which are nothing to read."""
        own = (self._path, self._journal_path)
        return frozenset(path.absolute() for path in (*own, *map(old_path, own)))

    def take_up(self, files: Iterator[File], count: Callable[[Entry], None]) -> Iterator[File]:
        """Keeps what the earlier run has written already of `files`, and gives the others; `count` hears of the kept."""
        end, at = 0, self._check_header()
        left: Iterator[File] = iter(())
        if at:
            for entry, behind in entries(self._journal):
                file = next(files, None)
                if file is None or file != entry.file or not is_intact(self._findings, end, entry):
                    left = iter(()) if file is None else iter((file,))
                    self._put_aside(end, at)
                    break
                end, at = end + entry.bytes, behind
                count(entry)
        for stream, length in ((self._findings, end), (self._journal, at)):
            stream.truncate(length)
            stream.seek(length)
        if not at:
            self._journal.write(self._header)
        self._aside = _Aside.opened(self._path, self._journal_path, self._header, self._roots)
        return chain(left, files)

    def kept(self, file: File) -> Kept | None:
        """What the earlier run has found in `file`, if that is unchanged. To be asked in the order of the files."""
        return self._aside.find(file) if self._aside is not None else None

    def write(self, file: File, outcome: Outcome) -> Entry:
        """Adds the lines of a file that was read."""
        entry = entry_of(file, outcome)
        self._findings.write(outcome.lines)
        self._note(entry)
        return entry

    def copy(self, kept: Kept) -> Entry:
        """Adds the lines of a file from the earlier run."""
        assert self._aside is not None
        for piece in self._aside.pieces(kept):
            self._findings.write(piece)
        self._note(kept.entry)
        return kept.entry

    def _note(self, entry: Entry) -> None:
        # In this order: lines without an entry are cut off at the next start, an entry without lines would be a lie.
        self._findings.flush()
        self._journal.write(entry_line(entry))
        self._journal.flush()

    def _check_header(self) -> int:
        """Offset behind the header; 0 when there is none, or when it is of another reader or other files."""
        self._journal.seek(0)
        return len(self._header) if self._journal.readline() == self._header else 0

    def _put_aside(self, end: int, at: int) -> None:
        """Keeps what follows offsets `end` and `at` of the earlier run in files of its own."""
        with old_path(self._path).open("wb") as old:
            self._findings.seek(end)
            shutil.copyfileobj(self._findings, old, _CHUNK)
        with old_path(self._journal_path).open("wb") as old:
            old.write(self._header)
            self._journal.seek(at)
            shutil.copyfileobj(self._journal, old, _CHUNK)


class _Aside:
    """What was put aside: asked for file after file, read once from front to back."""

    def __init__(self, findings: BinaryIO, journal: BinaryIO, copies: BinaryIO, roots: Sequence[Path]) -> None:
        self._findings = findings
        self._journal = journal
        self._copies = copies  # the same file as `findings`: looking things up and copying go on in two threads
        self._roots = roots
        self._entries = entries(journal)
        self._start = 0
        self._next = next(self._entries, None)

    @classmethod
    def opened(cls, path: Path, journal_path: Path, header: bytes, roots: Sequence[Path]) -> _Aside | None:
        """What was put aside beside `path`; None when there is nothing, or nothing of use."""
        with suppress(FileNotFoundError):
            journal = old_path(journal_path).open("rb")
            if journal.readline() == header and old_path(path).exists():
                return cls(old_path(path).open("rb"), journal, old_path(path).open("rb"), roots)
            journal.close()
        return None

    def find(self, file: File) -> Kept | None:
        wanted = order(file, self._roots)
        while self._next is not None:
            entry, _ = self._next
            if (at := order(entry.file, self._roots)) > wanted:
                return None
            start, self._start = self._start, self._start + entry.bytes
            self._next = next(self._entries, None)
            if at == wanted:
                good = entry.file == file and is_intact(self._findings, start, entry)
                return Kept(entry, start) if good else None
        return None

    def pieces(self, kept: Kept) -> Iterator[bytes]:
        self._copies.seek(kept.start)
        left = kept.entry.bytes
        while left:
            piece = self._copies.read(min(left, _CHUNK))
            if not piece:
                raise OSError(f"{self._copies.name} was cut while it was read")
            left -= len(piece)
            yield piece

    def close(self) -> None:
        for stream in (self._findings, self._journal, self._copies):
            stream.close()


def _opened(path: Path) -> BinaryIO:
    """`path` to read and write, made if it is not there."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b")


def _lock(stream: BinaryIO) -> None:
    """Takes the lock on a file, which ends with the process however it ends; systems without such locks go without."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise BusyError from None
