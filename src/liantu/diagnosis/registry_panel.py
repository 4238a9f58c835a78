"""The enterprise registry as a panel: numbers of firms by place and chain or industry."""

from __future__ import annotations

from collections.abc import Iterable

from liantu.registry import Count

from .panel import Cell, Panel


def panel_of_counts(
    counts: Iterable[Count], *, level: str, period: str, regions: Iterable[str] = (), segments: Iterable[str] = ()
) -> Panel:
    """Counts of a registry as a panel of firms.

    A registry lists every firm, so a place and a chain without a firm in it are zero, not unknown: pass a list that is a
    selection (key enterprises, exhibitors) through `Panel.of` with `complete=False` instead. Firms of no known region are left
    out.

    Args:
        counts: of `registry.count_firms` or `registry.count_industries`, all of one level of places.
        level: of the classification (`产业链`, `国民经济行业大类`), so that results of two levels are not compared.
        period: the registry's date.
        regions, segments: looked at as well, though no firm is there.
    """
    cells = [
        Cell(c.region_code, c.label, float(c.firms), where=f"{c.region_code} {c.label}")
        for c in counts
        if c.region_code
    ]
    return Panel.of(
        cells,
        quantity="firms",
        unit="家",
        level=level,
        period=period,
        complete=True,
        regions=regions,
        segments=segments,
    )
