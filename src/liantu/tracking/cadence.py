"""Duties that come back: the periods of a cadence, and the day on which each is due.

Periods of one kind tile the time: every day lies in exactly one of them. Weeks begin on Monday and are named as in ISO 8601; a
month has three stretches of ten days (旬), the third lasting to its end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from .working_days import WorkingCalendar, days

Kind = Literal["daily", "weekly", "ten_day", "monthly", "quarterly", "half_yearly", "yearly"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Rule = Literal["last_working_day", "last_day", "working_day", "day", "after_working_day", "after_day"]
RULES: tuple[Rule, ...] = get_args(Rule)
NUMBERED: frozenset[Rule] = frozenset({"working_day", "day", "after_working_day", "after_day"})
"""Rules that need to be told which day."""
Shift = Literal["none", "before", "after"]
SHIFTS: tuple[Shift, ...] = get_args(Shift)
LARGEST_NUMBER = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period, first and last day included; `key` names it: 2026-11-22, 2026-W47, 2026-11-X3, 2026-11, 2026-Q4, 2026-H2, 2026."""

    first: date
    last: date
    key: str


@dataclass(frozen=True, slots=True)
class DueRule:
    """On which day a period's duty is due.

    `last_working_day`, `last_day`: at the period's end. `working_day`, `day`: the nth within it. `after_working_day`,
    `after_day`: the nth after its end. A number that the period does not have means its last day. `shift` says where a plain
    day goes that is no working day; the working-day rules need none.
    """

    rule: Rule = "last_working_day"
    number: int = 1
    shift: Shift = "before"

    def __post_init__(self) -> None:
        if self.rule not in RULES or self.shift not in SHIFTS:
            raise ValueError(f"没有这样的期限规则：{self.rule}、{self.shift} / no such rule: {self.rule}, {self.shift}")
        if not 1 <= self.number <= LARGEST_NUMBER:
            raise ValueError(f"第几天要在 1—{LARGEST_NUMBER} 之间 / the number of the day is 1 to {LARGEST_NUMBER}")


@dataclass(frozen=True, slots=True)
class Instance:
    """One period's duty: what for, due when, handed in when, and where that leaves it."""

    period: Period
    due: date
    handed: date | None = None

    def state(self, today: date) -> str:
        """`done`, `done_late`, `late` (not handed in and past its day), `due` (today), `open`."""
        if self.handed is not None:
            return "done" if self.handed <= self.due else "done_late"
        return "late" if self.due < today else "due" if self.due == today else "open"


def period_of(kind: Kind, day: date) -> Period:
    """The period of a kind in which `day` lies. Raises ValueError for an unknown kind."""
    year, month = day.year, day.month
    if kind == "daily":
        return Period(day, day, day.isoformat())
    if kind == "weekly":
        first = day - timedelta(days=day.weekday())
        iso = day.isocalendar()
        return Period(first, first + timedelta(days=6), f"{iso.year}-W{iso.week:02d}")
    if kind == "ten_day":
        third = min((day.day - 1) // 10, 2)
        end = _month_end(year, month) if third == 2 else date(year, month, third * 10 + 10)
        return Period(date(year, month, third * 10 + 1), end, f"{year}-{month:02d}-X{third + 1}")
    if kind == "monthly":
        return Period(date(year, month, 1), _month_end(year, month), f"{year}-{month:02d}")
    if kind == "quarterly":
        quarter = (month - 1) // 3
        return Period(date(year, quarter * 3 + 1, 1), _month_end(year, quarter * 3 + 3), f"{year}-Q{quarter + 1}")
    if kind == "half_yearly":
        half = (month - 1) // 6
        return Period(date(year, half * 6 + 1, 1), _month_end(year, half * 6 + 6), f"{year}-H{half + 1}")
    if kind == "yearly":
        return Period(date(year, 1, 1), date(year, 12, 31), str(year))
    raise ValueError(f"没有这样的周期：{kind} / no such cadence: {kind}")


def period_named(kind: Kind, key: str) -> Period:
    """The period of a kind that `key` names. Raises ValueError, in both languages, for a key that names none."""
    found = _KEYS[kind].fullmatch(key) if kind in _KEYS else None
    try:
        if found is not None:
            day = _first_day(kind, *(int(part) for part in found.groups()))
            period = period_of(kind, day)
            if period.key == key:
                return period
    except ValueError:
        pass
    like = period_of(kind, date(2026, 11, 22)).key
    raise ValueError(f"没有叫“{key}”的一期，请写成 {like} 的样子 / no period is called {key!r}; write it like {like}")


_KEYS: dict[str, re.Pattern[str]] = {
    "daily": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "weekly": re.compile(r"(\d{4})-W(\d\d)"),
    "ten_day": re.compile(r"(\d{4})-(\d\d)-X([123])"),
    "monthly": re.compile(r"(\d{4})-(\d\d)"),
    "quarterly": re.compile(r"(\d{4})-Q([1-4])"),
    "half_yearly": re.compile(r"(\d{4})-H([12])"),
    "yearly": re.compile(r"(\d{4})"),
}


def _first_day(kind: Kind, year: int, second: int = 1, third: int = 1) -> date:
    if kind == "weekly":
        return date.fromisocalendar(year, second, 1)
    if kind == "ten_day":
        return date(year, second, third * 10 - 9)
    months = {"quarterly": 3, "half_yearly": 6}.get(kind, 1)
    return date(year, (second - 1) * months + 1, third)


def periods(kind: Kind, first: date, last: date) -> Iterator[Period]:
    """All periods that touch the days from `first` to `last`, in order."""
    at = first
    while at <= last:
        period = period_of(kind, at)
        yield period
        at = period.last + _DAY


def due_day(period: Period, rule: DueRule, calendar: WorkingCalendar) -> date:
    """The day on which a period's duty is due. A period without working days is due on the first one after it."""
    if rule.rule in ("last_working_day", "working_day"):
        working = [day for day in days(period.first, period.last) if calendar.is_working(day)]
        if not working:
            return calendar.on_or_after(period.last)
        return working[-1] if rule.rule == "last_working_day" else working[min(rule.number, len(working)) - 1]
    if rule.rule == "after_working_day":
        return calendar.shifted(period.last, rule.number)
    if rule.rule == "last_day":
        day = period.last
    elif rule.rule == "day":
        day = min(period.first + timedelta(days=rule.number - 1), period.last)
    else:
        day = period.last + timedelta(days=rule.number)
    if rule.shift == "before":
        return calendar.on_or_before(day)
    return calendar.on_or_after(day) if rule.shift == "after" else day


def instances(
    kind: Kind,
    rule: DueRule,
    starts: date,
    until: date,
    calendar: WorkingCalendar,
    ends: date | None = None,
    handed: Mapping[str, date] | None = None,
    excused: Collection[str] = (),
) -> list[Instance]:
    """The instances of a duty from its start to `until`, missed ones among them, in order.

    Args:
        starts, ends: the duty holds from and to these days: periods due before it starts, or that begin after it ends, are not owed.
        until: the last day looked at: periods that begin after it are left out.
        handed: day on which each period's was handed in, by the period's key.
        excused: keys of periods that somebody excused; they are left out. Daily duties rest on days off.
    """
    given = handed or {}
    last = until if ends is None else min(until, ends)
    found = []
    for period in periods(kind, starts, last):
        if period.key in excused or (kind == "daily" and not calendar.is_working(period.first)):
            continue
        due = due_day(period, rule, calendar)
        if due >= starts:
            found.append(Instance(period, due, given.get(period.key)))
    return found


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
