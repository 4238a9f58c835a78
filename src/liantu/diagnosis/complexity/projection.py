"""Five cities are no panel: their complexity is read off a national one.

ECI_c = mean PCI of the segments in which the place is specialised against the nation; density, COI and COG with the nation's
proximities. Datawheel calls it the subnational method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..result import Reason, Result
from .formulas import presence_of, rca_of
from .matrix import Array, Flags, Matrix
from .measures import UNITS, Complexity


@dataclass(frozen=True, slots=True)
class Projection:
    """Places in the space of a larger panel. L places, P segments of the larger panel.

    Attributes:
        rca: L × P, against the larger panel's shares. presence: L × P. density: L × P, on the convention's scale.
        eci: L, mean PCI of the basket. coi_raw: L.
        coverage: L, share of the place's total that lies in segments which the larger panel has.
        unplaced: segments of the places that the larger panel does not have.
    """

    base: Complexity
    matrix: Matrix
    rca: Array
    presence: Flags
    density: Array
    eci: Array
    coi_raw: Array
    coverage: Array
    unplaced: tuple[str, ...]

    def result(self, measure: str, region: str, segment: str = "") -> Result:
        """`eci` or `coi_raw` of a place; `rca` or `density` of a place and a segment. Raises KeyError for other names."""
        if measure not in ("eci", "coi_raw", "rca", "density") or region not in self.matrix.regions:
            raise KeyError(f"{measure} {region}")
        i = self.matrix.regions.index(region)
        row = getattr(self, measure)[i]
        value = float(row if measure in ("eci", "coi_raw") else row[self.base.matrix.segments.index(segment)])
        reason: Reason = ""
        if np.isnan(value):
            reason = (
                "not_enough_regions"
                if not self.base.enough and measure != "rca"
                else "empty_row"
                if not self.matrix.values[i].any() or not self.presence[i].any()
                else "empty_column"
            )
        return Result(
            measure,
            (region, segment) if segment else (region,),
            None if reason else value,
            UNITS.get(measure, "z-score" if measure == "eci" else "index"),
            f"{self.base.convention.name}, projected",
            self.matrix.level,
            self.matrix.period,
            max(1, int(self.presence[i].sum())),
            "segments",
            float(self.coverage[i]),
            self.base.reference,
            reason=reason,
        )


def project(base: Complexity, places: Matrix, *, threshold: float = 1.0) -> Projection:
    """Measures of `places` in the space of `base`.

    Args:
        base: of a panel that is large enough; its totals are the reference of the quotients.
        places: at the same level and in the same unit; segments are matched by name, the rest reported.

    Raises:
        ValueError: no segment in common, another level, or another unit.
    """
    for what, zh, ours, theirs in (
        ("level", "分类层级", places.level, base.matrix.level),
        ("unit", "单位", places.unit, base.matrix.unit),
    ):
        if ours and theirs and ours != theirs:
            raise ValueError(f"{zh}不同：{ours}与{theirs} / the {what} differs: {ours} and {theirs}")
    at = {s: j for j, s in enumerate(base.matrix.segments)}
    common = [j for j, s in enumerate(places.segments) if s in at]
    if not common:
        raise ValueError("与参照面板没有共同的环节 / no segment in common with the reference panel")
    values = np.zeros((len(places.regions), len(at)))
    values[:, [at[places.segments[j]] for j in common]] = places.values[:, common]
    totals = places.values.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.where(totals > 0, values.sum(1) / totals, 0.0)
    rca = rca_of(values, base.matrix.values.sum(0))
    presence = presence_of(rca, threshold, base.convention.presence_digits)
    m = presence.astype(float)
    sums = base.proximity.sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        density = m @ base.proximity * np.where(sums > 0, base.convention.density_scale / sums, np.nan)[None, :]
        known = m * ~np.isnan(base.pci)[None, :]
        eci = known @ np.nan_to_num(base.pci) / known.sum(1)
    coi = np.nansum(np.where(presence, 0.0, density) * base.pci[None, :], axis=1) / base.convention.density_scale
    if not base.enough:
        eci, coi = eci * np.nan, coi * np.nan
    coi = np.where(totals > 0, coi, np.nan)
    unplaced = tuple(s for s in places.segments if s not in at)
    return Projection(base, places, rca, presence, density, eci, coi, np.clip(coverage, 0, 1), unplaced)
