"""How well the characters of a short name lie, in order, inside a longer one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

GAP = 0.04
"""Cost of each character skipped between two matched ones, at most three counted."""
START = 0.2
"""Credit when the match begins at the head of the name or right behind its place."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """`score`: matched share of the short name's weight, less gaps, plus the start's credit (at most 1.2).

    `matched`: that share alone; `at`: positions in the long name that were matched, in order.
    """

    score: float
    matched: float
    at: tuple[int, ...]


def align(short: str, long: str, boundary: int, weight: Callable[[str], float]) -> Alignment:
    """The best ordered alignment of `short` in `long`, `boundary` being where the place part of `long` ends.

    Each character of `short` is worth its weight's share of the whole; skipping it costs just that.
    """
    weights = list(map(weight, short))
    total = sum(weights) or 1.0
    # Best (score, matched share, positions) of the alignments that end at each position of the long name.
    ends: dict[int, tuple[float, float, tuple[int, ...]]] = {}
    for char, own in zip(short, weights, strict=True):
        at = long.find(char)
        if at < 0:
            continue
        share = own / total
        fresh: list[tuple[int, tuple[float, float, tuple[int, ...]]]] = []
        while at >= 0:
            best: tuple[float, float, tuple[int, ...]] = (share + (START if at in (0, boundary) else 0.0), share, (at,))
            for end, (score, matched, path) in ends.items():
                if end < at:
                    score += share - GAP * min(3, at - end - 1)
                    if score > best[0]:
                        best = (score, matched + share, (*path, at))
            fresh.append((at, best))
            at = long.find(char, at + 1)
        for at, best in fresh:
            if at not in ends or best[0] > ends[at][0]:
                ends[at] = best
    if not ends:
        return Alignment(0.0, 0.0, ())
    return Alignment(*max(ends.values()))
