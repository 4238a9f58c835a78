"""The product space of a panel: what is near to what, how complex places and segments are, what lies in reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..result import Reason, Result
from ..settings import settings
from .conventions import Convention, convention_named
from .formulas import (
    giant_component,
    presence_of,
    proximity_of,
    rca_of,
    reflections,
    rounded_kci,
    second_vectors,
    spread,
    standardised,
)
from .matrix import Array, Flags, Matrix

PER_REGION = ("diversity", "eci", "coi", "coi_raw")
PER_SEGMENT = ("ubiquity", "pci", "pci_z")
PER_CELL = ("rca", "density", "cog")
UNITS = {"diversity": "segments", "ubiquity": "regions", "rca": "ratio", "density": "share"}
_EIGEN = ("eci", "coi", "coi_raw", "pci", "pci_z", "cog")
"""Measures that rest on the second eigenvector, and so mean nothing in a small panel or outside the connected part."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """All measures of one panel under one convention. R regions, P segments; NaN where `reason` says why.

    Attributes:
        rca, density, cog: R × P; `density` on the convention's scale. presence: R × P.
        diversity, eci, coi, coi_raw: R. ubiquity, pci, pci_z: P; `pci` on the convention's scale, `pci_z` standardised by itself.
        proximity: P × P.
        inside_regions, inside_segments: in the largest connected part.
        parts: number of connected parts that have a presence at all.
        minimum_regions: below it nothing that rests on an eigenvector or on relatedness has a value.
        reference: name of the reference area.
    """

    matrix: Matrix
    convention: Convention
    rca: Array
    presence: Flags
    diversity: NDArray[np.int64]
    ubiquity: NDArray[np.int64]
    proximity: Array
    density: Array
    eci: Array
    pci: Array
    pci_z: Array
    coi: Array
    coi_raw: Array
    cog: Array
    inside_regions: Flags
    inside_segments: Flags
    parts: int
    minimum_regions: int
    reference: str

    @property
    def enough(self) -> bool:
        """Whether the panel is large enough for relatedness and complexity."""
        return len(self.matrix.regions) >= self.minimum_regions

    def reason(self, measure: str, region: str = "", segment: str = "") -> Reason:
        """Why a measure has no value there; empty when it has one."""
        i = self._row(region) if region else None
        j = self._column(segment) if segment else None
        if not np.isnan(self._value(measure, i, j)):
            return ""
        if not self.enough and measure not in ("rca", "diversity", "ubiquity"):
            return "not_enough_regions"
        c = self.convention
        if (measure == "cog" and c.cog == "none") or (measure.startswith("coi") and c.coi == "none"):
            return "undefined"
        if measure.startswith("pci") and c.pci == "none":
            return "undefined"
        if i is not None and not self.matrix.values[i].any():
            return "empty_row"
        if j is not None and not self.matrix.values[:, j].any():
            return "empty_column"
        if measure == "cog" and i is not None and j is not None and self.presence[i, j]:
            return "already_present"
        if i is not None and not self.presence[i].any():
            return "empty_row"
        if j is not None and not self.presence[:, j].any():
            return "empty_column"
        if measure in _EIGEN and (
            (i is not None and not self.inside_regions[i]) or (j is not None and not self.inside_segments[j])
        ):
            return "disconnected"
        return "no_data"

    def result(self, measure: str, region: str = "", segment: str = "") -> Result:
        """One measure with all that is needed to judge it.

        Args:
            measure: of PER_REGION (give the region), PER_SEGMENT (the segment) or PER_CELL (both).

        Raises:
            KeyError: another measure, or a name that the panel does not have.
        """
        reason = self.reason(measure, region, segment)
        value = self._value(measure, self._row(region) if region else None, self._column(segment) if segment else None)
        return Result(
            measure,
            tuple(x for x in (region, segment) if x),
            None if reason else float(value),
            UNITS.get(measure, "z-score" if measure in ("eci", "pci", "pci_z", "coi") else "index"),
            self.convention.name,
            self.matrix.level,
            self.matrix.period,
            len(self.matrix.regions),
            "regions",
            self.matrix.coverage,
            self.reference,
            reason=reason,
        )

    def tables(self) -> dict[str, dict[str, NDArray[Any]]]:
        """Three tidy tables, ready for any frame library: `cells`, `regions` and `segments`.

        `cells` has a row for each region and segment, which it names by their places (`region`, `segment`) in the other two.
        """
        r, p = self.rca.shape
        return {
            "cells": {
                "region": np.repeat(np.arange(r, dtype=np.int32), p),
                "segment": np.tile(np.arange(p, dtype=np.int32), r),
                "value": self.matrix.values.ravel(),
                "presence": self.presence.ravel(),
                **{name: getattr(self, name).ravel() for name in PER_CELL},
            },
            "regions": {
                "region": np.array(self.matrix.regions, dtype=object),
                **{name: getattr(self, name) for name in PER_REGION},
            },
            "segments": {
                "segment": np.array(self.matrix.segments, dtype=object),
                **{name: getattr(self, name) for name in PER_SEGMENT},
            },
        }

    def _value(self, measure: str, i: int | None, j: int | None) -> float:
        if measure in PER_CELL and i is not None and j is not None:
            return float(getattr(self, measure)[i, j])
        if measure in PER_REGION and i is not None and j is None:
            return float(getattr(self, measure)[i])
        if measure in PER_SEGMENT and j is not None and i is None:
            return float(getattr(self, measure)[j])
        raise KeyError(
            f"{measure}：请给出该指标所需的地区和环节 / give the region and segment that this measure is of "
            f"({', '.join((*PER_REGION, *PER_SEGMENT, *PER_CELL))})"
        )

    def _row(self, region: str) -> int:
        if region not in self.matrix.regions:
            raise KeyError(f"{region}：面板里没有这个地区 / the panel has no such region")
        return self.matrix.regions.index(region)

    def _column(self, segment: str) -> int:
        if segment not in self.matrix.segments:
            raise KeyError(f"{segment}：面板里没有这个环节 / the panel has no such segment")
        return self.matrix.segments.index(segment)


def complexity(
    matrix: Matrix,
    convention: str = "liantu",
    *,
    threshold: float = 1.0,
    minimum_regions: int | None = None,
    reference: str = "",
) -> Complexity:
    """All measures of a panel.

    Args:
        matrix: the panel; its regions are the reference area.
        convention: name of a row of `data/conventions.csv`.
        threshold: of the quotient from which on a segment counts as present.
        minimum_regions: smaller panels are refused; the setting by default. Set it lower for a toy, never for a report.
        reference: name of the reference area, shown with every number.
    """
    chosen = convention_named(convention)
    rca = rca_of(matrix.values)
    return complexity_of_presence(
        matrix,
        rca,
        presence_of(rca, threshold, chosen.presence_digits),
        chosen,
        minimum_regions=minimum_regions,
        reference=reference,
    )


def complexity_of_presence(
    matrix: Matrix,
    rca: Array,
    presence: Flags,
    convention: Convention,
    *,
    minimum_regions: int | None = None,
    reference: str = "",
) -> Complexity:
    """The same for presences that are given: stated by an office, or supposed."""
    least = settings().minimum_regions if minimum_regions is None else minimum_regions
    r, p = presence.shape
    diversity, ubiquity = presence.sum(1), presence.sum(0)
    nan_r, nan_p = np.full(r, np.nan), np.full(p, np.nan)
    rows, columns, parts = giant_component(presence)
    if r < least or rows.sum() < 3 or columns.sum() < 3:
        nothing = np.full((r, p), np.nan)
        return Complexity(
            matrix, convention, rca, presence, diversity, ubiquity, np.full((p, p), np.nan), nothing, nan_r, nan_p,
            nan_p, nan_r, nan_r, nothing, rows, columns, parts, max(least, 3), reference or "panel",
        )  # fmt: skip
    whole = bool(rows.all() and columns.all())
    core = presence if whole else presence[np.ix_(rows, columns)]
    eci, pci, pci_z, weight = _vectors(core, convention)
    if not whole:
        eci, pci, pci_z, weight = (
            spread(eci, rows), spread(pci, columns), spread(pci_z, columns), spread(weight, columns),
        )  # fmt: skip
    proximity = proximity_of(presence, convention.proximity, convention.diagonal)
    density, cog, coi_raw = _outlook(presence, proximity, weight, pci, convention)
    coi_raw = np.where(rows, coi_raw, np.nan)
    if convention.coi == "none":
        coi_raw = nan_r
    coi = standardised(coi_raw) if convention.coi == "z" else coi_raw
    if convention.density_scale != 1:
        density *= convention.density_scale
    if convention.density_digits is not None:
        density = np.round(density, convention.density_digits)
    return Complexity(
        matrix, convention, rca, presence, diversity, ubiquity, proximity, density, eci, pci, pci_z, coi,
        coi_raw, cog, rows, columns, parts, least, reference or "panel",
    )  # fmt: skip


def _vectors(core: Flags, convention: Convention) -> tuple[Array, Array, Array, Array]:
    """ECI, PCI, PCI standardised by itself, and PCI as the outlook weighs with it, of a connected presence."""
    if convention.eci == "kci":
        nothing = np.full(core.shape[1], np.nan)
        return rounded_kci(core), nothing, nothing, nothing
    if convention.eci == "reflections":
        kc, kp = reflections(core)
        pci = standardised(kp, convention.ddof)
        return standardised(kc, convention.ddof), pci, pci, pci
    kc, kp = second_vectors(core)
    if not kc.std() > 1e-12 * np.abs(kp).max():  # every place has the same: nothing tells them apart
        return kc * 0.0, kp * 0.0, kp * 0.0, kp * 0.0
    eci = standardised(kc, convention.ddof)
    own = standardised(kp, convention.ddof)
    if convention.pci == "own_z":
        ubiquity = core.sum(0)
        own = -own if float((own - own.mean()) @ (ubiquity - ubiquity.mean())) > 0 else own
        return eci, own, own, own
    sd = kc.std(ddof=convention.ddof)
    pci = (kp - kc.mean()) / sd
    return eci, pci, own, kp / sd if convention.cog == "contributor" else pci


def _outlook(
    presence: Flags, proximity: Array, weight: Array, pci: Array, convention: Convention
) -> tuple[Array, Array, Array]:
    """Density (0 … 1), COG and COI before standardising; one matrix product serves the first two.

    With g_q = PCI_q, φ = proximity, ω = density, M = presence, COG_cp is
    `atlas`: Σ_q (φ_pq/Σ_r φ_rq)(1 - M_cq) g_q - ω_cp g_p, where M_cp = 0 (text of the Atlas);
    `contributor`: (1 - M_cp) Σ_q (φ_pq/Σ_r φ_rq)(1 - M_cq) g_q, g in units of the ECI (the Growth Lab's package);
    `target`: (1 - M_cp) Σ_q (φ_pq/Σ_r φ_pr)(1 - M_cq) g_q (econcomplex);
    `gain`: Σ_q (φ_pq/Σ_r φ_pr)(1 - M_cq) g_q - ω_cp g_p everywhere (Datawheel's opportunity_gain).
    COI_c = Σ_p (1 - M_cp) ω_cp g_p.
    """
    r, p = presence.shape
    sums = proximity.sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        inverse = np.where(sums > 0, 1.0 / sums, np.nan)
    m = presence.astype(np.float64)
    if convention.cog == "none":
        density = m @ proximity
        density *= inverse[None, :]
        nothing = np.full((r, p), np.nan)
        return density, nothing, np.full(r, np.nan)
    g = np.nan_to_num(weight)
    stacked = np.empty((2 * r, p))
    stacked[:r] = m
    absent = stacked[r:]
    np.subtract(1.0, m, out=absent)
    per_contributor = convention.cog in ("atlas", "contributor")
    absent *= (g * np.nan_to_num(inverse) if per_contributor else g)[None, :]
    both = stacked @ proximity
    # Copies, so that the large arrays of the product are let go.
    density = both[:r] * inverse[None, :]
    cog = both[r:].copy() if per_contributor else both[r:] * inverse[None, :]
    del both, stacked
    if convention.cog in ("atlas", "gain"):
        cog -= density * g[None, :]
    if convention.cog == "atlas":
        cog[presence] = np.nan
    elif convention.cog != "gain":
        cog[presence] = 0.0
    cog[:, np.isnan(weight)] = np.nan
    coi = np.nansum(np.where(presence, 0.0, density) * g[None, :], axis=1)
    return density, cog, coi
