"""What the first page would otherwise wait for: done at the start, and again whenever the ledger or the registry has changed."""

from __future__ import annotations

import atexit
import gc
import logging
import threading

logger = logging.getLogger(__name__)

PAUSE = 2.0
"""Seconds between two looks at the ledger; it must have stayed the same for one pause before anything is computed."""


def warm_up() -> None:
    """Starts the chart renderer, reads the boundaries, compiles the largest templates."""
    from django.template.loader import get_template

    from liantu.reporting import charts
    from liantu.vocabulary import regions
    from liantu.workbench.maps import region_boundaries

    regions()
    region_boundaries("140000")
    charts.warm_up()
    for name in ("overview", "document", "figures", "projects"):
        get_template(f"workbench/{name}.html")


def count_registry() -> None:
    """Reads the counts of the loaded registry into memory."""
    from liantu.ledger.registry_counts import counts_now

    try:
        if (counts := counts_now()) is not None:
            for level in ("city", "county"):
                counts.basis.places(level)
    except Exception:  # such as an office's own word that breaks a rule: the pages say so
        logger.exception("the registry was not counted; its first page will be slower, or say why")


def keep_warm(stopped: threading.Event) -> None:
    """Computes the overview each time the ledger has changed and come to rest, and counts a registry newly loaded, until `stopped` is set."""
    from django.db import close_old_connections, connection
    from django.utils import translation

    from liantu.ledger.home import registry_folder
    from liantu.registry import Shelf
    from liantu.workbench.cached import revision
    from liantu.workbench.views.overview import contents

    done = before = -1
    counted = None
    try:
        warm_up()
        gc.freeze()  # words, templates and boundaries stay: no page waits while they are looked through for rubbish
        atexit.register(gc.unfreeze)  # at the end extension modules ask after what they have left
        while True:
            close_old_connections()
            now = revision()
            if now == before and now != done:
                with translation.override("zh-hans"):
                    contents("", "figures", "", now)
                done = now
            before = now
            if (version := Shelf(registry_folder()).version) != counted:
                count_registry()
                counted = version
            if stopped.wait(PAUSE):
                return
    except Exception:  # pages compute for themselves what this would have spared them
        logger.exception("keeping the first page warm failed; it will be slower")
    finally:
        connection.close()


def start() -> threading.Event:
    """Starts `keep_warm` in the background; setting the event ends it."""
    stopped = threading.Event()
    threading.Thread(target=keep_warm, args=(stopped,), name="warming", daemon=True).start()
    return stopped


__all__ = ["count_registry", "keep_warm", "start", "warm_up"]
