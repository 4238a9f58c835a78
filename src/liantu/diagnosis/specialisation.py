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
        and the reference's cells, whichever is less. The interval (panels of firms only) is that of the share s_cp divided
        by s_p, which is taken as known: Wilson's (1927) for the plain quotient; for the shrunk one the central 95 % of the
        beta distribution whose mean it is (k firms of the reference's structure seen before, the region's own firms after).

    Raises:
        ValueError: shrinkage asked for a panel that does not count firms, or k below 0.
    """
    if pseudo_firms < 0 or (pseudo_firms and panel.quantity != "firms"):
        raise ValueError("收缩只适用于企业数，且 k 不得为负 / shrinkage is for numbers of firms, with k of 0 or more")
    inside = tuple(panel.regions if reference_regions is None else reference_regions)
    least = settings().minimum_firms if minimum_firms is None else minimum_firms
    convention = f"shrunk, k={pseudo_firms:g} firms" if pseudo_firms else "plain"
    row = panel.row(region)
    own, area = panel.totals((region,)), panel.totals(inside)
    x_c = own.grand
    x_p, x = area.by_segment.get(segment, 0.0), area.grand
    firms = panel.firms(region, segment)
    coverage = min(own.coverage, area.coverage)
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
            area.statements if region in inside else panel.statements({region, *inside}),
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
    if not counted:
        return result(value)
    if pseudo_firms:
        low, high = beta_interval(x_cp + pseudo_firms * s_p, x_c - x_cp + pseudo_firms * (1 - s_p))
    else:
        low, high = wilson_interval(x_cp, x_c)
    return result(value, interval=(low / s_p, high / s_p))


def beta_interval(yes: float, no: float, confidence: float = 0.95) -> tuple[float, float]:
    """The central part of a beta distribution, widened to its mean where that lies outside (very few firms)."""
    if no <= 0 or yes <= 0:
        return (0.0, 0.0) if yes <= 0 else (1.0, 1.0)
    from scipy.special import betaincinv  # only here: loading it takes longer than everything else in this file

    tail = (1 - confidence) / 2
    mean = yes / (yes + no)
    return min(mean, float(betaincinv(yes, no, tail))), max(mean, float(betaincinv(yes, no, 1 - tail)))


def wilson_interval(successes: float, trials: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a share (1927): (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), inside [0, 1]."""
    p = successes / trials
    middle = p + z * z / (2 * trials)
    half = z * math.sqrt(max(0.0, p * (1 - p)) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    # At p = 0 and p = 1 rounding may leave the share itself a hair outside.
    return max(0.0, min(p, (middle - half) / scale)), min(1.0, max(p, (middle + half) / scale))
