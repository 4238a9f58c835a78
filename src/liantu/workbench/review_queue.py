"""What waits for a person, in the order of what matters, each with the reason for its place.

Conflicts come first, then what people said of a file that has changed since, what does not add up inside a document, figures the reader was not sure of, documents without a
date, and pairs that may be one. Among conflicts, comparisons and figures the large and visible go first: money, targets, what
several sources say (`ledger/data/attention.csv`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from liantu.ledger import services
from liantu.ledger.attention import importance
from liantu.ledger.models import Check, Fact, FigureView, Judgement, Pair, Source
from liantu.ledger.standing import batches
from liantu.workbench.cached import per_tables, revision
from liantu.workbench.document_checks import ShownCheck, shown_checks
from liantu.workbench.waiting_words import shown_left, shown_proposals

COUNTED = 1_000
RANKED = 200  # conflicts and figures looked at to put the weightiest first
SIDES = 6  # values of one conflict shown at most
KINDS = ("conflict", "left", "check", "figure", "date", "name", "pair", "proposal")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. `reasons` say why it stands where it does: keys of `labels.ATTENTION`."""

    kind: str
    id: str
    row: Any
    weight: float
    reasons: tuple[str, ...] = ()
    sides: Sequence[FigureView] = field(default=())

    @property
    def template(self) -> str:
        """The part of the page that shows it."""
        return f"workbench/parts/queue/{self.kind}.html"


def undated() -> QuerySet[Source]:
    """Sources in the ledger without a publication date, those with most figures first."""
    rows = Source.objects.filter(state=Source.State.READY, published__isnull=True)
    return rows.order_by("-n_figures", "-read_at")


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
    """Figures the reader was not sure of and nobody has reviewed, the weightiest first."""
    rows = FigureView.objects.filter(attention__gt=0, repeats=False)
    return rows.select_related("statement__source", "fact").order_by("-attention", "statement")


def open_checks() -> QuerySet[Check]:
    """Comparisons inside documents that do not fit and that nobody has answered, the weightiest first."""
    rows = Check.objects.filter(weight__gt=0, source__state=Source.State.READY)
    return rows.select_related("source").order_by("-weight", "id")


def open_conflicts() -> QuerySet[Fact]:
    """Conflicts of which somebody has yet to say something, newest first."""
    silent = FigureView.objects.filter(fact=OuterRef("pk"), review="")
    return Fact.objects.filter(Exists(silent), state=Fact.State.CONFLICT).order_by("-recency", "id")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each wait, counted up to `COUNTED`."""

    conflicts: int
    left: int
    checks: int
    unsure: int
    dates: int
    pairs: int
    facts: int
    proposals: int

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())

    @property
    def by_kind(self) -> dict[str, int]:
        """Counts by the kinds of items, in the order of the queue."""
        return dict(zip(KINDS, astuple(self), strict=True))


def waiting(at: int | None = None) -> Waiting:
    """The counts of the queue for the ledger's state `at`; each is made anew when a table changes that it is of."""
    at = revision() if at is None else at
    return Waiting(*(per_tables(f"waiting:{kind}", count, at) for kind, count in _WAITING.items()))


def _counted(rows: QuerySet[Any]) -> int:
    return int(rows.order_by()[:COUNTED].count())


_WAITING: dict[str, Callable[[], int]] = {
    "conflict": lambda: _counted(open_conflicts()),
    "left": services.count_left,
    "check": lambda: _counted(open_checks().values("place").distinct()),
    "figure": lambda: _counted(unsure_figures()),
    "date": lambda: _counted(undated()),
    "name": lambda: _counted(entity_pairs()),
    "pair": lambda: _counted(Pair.objects.all()),
    "proposal": lambda: _counted(services.waiting_proposals()),
}


