"""Days out of the many ways in which ledgers write months: 2025年10月, 2025-12, 2026.06, 2024年8月15日."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})日?|月)?(?:底|末|前)?$")


def deadline_of(text: str) -> date | None:
    """The last day that a text may mean: of a month its end. None for anything else.

    `2025.1` is none: a spreadsheet writes October and January the same way.
    """
    found = _MONTH.match(text.strip())
    if found is None or re.fullmatch(r"\d{4}\.\d", text.strip()):
        return None
    year, month = int(found[1]), int(found[2])
    if not 1990 <= year <= 2100 or not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if not found[3]:
        return date(year, month, last)
    return date(year, month, int(found[3])) if 1 <= int(found[3]) <= last else None


def month_end(year: int, month: int) -> date:
    """Last day of a month; months past December are of the years after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
