"""断点与缺口 in money: what a place needs of each sector, what it makes, and what flows in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..result import Reason, Result
from .model import coefficients
from .table import Array, IOTable


@dataclass(frozen=True, slots=True)
class SectorGap:
    """One sector of a place, each number a Result.

    `need` Σ_p a_qp·x_p + final demand here; `gap` need - output (money, above zero: it must come from elsewhere);
    `self_sufficiency` output/need; `net_outflow` outflow - inflow; `lq` against the reference.
    """

    sector: str
    need: Result
    gap: Result
    self_sufficiency: Result
    net_outflow: Result
    lq: Result


def sector_gaps(table: IOTable, reference: IOTable | None = None) -> tuple[SectorGap, ...]:
    """Every sector of the place, largest gap first.

    Args:
        reference: for the location quotient of output; matched by the sectors' names. Without it that one has no value.
    """
    need = coefficients(table.flows, table.output) @ table.output + table.local_final
    gap = need - table.output
    quotients = _quotients(table, reference) if reference else None
    found = []
    for i, sector in enumerate(table.sectors):

        def result(
            measure: str, value: float | None, unit: str, reason: Reason = "", against: str = "", sector: str = sector
        ) -> Result:
            return Result(
                measure, (table.area, sector), value, unit, "input-output table, flows of all origins",
                f"{len(table.sectors)}部门", str(table.year), len(table.sectors), "sectors", 1.0, against, reason=reason,
            )  # fmt: skip

        lq = None if quotients is None or np.isnan(quotients[i]) else float(quotients[i])
        enough = float(table.output[i] / need[i]) if need[i] > 0 else None
        found.append(
            SectorGap(
                sector,
                result("need", float(need[i]), table.unit),
                result("gap", float(gap[i]), table.unit),
                result("self_sufficiency", enough, "ratio", "" if enough is not None else "empty_column"),
                result("net_outflow", float(table.net_outflow[i]), table.unit),
                result("lq", lq, "ratio", "" if lq is not None else "no_data", reference.area if reference else ""),
            )
        )
    return tuple(sorted(found, key=lambda g: (-(g.gap.value or 0.0), g.sector)))


def _quotients(table: IOTable, reference: IOTable) -> Array:
    """LQ of output; NaN where the reference does not have the sector, or nobody makes it."""
    at = {s: i for i, s in enumerate(reference.sectors)}
    whole = np.array([reference.output[at[s]] if s in at else np.nan for s in table.sectors])
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (table.output / table.output.sum()) / (whole / np.nansum(whole))
    return np.where(whole > 0, found, np.nan)
