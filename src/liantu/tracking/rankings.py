"""Ranking, streaks and growth as bulletins print them, with the rules said: ties, missing values, small bases.

Values are ranked as they are printed: two that print alike share a rank, and the next one counts on from there (1, 2, 2, 4).
What nobody reported has no rank. Growth on a base too small to mean anything is shown with its base and not ranked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Reason = Literal["", "no_base", "zero_base", "negative_base", "small_base", "missing"]


@dataclass(frozen=True, slots=True)
class Place:
    """One member's rank. `last` is its rank from the other end; `tied` when another member prints the same value."""

    key: str
    value: float
    rank: int
    last: int
    tied: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The members that have a value, best first, and those that have none."""

    places: tuple[Place, ...]
    missing: tuple[str, ...]

    def of(self, key: str) -> Place | None:
        """The place of a member; None for one that has no value."""
        return next((place for place in self.places if place.key == key), None)

    def top(self, n: int) -> tuple[Place, ...]:
        """The members of the first `n` ranks; all that tie for the last of them are in it."""
        return tuple(place for place in self.places if place.rank <= n)

    def bottom(self, n: int) -> tuple[Place, ...]:
        """The members of the last `n` ranks, the last first. Nobody is praised and blamed at once: who is in `top` is not in it."""
        return tuple(place for place in reversed(self.places) if place.last <= n and place.rank > n)


def printed(value: float, decimals: int) -> float:
    """`value` rounded half away from zero, as it is printed. Values that print as -0 are 0."""
    if not math.isfinite(value):
        raise ValueError(f"不是数：{value} / not a number: {value}")
    scale: float = 10.0**decimals
    # A sixteenth digit of the multiplication must not turn 0.285 into 0.28.
    shifted = round(abs(value) * scale, 6)
    return math.copysign(math.floor(shifted + 0.5) / scale, value) + 0.0


def rank(values: Mapping[str, float | None], *, falling: bool = False, decimals: int = 2) -> Ranking:
    """Members in order of their values, ties by their keys.

    Args:
        falling: the smallest value is the best.
        decimals: of the values as printed; equal prints tie.
    """
    told = {key: printed(value, decimals) for key, value in values.items() if value is not None}
    order = sorted(told, key=lambda key: (told[key] if falling else -told[key], key))
    ahead = [told[key] for key in order]
    places = []
    for key in order:
        value = told[key]
        first = ahead.index(value) + 1
        after = len(ahead) - 1 - ahead[::-1].index(value)
        places.append(Place(key, value, first, len(ahead) - after, ahead.count(value) > 1))
    return Ranking(tuple(places), tuple(sorted(key for key, value in values.items() if value is None)))


def moved(now: Ranking, before: Ranking) -> dict[str, int]:
    """By how many ranks each member rose (+) or fell (-); only members ranked both times."""
    former = {place.key: place.rank for place in before.places}
    return {place.key: former[place.key] - place.rank for place in now.places if place.key in former}


@dataclass(frozen=True, slots=True)
class Streak:
    """How many steps in a row a value rose or fell up to now; 0 steps when it did neither, or the step before is unknown."""

    direction: Literal["up", "down", ""]
    steps: int


def streak(series: Sequence[float | None], decimals: int = 2) -> Streak:
    """The streak at the end of a series of consecutive periods, oldest first. A missing period ends it."""
    direction: Literal["up", "down", ""] = ""
    steps = 0
    for later, earlier in zip(reversed(series[1:]), reversed(series[:-1]), strict=True):
        if later is None or earlier is None:
            break
        now, before = printed(later, decimals), printed(earlier, decimals)
        step: Literal["up", "down", ""] = "up" if now > before else "down" if now < before else ""
        if not step or (direction and step != direction):
            break
        direction, steps = step, steps + 1
    return Streak(direction, steps)


def holding(series: Sequence[int | None], wanted: int = 1) -> int:
    """How many periods in a row, up to the newest, a member held the rank `wanted`. A missing period ends it."""
    count = 0
    for held in reversed(series):
        if held != wanted:
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Growth:
    """Change from a base in percent. `reason` says why it is not ranked; `value` may be there all the same."""

    value: float | None
    base: float | None
    reason: Reason

    @property
    def ranked(self) -> bool:
        """Whether it may be compared with others."""
        return self.reason == "" and self.value is not None


def guarded_growth(base: float | None, now: float | None, least: float) -> Growth:
    """Growth from `base` to `now`; a base below `least` keeps it out of rankings, and from zero or less there is none."""
    if now is None:
        return Growth(None, base, "missing")
    if base is None:
        return Growth(None, None, "no_base")
    if base == 0:
        return Growth(None, base, "zero_base")
    if base < 0:
        return Growth(None, base, "negative_base")
    return Growth(100 * (now - base) / base, base, "small_base" if base < least else "")


def elapsed_share(on: date, start: date, end: date) -> float:
    """Percent of the days from `start` to `end` (both included) that have passed when `on` is over, held within 0 and 100.

    Raises:
        ValueError: `end` lies before `start`.
    """
    whole = (end - start).days + 1
    if whole <= 0:
        raise ValueError("结束早于开始 / the end lies before the start")
    return 100 * min(1.0, max(0.0, ((on - start).days + 1) / whole))
