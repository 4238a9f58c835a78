"""Two places compared at two levels of the classification side by side: similarity falls as the classification gets finer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .panel import Panel
from .similarity import Comparison, compare_structures


@dataclass(frozen=True, slots=True)
class TwoLevels:
    """The same pair at a coarse and at a fine level. Numbers of two levels are shown beside, never compared."""

    coarse: Comparison
    fine: Comparison


def compare_at_two_levels(panel: Panel, parents: Mapping[str, str], coarse_level: str, a: str, b: str) -> TwoLevels:
    """All measures of a pair at the panel's own level and at the level of `parents`.

    Segments that one of the two places does not report are left out before summing, so that both levels rest on the same cells.

    Raises:
        PanelError: a segment without a parent.
    """
    return next(compare_pairs_at_two_levels(panel, parents, coarse_level, [(a, b)]))


def compare_pairs_at_two_levels(
    panel: Panel, parents: Mapping[str, str], coarse_level: str, pairs: Iterable[tuple[str, str]]
) -> Iterator[TwoLevels]:
    """The same for many pairs in their order: those that leave out the same segments share one summing."""
    summed: dict[frozenset[str], Panel] = {}
    for a, b in pairs:
        left, right = panel.row(a), panel.row(b)
        dropped = frozenset(s for s in panel.segments if s not in left or s not in right)
        if (coarse := summed.get(dropped)) is None:
            coarse = summed[dropped] = panel.without(dropped).grouped(parents, coarse_level)
        yield TwoLevels(compare_structures(coarse, a, b), compare_structures(panel, a, b))
