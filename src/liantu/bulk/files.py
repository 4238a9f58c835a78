"""The files of a run, one after another in one order: nothing keeps them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from liantu.reading.folder import walk_documents


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: the place in the run's list of roots it was reached from, and what tells that it has changed."""

    root: int
    path: str
    size: int  # bytes
    mtime_ns: int


def walk(
    roots: Sequence[Path], skip: Collection[Path] = (), unlisted: Callable[[str], None] | None = None
) -> Iterator[File]:
    """Every root that is a file, whatever its ending, and the documents in every root that is a folder.

    The same files in the same order as `liantu.reading.documents_in` gives, one at a time: memory is that of the names
    of the folders on the way to the file, not of the whole tree. `skip` (absolute paths) are the files that the run
    itself writes; `unlisted` hears of folders that may not be opened.
    """
    for number, root in enumerate(roots):
        if root.is_dir():
            for path in walk_documents(root, unlisted):
                if not skip or Path(path).absolute() not in skip:
                    yield _file(number, path)
        else:
            yield _file(number, str(root))


def order(file: File, roots: Sequence[Path]) -> tuple[int, tuple[str, ...]]:
    """What the files of a run are sorted by."""
    return file.root, PurePath(file.path).relative_to(roots[file.root]).parts


def _file(root: int, path: str) -> File:
    try:
        told = os.stat(path)
    except OSError:  # the reader will say what is wrong with it
        return File(root, path, 0, 0)
    return File(root, path, told.st_size, told.st_mtime_ns)
