"""错位: whether the strengths of one place feed those of another along the chain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .panel import Panel
from .result import Reason, Result
from .specialisation import location_quotient


@dataclass(frozen=True, slots=True)
class Feed:
    """One edge of a chain that makes two places complements: `supplier` at the giver, `user` at the taker, and its part."""

    supplier: str
    user: str
    weight: float
    supplier_lq: float
    user_lq: float

    @property
    def part(self) -> float:
        """w_pq · (LQ_ap - 1) · (LQ_bq - 1)."""
        return self.weight * (self.supplier_lq - 1) * (self.user_lq - 1)


def complementarity(
    panel: Panel,
    giver: str,
    taker: str,
    edges: Mapping[tuple[str, str], float],
    *,
    reference: str = "",
    quotients: dict[tuple[str, str], Result] | None = None,
) -> tuple[Result, tuple[Feed, ...]]:
    """C_ab = Σ_pq w_pq · max(LQ_ap - 1, 0) · max(LQ_bq - 1, 0): directional, so ask for both ways.

    Args:
        giver, taker: region codes a and b.
        edges: weight of each supply edge (p feeds q): of the chain map, or coefficients of an input–output table.
        reference: name of the area of the quotients, which is the panel's.
        quotients: by place and segment, of this panel and reference; filled, so that the next pair need not reckon them again.

    Returns:
        A sum ≥ 0 with the edges behind it, largest first. n is the number of edges whose two ends have quotients, coverage
        their share of all edges. Small cells are withheld and add nothing, as they would add noise.

    Raises:
        ValueError: an edge with a negative weight.
    """
    if bad := [edge for edge, w in edges.items() if not w >= 0]:
        raise ValueError(f"供应边{bad[0]}的权重不得为负 / the weight of the edge {bad[0]} is below zero")

    known_now = {} if quotients is None else quotients

    def of(region: str, segments: set[str]) -> dict[str, Result]:
        for s in segments:
            if (region, s) not in known_now:
                known_now[region, s] = location_quotient(panel, region, s, reference=reference)
        return {s: known_now[region, s] for s in segments}

    left = of(giver, {p for p, _ in edges})
    right = of(taker, {q for _, q in edges})
    feeds, known = [], 0
    for (p, q), weight in edges.items():
        a, b = left[p].value, right[q].value
        if a is None or b is None:
            continue
        known += 1
        if weight > 0 and a > 1 and b > 1:
            feeds.append(Feed(p, q, weight, a, b))
    reason: Reason = "" if known else "no_data"
    statements = {i for r in (*left.values(), *right.values()) for i in r.statements}
    feeds.sort(key=lambda f: (-f.part, f.supplier, f.user))
    result = Result(
        "complementarity",
        (giver, taker),
        math.fsum(f.part for f in feeds) if known else None,
        "index",
        "supply edges, strengths above 1",
        panel.level,
        panel.period,
        known,
        "edges",
        known / len(edges) if edges else 0.0,
        reference or "panel",
        statements=tuple(sorted(statements)),
        reason=reason,
    )
    return result, tuple(feeds)
