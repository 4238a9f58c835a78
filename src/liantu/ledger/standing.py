"""Which statements stand: said by a live source, not retired, not rejected or corrected by a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.db.models import OuterRef, Q, QuerySet, Subquery

from liantu.ledger.models import Review, Source, Statement
from liantu.ledger.publishers import publisher_key

T = TypeVar("T")
PERSONS_VOTES = 1_000_000
BATCH = 900  # below SQLite's oldest limit of 999 variables in one query


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of `size`."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def standing() -> QuerySet[Statement]:
    """Statements that count in the views, each with the review in force as `verdict`."""
    said = Review.objects.filter(statement=OuterRef("pk"), undone_at=None).order_by("-pk")
    return (
        Statement.objects.filter(Q(source=None) | Q(source__state=Source.State.READY), retired=False)
        .annotate(verdict=Subquery(said.values("verdict")[:1]))
        .exclude(Q(verdict__in=[Review.Verdict.REJECTED, Review.Verdict.CORRECTED]) & Q(verdict__isnull=False))
        .select_related("source")
    )


def corrects(statement: Statement) -> str:
    """Id of the statement that a person replaced by this one; empty for what a reader or a workbook says."""
    return str(statement.payload.get("corrects", ""))


def by_person(statement: Statement) -> bool:
    """Whether a person made it: a correction, what the reader missed, or a row of a list. No reading retires these."""
    return not statement.payload.keys().isdisjoint(("corrects", "missed", "typed"))


def votes_of(statement: Statement) -> int:
    """Votes that a statement has where statements are counted: what a person wrote outweighs any number of readings."""
    return PERSONS_VOTES if by_person(statement) else 1


def recency(published: date | None) -> int:
    """A date as yyyymmdd, 0 when there is none."""
    return published.year * 10000 + published.month * 100 + published.day if published else 0


def said_on(statement: Statement) -> date | None:
    """When a statement was published, or typed in."""
    return statement.source.published if statement.source else statement.at.date()


def voice_of(source: int, publisher: str) -> str:
    """The independent voice behind a source."""
    return f"publisher:{publisher_key(publisher)}" if publisher.strip() else f"source:{source}"
