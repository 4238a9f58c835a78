"""Months and quarters."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from liantu.tracking.rankings import elapsed_share

_CODE = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4]))$")
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The nth month or quarter of a year."""

    year: int
    number: int
    kind: Literal["month", "quarter"] = "month"

    @property
    def code(self) -> str:
        """`2025-05` or `2025Q2`."""
        return f"{self.year}-{self.number:02d}" if self.kind == "month" else f"{self.year}Q{self.number}"

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month."""
        return (self.number, self.number) if self.kind == "month" else (3 * self.number - 2, 3 * self.number)

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.months[0], 1)

    @property
    def end(self) -> date:
        """The last day."""
        return date(self.year, self.months[1], monthrange(self.year, self.months[1])[1])

    @property
    def label(self) -> str:
        """`2025年5月` or `2025年第二季度`."""
        if self.kind == "month":
            return f"{self.year}年{self.number}月"
        return f"{self.year}年第{_QUARTERS[self.number - 1]}季度"

    @property
    def so_far(self) -> str:
        """The year up to its end: `2025年1—5月`."""
        last = self.months[1]
        return f"{self.year}年1月" if last == 1 else f"{self.year}年1—{last}月" if last < 12 else f"{self.year}年"

    @property
    def elapsed(self) -> float:
        """Percent of the year's months that have passed: what investment is held against."""
        return 100 * self.months[1] / 12

    @property
    def elapsed_days(self) -> float:
        """Percent of the year's days that have passed."""
        return elapsed_share(self.end, date(self.year, 1, 1), date(self.year, 12, 31))

    def before(self, steps: int = 1) -> Period:
        """The period so many steps earlier."""
        size = 12 if self.kind == "month" else 4
        year, number = divmod(self.year * size + self.number - 1 - steps, size)
        return Period(year, number + 1, self.kind)

    def year_before(self) -> Period:
        """The same period of the year before."""
        return Period(self.year - 1, self.number, self.kind)


def period_of(code: str) -> Period:
    """The period of a code. Raises ValueError, in both languages, for anything else."""
    found = _CODE.match(code.strip())
    if found is None or (found[2] and not 1 <= int(found[2]) <= 12) or not 1990 <= int(found[1]) <= 2100:
        raise ValueError(f"期别写作 2025-05 或 2025Q2，不是“{code}”/ a period is 2025-05 or 2025Q2, not {code!r}")
    if found[2]:
        return Period(int(found[1]), int(found[2]), "month")
    return Period(int(found[1]), int(found[3]), "quarter")


def months_of(period: Period) -> list[tuple[int, int]]:
    """The months of a period, as (year, month)."""
    first, last = period.months
    return [(period.year, month) for month in range(first, last + 1)]
