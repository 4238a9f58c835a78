"""Whether a target is reached, on course, behind or late on a day, and by which rule that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .targets import Measured, Target, assess

CourseState = Literal["reached", "on_course", "behind", "late", "no_data"]
STATES: tuple[CourseState, ...] = ("reached", "on_course", "behind", "late", "no_data")
Reason = Literal[
    "",
    "no_actual",
    "awaiting_final",
    "unit_differs",
    "scope_differs",
    "scope_unknown",
    "no_base",
    "no_date",
    "bound_open",
    "not_before_end",
    "before_period",
    "values_differ",
]


@dataclass(frozen=True, slots=True)
class Course:
    """Where a target stands.

    Attributes:
        state: `reached`; `on_course` and `behind` before the last day; `late` when that day has its figure and the figure
            does not reach; `no_data` when nothing can be said, with the reason.
        reason: why nothing can be said; `values_differ` when sources of one day differ (the caller tells).
        share: actual / target, None where that says nothing.
        elapsed: the part of the period gone by on the day of the actual figure, 0 to 1.
        expected: what the profile expects on that day.
    """

    state: CourseState
    reason: Reason = ""
    share: float | None = None
    elapsed: float | None = None
    expected: float | None = None


def course(target: Target, actual: Measured | None, today: date) -> Course:
    """Where `target` stands on `today` by its newest figure.

    A figure is judged at its own day, not at today's: a figure of June is held against June. Past the last day without a
    figure of that day nothing is said but that it is waited for. What holds for all days (a budget passed) holds at once.
    """
    found = assess(target, actual)
    if actual is None:
        return Course("no_data", "no_actual")
    elapsed = target.elapsed(actual.on) if actual.on is not None else None
    said = (found.share, elapsed, found.expected)
    if found.state == "met":
        return Course("reached", "", *said)
    if found.state == "missed":
        return Course("late", "", *said)
    if found.state == "not_comparable":
        return Course("no_data", found.reason or "scope_unknown")
    if target.start is not None and actual.on is not None and actual.on < target.start:
        return Course("no_data", "before_period", found.share)
    if target.goal.on is not None and today > target.goal.on and actual.on is not None and actual.on < target.goal.on:
        return Course("no_data", "awaiting_final", *said)
    if found.state == "uncertain":
        ends = target.profile is not None and target.profile.starts == "none" and found.reason == "no_base"
        return Course("no_data", "not_before_end" if ends else found.reason or "bound_open", *said)
    return Course("on_course" if found.state == "on_pace" else "behind", "", *said)
