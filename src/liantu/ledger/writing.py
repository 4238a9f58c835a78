"""One writer at a time: the transaction in which everything that changes the ledger runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from liantu.ledger.models import Revision
from liantu.ledger.rights.ambient import unrestricted

ADVISORY_LOCK = 0x6C69616E  # any number will do, as long as all writers take the same


@contextmanager
def alone() -> Iterator[None]:
    """A transaction that no other writer overlaps: what is read in it is still so when something is written on its strength.

    It counts as no change by itself.
    """
    with transaction.atomic():
        # PostgreSQL's lock is let go with the transaction, however that ends.
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        yield


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that no other writer overlaps, and that counts as one change of the ledger, of the tables written in it.

    SQLite's immediate transactions queue by themselves. On PostgreSQL an advisory lock makes writers queue: two documents
    that name the same new enterprise would otherwise each make an entity for it.
    """
    outer = _written.get()
    written: set[str] = set()
    token = _written.set(written)
    try:
        with alone(), unrestricted():  # views are made of all rows, whoever sets it off; `ensure` asks before
            with nullcontext() if outer is not None else connection.execute_wrapper(_note):
                yield
            _count(written)
    finally:
        _written.reset(token)
        if outer is not None:
            outer |= written


EVERYTHING = "*"
"""Stands among names of tables for all of them."""
TOLD_APART = frozenset(
    {
        "ledger_alert", "ledger_chainview", "ledger_check", "ledger_enterpriseview", "ledger_entity", "ledger_fact",
        "ledger_figureview", "ledger_judgement", "ledger_pair", "ledger_pairing", "ledger_profile", "ledger_projectview", "ledger_proposal",
        "ledger_registrylink", "ledger_registrymatch", "ledger_review", "ledger_source", "ledger_statement",
        "ledger_targetactual", "ledger_targetpart", "ledger_targetrecord", "ledger_targetrevision",
    }
)  # fmt: skip
"""Tables that are written in `writing()` alone: what was computed from them holds until one of them is."""
_written: ContextVar[set[str] | None] = ContextVar("liantu_written", default=None)
_WRITES = re.compile(
    r"\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?|COPY)\s+\"?(\w+)", re.IGNORECASE
)
_WRITES_NOTHING = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET|PRAGMA)\b", re.IGNORECASE)


def note_written(table: str) -> None:
    """Say that rows of a table change, where a database is told so by other ways than a statement (COPY)."""
    if (written := _written.get()) is not None:
        written.add(table)


def _note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if (found := _WRITES.match(sql)) is not None:
        note_written(found[1])
    elif _WRITES_NOTHING.match(sql) is None:
        note_written(EVERYTHING)
    return execute(sql, params, many, context)


def _count(written: set[str]) -> None:
    """The ledger has changed in these tables; in all of them when none was seen to be written."""
    row = Revision.objects.filter(pk=1).first() or Revision(pk=1)
    row.number += 1
    row.tables |= dict.fromkeys(written or {EVERYTHING}, row.number)
    row.save()


def revision() -> int:
    """Number of changes made to the ledger so far."""
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
