"""What waits for a person: dates to ask for, pairs to judge, statements the reader was not sure of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from liantu.ledger.models import FigureView, Judgement, Pair, Source
from liantu.workbench.labels import LOW_CONFIDENCE

COUNTED = 1_000


def undated() -> QuerySet[Source]:
    """Sources in the ledger without a publication date, newest first."""
    return Source.objects.filter(state=Source.State.READY, published__isnull=True).order_by("-read_at")


def entity_pairs() -> QuerySet[Judgement]:
    """Pairs of names that may be one thing, likeliest first."""
    unsure = Judgement.objects.filter(verdict=Judgement.Verdict.UNSURE, origin="auto", undone_at__isnull=True)
    return unsure.select_related("left", "right").order_by("-score", "id")


def fact_pairs() -> QuerySet[Pair]:
    """Pairs of figures that may be one fact."""
    return Pair.objects.prefetch_related("left__statement__source", "right__statement__source").order_by(
        "-likeness", "id"
    )


def unsure_figures() -> QuerySet[FigureView]:
    """Figures the reader was not sure of and nobody has reviewed, least sure first."""
    rows = FigureView.objects.filter(confidence__lt=LOW_CONFIDENCE, review="")
    return rows.select_related("statement__source").order_by("confidence", "statement")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each wait, counted up to `COUNTED`."""

    dates: int
    pairs: int
    facts: int
    unsure: int

    @property
    def total(self) -> int:
        return self.dates + self.pairs + self.facts + self.unsure


def waiting() -> Waiting:
    """The counts of the queue."""

    def count(rows: QuerySet[Any]) -> int:
        return int(rows.order_by()[:COUNTED].count())

    return Waiting(count(undated()), count(entity_pairs()), count(Pair.objects.all()), count(unsure_figures()))
