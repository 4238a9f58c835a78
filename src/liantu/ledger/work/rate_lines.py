"""The rates of the ledger: each with numerator, denominator, its definition, and the projects on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from liantu.ledger.models import (
    MonthlyReport,
    ProjectDetail,
    ProjectStanding,
    ProjectView,
    YearPlan,
)
from liantu.ledger.models.records import ProjectRecord
from liantu.ledger.work.money import to_date
from liantu.tracking import Rate, definitions, implied_by, rate
from liantu.vocabulary.stages import stages

T = TypeVar("T")
Amounts = dict[int, tuple[Decimal, Decimal]]
"""Project → (its part of the numerator, its part of the denominator): only projects of which both are known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One rate over the projects chosen. `rate` is None when no project has what it needs.

    `counted` projects are in the denominator; `left_out` have only one of the two amounts, or neither.
    """

    definition: str
    rate: Rate | None
    counted: int
    left_out: int


def reached_q(stage: str) -> Q:
    """Projects that have reached `stage`, by the stage that documents give them or by what officials entered."""
    passed = [value for value in stages() if value == stage or stage in implied_by(value)]
    entered = ProjectStanding.objects.filter(reached__contains=f"|{stage}|")
    return Q(stage__in=passed) | Q(pk__in=entered.values(home=Coalesce("entity__canonical_id", "entity_id")))


def with_detail_q(**columns: object) -> Q:
    """Projects whose ledger details have these values."""
    rows = ProjectDetail.objects.filter(removed_at=None, **columns)
    return Q(pk__in=rows.values(home=Coalesce("project__canonical_id", "project_id")))


OF_CHAIN = frozenset({"chain_fit_rate"})
"""Rates of one chain among all: the chain chosen narrows the numerator alone, and without one there is no such rate."""
COUNTED: Mapping[str, tuple[Callable[[], Q], Callable[[], Q]]] = {
    "start_rate_all": (lambda: reached_q("started"), lambda: Q()),
    "target_rate_count": (lambda: reached_q("at_target"), lambda: reached_q("in_production")),
    "chain_fit_rate": (
        lambda: Q(),
        lambda: with_detail_q(newly_attracted=True),
    ),
}
"""Rates of projects counted: who is in the numerator, who in the denominator. The numerator's are within the denominator."""


def sides(definition: str, where: Q, chain: str) -> tuple[QuerySet[ProjectView], QuerySet[ProjectView]] | None:
    """The projects in the numerator and in the denominator of a count rate; None for a rate of one chain when none is chosen.

    Args:
        where: the projects chosen, whatever their chain.
        chain: the chain chosen; empty for all.
    """
    top, bottom = COUNTED[definition]
    of_chain = Q(chain_name=chain) if chain else Q()
    rows = ProjectView.objects.filter(where).filter(bottom())
    if definition in OF_CHAIN:
        return (rows.filter(of_chain), rows) if chain else None
    rows = rows.filter(of_chain)
    return rows.filter(top()), rows


def counted_lines(where: Q, chain: str = "") -> list[Line]:
    """The count rates over the projects that `where` lets through, of one chain or all (see `sides`)."""
    found = []
    for definition in COUNTED:
        both = sides(definition, where, chain)
        numerator, denominator = (side.order_by().count() for side in both) if both is not None else (0, 0)
        made = rate(definition, numerator, denominator) if denominator else None
        found.append(Line(definition, made, denominator, 0))
    return found


def money_lines(where: Q, year: int) -> list[Line]:
    """The money rates over the same projects; those of a year for `year`."""
    books = Books.of(where)
    found = []
    for definition in MONEY:
        amounts = amounts_of(definition, books, year)
        top = sum((a for a, _ in amounts.values()), Decimal(0))
        bottom = sum((b for _, b in amounts.values()), Decimal(0))
        made = rate(definition, top, bottom) if amounts and bottom else None
        found.append(Line(definition, made, len(amounts), len(books.projects) - len(amounts)))
    return found


class MonthSums(NamedTuple):
    """What the months of one year of a project add up to."""

    year: int
    completed: Decimal | None
    received: Decimal | None
    paid: Decimal | None
    allocated: Decimal | None


class Plan(NamedTuple):
    """A year's plan, as far as rates need it."""

    year: int
    invest: Decimal | None
    carried_completed: Decimal | None
    carried_received: Decimal | None
    carried_paid: Decimal | None
    carried_allocated: Decimal | None


