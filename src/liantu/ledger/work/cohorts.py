"""Campaigns followed: how far the projects of a batch have come, and within how many months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liantu.ledger.models import BatchEvent, BatchTotal, ProjectBatchItem
from liantu.ledger.work.told_stages import Told, same_things, told_of
from liantu.tracking import Rate, rate
from liantu.vocabulary.work_words import work_words

FOLLOWED = {
    "signing": ("started", "in_production", "at_capacity", "at_target"),
    "start": ("in_production", "at_capacity", "at_target"),
    "production": ("at_capacity", "at_target"),
}
"""What is followed up of each batch, in order."""
RATES = {
    ("signing", "started"): "start_rate_signed",
    ("start", "in_production"): "production_rate_started",
    ("production", "at_target"): "target_rate_count",
}
"""Steps for which the office has a rate. Others are counted; no rate has been defined for them."""
WITHIN = (3, 6, 12, 24)
"""Months after the campaign at which the cohort is looked at."""


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a batch with what is known of its project's way."""

    item: ProjectBatchItem
    project: int | None  # canonical
    told: Told | None
    reached: tuple[str, ...]  # of the stages followed


@dataclass(frozen=True, slots=True)
class Followed:
    """How many of a cohort reached a stage: until today, and within so many months; None while these have not passed."""

    stage: str
    count: int
    rate: Rate | None
    within: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """One batch of a campaign. `published` is what a source says of it as a whole."""

    kind: str
    members: tuple[Member, ...]
    followed: tuple[Followed, ...]
    published: BatchTotal | None

    @property
    def unlinked(self) -> int:
        """Items that are linked to no project of the ledger: nothing is known of their way."""
        return sum(1 for member in self.members if member.project is None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def cohorts_of(event: BatchEvent, today: date) -> list[Cohort]:
    """The batches of a campaign in order, each followed up to `today`."""
    return cohorts_of_all([event], today)[event.pk]


def cohorts_of_all(events: Sequence[BatchEvent], today: date) -> dict[int, list[Cohort]]:
    """The same for several campaigns, in a fixed number of queries."""
    ids = [event.pk for event in events]
    items = list(ProjectBatchItem.objects.filter(event_id__in=ids, removed_at=None).order_by("pk"))
    totals = {(t.event_id, t.batch_kind): t for t in BatchTotal.objects.filter(event_id__in=ids, removed_at=None)}
    linked = [item.project_id for item in items if item.project_id is not None]
    home, told = same_things(linked), told_of(linked)
    found: dict[int, list[Cohort]] = {}
    for event in events:
        found[event.pk] = []
        for kind in work_words()["batch_kind"]:
            members = [
                _member(item, home, told) for item in items if item.event_id == event.pk and item.batch_kind == kind
            ]
            published = totals.get((event.pk, kind))
            if members or published is not None:
                followed = tuple(_followed(event, kind, stage, members, today) for stage in FOLLOWED[kind])
                found[event.pk].append(Cohort(kind, tuple(members), followed, published))
    return found


def _member(item: ProjectBatchItem, home: dict[int, int], told: dict[int, Told]) -> Member:
    project = home.get(item.project_id) if item.project_id is not None else None
    known = told.get(project) if project is not None else None
    reached = () if known is None else tuple(s for s in FOLLOWED[item.batch_kind] if known.reached(s, phase=item.phase))
    return Member(item, project, known, reached)


def _followed(event: BatchEvent, kind: str, stage: str, members: Sequence[Member], today: date) -> Followed:
    count = sum(1 for member in members if stage in member.reached)
    definition = RATES.get((kind, stage))
    made = rate(definition, count, len(members)) if definition is not None and members else None
    within = []
    for months in WITHIN if event.held_on is not None else ():
        assert event.held_on is not None
        end = months_after(event.held_on, months)
        reached = [m for m in members if m.told is not None and m.told.reached(stage, end, m.item.phase)]
        within.append((months, len(reached) if end <= today else None))
    return Followed(stage, count, made, tuple(within))
