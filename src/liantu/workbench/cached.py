"""Values computed once for each state of the ledger, or of the tables they are made from: a change makes them be computed again."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from contextlib import nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from threading import Lock, Semaphore, Thread
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language, override

from liantu.ledger.models import Revision
from liantu.ledger.rights import as_viewer, current_viewer, scope_key
from liantu.ledger.writing import EVERYTHING, TOLD_APART

logger = logging.getLogger(__name__)

T = TypeVar("T")
_DAY = 86_400
COUNT_LIMIT = 10_000
"""Rows counted at most before a list says `10,000+`."""


def revision() -> int:
    """Number of the ledger's present state."""
    return _look().number


def _look() -> _Changes:
    """The ledger's present state, noted for values to be held against."""
    number, tables = Revision.objects.values_list("number", "tables").first() or (0, {})
    now = _changes[str(connection.settings_dict["NAME"])] = _Changes(number, tables)
    return now


def per_revision(name: str, compute: Callable[[], T], at: int | None = None, *, may_lag: bool = True) -> T:
    """`compute()`, remembered under `name` for the ledger's present state, database, the page's language and what the reader may see.

    What took long may lag (`allow_lag`): while an import goes on, the value of the state before is given, and a thread computes
    the new one.
    """
    return _kept_or_computed(name, compute, at, may_lag, of_tables=False)  # type: ignore[no-any-return]


def per_tables(name: str, compute: Callable[[], T], at: int | None = None, *, may_lag: bool = True) -> T:
    """The same for what is computed from rows of the ledger and from nothing else (not of the registry, not of files): remembered
    until one of the tables changes that it was read from, or the day is over.

    Which tables these are is seen from the queries that `compute` makes; it must give what it has read, no query yet to be made.
    """
    return _kept_or_computed(name, compute, at, may_lag, of_tables=True)  # type: ignore[no-any-return]


def _kept_or_computed(name: str, compute: Callable[[], Any], at: int | None, may_lag: bool, *, of_tables: bool) -> Any:
    number = revision() if at is None else at
    place = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    named = sha256(name.encode()).hexdigest()
    key = f"liantu:{place}:{date.today()}:{get_language()}:{scope_key()}:{named}"
    kept: _Kept | None = cache.get(key)
    of = number  # a value that holds is of this state, too
    if kept is None or not _holds(kept, number):
        if (
            kept is not None
            and may_lag
            and _lag.allowed
            and kept.took >= SLOW
            and time.monotonic() - kept.when < MAY_LAG
        ):
            _lag.compute_later(key, lambda: _computed(key, number, compute, of_tables))
        else:
            kept = _computed(key, number, compute, of_tables)
        of = kept.number
    if (outer := _read.get()) is not None:
        outer.tables |= kept.tables
        outer.number = min(outer.number, of)
    return kept.value


SLOW = 0.1
"""Seconds from which a value may lag behind the ledger."""
MAY_LAG = 600.0
"""Seconds after which it may no longer: whoever comes then waits."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A value with the state of the ledger it is of, when it was computed, how long that has taken at most, and the tables it is of."""

    number: int
    when: float
    took: float
    value: Any
    tables: frozenset[str]


@dataclass(slots=True)
class _Read:
    """Of what a value is made that is being computed: tables, and the oldest state among the values that it is put together from."""

    number: int
    tables: set[str] = field(default_factory=set)

    def note(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """A query, on its way to the database."""
        self.tables.update(_TABLES.findall(sql))
        return execute(sql, *rest)


@dataclass(frozen=True, slots=True)
class _Changes:
    """A state of the ledger and when each table last changed."""

    number: int
    tables: dict[str, int]


_TABLES = re.compile(r"\b(?:ledger|auth|django)_(?!revision\b)\w+")  # the number of the state is looked at, not shown
_changes: dict[str, _Changes] = {}
_read: ContextVar[_Read | None] = ContextVar("liantu_read", default=None)


def _holds(kept: _Kept, number: int) -> bool:
    """Whether a value is the one of a later state, too."""
    if kept.number >= number or not kept.tables <= TOLD_APART:
        return kept.number == number
    now = _changes.get(str(connection.settings_dict["NAME"]))
    if now is None or now.number < number:
        now = _look()
    return all(now.tables.get(table, 0) <= kept.number for table in (EVERYTHING, *kept.tables))


def _computed(key: str, number: int, compute: Callable[[], Any], of_tables: bool) -> _Kept:
    before: _Kept | None = cache.get(key)
    began = time.monotonic()
    read = _Read(number)
    token = _read.set(read)
    try:
        with connection.execute_wrapper(read.note):
            value = compute()
    finally:
        _read.reset(token)
    tables = frozenset(read.tables) if of_tables and read.tables else frozenset({EVERYTHING})
    took = max(time.monotonic() - began, before.took if before is not None else 0.0)
    kept = _Kept(read.number, time.monotonic(), took, value, tables)
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
    return per_tables(f"count:{name}", lambda: rows.order_by()[: COUNT_LIMIT + 1].count(), at)