class Sums(NamedTuple):
    """The sums of a project's ledger details."""

    total_investment: Decimal | None
    contract_investment: Decimal | None
    expected_output: Decimal | None
    actual_output: Decimal | None


@dataclass(frozen=True, slots=True)
class Books:
    """What officials entered of money, by canonical project. The database adds the months up."""

    projects: frozenset[int]
    details: Mapping[int, list[Sums]]
    plans: Mapping[int, list[Plan]]
    months: Mapping[int, list[MonthSums]]
    investment: Mapping[int, float]  # as documents say, where officials say nothing

    @classmethod
    def of(cls, where: Q) -> Books:
        """Of the projects that `where` lets through and of which officials entered something."""
        chosen = ProjectView.objects.filter(where).order_by()
        details = _by_project(
            _kept(ProjectDetail, chosen).order_by("pk").values_list("home", *Sums._fields), Sums._make
        )
        plans = _by_project(_kept(YearPlan, chosen).order_by("pk").values_list("home", *Plan._fields), Plan._make)
        months = _kept(MonthlyReport, chosen).order_by().values("home", "year")
        flows = {f"sum_{flow}": Sum(flow) for flow in MonthSums._fields[1:]}
        summed = _by_project(months.annotate(**flows).values_list("home", "year", *flows), MonthSums._make)
        said = chosen.filter(pk__in=_kept(MonthlyReport, chosen).values("home"), investment__isnull=False)
        money = {pk: value for pk, value in said.values_list("pk", "investment") if value is not None}
        return cls(frozenset({*details, *plans, *summed}), details, plans, summed, money)

    def detail(self, project: int, column: str) -> Decimal | None:
        """A sum of the ledger details; of a project under two names the first that tells it."""
        told = (getattr(row, column) for row in self.details.get(project, ()))
        return next((value for value in told if value is not None), None)


def _kept(model: type[ProjectRecord], chosen: QuerySet[ProjectView]) -> QuerySet[Any, Any]:
    """The records of the projects chosen, each with its canonical project as `home`."""
    home = Coalesce("project__canonical_id", "project_id")
    return model._default_manager.filter(removed_at=None).annotate(home=home).filter(home__in=chosen.values("pk"))


def _by_project(rows: Iterable[tuple[Any, ...]], make: Callable[[Iterable[Any]], T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for home, *columns in rows:
        found.setdefault(home, []).append(make(columns))
    return found


def _invest_total(books: Books, project: int, _year: int) -> tuple[Decimal | None, Decimal | None]:
    total = books.detail(project, "total_investment")
    if total is None and project in books.investment:
        total = Decimal(str(books.investment[project]))
    return _to_date(books, project, "completed"), total


def _invest_year(books: Books, project: int, year: int) -> tuple[Decimal | None, Decimal | None]:
    done = next((row.completed for row in books.months.get(project, ()) if row.year == year), None)
    planned = next((p.invest for p in books.plans.get(project, ()) if p.year == year and p.invest is not None), None)
    return done, planned


def _to_date(books: Books, project: int, flow: str) -> Decimal | None:
    return to_date(books.plans.get(project, ()), books.months.get(project, ()), flow)


MONEY: Mapping[str, Callable[[Books, int, int], tuple[Decimal | None, Decimal | None]]] = {
    "invest_completion_total": _invest_total,
    "invest_completion_year": _invest_year,
    "funds_rate_allocated": lambda b, p, _y: (_to_date(b, p, "received"), _to_date(b, p, "allocated")),
    "funds_rate_contract": lambda b, p, _y: (_to_date(b, p, "received"), b.detail(p, "contract_investment")),
    "payment_rate": lambda b, p, _y: (_to_date(b, p, "paid"), _to_date(b, p, "completed")),
    "target_rate_output": lambda b, p, _y: (b.detail(p, "actual_output"), b.detail(p, "expected_output")),
}
"""Rates of money: what a project adds to numerator and denominator, in yuan."""


def amounts_of(definition: str, books: Books, year: int) -> Amounts:
    """What each project adds to both sides of a money rate; projects of which one side is unknown are left out."""
    found: Amounts = {}
    for project in sorted(books.projects):
        top, bottom = MONEY[definition](books, project, year)
        if top is not None and bottom is not None:
            found[project] = (top, bottom)
    return found


def without_data() -> tuple[str, ...]:
    """Definitions for which the ledger keeps no numbers yet: they are of purchases, or of campaigns."""
    return tuple(name for name in definitions() if name not in COUNTED and name not in MONEY)
