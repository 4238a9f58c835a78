"""Values made comparable: one unit for one dimension, and the interval that a written number stands for."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from liantu.vocabulary.units import units

DECIMALS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
NEAR = 0.05  # how far 近 and 约 may lie from the number
OPEN = 0.5  # how far 超, 以上 and 以内 may lie from the number


@lru_cache(maxsize=4096)
def measure(unit: str, kind: str) -> tuple[str, float]:
    """Dimension of `unit` and the factor to its base. Counting words are one dimension: 58座 and 58个 can be compared."""
    if kind == "rank":
        return "rank", 1.0
    if unit in {"名", "位", "人"}:
        return "count", 1.0
    known = units().get(unit)
    if known is None:
        return unit, 1.0
    if known.dimension in {"count", "person"}:
        return "count", 1.0
    if known.dimension == "ratio" or known.factor is None:
        return unit, 1.0
    return known.dimension, known.factor


def rounding(number: str, value: float) -> float:
    """Half of the last digit written: `240.8万` is good to 500, `5623` to (just under) a half, `三` exactly."""
    match = DECIMALS.search(number)
    if match is None:
        return 0.0
    shown = float(match.group().replace(",", ""))
    scale = abs(value / shown) if shown and value else 1.0
    return 0.499 * scale * 10.0 ** -len(match.group(1) or "")


def interval(value: float, bound: str, number: str, factor: float = 1.0) -> tuple[float, float]:
    """Lowest and highest value, in base units, that the written figure may stand for."""
    slack = rounding(number, value)
    if bound == "≈":
        slack = max(slack, abs(value) * NEAR)
    low, high = value - slack, value + slack
    if bound in {">", ">="}:
        low, high = value, max(high, value + abs(value) * OPEN)
    elif bound in {"<", "<="}:
        low, high = min(low, value - abs(value) * OPEN), value
    return low * factor, high * factor


def meet(first: tuple[float, float], second: tuple[float, float]) -> bool:
    """Whether two intervals have a value in common."""
    tolerance = 1e-9 * max(1.0, abs(first[0]), abs(second[0]))
    return first[0] <= second[1] + tolerance and second[0] <= first[1] + tolerance


def telling_digits(value: float) -> int:
    """Digits of a value that are not trailing zeros: 5623 has four, 2000 one. Two equal round numbers tell little."""
    if not value or not math.isfinite(value):
        return 0
    digits = f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0")
    return len(digits)
