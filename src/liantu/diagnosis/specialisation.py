"""What a place has more of than others: location quotient and concentration."""

from __future__ import annotations

import math
from collections.abc import Iterable

from .panel import Panel
from .result import Reason, Result
from .settings import settings

Z95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def location_quotient(
    panel: Panel,
    region: str,
    segment: str,
    *,
    reference: str = "",
    reference_regions: Iterable[str] | None = None,
    pseudo_firms: float = 0.0,
    minimum_firms: int | None = None,
) -> Result:
    """区位商: how over-represented `segment` is in `region`, compared with the reference area.

    LQ_cp = s_cp / s_p with s_cp = x_cp / x_c and s_p = x_p / x (Balassa 1965). With `pseudo_firms` k > 0 it is drawn to 1 as
    if the place had k more firms of the reference's structure: LQ*_cp = (x_cp + k·s_p) / ((x_c + k)·s_p), so that a county
    of one firm does not lead every list. The shrunk form is for panels of firms.

    Args:
        reference: name of the reference area, shown with the number.
        reference_regions: its regions; all of the panel by default. The region itself counts in it.
        pseudo_firms: k; 0 for the plain quotient.
        minimum_firms: cells with 1 … this - 1 firms are withheld; the setting by default, 0 to see all.

    Returns:
        A ratio ≥ 0. n is the number of firms in the region where it is known, else of cells; coverage is that of the region's
        and the reference's cells, whichever is less. The interval (panels of firms only, plain quotient only) is Wilson's for
        the share s_cp (Wilson 1927), divided by s_p, which is taken as known.

    Raises:
        ValueError: shrinkage asked for a panel that does not count firms, or k below 0.
    """
    if pseudo_firms < 0 or (pseudo_firms and panel.quantity != "firms"):
        raise ValueError("收缩只适用于企业数，且 k 不得为负 / shrinkage is for numbers of firms, with k of 0 or more")
    inside = tuple(panel.regions if reference_regions is None else reference_regions)
    least = settings().minimum_firms if minimum_firms is None else minimum_firms
    convention = f"shrunk, k={pseudo_firms:g} firms" if pseudo_firms else "plain"
    row = panel.row(region)
    x_c = math.fsum(row.values())
    x_p = math.fsum(panel.row(r).get(segment, 0.0) for r in inside)
    x = math.fsum(v for r in inside for v in panel.row(r).values())
    firms = panel.firms(region, segment)
    coverage = min(panel.coverage([region]), panel.coverage(inside))
    counted = panel.quantity == "firms"

    def result(value: float | None, reason: Reason = "", interval: tuple[float, float] | None = None) -> Result:
        return Result(
            "lq_shrunk" if pseudo_firms else "lq",
            (region, segment),
            value,
            "ratio",
            convention,
            panel.level,
            panel.period,
            round(x_c) if counted else len(row),
            "firms" if counted else "cells",
            coverage,
            reference or "panel",
            interval,
            panel.statements({region, *inside}),
            reason,
        )

    x_cp = row.get(segment)
    if x_cp is None:
        return result(None, "no_data")
    if x_c <= 0:
        return result(None, "empty_row")
    if x_p <= 0:
        return result(None, "empty_column")
    if firms is not None and 0 < firms < least:
        return result(None, "suppressed")
    s_p = x_p / x
    value = (x_cp + pseudo_firms * s_p) / ((x_c + pseudo_firms) * s_p)
    if not counted or pseudo_firms:
        return result(value)
    low, high = wilson_interval(x_cp, x_c)
    return result(value, interval=(low / s_p, high / s_p))


def wilson_interval(successes: float, trials: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a share (1927): (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), inside [0, 1]."""
    p = successes / trials
    middle = p + z * z / (2 * trials)
    half = z * math.sqrt(max(0.0, p * (1 - p)) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    # At p = 0 and p = 1 rounding may leave the share itself a hair outside.
    return max(0.0, min(p, (middle - half) / scale)), min(1.0, max(p, (middle + half) / scale))


def herfindahl(panel: Panel, region: str) -> Result:
    """集中度: HHI_c = Σ_p s_cp² over the region's segments (Herfindahl–Hirschman).

    Returns:
        An index in [1/m, 1], m the number of segments with data: 1 when everything is in one of them. n is the number of
        segments with something in them.
    """
    row = panel.row(region)
    total = math.fsum(row.values())
    reason: Reason = "" if total > 0 else "empty_row" if row else "no_data"
    return Result(
        "hhi",
        (region,),
        None if reason else math.fsum((v / total) ** 2 for v in row.values()),
        "index",
        "segments with data",
        panel.level,
        panel.period,
        sum(1 for v in row.values() if v > 0),
        "segments",
        panel.coverage([region]),
        statements=panel.statements([region]),
        reason=reason,
    )
