"""What if a place had one more segment, or one fewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .matrix import Array
from .measures import Complexity, complexity_of_presence

PREVIEW = "preview: margins and proximities frozen"
EXACT = "exact: everything computed anew"


@dataclass(frozen=True, slots=True)
class Supposed:
    """A place as it would be. `label` says how far the numbers may be trusted.

    Attributes:
        density: P, on the convention's scale.
        coi_raw: before standardising. eci: mean PCI of the basket (preview) or the eigenvector's (exact).
    """

    region: str
    label: str
    density: Array
    coi_raw: float
    eci: float


class WhatIf:
    """Questions to one computed panel. Asking changes nothing."""

    def __init__(self, base: Complexity) -> None:
        """Raises ValueError for a panel without relatedness (too few regions)."""
        if not base.enough or np.isnan(base.proximity).any():
            raise ValueError("地区数不够，不能作假设推演 / the panel is too small to suppose anything in it")
        self.base = base
        sums = base.proximity.sum(0)
        with np.errstate(divide="ignore"):
            self._factor = np.where(sums > 0, base.convention.density_scale / sums, np.nan)
        self._pci = np.nan_to_num(base.pci)

    def preview(self, region: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Supposed:
        """At once, with everything but the place's own presences as it was: adding j adds φ_j to its densities.

        Raises:
            KeyError: a region or segment that the panel does not have.
        """
        base = self.base
        i = base._row(region)
        present = base.presence[i].copy()
        density = base.density[i].copy()
        for names, to in ((add, True), (remove, False)):
            for j in map(base._column, names):
                if present[j] != to:
                    present[j] = to
                    density += (1.0 if to else -1.0) * base.proximity[j] * self._factor
        away = ~present
        coi = float(np.nansum(density[away] * self._pci[away])) / base.convention.density_scale
        basket = base.pci[present]
        known = basket[~np.isnan(basket)]
        return Supposed(region, PREVIEW, density, coi, float(known.mean()) if known.size else float("nan"))

    def exact(self, region: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> tuple[Supposed, Complexity]:
        """Everything anew: ubiquity, proximity and all eigenvectors feel the change. Raises KeyError as `preview` does."""
        base = self.base
        i = base._row(region)
        presence = base.presence.copy()
        for names, to in ((add, True), (remove, False)):
            for j in map(base._column, names):
                presence[i, j] = to
        found = complexity_of_presence(
            base.matrix,
            base.rca,
            presence,
            base.convention,
            minimum_regions=base.minimum_regions,
            reference=base.reference,
        )
        return (
            Supposed(region, EXACT, found.density[i], float(found.coi_raw[i]), float(found.eci[i])),
            found,
        )


def similarities(base: Complexity) -> Array:
    """Cosine of the structures of all pairs of regions at once: R × R, NaN for empty rows."""
    x = base.matrix.values
    norm = np.sqrt((x * x).sum(1))
    with np.errstate(invalid="ignore", divide="ignore"):
        x = x / norm[:, None]
    return np.asarray(np.clip(x @ x.T, 0.0, 1.0))
