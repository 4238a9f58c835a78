"""A ledger at one moment, while others go on writing."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections, transaction

COPY = "copy"
"""Name of the connection to a second database."""


@contextmanager
def second_database(settings: dict[str, object], alias: str = COPY) -> Iterator[str]:
    """A connection to another database beside the ledger's own; gives its name."""
    connections.settings[alias] = {**connections.settings["default"], **settings}
    try:
        connections[alias] = connections.create_connection(alias)
    finally:
        del connections.settings[alias]  # nobody but this thread sees it
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


@contextmanager
def snapshot(near: Path) -> Iterator[str]:
    """The ledger as it is now, under the name of a connection from which it can be read at leisure.

    SQLite's own online backup makes a copy in the folder `near`; PostgreSQL keeps a transaction's view of all tables.
    """
    from liantu.workbench.settings import sqlite

    own = connections["default"]
    if own.vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=near, prefix="snapshot-") as folder:
            copy = Path(folder) / "ledger.sqlite3"
            own.ensure_connection()
            with closing(sqlite3.connect(copy)) as target:
                own.connection.backup(target)
            with second_database(sqlite(copy)) as alias:
                yield alias
        return
    with transaction.atomic():
        with own.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield "default"
