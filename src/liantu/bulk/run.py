"""A run: folders in, findings out, in the order of the files whatever reads them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from liantu.bulk.files import walk
from liantu.bulk.journal import Entry, entry_of
from liantu.bulk.output import Output
from liantu.bulk.work import Engine, Work


@dataclass(slots=True)
class Report:
    """How far a run is, and in the end what it has done. Counts of files unless said otherwise."""

    total: int = 0
    total_bytes: int = 0
    done: int = 0
    done_bytes: int = 0
    kept: int = 0  # of those done: taken from an earlier run
    failed: int = 0
    documents: int = 0
    characters: int = 0
    read_bytes: int = 0  # of the files read in this run
    read_characters: int = 0
    began: float = field(default_factory=time.monotonic)
    unlisted: list[str] = field(default_factory=list)  # folders that may not be opened

    def add(self, entry: Entry, is_kept: bool) -> None:
        """Counts one file."""
        self.done += 1
        self.done_bytes += entry.size
        self.failed += entry.failed
        self.documents += entry.documents
        self.characters += entry.characters
        if is_kept:
            self.kept += 1
        else:
            self.read_bytes += entry.size
            self.read_characters += entry.characters

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.began

    @property
    def characters_per_second(self) -> float:
        """Of the files read in this run."""
        return self.read_characters / max(self.seconds, 1e-9)

    @property
    def seconds_left(self) -> float | None:
        """By the bytes still to read; None as long as nothing has been read."""
        if not self.read_bytes:
            return None
        return max(0, self.total_bytes - self.done_bytes) / self.read_bytes * self.seconds


Tell = Callable[[Report, Entry | None], None]
"""Hears how far the run is: with None when it begins and ends, and with every file that is done."""


def read_folders(
    roots: Sequence[Path], target: Path | BinaryIO, engine: Engine, tell: Tell = lambda _report, _entry: None
) -> Report:
    """Reads all documents in `roots` (folders and files) and writes one line of JSON a document to `target`.

    The lines stand in the order of `liantu.reading.documents_in` and are the same whatever the engine, its number of
    workers, and how often the run was cut off. With a path as `target` there is a journal beside it, and what an earlier
    run has read is not read again unless it has changed. No more is held in memory than an engine has under way.
    Raises `BusyError` when another run writes to `target`, OSError when it cannot be written.
    """
    report = Report()
    with ExitStack() as stack:
        output = stack.enter_context(Output(target, roots)) if isinstance(target, Path) else None
        skip = output.own_paths if output else frozenset[Path]()
        for file in walk(roots, skip, report.unlisted.append):
            report.total += 1
            report.total_bytes += file.size
        files = walk(roots, skip)
        if output is not None:
            files = output.take_up(files, lambda entry: report.add(entry, True))
        report.began = time.monotonic()
        tell(report, None)
        works = (Work(file, output.kept(file) if output else None) for file in files)
        results = engine.read(works)
        stack.callback(results.close)  # whatever happens, the engine's workers end with the run
        for work, outcome in results:
            if outcome is None:
                assert output is not None and work.kept is not None
                entry = output.copy(work.kept)
            elif output is not None:
                entry = output.write(work.file, outcome)
            else:
                assert not isinstance(target, Path)
                target.write(outcome.lines)
                entry = entry_of(work.file, outcome)
            report.add(entry, work.kept is not None)
            tell(report, entry)
        tell(report, None)
    return report
