"""Comparing with the registry by itself: when the ledger has come to rest after a change, and when a registry was loaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from liantu.ledger.home import registry_folder
from liantu.ledger.watching import Watch
from liantu.ledger.whois.resolving import ResolveReport, resolve
from liantu.registry.names import state_of


class RegistryWatch(Watch[ResolveReport | None]):
    """Compares what changed when it is time; does nothing while no registry is loaded."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        here = folder or registry_folder()

        def run() -> ResolveReport | None:
            return resolve(folder=here) if state_of(here) else None

        super().__init__(run, lambda: state_of(here), clock)
