"""No city has an input–output table, so it is estimated from the nation's, and the error of that is shown.

Regional coefficients are national domestic ones times what the place can be expected to make itself, q ≤ 1:

* `slq`: q_ij = SLQ_i = (x_ri/x_r)/(x_ni/x_n).
* `cilq`: q_ij = SLQ_i/SLQ_j, SLQ_i on the diagonal.
* `flq`: CILQ · λ, λ = [log₂(1 + x_r/x_n)]^δ (Flegg & Webber 1997). `aflq`: that times log₂(1 + SLQ_j) where SLQ_j > 1
  (Flegg & Webber 2000).
* `slq_size`: SLQ · λ: ours, the quotient that ranks sectors best with the size correction that gets levels right.
* `none`: national coefficients as they are.

Measured on the 31 provinces in 2012 and 2017 (docs/diagnosis.md): no single number is given without its range.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..result import Result
from ..settings import settings
from .model import Leontief, coefficients, leontief
from .table import Array, IOTable

Method = Literal["slq_size", "slq", "cilq", "flq", "aflq", "none"]
LEVELS: tuple[Method, ...] = ("slq_size", "slq", "flq")
"""Methods whose spread is shown beside the measured error: ours, the best ranking and the best-known."""


def domestic_coefficients(nation: IOTable) -> Array:
    """National coefficients without imports from abroad: rows scaled by 1 - IM/(x - EX + IM), within [0, 1]."""
    used = nation.output - nation.exports + nation.imports
    foreign = np.divide(nation.imports, used, out=np.zeros_like(used), where=used > 0)
    return coefficients(nation.flows, nation.output) * np.clip(1.0 - foreign, 0.0, 1.0)[:, None]


def regional_coefficients(
    national: Array,
    regional_output: Array,
    national_output: Array,
    method: Method = "slq_size",
    delta: float | None = None,
) -> Array:
    """Estimated coefficients of trade inside a region.

    Args:
        national: N × N, domestic. regional_output, national_output: N, in one unit and order.
        delta: exponent of the size factor; the setting by default.

    Raises:
        ValueError: a region that makes nothing, or more of a sector than the nation.
    """
    total, whole = regional_output.sum(), national_output.sum()
    if not total > 0:
        raise ValueError("该地区没有产出 / the region makes nothing")
    if (regional_output > national_output * (1 + 1e-9)).any():
        i = int(np.argmax(regional_output - national_output))
        raise ValueError(
            f"第{i + 1}个部门的地区产出大于全国，请核对单位 / region above nation in sector {i + 1}: other units?"
        )
    if method == "none":
        return national.copy()
    exponent = settings().flq_delta if delta is None else delta
    slq = np.divide(
        regional_output / total, national_output / whole, out=np.zeros_like(national_output), where=national_output > 0
    )
    size = float(np.log2(1.0 + total / whole)) ** exponent
    if method in ("slq", "slq_size"):
        q = np.repeat(slq[:, None], slq.size, axis=1)
    else:
        q = np.divide(slq[:, None], slq[None, :], out=np.full((slq.size, slq.size), np.inf), where=slq[None, :] > 0)
        q[slq == 0, :] = 0.0
        np.fill_diagonal(q, slq)
    if method in ("slq_size", "flq", "aflq"):
        q = q * size
    if method == "aflq":
        q = q * np.where(slq > 1, np.log2(1.0 + slq), 1.0)[None, :]
    return np.asarray(national * np.minimum(q, 1.0))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Multipliers of a place without a table of its own: the best estimate, and a range that held the truth in back-test.

    Attributes:
        multipliers: N, by `method`. low, high: N, 90 % of the errors measured on provinces, never below 1.
        by_method: the multipliers by each of LEVELS, so that their spread is seen.
        model: of the best estimate.
    """

    area: str
    sectors: tuple[str, ...]
    period: str
    method: Method
    multipliers: Array
    low: Array
    high: Array
    by_method: dict[Method, Array]
    model: Leontief
    output: Array

    def result(self, sector: str) -> Result:
        """The multiplier of a sector, with its range as interval. Raises ValueError for a sector that is not there."""
        i = self.sectors.index(sector)
        return Result(
            "output_multiplier", (self.area, sector), float(self.multipliers[i]), "yuan per yuan",
            f"non-survey estimate, {self.method}", f"{len(self.sectors)}部门", self.period, len(self.sectors), "sectors",
            1.0, "全国", (float(self.low[i]), float(self.high[i])),
        )  # fmt: skip


def estimate(
    nation: IOTable, area: str, output: Array, *, method: Method = "slq_size", delta: float | None = None
) -> Estimate:
    """Multipliers of a place from its output by sector and the nation's table.

    Args:
        output: N, in the nation's order and unit.
    """
    national = domestic_coefficients(nation)
    models = {m: leontief(regional_coefficients(national, output, nation.output, m, delta)) for m in {*LEVELS, method}}
    best = models[method]
    values = best.output_multipliers
    low, high = settings().multiplier_error
    return Estimate(
        area,
        nation.sectors,
        str(nation.year),
        method,
        values,
        np.maximum(values * low, 1.0),
        values * high,
        {m: models[m].output_multipliers for m in LEVELS},
        best,
        output,
    )
