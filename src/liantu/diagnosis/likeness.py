"""How like a place is to its reference area: Krugman's distance, Hoover's and Hachman's index; clustering beyond plant size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from .panel import Panel
from .result import Reason, Result


def krugman(
    panel: Panel, region: str, *, reference: str = "", reference_regions: Iterable[str] | None = None
) -> Result:
    """专业化指数: K_c = Σ_p |s_cp - s_p| (Krugman 1991): how unlike its reference area a place is.

    Hoover's index is half of it.

    Returns:
        In [0, 2]; 0 for the same structure. Shares are over the segments for which the place has data; n counts them.
    """
    found = _Against(panel, region, reference, reference_regions)
    return found.result("krugman", math.fsum(abs(s - t) for s, t in found.pairs))


def hoover(panel: Panel, region: str, *, reference: str = "", reference_regions: Iterable[str] | None = None) -> Result:
    """胡佛指数: half of `krugman`: the share of the place that would have to be elsewhere to have the reference's structure."""
    found = _Against(panel, region, reference, reference_regions)
    return found.result("hoover", math.fsum(abs(s - t) for s, t in found.pairs) / 2)


def hachman(
    panel: Panel, region: str, *, reference: str = "", reference_regions: Iterable[str] | None = None
) -> Result:
    """哈克曼指数: 1 / Σ_p LQ_cp·s_cp = 1 / Σ_p s_cp²/s_p: how like its reference area a place is.

    Returns:
        In (0, 1]; 1 for the same structure.
    """
    found = _Against(panel, region, reference, reference_regions)
    weighted = math.fsum(s * s / t for s, t in found.pairs if t > 0)
    # By Cauchy's inequality the sum is at least 1; rounding may leave it a hair below.
    return found.result("hachman", 1.0 / max(1.0, weighted) if weighted > 0 else 0.0)


def ellison_glaeser(
    panel: Panel, segment: str, plant_sizes: Mapping[str, Sequence[float]] | None, *, reference: str = ""
) -> Result:
    """集聚指数: γ_p = (G/(1 - Σx²) - H) / (1 - H) (Ellison & Glaeser 1997), G = Σ_c (share of the segment - share of all)².

    Args:
        plant_sizes: sizes (employment) of every plant of the segment by region; None when nobody has them, which refuses the
            measure: without plant sizes one large plant looks like a cluster.

    Returns:
        An index, about 0 when plants lie as if thrown at random, up to 1. n is the number of plants.
    """
    plants = [size for sizes in (plant_sizes or {}).values() for size in sizes]
    total = math.fsum(plants)
    area = panel.totals()
    rows = {r: math.fsum(panel.row(r).values()) for r in panel.regions}
    x = {r: v / area.grand for r, v in rows.items()} if area.grand > 0 else {}
    herfindahl = math.fsum((z / total) ** 2 for z in plants) if total > 0 else 1.0
    spread = 1 - math.fsum(v * v for v in x.values())
    value, reason = None, "no_data"
    if plant_sizes and total > 0 and herfindahl < 1 and spread > 0:
        here = {r: math.fsum(plant_sizes.get(r, ())) / total for r in {*x, *plant_sizes}}
        g = math.fsum((here[r] - x.get(r, 0.0)) ** 2 for r in here)
        value, reason = (g / spread - herfindahl) / (1 - herfindahl), ""
    return Result(
        "ellison_glaeser",
        (segment,),
        value,
        "index",
        "plant sizes required",
        panel.level,
        panel.period,
        len(plants),
        "plants",
        area.coverage if value is not None else 0.0,
        reference or "panel",
        statements=panel.statements(panel.regions, [segment]),
        reason="" if not reason else "no_data",
    )


class _Against:
    """Shares of a place beside those of its reference area, over the segments for which the place has data."""

    def __init__(self, panel: Panel, region: str, reference: str, inside: Iterable[str] | None) -> None:
        self.panel, self.region, self.reference = panel, region, reference or "panel"
        self.inside = tuple(panel.regions if inside is None else inside)
        row, area = panel.row(region), panel.totals(self.inside)
        here = math.fsum(row.values())
        there = math.fsum(area.by_segment[s] for s in row)
        self.reason: Reason = "" if here > 0 and there > 0 else "empty_row" if row else "no_data"
        self.pairs = [] if self.reason else [(v / here, area.by_segment[s] / there) for s, v in row.items()]
        self.coverage = min(panel.coverage([region]), area.coverage)

    def result(self, measure: str, value: float) -> Result:
        return Result(
            measure,
            (self.region,),
            None if self.reason else value,
            "index",
            "segments with data",
            self.panel.level,
            self.panel.period,
            len(self.pairs),
            "segments",
            self.coverage,
            self.reference,
            statements=self.panel.statements({self.region, *self.inside}),
            reason=self.reason,
        )
