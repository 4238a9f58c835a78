"""Choosing projects by what officials keep of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from liantu.ledger.models import ProjectStanding, YearPlan


class _Named(Subquery):
    """A subquery whose name is what it prints as: memories of counts are kept under the printed filter."""

    def __init__(self, rows: QuerySet[Any, Any], name: str) -> None:
        super().__init__(rows)
        self.name = name

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name})"


class Chosen(_Named):
    """The rows that a column may be among."""


class There(_Named, Exists):
    """Whether rows are there."""


def work_q(work: str, today: date) -> Q:
    """Projects with records (`kept`), open problems (`problems`), something overdue (`late`), or a side state."""
    rows = ProjectStanding.objects.all()
    if work == "problems":
        rows = rows.filter(open_problems__gt=0)
    elif work == "late":
        rows = rows.filter(next_due__lt=today)
    elif work != "kept":
        rows = rows.filter(side=work)
    homes = rows.values(home=Coalesce("entity__canonical_id", "entity_id"))
    return Q(pk__in=Chosen(homes, f"{work} {today}"))


def bucket_q(bucket: str, year: int) -> Q:
    """Projects that the plan of a year puts into a bucket."""
    rows = YearPlan.objects.filter(removed_at=None, year=year, bucket=bucket)
    return Q(pk__in=Chosen(rows.values(home=Coalesce("project__canonical_id", "project_id")), f"{bucket} {year}"))
