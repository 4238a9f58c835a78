"""Whether a place has many things or one: Herfindahl, Shannon, Theil."""

from __future__ import annotations

import math
from collections.abc import Callable

from .panel import Panel
from .result import Reason, Result


def herfindahl(panel: Panel, region: str) -> Result:
    """集中度: HHI_c = Σ_p s_cp² over the region's segments (Herfindahl–Hirschman).

    Returns:
        An index in [1/m, 1], m the number of segments with data: 1 when everything is in one of them. n is the number of
        segments with something in them.
    """
    return _of_shares(panel, region, "hhi", "index", lambda shares, _: math.fsum(s * s for s in shares))


def shannon(panel: Panel, region: str) -> Result:
    """多样性: H_c = -Σ_p s_cp·ln s_cp (Shannon 1948), in nats.

    Returns:
        In [0, ln m]: 0 when everything is in one segment, ln m when the m segments with data are of one size.
    """
    return _of_shares(panel, region, "shannon", "nats", lambda shares, m: min(_entropy(shares), math.log(m)))


def theil(panel: Panel, region: str) -> Result:
    """泰尔指数: T_c = ln m - H_c (Theil 1967), m the number of segments with data, in nats.

    Returns:
        In [0, ln m]: 0 when all segments are of one size, ln m when everything is in one.
    """
    return _of_shares(panel, region, "theil", "nats", lambda shares, m: max(0.0, math.log(m) - _entropy(shares)))


def _entropy(shares: list[float]) -> float:
    return max(0.0, -math.fsum(s * math.log(s) for s in shares if s > 0))


def _of_shares(
    panel: Panel, region: str, measure: str, unit: str, formula: Callable[[list[float], int], float]
) -> Result:
    row = panel.row(region)
    total = math.fsum(row.values())
    reason: Reason = "" if total > 0 else "empty_row" if row else "no_data"
    return Result(
        measure,
        (region,),
        None if reason else formula([v / total for v in row.values()], len(row)),
        unit,
        "segments with data",
        panel.level,
        panel.period,
        sum(1 for v in row.values() if v > 0),
        "segments",
        panel.coverage([region]),
        statements=panel.statements([region]),
        reason=reason,
    )
