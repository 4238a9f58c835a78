"""The files a command line names: files as they are, folders with the documents in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

DOCUMENT_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".xls", ".csv"})


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named, and every document in every folder named, in order.

    A file named by hand is tried whatever its ending. In folders, hidden files, office lock files (`~$…`) and
    files of other kinds are passed over in silence: they were not asked for.
    """
    for path in paths:
        if path.is_dir():
            yield from documents_in(path)
        else:
            yield path


def documents_in(folder: Path) -> Iterator[Path]:
    """The documents in `folder` and below, by path."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in inside):
            continue
        if path.is_file() and path.suffix.lower() in DOCUMENT_SUFFIXES and path.stem.lower() != "readme":
            yield path
