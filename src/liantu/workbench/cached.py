"""Values computed once for each state of the ledger: any change of it makes them be computed again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock, Semaphore, Thread
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language, override

from liantu.ledger.models import Revision
from liantu.ledger.rights import as_viewer, current_viewer, scope_key

logger = logging.getLogger(__name__)

T = TypeVar("T")
_DAY = 86_400
COUNT_LIMIT = 10_000
"""Rows counted at most before a list says `10,000+`."""


def revision() -> int:
    """Number of the ledger's present state."""
    return Revision.objects.values_list("number", flat=True).first() or 0


def per_revision(name: str, compute: Callable[[], T], at: int | None = None, *, may_lag: bool = True) -> T:
    """`compute()`, remembered under `name` for the ledger's present state, database, the page's language and what the reader may see.

    What took long may lag (`allow_lag`): while an import goes on, the value of the state before is given, and a thread computes
    the new one.
    """
    number = revision() if at is None else at
    place = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    key = f"liantu:{place}:{get_language()}:{scope_key()}:{sha256(name.encode()).hexdigest()}"
    kept: _Kept | None = cache.get(key)
    if kept is not None and kept.number == number:
        return kept.value  # type: ignore[no-any-return]
    may_lag = may_lag and _lag.allowed
    if kept is not None and may_lag and kept.took >= SLOW and time.monotonic() - kept.when < MAY_LAG:
        _lag.compute_later(key, lambda: _computed(key, number, compute))
        return kept.value  # type: ignore[no-any-return]
    return _computed(key, number, compute).value  # type: ignore[no-any-return]


SLOW = 0.1
"""Seconds from which a value may lag behind the ledger."""
MAY_LAG = 600.0
"""Seconds after which it may no longer: whoever comes then waits."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A value with the state of the ledger it is of, when it was computed and how long that has taken at most."""

    number: int
    when: float
    took: float
    value: Any


def _computed(key: str, number: int, compute: Callable[[], Any]) -> _Kept:
    before: _Kept | None = cache.get(key)
    began = time.monotonic()
    value = compute()
    took = max(time.monotonic() - began, before.took if before is not None else 0.0)
    kept = _Kept(number, time.monotonic(), took, value)
    cache.set(key, kept, _DAY)
    return kept


class _Lag:
    """What is being computed behind the readers' backs: each value once, two at a time."""

    def __init__(self) -> None:
        self.allowed = False
        self._keys: set[str] = set()
        self._lock = Lock()
        self._two = Semaphore(2)

    @property
    def under_way(self) -> bool:
        """Whether something newer than what pages show is being computed."""
        return bool(self._keys)

    def compute_later(self, key: str, compute: Callable[[], object]) -> None:
        """Compute in a thread of its own, as the same reader and in the same language, unless that is under way."""
        with self._lock:
            if key in self._keys:
                return
            self._keys.add(key)
        viewer, language = current_viewer(), get_language()
        Thread(target=self._run, args=(key, compute, viewer, language), daemon=True).start()

    def _run(self, key: str, compute: Callable[[], object], viewer: Any, language: str | None) -> None:
        try:
            with self._two, override(language), as_viewer(viewer) if viewer is not None else nullcontext():
                compute()
        except Exception:  # the page keeps what it has; whoever comes later computes it
            logger.exception("a value was not computed anew")
        finally:
            connection.close()
            with self._lock:
                self._keys.discard(key)


_lag = _Lag()


def allow_lag() -> None:
    """Let counts that take long lag a little while the ledger changes: for a server of pages, not for a command or a test."""
    _lag.allowed = True


def is_lagging() -> bool:
    """Whether some count on the pages is of a state before the present one."""
    return _lag.under_way


def count_of(rows: QuerySet, name: str, at: int | None = None) -> int:  # type: ignore[type-arg]
    """Rows in `rows`, counted up to `COUNT_LIMIT` + 1 and remembered: a huge table is not counted on every request."""
    return per_revision(f"count:{name}", lambda: rows.order_by()[: COUNT_LIMIT + 1].count(), at)
