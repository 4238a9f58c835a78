"""Whom the ledger is answering at the moment.

Pages, exports and programs read through some hundred queries. Asking each of them for its reader would leave one out one
day, and that one would leak. So the reader is noted where a request comes in, and the ledger's managers narrow every query
made meanwhile. Nobody is noted while files are read, while a command runs, and while something is written: those need all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from liantu.ledger.rights.actions import Action
from liantu.ledger.rights.scopes import Scope, Viewer

_viewer: ContextVar[Viewer | None] = ContextVar("liantu_viewer", default=None)
_writing: ContextVar[bool] = ContextVar("liantu_writing", default=False)


def current_viewer() -> Viewer | None:
    """Whom the ledger is answering; None when it is nobody."""
    return _viewer.get()


def current_scope() -> Scope | None:
    """What queries made now are narrowed to; None when they are not."""
    viewer = _viewer.get()
    return None if viewer is None or _writing.get() else viewer.scope(Action.READ)


def scope_key() -> str:
    """Tells apart what was computed for one reader and for another; empty where nothing is left out."""
    scope = current_scope()
    return scope.key if scope is not None else ""


@contextmanager
def as_viewer(user: Any) -> Iterator[Viewer]:
    """Answer a user: every query made inside is narrowed to what the user may read."""
    viewer = user if isinstance(user, Viewer) else Viewer(user)
    before, writing = _viewer.set(viewer), _writing.set(False)
    try:
        yield viewer
    finally:
        _writing.reset(writing)
        _viewer.reset(before)


@contextmanager
def as_asked() -> Iterator[None]:
    """Read, while something is written, no more than whoever set it off may see: what is made must not tell of what is there."""
    viewer = _viewer.get()
    if viewer is None:
        yield
        return
    with as_viewer(viewer):
        yield


@contextmanager
def unrestricted() -> Iterator[None]:
    """Read all, whomever the ledger is answering: what is computed from all rows must be, whoever set it off."""
    before = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(before)
