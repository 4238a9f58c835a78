"""Whether two places are copies of each other (同构) or complements (错位).

All three measures look at segments for which both places have data, so that what nobody has counted at one place is not taken
for a difference; `coverage` says how many that are. Cosine similarity is led by the largest segment (coal hides everything
else), so `compare_structures` gives all three with and without it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .panel import Panel
from .result import Reason, Result


@dataclass(frozen=True, slots=True)
class Comparison:
    """The three measures of one pair, and again without the segment that is largest in the two together."""

    structure_similarity: Result
    krugman_pair: Result
    finger_kreinin: Result
    top_segment: str
    without_top: tuple[Result, Result, Result]


def structure_similarity(panel: Panel, a: str, b: str) -> Result:
    """结构相似系数: S_ab = Σ s_ap·s_bp / √(Σ s_ap² · Σ s_bp²) (UNIDO's coefficient). In [0, 1]; 1 for equal structures."""
    return _cosine(_shares(panel, a, b))


def krugman_pair(panel: Panel, a: str, b: str) -> Result:
    """克鲁格曼差异: K_ab = Σ |s_ap - s_bp| (Krugman 1991). In [0, 2]; 0 for equal structures, 2 for nothing in common."""
    return _distance(_shares(panel, a, b))


def finger_kreinin(panel: Panel, a: str, b: str) -> Result:
    """重合度: FK_ab = Σ min(s_ap, s_bp) (Finger & Kreinin 1979). In [0, 1]; FK = 1 - K/2."""
    return _overlap(_shares(panel, a, b))


def compare_structures(panel: Panel, a: str, b: str) -> Comparison:
    """All three measures of a pair, with and without the segment that is largest in the two structures together."""
    whole = _shares(panel, a, b)
    shares = dict(zip(whole.common, whole.shares, strict=False))
    top = max(shares, key=lambda s: (sum(shares[s]), s), default="")
    rest = _shares(panel.without([top]), a, b)
    return Comparison(*_all(whole), top, _all(rest))


@dataclass(frozen=True, slots=True)
class _Pair:
    """The shares of two places over their common segments, and what a result has to say of them."""

    panel: Panel
    regions: tuple[str, str]
    common: tuple[str, ...]
    shares: tuple[tuple[float, float], ...]
    reason: Reason

    statements: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        return not self.reason

    def result(self, measure: str, value: float | None) -> Result:
        return Result(
            measure,
            self.regions,
            value,
            "index",
            "common segments",
            self.panel.level,
            self.panel.period,
            sum(1 for x, y in self.shares if x or y),
            "segments",
            len(self.common) / len(self.panel.segments) if self.panel.segments else 0.0,
            statements=self.statements,
            reason=self.reason,
        )


def _all(pair: _Pair) -> tuple[Result, Result, Result]:
    return _cosine(pair), _distance(pair), _overlap(pair)


def _cosine(pair: _Pair) -> Result:
    value = None
    if pair.usable:
        norm = math.sqrt(math.fsum(x * x for x, _ in pair.shares) * math.fsum(y * y for _, y in pair.shares))
        value = min(1.0, math.fsum(x * y for x, y in pair.shares) / norm)
    return pair.result("structure_similarity", value)


def _distance(pair: _Pair) -> Result:
    value = math.fsum(abs(x - y) for x, y in pair.shares) if pair.usable else None
    return pair.result("krugman_pair", value)


def _overlap(pair: _Pair) -> Result:
    value = math.fsum(min(x, y) for x, y in pair.shares) if pair.usable else None
    return pair.result("finger_kreinin", value)


def _shares(panel: Panel, a: str, b: str) -> _Pair:
    left, right = panel.row(a), panel.row(b)
    common = tuple(s for s in panel.segments if s in left and s in right)
    if not common:
        return _Pair(panel, (a, b), (), (), "no_data")
    said = panel.statements((a, b), common)
    x, y = math.fsum(left[s] for s in common), math.fsum(right[s] for s in common)
    if x <= 0 or y <= 0:
        return _Pair(panel, (a, b), common, (), "empty_row", said)
    return _Pair(panel, (a, b), common, tuple((left[s] / x, right[s] / y) for s in common), "", said)
