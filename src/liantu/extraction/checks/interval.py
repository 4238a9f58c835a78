"""How far a number as written may be from the true one: rounding, 约 and 超, 几成."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liantu.extraction.model import Figure
from liantu.vocabulary.units import units

from .settings import thresholds

_NUMERAL = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a number as written may stand for."""

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval, factor: float = 1.0) -> Interval:
        """`factor` times self divided by `other`, both positive."""
        return Interval(factor * self.low / max(other.high, 1e-12), factor * self.high / max(other.low, 1e-12))

    def scaled(self, factor: float) -> Interval:
        return Interval(*sorted((self.low * factor, self.high * factor)))

    def meets(self, other: Interval) -> bool:
        slack = 1e-9 * max(abs(self.high), abs(other.high), 1.0)
        return self.low <= other.high + slack and other.low <= self.high + slack

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2


def rounding(figure: Figure) -> Interval:
    """The number as rounded by its last written digit: 312.6亿 is 312.55亿 to 312.65亿; a count of things is exact."""
    value = abs(figure.value)
    match = _NUMERAL.search(figure.number)
    if match is None:
        return _spoken(figure, value)
    decimals = len(match[1] or "")
    mantissa = float(match[0].replace(",", ""))
    step = (value / mantissa if mantissa else 1.0) * 10.0**-decimals
    unit = units().get(figure.unit)
    exact = not decimals and step == 1 and unit is not None and unit.kind in ("counter", "person", "rank", "streak")
    half = 0.0 if exact else step / 2
    return Interval(value - half, value + half)


def stated(figure: Figure) -> Interval:
    """The rounding, and what 约, 近, 超, 以上 and the like leave open."""
    written = rounding(figure)
    beyond = thresholds()["beyond"]
    if figure.bound == "≈":
        slack = thresholds()["approximate"] * abs(figure.value)
        return Interval(written.low - slack, written.high + slack)
    if figure.bound in (">", ">="):
        return Interval(written.low, written.high * (1 + beyond))
    if figure.bound in ("<", "<="):
        return Interval(written.low * (1 - beyond), written.high)
    return written


def _spoken(figure: Figure, value: float) -> Interval:
    if figure.unit == "%":
        slack = thresholds()["spoken_share"]
        return Interval(max(0.0, value - slack), value + slack)
    if figure.unit in ("番", "倍"):
        slack = thresholds()["spoken_times"] * value
        return Interval(value - slack, value + slack)
    return Interval(value, value)
