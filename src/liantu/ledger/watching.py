"""Doing something over the ledger by itself when it has come to rest after a change."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from liantu.ledger.writing import revision

R = TypeVar("R")
REST = 3.0
"""Seconds without a change before it is done: a folder being read is not looked at file by file."""
_SHARE = 0.05  # of the time may go into it
_LONGEST_WAIT = 60.0  # seconds: a ledger that never rests is looked at all the same


class Watch(Generic[R]):
    """Looks at the ledger again and again; `look` runs when it is time."""

    def __init__(
        self, run: Callable[[], R], besides: Callable[[], Hashable], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`besides`: what else makes it necessary to run anew when it changes, such as the day."""
        self._run, self._besides, self._clock = run, besides, clock
        self._seen = -1
        self._changed_at = self._waiting_since = 0.0
        self._done: tuple[int, Hashable] | None = None
        self._not_before = 0.0

    def look(self) -> R | None:
        """One look; gives what the run gave, when it ran."""
        now, number, besides = self._clock(), revision(), self._besides()
        if number != self._seen:
            if self._done is None or self._seen == self._done[0]:
                self._waiting_since = now
            self._seen, self._changed_at = number, now
        if (number, besides) == self._done or now < self._not_before:
            return None
        if now - self._changed_at < REST and now - self._waiting_since < _LONGEST_WAIT:
            return None
        began = time.monotonic()
        made = self._run()
        self._seen = revision()
        self._done = (self._seen, besides)
        self._not_before = self._clock() + (time.monotonic() - began) / _SHARE
        return made
