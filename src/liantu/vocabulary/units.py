"""Units of measure and counters, with what they measure and how they convert."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .tables import read_table

CLASSES = frozenset(
    {
        "money",
        "percent",
        "points",
        "times",
        "share",
        "physical",
        "duration",
        "streak",
        "rank",
        "person",
        "counter",
    }
)

MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, without magnitude (万, 亿).

    `factor` converts to the base of `dimension` (kilogram, square metre, metre, cubic metre, watt, kilowatt-hour, yuan);
    None where units of the dimension do not convert. `not_before` holds beginnings of words that the unit must not run into:
    `30家` is a count, `30家庭` is not.
    """

    name: str
    kind: str
    dimension: str
    factor: float | None
    not_before: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """All units by name.

    Raises:
        VocabularyError: a row without source, with an unknown class or a doubled name.
        ValueError: a factor that is no number.
    """
    table = read_table("units.csv", ("unit", "class", "dimension", "factor", "not_before", "source"))
    table.require_unique("unit")
    found: dict[str, Unit] = {}
    for line, row in table.rows:
        if row["class"] not in CLASSES:
            raise table.error(line, f"没有“{row['class']}”这一类", f"there is no class {row['class']!r}")
        found[row["unit"]] = Unit(
            row["unit"],
            row["class"],
            row["dimension"],
            float(row["factor"]) if row["factor"] else None,
            tuple(row["not_before"].split()),
            row["source"],
        )
    return found


@lru_cache(maxsize=1)
def unit_pattern() -> str:
    """A regular expression that matches one unit, longest first, not running into a longer word."""
    parts = []
    for unit in sorted(units().values(), key=lambda u: -len(u.name)):
        stop = f"(?!{'|'.join(map(re.escape, unit.not_before))})" if unit.not_before else ""
        if unit.name[-1].isascii() and unit.name[-1].isalpha():
            stop += "(?![A-Za-z])"
        parts.append(re.escape(unit.name) + stop)
    return "(?:" + "|".join(parts) + ")"


def without_magnitude(unit: str) -> tuple[int, str]:
    """Factor and unit of a unit with its magnitude: `亿元` is (10**8, 元), `万千瓦时` (10**4, 千瓦时), `千瓦` (1, 千瓦)."""
    factor, known = 1, units()
    for cut, char in enumerate(unit):
        if unit[cut:] in known:
            return factor, unit[cut:]
        if char not in MAGNITUDES:
            break
        factor *= MAGNITUDES[char]
    return 1, unit


def is_unit(words: str) -> bool:
    """Whether words are a unit, with or without magnitude, or one by another (公斤/公顷)."""
    unit = without_magnitude(words)[1]
    if unit in units():
        return True
    over, bar, under = unit.partition("/")
    return bool(bar) and over in units() and without_magnitude(under)[1] in units()


def comparable(first: str, second: str) -> bool:
    """Whether values in the two units can be compared after conversion."""
    if first == second:
        return True
    a, b = units().get(first), units().get(second)
    return bool(a and b and a.dimension == b.dimension and a.factor and b.factor)


def convert(value: float, source: str, target: str) -> float:
    """`value` in unit `source` expressed in unit `target`.

    Raises:
        ValueError: the two units measure different things.
    """
    if source == target:
        return value
    a, b = units().get(source), units().get(target)
    if not (a and b and a.dimension == b.dimension and a.factor and b.factor):
        raise ValueError(f"{source} 不能换算为 {target} / {source} does not convert to {target}")
    return value * a.factor / b.factor
