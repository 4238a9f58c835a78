"""What the first page would otherwise wait for."""

from __future__ import annotations

import logging

logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Starts the chart renderer, reads the boundaries, compiles the largest templates. Failing costs time, nothing else."""
    from django.template.loader import get_template

    from liantu.reporting import charts
    from liantu.vocabulary import regions
    from liantu.workbench.maps import region_boundaries

    try:
        regions()
        region_boundaries("140000")
        charts.warm_up()
        for name in ("overview", "document", "figures", "projects"):
            get_template(f"workbench/{name}.html")
    except Exception:
        logger.exception("warming up failed; the first pages will be slower")
