"""Periods: the reader's strings (`2024-01/2024-09`, `../2024-10`) as dates, and one spelling for comparing them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

POINT = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


def point(text: str) -> tuple[date, date] | None:
    """First and last day of `2024`, `2024-10` or `2024-10-05`; None for anything else."""
    match = POINT.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def bounds(period: str | None) -> tuple[date | None, date | None]:
    """First and last day of a period; the first is None for `../…` (up to and including), both for no period."""
    if not period:
        return None, None
    first, slash, last = period.partition("/")
    if not slash:
        found = point(first)
        return found if found else (None, None)
    start, end = point(first), point(last)
    return (start[0] if start else None), (end[1] if end else None)


def comparable(period: str | None) -> str:
    """One spelling for periods that say the same: whole years by their number, cumulative ones by their month."""
    if not period:
        return ""
    start, end = bounds(period)
    if period.startswith("../"):
        return f"..{end:%Y-%m}" if end else period
    if start is None or end is None:
        return period
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year}/{end.year}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return f"{start:%Y-%m}" if (start.year, start.month) == (end.year, end.month) else f"{start:%Y-%m}/{end:%Y-%m}"
    return f"{start}/{end}"


def may_be_one(first: str, second: str) -> bool:
    """Whether two comparable periods may mean the same time: equal, one unstated, or ending together."""
    if first == second or not first or not second:
        return True
    ends = [bounds(period.replace("..", "../"))[1] for period in (first, second)]
    return ends[0] is not None and ends[0] == ends[1]


def is_period(text: str) -> bool:
    """Whether a text is a period as the reader writes them, with days that exist."""
    first, slash, last = text.partition("/")
    if not slash:
        return point(first) is not None
    return point(last) is not None and (first == ".." or point(first) is not None)
