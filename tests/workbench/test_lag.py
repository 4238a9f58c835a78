"""Counts that take long may lag while the ledger changes, each reader's for himself; quick ones never do."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from liantu.workbench import cached


@pytest.fixture
def lagging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server of pages."""
    monkeypatch.setattr(cached._lag, "allowed", True)
    cache.clear()
    yield
    until = time.monotonic() + 10
    while cached.is_lagging() and time.monotonic() < until:
        time.sleep(0.01)
    cache.clear()


def slowly(value: int) -> int:
    """A count that takes long."""
    time.sleep(cached.SLOW * 1.5)
    return value


@pytest.mark.django_db
def test_a_slow_count_lags_and_then_follows(lagging: None) -> None:
    assert cached.per_revision("slow", lambda: slowly(1), 1) == 1
    assert cached.per_revision("slow", lambda: slowly(2), 2) == 1
    assert cached.is_lagging()
    until = time.monotonic() + 10
    while cached.is_lagging() and time.monotonic() < until:
        time.sleep(0.01)
    assert cached.per_revision("slow", lambda: slowly(3), 2) == 2


@pytest.mark.django_db
def test_a_quick_count_does_not(lagging: None) -> None:
    assert cached.per_revision("quick", lambda: 1, 1) == 1
    assert cached.per_revision("quick", lambda: 2, 2) == 2


@pytest.mark.django_db
def test_nothing_lags_where_nobody_said_it_may() -> None:
    cache.clear()
    assert cached.per_revision("said", lambda: slowly(1), 1) == 1
    assert cached.per_revision("said", lambda: slowly(2), 2) == 2


@pytest.mark.django_db
def test_what_is_too_old_is_computed_before_it_is_shown(lagging: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "MAY_LAG", 0.0)
    assert cached.per_revision("old", lambda: slowly(1), 1) == 1
    assert cached.per_revision("old", lambda: slowly(2), 2) == 2
