"""Months and years of money: what was completed, came in and was paid, against what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from liantu.ledger.models import MonthlyReport, YearPlan
from liantu.tracking import Rate, rate

FLOWS = ("completed", "received", "paid", "allocated")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year: its own figures, and the year's completion up to it."""

    report: MonthlyReport
    completed_so_far: Decimal
    rate: Rate | None  # of the year's plan


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a project: its plan, and its months in order."""

    year: int
    plan: YearPlan | None
    months: tuple[Month, ...]

    def total(self, flow: str) -> Decimal | None:
        """Sum of a flow over the months told; None when no month tells it."""
        return total_of((month.report for month in self.months), flow)


class Dated(Protocol):
    """Anything of a year: a plan, a month, or the sums of a year's months."""

    @property
    def year(self) -> int: ...


def total_of(reports: Iterable[Dated], flow: str) -> Decimal | None:
    """Sum of `completed`, `received`, `paid` or `allocated`; None when none of the months tells it."""
    told = [value for report in reports if (value := getattr(report, flow)) is not None]
    return sum(told, Decimal(0)) if told else None


def years_of(plans: Sequence[YearPlan], reports: Sequence[MonthlyReport]) -> list[Year]:
    """The years of one project, the newest first."""
    planned = {plan.year: plan for plan in plans}
    found = []
    for year in sorted({*planned, *(report.year for report in reports)}, reverse=True):
        plan, months, so_far = planned.get(year), [], Decimal(0)
        for report in sorted((r for r in reports if r.year == year), key=lambda r: r.month):
            so_far += report.completed or Decimal(0)
            known = plan is not None and plan.invest is not None and report.completed is not None
            made = rate("invest_completion_year", so_far, plan.invest) if known and plan and plan.invest else None
            months.append(Month(report, so_far, made))
        found.append(Year(year, plan, tuple(months)))
    return found


def to_date(plans: Sequence[Dated], reports: Sequence[Dated], flow: str) -> Decimal | None:
    """A flow from the beginning to the last month told: what the last plan carries over, and the months from its year on.

    None when nothing is told. Months before the last plan that carries something are within what it carries.
    """
    carried = [plan for plan in plans if getattr(plan, f"carried_{flow}") is not None]
    last = max(carried, key=lambda plan: plan.year, default=None)
    months = [report for report in reports if last is None or report.year >= last.year]
    told = total_of(months, flow)
    if last is None:
        return told
    return getattr(last, f"carried_{flow}") + (told or Decimal(0))  # type: ignore[no-any-return]
