"""Reading a folder into the ledger, then following it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from liantu.server.events import Event
from liantu.server.office import load_lists_of, load_office_of, load_projects_of
from liantu.server.watching import FolderWatch

if TYPE_CHECKING:
    from liantu.ledger.services import AlertWatch, RegistryWatch

SHORTEST_PAUSE = 0.3
"""Seconds between two looks at the folder; a large folder is looked at less often."""
_LOOKS_SHARE = 0.05  # of the time may go into looking
_LONGEST_WAIT = 10.0  # seconds
_WORK_PAUSE = 0.5  # seconds between two looks for work that a page asked for


def read_folder(folder: Path, tell: Callable[[Event], None]) -> None:
    """One pass over `folder`: what is new or changed enters the ledger, the rest is passed over."""
    from liantu.ledger.services import Progress, ingest_folder

    def hear(step: Progress) -> None:
        if not step.name:
            tell(Event("begin", step.total))
        else:
            said = tuple(map(str, step.problems))
            tell(Event("file", step.total, step.done, step.name, step.state, said))

    report = ingest_folder(folder, hear)
    tell(Event("end", unchanged=report.unchanged, missing=len(report.missing)))


def read_whole(folder: Path, tell: Callable[[Event], None]) -> None:
    """One pass over `folder`, and the office's own workbooks beside its documents: people and what they do first, what is about
    projects, and the lists, once the documents that tell of them are read."""
    today = date.today()
    _note(tell, load_office_of(folder, today))
    read_folder(folder, tell)
    _note(tell, load_projects_of(folder, today))
    _note(tell, load_lists_of(folder))


def _note(tell: Callable[[Event], None], said: str) -> None:
    if said:
        tell(Event("note", name=said))


def work_on(stopped: threading.Event) -> None:
    """Does the long work that pages ask for, beside the following of the folder, until `stopped` is set.

    When the ledger has come to rest after a change, its enterprises are compared with the registry and the rules of alerts are
    run over it.
    """
    from django.db import close_old_connections

    from liantu.ledger.services import AlertWatch, RegistryWatch, take_up_again

    take_up_again()
    alerts, registry = AlertWatch(), RegistryWatch()
    while not stopped.wait(_WORK_PAUSE):
        close_old_connections()  # a database that was restarted is found again
        do_waiting_work(registry, alerts, stopped.is_set)


def do_waiting_work(registry: RegistryWatch, alerts: AlertWatch, is_stopping: Callable[[], bool]) -> None:
    """Does what waits now: what pages asked for, then what follows a change of the ledger.

    Alerts wait until a word of the office's own that breaks a rule is mended: the pages say which it is, and all other work goes on.
    """
    from django.db import DatabaseError

    from liantu.ledger.services import run_waiting
    from liantu.vocabulary.tables import VocabularyError

    with suppress(DatabaseError, VocabularyError):
        run_waiting(is_stopping)
        registry.look()
        alerts.look()


def follow(folder: Path, tell: Callable[[Event], None], stopped: threading.Event) -> None:
    """Reads `folder`, then reads again whenever files in it have come, changed or gone, until `stopped` is set.

    A pass takes in the whole folder, so it waits while any file is being written, but no longer than `_LONGEST_WAIT`:
    a file that never rests must not keep the others out.
    """
    from liantu.ledger.services import folder_files

    watch = FolderWatch(lambda: folder_files(folder))
    watch.remember()  # before reading, so that what changes meanwhile is noticed
    read_whole(folder, tell)
    tell(Event("following"))
    pause = SHORTEST_PAUSE
    waiting_since: float | None = None
    while not stopped.wait(pause):
        began = time.monotonic()
        settled, gone = watch.look()
        now = time.monotonic()
        pause = max(SHORTEST_PAUSE, (now - began) / _LOOKS_SHARE)
        if waiting_since is None and (settled or gone):
            waiting_since = now
        if waiting_since is not None and (not watch.is_busy or now - waiting_since > _LONGEST_WAIT):
            read_folder(folder, tell)
            waiting_since = None
