"""Imports of many rows as long work: how far it is and the wish to stop lie in files beside the import's own.

While the rows are written, one transaction holds the ledger; on SQLite nobody else could note anything in it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from liantu.ledger.exchange.importing import NotImportable, Stopped, compare, write
from liantu.ledger.models import Import, Job

SMALL_BYTES = 300_000  # a file up to here is compared while the page waits
SMALL_ROWS = 500  # and so many rows are written


def compare_soon(batch: Import) -> Import:
    """Compare a small file now, let a large one wait for the reader."""
    if os.path.getsize(batch.path) <= SMALL_BYTES:
        return compare(batch.pk)
    return _ask(batch, "compare")


def write_soon(batch: Import, by: str, *, good_only: bool, remove: bool) -> Import:
    """Write a few rows now, let many wait for the reader. Raises NotImportable."""
    if batch.rows.count() <= SMALL_ROWS:
        return write(batch.pk, by, good_only=good_only, remove=remove)
    Import.objects.filter(pk=batch.pk, state=Import.State.CHECKED).update(
        good_only=good_only, remove=remove, state=Import.State.WRITING
    )
    return _ask(batch, "write", by)


def _ask(batch: Import, what: str, by: str = "") -> Import:
    _beside(batch, "stop").unlink(missing_ok=True)
    batch.job = Job.objects.create(kind="import", folder=what, by=by or batch.by, total=max(batch.n_rows, 1))
    Import.objects.filter(pk=batch.pk).update(job=batch.job)
    return Import.objects.get(pk=batch.pk)


def run_import(job: Job, is_ending: Callable[[], bool]) -> str:
    """Do an import's job; gives the state in which the job ends, waiting when it is to go on later."""
    batch = Import.objects.get(job=job)
    stop = _beside(batch, "stop")

    def is_stopped() -> bool:
        return is_ending() or stop.exists()

    def hear(done: int, total: int) -> None:
        _beside(batch, "progress").write_text(f"{done} {total}", encoding="ascii")

    try:
        if job.folder == "compare":
            compare(batch.pk, hear, is_stopped)
        elif batch.state == Import.State.WRITING:  # else it was written before the job could be noted as done
            write(
                batch.pk, job.by, good_only=batch.good_only, remove=batch.remove, progress=hear, is_stopped=is_stopped
            )
    except Stopped:
        if not stop.exists():
            return Job.State.WAITING
        state = Import.State.CANCELLED if job.folder == "compare" else Import.State.CHECKED
        Import.objects.filter(pk=batch.pk).update(state=state)
        return Job.State.STOPPED
    except NotImportable as error:
        Import.objects.filter(pk=batch.pk).update(state=Import.State.CHECKED)
        Job.objects.filter(pk=job.pk).update(message=str(error))
        return Job.State.FAILED
    finally:
        for name in ("stop", "progress"):
            _beside(batch, name).unlink(missing_ok=True)
    return Job.State.DONE


def ask_to_stop(import_id: int) -> None:
    """Stop an import that is being compared or written; nothing of it is written then. Raises Import.DoesNotExist."""
    batch = Import.objects.select_related("job").get(pk=import_id)
    _beside(batch, "stop").touch()


def progress_of(batch: Import) -> tuple[int, int]:
    """How far an import is: steps done, of how many."""
    with suppress(OSError, ValueError):
        done, total = _beside(batch, "progress").read_text(encoding="ascii").split()
        return int(done), max(int(total), 1)
    return 0, 1


def _beside(batch: Import, name: str) -> Path:
    path = Path(batch.path)
    return path.with_name(f"{path.name}.{batch.pk}.{name}")
