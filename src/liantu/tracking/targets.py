"""Targets against actuals: met, on pace, behind; and what changed when a target was changed.

A series whose scope changes (ten chains, then sixteen) has no growth across the change, and a target over another scope is
another target, not a lower one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from liantu.vocabulary.tables import read_toml

from .profiles import Profile

Bound = Literal["=", "≈", ">", ">=", "<", "<=", ".."]
State = Literal["met", "on_pace", "behind", "missed", "uncertain", "not_comparable", "no_data"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a number covers: `what` (省级重点产业链), how many of them, and which, as far as that is known."""

    what: str
    size: int | None = None
    members: frozenset[str] = frozenset()

    def same_as(self, other: Scope) -> bool | None:
        """Whether both cover the same; None when it cannot be told.

        What is told decides: members if both name them, else the number. One that tells neither may be anything.
        """
        if self.what != other.what:
            return False
        if self.members and other.members:
            return self.members == other.members
        if self.size is not None and other.size is not None:
            # Equal numbers of nobody knows which are taken for the same things, other numbers are other things.
            return self.size == other.size
        return True if self == other else None

    def __str__(self) -> str:
        return f"{self.size}{self.what}" if self.size is not None else self.what


@dataclass(frozen=True, slots=True)
class Measured:
    """One number said of an indicator, actual or aimed at. `statement` is the id of what says it."""

    indicator: str
    value: float
    unit: str
    scope: Scope
    on: date | None = None  # the day it holds for: the end of its period
    bound: Bound = "="
    statement: str = ""
    upper: float | None = None  # the higher end, of a bound `..` alone: 5%—6%

    def __post_init__(self) -> None:
        if (self.bound == "..") != (self.upper is not None) or (self.upper is not None and self.upper < self.value):
            raise ValueError("区间要有上下限，且上限不低于下限 / a range needs both ends, the higher one last")

    @property
    def range(self) -> tuple[float, float]:
        """What the number can mean: `超7000` is anything above, `约5%` that and a little on both sides."""
        if self.bound in (">", ">="):
            return self.value, math.inf
        if self.bound in ("<", "<="):
            return -math.inf, self.value
        if self.upper is not None:
            return self.value, self.upper
        slack = abs(self.value) * _approximately() if self.bound == "≈" else 0.0
        return self.value - slack, self.value + slack


@dataclass(frozen=True, slots=True)
class Target:
    """A number to be reached (or not to be passed, when its bound says at most) by `goal.on`.

    `start` and `base` are where it counts from: 0 on 1 January for what accrues over a year, the level at the outset for what
    stands. Without them it can be met or missed, but nobody can say whether it is on pace.
    """

    goal: Measured
    start: date | None = None
    base: float | None = None
    profile: Profile | None = None

    @property
    def at_most(self) -> bool:
        return self.goal.bound in ("<", "<=")

    def elapsed(self, on: date) -> float | None:
        """The part of the period that has gone by, 0 to 1; None without both its ends."""
        if self.start is None or self.goal.on is None or self.goal.on <= self.start:
            return None
        return min(1.0, max(0.0, (on - self.start).days / (self.goal.on - self.start).days))

    def expected(self, on: date) -> float | None:
        """The time-proportional value: base + (target - base) · elapsed / whole, held inside the period; None without a base.

        A profile says where it counts from and how the way is spread over the time. A growth cannot be prorated: it is
        expected in full on every day.
        """
        if self.profile is not None and self.profile.starts == "whole":
            return self.goal.value
        if self.profile is not None and self.profile.starts == "none":
            return None
        base = 0.0 if self.profile is not None and self.profile.starts == "zero" else self.base
        share = self.elapsed(on)
        if share is None or base is None:
            return None
        done = share if self.profile is None else self.profile.done_by(share)
        return base + (self.goal.value - base) * done


