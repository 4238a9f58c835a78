"""The ledger of one document folder: where it is, and that its tables are up to date."""

from __future__ import annotations

import os
from pathlib import Path

from liantu.ledger.home import home, space, space_name

_FOLDER_FILE = "folder.txt"


def open_space(folder: Path | None) -> Path:
    """Makes Django ready for the ledger of `folder` and gives the folder where that ledger is kept.

    Without a folder, the ledger named by `LIANTU_SPACE` (default `default`). Must be called before anything of
    Django is imported.
    """
    if folder is not None:
        os.environ["LIANTU_SPACE"] = space_name(folder)
        (space() / _FOLDER_FILE).write_text(str(folder.resolve()), encoding="utf-8")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liantu.workbench.settings")
    import django

    django.setup()
    return space()


def known_folders() -> list[tuple[str, str]]:
    """(name of the ledger, document folder) of every ledger kept in this home; the folder may have gone since."""
    found = sorted(home().glob(f"*/{_FOLDER_FILE}"))
    return [(file.parent.name, file.read_text(encoding="utf-8")) for file in found]


def migrate() -> None:
    """Brings the tables and the index of the search up to date; quick when they are."""
    from django.core.management import call_command

    from liantu.ledger.services import ensure_search

    call_command("migrate", verbosity=0, interactive=False)
    ensure_search()
