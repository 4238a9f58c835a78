"""Places side by side: how alike they are, beyond chance; who feeds whom; who has what another lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from liantu.vocabulary import regions

from ..complementarity import complementarity
from ..complexity import complexity
from ..complexity.matrix import matrix_of_panel
from ..gaps import chain_gaps, gap_filled_by
from ..levels import compare_pairs_at_two_levels
from ..nullmodel import NullModelError, similarity_excess
from ..panel import Panel
from ..result import Result
from ..settings import settings
from ..similarity import Comparison as Pair
from ..similarity import compare_structures
from ..specialisation import location_quotient
from .basis import Basis, BasisError, level_of
from .tidy import Line

MOST = 12
"""Places compared at most: a table of more pairs is not read."""
STRENGTHS = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places compared; every line names its pair.

    Attributes:
        fine, coarse: similarity measures of every pair at the two levels (`coarse` empty where the basis has one level).
        excess: similarity beyond what sizes explain.
        feeds: complementarity both ways, the note naming the strongest supply edges.
        filled: whose gaps whom fills, the note naming the segments.
        strengths: largest quotients of each place.
        refused: what was asked of these places and cannot be said, with its reason.
    """

    regions: tuple[str, ...]
    basis: Basis
    fine: tuple[Line, ...]
    coarse: tuple[Line, ...]
    excess: tuple[Line, ...]
    feeds: tuple[Line, ...]
    filled: tuple[Line, ...]
    strengths: tuple[Line, ...]
    refused: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return (
            *self.fine, *self.coarse, *self.excess, *self.feeds, *self.filled, *self.strengths, *self.refused,
        )  # fmt: skip


def compare(basis: Basis, places: Sequence[str]) -> Comparison:
    """The structures of places of one level, in pairs and in both directions.

    Quotients and the null model take the compared places alone as their world.

    Raises:
        BasisError: fewer than two places or more than twelve, of different levels, unknown or virtual ones.
    """
    inside = tuple(dict.fromkeys(places))
    _check(inside)
    panel = basis.panel(inside, basis.parents)
    fine: list[Line] = []
    coarse: list[Line] = []
    pairs = list(combinations(inside, 2))
    if basis.coarse_level:
        found = compare_pairs_at_two_levels(panel, basis.parents, basis.coarse_level, pairs)
        for (a, b), two in zip(pairs, found, strict=True):
            fine += _pair_lines("similarity", two.fine, a, b)
            coarse += _pair_lines("similarity_coarse", two.coarse, a, b)
    else:
        for a, b in pairs:
            fine += _pair_lines("similarity", compare_structures(panel, a, b), a, b)
    excess = [Line("excess", _excess(panel, a, b), a, b) for a, b in pairs]
    feeds, filled = _both_ways(basis, panel, inside)
    return Comparison(
        inside,
        basis,
        tuple(fine),
        tuple(coarse),
        tuple(excess),
        feeds,
        filled,
        _strengths(panel, inside),
        _refused(panel, inside),
    )


def _check(places: tuple[str, ...]) -> None:
    gazetteer = regions()
    if not 2 <= len(places) <= MOST:
        raise BasisError(f"请给出2至{MOST}个地区，现为{len(places)}个", f"give 2 to {MOST} places, not {len(places)}")
    for place in places:
        if place not in gazetteer or gazetteer.by_code(place).is_group:
            raise BasisError(f"“{place}”不是省、市、县，不能比较", f"{place} is no province, city or county")
    if len({level_of(place) for place in places}) > 1:
        raise BasisError(
            "要比较的地区应是同一级：都是市，或都是县", "compare places of one level: all cities, or all counties"
        )


def _pair_lines(step: str, pair: Pair, a: str, b: str) -> list[Line]:
    whole = (pair.structure_similarity, pair.krugman_pair, pair.finger_kreinin)
    return [
        *(Line(step, result, a, b) for result in whole),
        *(Line(f"{step}_without_top", result, a, b, segment=pair.top_segment) for result in pair.without_top),
    ]


def _excess(panel: Panel, a: str, b: str) -> Result:
    """Excess of the cosine similarity; the reason where no null world has these totals."""
    try:
        found = similarity_excess(panel, a, b)
    except NullModelError:
        return Result(
            "structure_similarity_excess", (a, b), None, "index", "null model keeps totals", panel.level, panel.period, 0,
            "segments", 0.0, "panel", reason="undefined",
        )  # fmt: skip
    return found.excess


def _edges(basis: Basis) -> dict[tuple[str, str], float]:
    """From every segment to those downstream of it in the same chain; the edges of a chain weigh 1 together."""
    edges: dict[tuple[str, str], float] = {}
    for links in basis.chains.values():
        own = [
            (p.key, q.key)
            for p in links
            for q in links
            if p.key in basis.parents and q.key in basis.parents and p.key != q.key
            and (p.stream, q.stream) in (("upstream", "midstream"), ("midstream", "downstream"))
        ]  # fmt: skip
        for edge in own:
            edges[edge] = max(edges.get(edge, 0.0), 1 / len(own))
    return edges


def _both_ways(basis: Basis, panel: Panel, inside: tuple[str, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    edges = _edges(basis)
    gaps = {place: chain_gaps(panel, place, panel.segments) for place in inside}
    quotients: dict[tuple[str, str], Result] = {}
    feeds, filled = [], []
    for a, b in permutations(inside, 2):
        result, parts = complementarity(panel, a, b, edges, quotients=quotients)
        note = "；".join(f"{feed.supplier} → {feed.user}" for feed in parts[:3])
        feeds.append(Line("complementarity", result, a, b, note=note))
        result, segments = gap_filled_by(gaps[a], gaps[b])
        if not basis.complete:  # who lacks what is known of a full count only
            result, segments = replace(result, value=None, interval=None, reason="no_data"), ()
        filled.append(Line("gap_filled_by", result, a, b, note="、".join(segments)))
    return tuple(feeds), tuple(filled)


def _strengths(panel: Panel, inside: tuple[str, ...]) -> tuple[Line, ...]:
    found = []
    for place in inside:
        lines = [
            Line("strengths", result, place, segment=s)
            for s in panel.segments
            if (
                result := location_quotient(panel, place, s, reference="所比各地", pseudo_firms=settings().pseudo_firms)
            ).value
            is not None
            and result.value > 1
        ]
        found += sorted(lines, key=lambda x: (-(x.result.value or 0), x.segment))[:STRENGTHS]
    return tuple(found)


def _refused(panel: Panel, inside: tuple[str, ...]) -> tuple[Line, ...]:
    """Complexity of a handful of places: an eigenvector would only tell them apart."""
    found = complexity(matrix_of_panel(panel))
    return tuple(Line("complexity", found.result("eci", place), place) for place in inside)


__all__ = ["Comparison", "compare"]
