"""One writer at a time: the transaction in which everything that changes the ledger runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

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
    """A transaction that no other writer overlaps, and that counts as one change of the ledger.

    SQLite's immediate transactions queue by themselves. On PostgreSQL an advisory lock makes writers queue: two documents
    that name the same new enterprise would otherwise each make an entity for it.
    """
    with alone(), unrestricted():  # views are made of all rows, whoever sets it off; `ensure` asks before
        yield
        if not Revision.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now()):
            Revision.objects.create(pk=1, number=1)


def revision() -> int:
    """Number of changes made to the ledger so far."""
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
