"""`liantu move`: every table of the ledger copied into PostgreSQL and compared, row by row, before it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connections, transaction

from liantu.ledger.models import Source, Statement
from liantu.server.safekeeping.manifests import BackupError
from liantu.server.safekeeping.snapshots import second_database, snapshot
from liantu.server.safekeeping.tables import emptied, lines_of, load, models_of, reset_sequences, sum_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A table on both sides."""

    table: str
    rows: int
    is_same: bool


TARGET = "target"


def move_to(
    url: str, space: Path, *, force: bool = False, step: Callable[[Moved], None] = lambda m: None
) -> list[Moved]:
    """Copy the open ledger into the PostgreSQL database `url`; the ledger itself stays as it is.

    All of it is one transaction there: a table that does not come out equal takes everything back.

    Args:
        force: replace a ledger that the database holds.

    Raises BackupError; ValueError for an address that cannot be read; DatabaseError for a server that does not answer.
    """
    from django.core.management import call_command

    from liantu.workbench.settings import postgresql

    settings = postgresql(url) | {"CONN_MAX_AGE": 0, "OPTIONS": {}}
    with second_database(settings, TARGET) as target:
        if _is_same_database(target):
            raise BackupError("目标就是现在的数据库，不用移动 / the ledger lies in this database already")
        call_command("migrate", database=target, verbosity=0, interactive=False)
        in_use = Source.objects.using(target).exists() or Statement.objects.using(target).exists()
        if in_use and not force:
            raise BackupError(
                "目标数据库里已有台账，为免覆盖没有移动；确要覆盖请加 --force / "
                "the database holds a ledger already; add --force to replace it"
            )
        models = models_of(apps)
        moved: list[Moved] = []
        with snapshot(space) as source, transaction.atomic(using=target):
            emptied(models, target)
            for model in models:
                load(model, lines_of(model, source), target)
            connections[target].check_constraints()
            reset_sequences(models, target)
            for model in models:
                here, there = sum_of(model, source), sum_of(model, target)
                moved.append(Moved(here.name, there.rows, here == there))
                step(moved[-1])
            different = [m.table for m in moved if not m.is_same]
            if different:
                raise BackupError(
                    f"这些表移过去后不一致，全部退回：{'、'.join(different)} / "
                    f"these tables differ after the move, which was taken back: {', '.join(different)}"
                )
        return moved


def _is_same_database(target: str) -> bool:
    own, other = connections["default"], connections[target]
    keys = ("HOST", "PORT", "NAME")
    return own.vendor == other.vendor and all(own.settings_dict[k] == other.settings_dict[k] for k in keys)
