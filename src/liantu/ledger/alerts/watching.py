"""Running the rules by themselves: when the ledger has come to rest after a change, when a registry was loaded, when a new day
begins."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from django.utils import timezone

from liantu.ledger.alerts.running import RunReport, run_alerts
from liantu.ledger.registry_counts import registry_state
from liantu.ledger.watching import Watch


class AlertWatch(Watch[RunReport]):
    """Runs the rules when it is time."""

    def __init__(
        self, today: Callable[[], date] = timezone.localdate, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(lambda: run_alerts(today()), lambda: (today(), registry_state()), clock)
