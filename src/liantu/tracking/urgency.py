"""In what order a person should take up what waits for them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .cadence import period_of

ORDER = ("late", "today", "this_week", "no_day", "later")
"""From the most to the least urgent. What has no day comes before what is due after this week: nobody else will remember it."""


@dataclass(frozen=True, slots=True, order=True)
class Urgency:
    """Sorts: the smaller the more urgent. `days` is how late it is, or how long there is left."""

    rank: int
    order: int
    code: str
    days: int


def urgency(due: date | None, today: date) -> Urgency:
    """How urgent something due on a day is; among what is late the longest late first, else the nearest day first."""
    if due is None:
        return Urgency(ORDER.index("no_day"), 0, "no_day", 0)
    left = (due - today).days
    if left < 0:
        return Urgency(0, left, "late", -left)
    if left == 0:
        return Urgency(1, 0, "today", 0)
    code = "this_week" if due <= period_of("weekly", today).last else "later"
    return Urgency(ORDER.index(code), left, code, left)
