"""What losing a sector means for output, value added and jobs: always a range."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..result import Reason, Result
from ..settings import settings
from .model import coefficients, leontief, local_coefficients
from .regional import Estimate
from .table import Array, IOTable


def sector_loss(table: IOTable, sector: str, *, jobs: Array | None = None) -> dict[str, Result]:
    """Loss of `output`, `value_added` and `jobs` in the whole area when a sector goes, by the area's own table.

    The value takes inflow as spread evenly over users. The range: at the least nothing is bought here but what the
    sector itself loses (its own output); at the most everything is bought here (coefficients of all origins). The
    formula takes away the sector's row, column and final demand; it knows no substitutes, no prices and no time.

    Args:
        jobs: N, employment by sector; without it jobs have the reason `no_data`.

    Raises:
        KeyError: no such sector.
    """
    j = table.index(sector)
    local = leontief(local_coefficients(table))
    whole = leontief(_bounded(coefficients(table.flows, table.output)))
    found = {}
    for measure, amounts, unit in (
        ("output", table.output, table.unit),
        ("value_added", table.value_added, table.unit),
        ("jobs", jobs, "人"),
    ):
        if amounts is None:
            found[measure] = _loss(table, sector, measure, unit, None, None, "no_data")
            continue
        per = np.divide(amounts, table.output, out=np.zeros_like(table.output), where=table.output > 0)
        value = float(local.extraction_losses(table.output, per)[j])
        most = float(whole.extraction_losses(table.output, per)[j])
        ends = sorted((float(amounts[j]), value, most))
        found[measure] = _loss(table, sector, measure, unit, value, (ends[0], ends[-1]), "")
    return found


def sector_loss_estimated(
    estimated: Estimate, sector: str, *, unit: str = "万元", per_output: Mapping[str, Array] | None = None
) -> dict[str, Result]:
    """The same for a place without a table: the range is that of the multipliers' measured error, never below the sector's own.

    Args:
        per_output: `value_added` and `jobs` per yuan of output, N each, where known.

    Raises:
        ValueError: no such sector.
    """
    j = estimated.sectors.index(sector)
    low, high = settings().multiplier_error
    n = len(estimated.sectors)
    found = {}
    for measure in ("output", "value_added", "jobs"):
        per = np.ones(n) if measure == "output" else (per_output or {}).get(measure)
        value, ends = None, None
        if per is not None:
            value = float(estimated.model.extraction_losses(estimated.output, per)[j])
            own = float(estimated.output[j] * per[j])
            ends = (min(value, max(own, value * low)), value * high)
        found[measure] = Result(
            f"loss_{measure}", (estimated.area, sector), value, "人" if measure == "jobs" else unit,
            f"hypothetical extraction, {estimated.method}", f"{n}部门", estimated.period, n, "sectors", 1.0, "全国", ends,
            reason="" if value is not None else "no_data",
        )  # fmt: skip
    return found


def _bounded(a: Array) -> Array:
    """Coefficients under which every sector leaves something: a column sum of 1 or more would need the whole world."""
    sums = a.sum(0)
    return np.asarray(a * np.where(sums > 0.98, 0.98 / np.where(sums > 0, sums, 1.0), 1.0)[None, :])


def _loss(
    table: IOTable,
    sector: str,
    measure: str,
    unit: str,
    value: float | None,
    ends: tuple[float, float] | None,
    reason: Reason,
) -> Result:
    n = len(table.sectors)
    return Result(
        f"loss_{measure}", (table.area, sector), value, unit, "hypothetical extraction, local purchase shares", f"{n}部门",
        str(table.year), n, "sectors", 1.0, table.area, ends, reason=reason,
    )  # fmt: skip
