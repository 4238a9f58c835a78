"""The documents of a folder, the same for whoever lists them."""

from __future__ import annotations

import os
from pathlib import Path

from liantu.reading.endings import is_document_name


def documents_in(folder: str | Path) -> list[Path]:
    """Documents in a folder and in the folders below it, by path.

    Left out: what `is_document_name` leaves out, hidden folders, and links that lead out of the folder.
    """
    root = Path(folder).resolve()
    found = []
    for parent, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__MACOSX"]
        for name in names:
            path = Path(parent, name)
            if not is_document_name(name) or not path.is_file():
                continue
            if not path.is_symlink() or path.resolve().is_relative_to(root):
                found.append(path)
    return sorted(found)
