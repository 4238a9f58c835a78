"""Targets that documents give and nobody keeps, one a fact and value: the newest of what was said. Asked of the database as a whole,
so that a list reads no more of them than it shows."""

from __future__ import annotations

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import Exact

from liantu.ledger.models import FigureView, TargetRecord


def said_targets(where: Q) -> QuerySet[FigureView]:
    """Those that a filter lets through, the newest first.

    One fact may hold several values (a conflict, a revision): each value is a target of its own.
    """
    same = Q(value=OuterRef("value"), bound=OuterRef("bound"))
    newer = Q(recency__gt=OuterRef("recency")) | Q(recency=OuterRef("recency"), statement__lt=OuterRef("statement"))
    taken_up = TargetRecord.objects.filter(removed_at=None).exclude(statement="").values("statement")
    of_fact = FigureView.objects.filter(fact=OuterRef("fact")).order_by()
    return FigureView.objects.filter(
        where,
        ~Exists(of_fact.filter(_looked_at(where & same & newer & Q(repeats=False)))),
        ~Exists(of_fact.filter(_looked_at(same & Q(statement__in=taken_up)))),
        status="target",
        repeats=False,
    ).order_by("-recency", "statement")


def _looked_at(where: Q) -> Exact:
    """A condition that no index is asked for. A fact has few figures; a database without statistics would rather look up all
    figures of the same value or city."""
    return Exact(Case(When(where, then=Value(1)), default=Value(0)), 1)
