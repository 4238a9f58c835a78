"""Running the rules by themselves: when the ledger has come to rest after a change, and when a new day begins."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from django.utils import timezone

from liantu.ledger.alerts.running import RunReport, run_alerts
from liantu.ledger.writing import revision

REST = 3.0
"""Seconds without a change before the rules run: a folder being read is not looked at file by file."""
_SHARE = 0.05  # of the time may go into running the rules
_LONGEST_WAIT = 60.0  # seconds: a ledger that never rests is looked at all the same


class AlertWatch:
    """Looks at the ledger again and again; `look` runs the rules when it is time."""

    def __init__(
        self, today: Callable[[], date] = timezone.localdate, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._today, self._clock = today, clock
        self._seen = -1
        self._changed_at = self._waiting_since = 0.0
        self._done: tuple[int, date] | None = None
        self._not_before = 0.0

    def look(self) -> RunReport | None:
        """One look; gives the report when the rules ran."""
        now, number, today = self._clock(), revision(), self._today()
        if number != self._seen:
            if self._done is None or self._seen == self._done[0]:
                self._waiting_since = now
            self._seen, self._changed_at = number, now
        if (number, today) == self._done or now < self._not_before:
            return None
        if now - self._changed_at < REST and now - self._waiting_since < _LONGEST_WAIT:
            return None
        made = run_alerts(today)
        self._seen = revision()
        self._done = (self._seen, today)
        self._not_before = self._clock() + made.seconds / _SHARE
        return made
