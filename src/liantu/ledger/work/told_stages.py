"""Stages of projects as documents tell them and as officials enter them, for many projects in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from liantu.ledger.models import Entity, StageEntry, Statement
from liantu.ledger.standing import batches, standing
from liantu.ledger.work.standings import entered_events, whole_progress
from liantu.tracking import StageEvent, event_stages, phases_in, progress
from liantu.vocabulary.stages import stages


@dataclass(slots=True)
class Told:
    """What is told of one project. `read` are statements of documents, `entered` entries of officials.

    `seen` repeats them for questions of the kind "reached by that day?": a stage that a document reports without a day was
    reached by the day of the document.
    """

    read: list[StageEvent] = field(default_factory=list)
    entered: list[StageEvent] = field(default_factory=list)
    seen: list[StageEvent] = field(default_factory=list)

    def reached(self, stage: str, by: date | None = None, phase: str = "") -> bool:
        """Whether the project as a whole, or one phase of it, had reached `stage`, by `by` when given."""
        events = [*self.seen, *self.entered]
        return (progress(events, phase=phase) if phase else whole_progress(events)).has_reached(stage, by)


def same_things(projects: Collection[int]) -> dict[int, int]:
    """Every entity that is one of `projects`, or one thing with it, with its canonical id."""
    found: dict[int, int] = {}
    for part in batches(set(projects), 400):
        rows = Entity.objects.filter(pk__in=part).values_list("pk", "canonical_id")
        homes = {canonical or pk for pk, canonical in rows}
        members = Entity.objects.filter(Q(canonical_id__in=homes) | Q(pk__in=homes))
        found |= {pk: canonical or pk for pk, canonical in members.values_list("pk", "canonical_id")}
    return found


def told_of(projects: Collection[int]) -> dict[int, Told]:
    """What is told of projects, by canonical id, all their names together."""
    home = same_things(projects)
    found: dict[int, Told] = {canonical: Told() for canonical in home.values()}
    what = Q(kind="project", text_value__in=stages()) | Q(kind="event", property__in=event_stages())
    for part in batches(home):
        for row in standing().filter(what, subject_id__in=part).order_by("pk"):
            if row.subject_id is None:
                continue
            told = found[home[row.subject_id]]
            published = row.source.published if row.source is not None else row.at.date()
            for event in events_of(row):
                told.read.append(event)
                told.seen.append(event if event.on is not None else replace(event, on=published))
        for entry in StageEntry.objects.filter(project_id__in=part, removed_at=None).order_by("pk"):
            found[home[entry.project_id]].entered += entered_events([entry])
    return found


def events_of(row: Statement) -> list[StageEvent]:
    """A statement as events of `tracking`, with those of the phases that its sentence tells (一期已经投产，二期设备进场).

    A stage that the sentence tells of one phase alone is not said of the whole project.
    """
    whole, phases = event_of(row), phases_in(row.clean_sentence or row.sentence)
    told = [StageEvent(stage, whole.on if stage == whole.stage else None, row.pk, phase=name) for name, stage in phases]
    return told if any(stage == whole.stage for _name, stage in phases) else [whole, *told]


def event_of(row: Statement) -> StageEvent:
    """A statement as one event: a report of a stage says that it is reached, only an event with a day when."""
    if row.kind == "event":
        return StageEvent(event_stages()[row.property], _day(row), row.pk)
    return StageEvent(row.text_value, None, row.pk)


def _day(row: Statement) -> date | None:
    """The day of an event that names one; 2024 or 2024-10 name none."""
    return row.period_start if row.period_start == row.period_end else None
