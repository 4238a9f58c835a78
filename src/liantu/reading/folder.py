"""The documents of a folder, the same for whoever lists them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from liantu.reading.endings import is_document_name


def documents_in(folder: str | Path) -> list[Path]:
    """Documents in a folder and in the folders below it, by path.

    Left out: what `is_document_name` leaves out, hidden folders, and links that lead out of the folder.
    """
    return [Path(path) for path in walk_documents(Path(folder).resolve())]


def walk_documents(folder: Path, unlisted: Callable[[str], None] | None = None) -> Iterator[str]:
    """The same documents one at a time, in the same order, below `folder` as it is written.

    `unlisted` hears of folders that may not be opened.
    """
    return _walk(str(folder), os.path.realpath(folder), unlisted)


def _walk(folder: str, top: str, unlisted: Callable[[str], None] | None) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        if unlisted is not None:
            unlisted(folder)
        return
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            if not name.startswith(".") and name != "__MACOSX" and not os.path.islink(path):
                yield from _walk(path, top, unlisted)
        elif is_document_name(name) and os.path.isfile(path) and _stays_inside(path, top):
            yield path


def _stays_inside(path: str, top: str) -> bool:
    return not os.path.islink(path) or Path(os.path.realpath(path)).is_relative_to(top)
