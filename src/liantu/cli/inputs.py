"""The files a command line names: files as they are, folders with the documents in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named, and every document in every folder named, in order.

    A file named by hand is tried whatever its ending. In folders, hidden files, office lock files (`~$…`) and
    files of other kinds are passed over in silence: they were not asked for.
    """
    from liantu.reading import documents_in

    for path in paths:
        if path.is_dir():
            yield from documents_in(path)
        else:
            yield path