@dataclass(frozen=True, slots=True)
class Assessment:
    """How an actual stands to its target. `share` is actual / target; `reason` is a code when nothing can be said."""

    state: State
    share: float | None
    expected: float | None
    reason: Literal["", "unit_differs", "scope_differs", "scope_unknown", "no_base", "no_date", "bound_open"]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed from an earlier target to a later one. `change` (in percent) only where the scope stayed."""

    scope_changed: bool | None
    value_changed: bool
    date_changed: bool
    change: float | None
    statements: tuple[str, ...]


@cache
def _approximately() -> float:
    return float(read_toml("settings.toml", package=__package__)["approximately"]["share"])


def assess(target: Target, actual: Measured | None) -> Assessment:
    """Whether `actual` meets the target, and before its day whether it keeps pace with time.

    Bounds count: 超7000 meets 不低于7000, 约7000 may or may not (`uncertain`). Actuals in another unit or of another scope
    are not compared.
    """
    goal = target.goal
    said = tuple(s for s in (goal.statement, actual.statement if actual else "") if s)
    if actual is None:
        return Assessment("no_data", None, None, "", said)
    if actual.unit != goal.unit or actual.indicator != goal.indicator:
        return Assessment("not_comparable", None, None, "unit_differs", said)
    same = goal.scope.same_as(actual.scope)
    if not same:
        return Assessment("not_comparable", None, None, "scope_unknown" if same is None else "scope_differs", said)
    share = actual.value / goal.value if goal.value else None
    expected = target.expected(actual.on) if actual.on else None
    due = goal.on is not None and actual.on is not None and actual.on >= goal.on
    reached = _reaches(actual, goal.value, target)
    if reached is True and (due or not (target.at_most or goal.bound == "..")):
        # What must not be passed is met only when its day has come.
        return Assessment("met", share, expected, "", said)
    if due:
        state: State = "missed" if reached is False else "uncertain"
        return Assessment(state, share, expected, "" if reached is False else "bound_open", said)
    if target.at_most and reached is False and target.base is not None and target.base <= goal.value:
        return Assessment("missed", share, expected, "", said)  # a budget once passed stays passed
    if expected is None:
        reason: Literal["no_date", "no_base"] = "no_date" if actual.on is None or goal.on is None else "no_base"
        return Assessment("uncertain", share, None, reason, said)
    pace = _reaches(actual, expected, target)
    if pace is None:
        return Assessment("uncertain", share, expected, "bound_open", said)
    return Assessment("on_pace" if pace else "behind", share, expected, "", said)


def compare_targets(earlier: Target, later: Target) -> Revision:
    """What a new target changed. 8400 over 10 chains, then 8000 over 16, is another scope: no lowering is computed.

    Raises:
        ValueError: targets of two indicators or units.
    """
    a, b = earlier.goal, later.goal
    if (a.indicator, a.unit) != (b.indicator, b.unit):
        raise ValueError(
            f"两个目标的指标或单位不同：{a.indicator}（{a.unit}）与{b.indicator}（{b.unit}） / "
            f"the targets are of different indicators or units"
        )
    same = a.scope.same_as(b.scope)
    return Revision(
        scope_changed=None if same is None else not same,
        value_changed=(a.value, a.bound) != (b.value, b.bound),
        date_changed=a.on != b.on,
        change=growth(a, b),
        statements=tuple(s for s in (a.statement, b.statement) if s),
    )


def growth(earlier: Measured, later: Measured) -> float | None:
    """Change from one number to another in percent; None across a change of scope or unit, for open bounds, and from zero."""
    if (earlier.indicator, earlier.unit) != (later.indicator, later.unit) or not earlier.scope.same_as(later.scope):
        return None
    if earlier.bound not in ("=", "≈") or later.bound not in ("=", "≈") or not earlier.value:
        return None
    return 100 * (later.value - earlier.value) / abs(earlier.value)


def _reaches(actual: Measured, line: float, target: Target) -> bool | None:
    """Whether what `actual` can mean lies on the good side of `line`; None when it may lie on either."""
    low, high = actual.range
    if target.goal.upper is not None and line == target.goal.value and _is_due(actual, target):
        inside, outside = low >= line and high <= target.goal.upper, high < line or low > target.goal.upper
        return True if inside else False if outside else None
    if target.at_most:
        strict = target.goal.bound == "<" and line == target.goal.value
        good, bad = (high < line if strict and actual.bound != "<" else high <= line), low > line
        bad = bad or (strict and low >= line) or (low == line and actual.bound == ">")
    else:
        strict = target.goal.bound == ">" and line == target.goal.value
        good, bad = (low > line if strict and actual.bound != ">" else low >= line), high < line
        bad = bad or (strict and high <= line) or (high == line and actual.bound == "<")
    return True if good else False if bad else None


def _is_due(actual: Measured, target: Target) -> bool:
    return actual.on is not None and target.goal.on is not None and actual.on >= target.goal.on
