"""Long work that goes on page by page: each page done is told, so that the time limit is that of a page, not of a book."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def tick() -> None:
    """Tell whoever watches the clock that the work goes on."""
    for listener in _listeners:
        listener()


def on_tick(listener: Callable[[], None]) -> None:
    """Have `listener` called at every tick."""
    _listeners.append(listener)
