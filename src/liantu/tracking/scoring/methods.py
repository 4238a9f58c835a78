"""The scoring methods as functions of one raw value: points, never below zero and never above the weight (or its cap).

Efficacy (功效系数): base + span · (x − floor) / (ceiling − floor), out of base + span, times the weight. The usual form in
Chinese performance assessment has base 60 and span 40 (财政部等《企业绩效评价操作细则》所用功效系数法的通行形式); all four are editable.
"""

from __future__ import annotations

from collections.abc import Sequence

from .card import Band, Item


def completion_points(item: Item, value: float, target: float) -> float:
    """value / target × weight, up to `cap` times the weight. A target of zero cannot be divided by: ValueError."""
    if target <= 0:
        raise ValueError("目标不大于零，不能算完成比例 / a target that is not above zero gives no ratio")
    return item.weight * min(item.cap, max(0.0, value / target))


def efficacy_points(item: Item, value: float, floor: float, ceiling: float) -> float:
    """The efficacy coefficient × weight; below the floor it stays at the base, above the ceiling at the whole.

    A floor equal to the ceiling gives the whole to whoever reaches it. With `less_is_better` the two change places.
    """
    low, high, x = (-ceiling, -floor, -value) if item.less_is_better else (floor, ceiling, value)
    ratio = (1.0 if x >= high else 0.0) if high <= low else min(1.0, max(0.0, (x - low) / (high - low)))
    whole = item.base + item.span
    return item.weight * (item.base + item.span * ratio) / whole if whole > 0 else 0.0


def step_points(bands: Sequence[Band], value: float) -> float:
    """The points of the last band that begins at or below the value; none below the first."""
    found = 0.0
    for band in bands:
        if value >= band.start:
            found = band.points
    return found


def unit_points(item: Item, value: float) -> float:
    """每…加…分: `per` points for each whole `each` above `above`, up to the weight."""
    number = max(0.0, value - item.above) // item.each
    return min(item.weight, number * item.per)


def rating_points(item: Item, value: float) -> float:
    """A rating out of 100 × weight."""
    return item.weight * min(100.0, max(0.0, value)) / 100


def rank_points(item: Item, place: int) -> float:
    """The points of a place, counted from 1."""
    return item.places[place - 1] if place <= len(item.places) else item.rest