def queue(kind: str, shown: int) -> list[Item]:
    """The head of the queue: `shown` items of each kind, or of one kind."""
    makers = {
        "conflict": _conflicts,
        "left": _left,
        "check": _checks,
        "figure": _figures,
        "date": _dates,
        "name": _names,
        "pair": _pairs,
        "proposal": _proposals,
    }
    counts = waiting().by_kind  # of what does not wait nothing is asked
    chosen = [kind] if kind in makers else KINDS
    return [item for each in chosen if counts[each] for item in makers[each](shown)]


def _conflicts(shown: int) -> list[Item]:
    facts = list(open_conflicts()[:RANKED])
    ranked = []
    for fact in facts:
        weight, reasons = importance(fact.value_high, fact.unit, fact.figure_kind, fact.status, fact.n_sources)
        ranked.append((weight, fact.recency, fact.pk, fact, reasons))
    ranked.sort(key=lambda row: (-row[0], -row[1], row[2]))
    best = ranked[:shown]
    sides: dict[str, list[FigureView]] = {fact.pk: [] for *_, fact, _reasons in best}
    for part in batches(sides):
        rows = FigureView.objects.filter(fact_id__in=part).select_related("statement__source")
        for row in rows.order_by("-recency", "statement"):
            sides[row.fact_id].append(row)
    return [
        Item("conflict", f"fact-{pk}", fact, weight, ("conflict", *reasons), _apart(sides[pk]))
        for weight, _recency, pk, fact, reasons in best
    ]


def _apart(rows: list[FigureView]) -> list[FigureView]:
    """One figure for each value a source gives."""
    kept: dict[tuple[int | None, float], FigureView] = {}
    for row in rows:
        kept.setdefault((row.source_id, row.value), row)
    return list(kept.values())[:SIDES]


def _checks(shown: int) -> list[Item]:
    """Comparisons, each sentence once however often it was reprinted."""
    rows: dict[str, Check] = {}
    for row in open_checks()[: RANKED + shown * SIDES]:
        kept = rows.get(row.place)
        if kept is None or _first(row) < _first(kept):
            rows[row.place] = row
    best = sorted(rows.values(), key=lambda row: (-row.weight, row.pk))[:shown]
    read = Check.objects.select_related("source__text").in_bulk([row.pk for row in best])
    documents = {row.source_id: services.document_of(row.source) for row in read.values()}
    return [
        Item("check", f"check-{item.check.pk}", item, float(item.check.weight), _reasons(item))
        for item in shown_checks(best, documents)
    ]


def _reasons(item: ShownCheck) -> tuple[str, ...]:
    return ("check", item.check.verdict, *(("reprinted",) if item.elsewhere else ()))


def _first(row: Check) -> tuple[date, str]:
    """Of reprints the one published first."""
    return row.source.published or date.max, row.pk


def _figures(shown: int) -> list[Item]:
    ranked = []
    for row in unsure_figures()[: max(shown, RANKED // 2)]:
        many = row.fact.n_sources
        _own, reasons = importance(row.value, row.unit, row.figure_kind, row.status, many)
        alone, _ = importance(row.value, row.unit, row.figure_kind, row.status)
        ranked.append(Item("figure", f"row-{row.pk}", row, row.attention * _own / alone, ("doubt", *reasons)))
    ranked.sort(key=lambda item: (-item.weight, item.id))
    return ranked[:shown]


def _dates(shown: int) -> list[Item]:
    return [Item("date", f"date-{s.pk}", s, float(s.n_figures), ("undated",)) for s in undated()[:shown]]


def _names(shown: int) -> list[Item]:
    return [Item("name", f"pair-{p.pk}", p, p.score, ("alike",)) for p in entity_pairs()[:shown]]


def _pairs(shown: int) -> list[Item]:
    return [Item("pair", f"two-{p.pk}", p, p.likeness, ("equal",)) for p in fact_pairs()[:shown]]


def _left(shown: int) -> list[Item]:
    return [Item("left", f"left-{row.left.kind}-{row.left.word.pk}", row, 0.0, ("left",)) for row in shown_left(shown)]


def _proposals(shown: int) -> list[Item]:
    return [Item("proposal", f"proposal-{row.proposal.pk}", row, 0.0, ("proposal",)) for row in shown_proposals(shown)]
