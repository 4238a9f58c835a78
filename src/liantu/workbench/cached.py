"""Values computed once for each state of the ledger: any change of it makes them be computed again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from liantu.ledger.models import Revision
from liantu.ledger.rights import scope_key

T = TypeVar("T")
_DAY = 86_400
COUNT_LIMIT = 10_000
"""Rows counted at most before a list says `10,000+`."""


def revision() -> int:
    """Number of the ledger's present state."""
    return Revision.objects.values_list("number", flat=True).first() or 0


def per_revision(name: str, compute: Callable[[], T], at: int | None = None) -> T:
    """`compute()`, remembered under `name` for the ledger's present state, database, the page's language and what the reader may see."""
    number = revision() if at is None else at
    place = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    key = f"liantu:{place}:{number}:{get_language()}:{scope_key()}:{sha256(name.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = compute()
        cache.set(key, found, _DAY)
    return found  # type: ignore[no-any-return]


def count_of(rows: QuerySet, name: str, at: int | None = None) -> int:  # type: ignore[type-arg]
    """Rows in `rows`, counted up to `COUNT_LIMIT` + 1 and remembered: a huge table is not counted on every request."""
    return per_revision(f"count:{name}", lambda: rows.order_by()[: COUNT_LIMIT + 1].count(), at)
