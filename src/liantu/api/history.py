"""Where a project stands, out of all that is said of its stages."""

from __future__ import annotations

from django.db.models import F, Q

from liantu.api.evidence import evidence_of
from liantu.api.queries import project_rows
from liantu.api.schemas import ProgressOut, ProjectHistoryOut, StageSaidOut, TransitionOut
from liantu.ledger.models import Entity, ProjectView
from liantu.ledger.standing import standing
from liantu.ledger.work.told_stages import event_of
from liantu.tracking import Progress, event_stages, progress
from liantu.vocabulary import stages
from liantu.workbench.dossier import members_of

SHOWN = 500


def project_history(entity: int) -> ProjectHistoryOut | None:
    """The project `entity` under all its names, its progress and the statements behind it; None when there is no such project.

    A report of a stage says that it has been reached, seldom when: only an event with a day gives the day.
    """
    thing = Entity.objects.filter(pk=entity).first()
    view = ProjectView.objects.filter(pk=thing.canonical_id or entity).first() if thing is not None else None
    if thing is None or view is None:
        return None
    told = Q(kind="project", text_value__in=stages()) | Q(kind="event", property__in=event_stages())
    said = standing().filter(told, subject_id__in=members_of(thing))
    said = said.order_by(F("source__published").desc(nulls_last=True), "id")
    rows = list(said[:SHOWN])
    events = [event_of(row) for row in rows]
    [project] = project_rows([view])
    return ProjectHistoryOut(
        project=project,
        progress=_progress(progress(events)),
        said=[
            StageSaidOut(stage=event.stage, on=event.on, evidence=evidence_of(row))
            for event, row in zip(events, rows, strict=True)
        ],
    )


def _progress(found: Progress) -> ProgressOut:
    return ProgressOut(
        stage=found.stage,
        since=found.since,
        side=found.side,
        reached=[stage for stage, _day in found.reached],
        implied=sorted(found.implied, key=list(stages()).index),
        transitions=[
            TransitionOut(before=t.before, after=t.after, on=t.on, days=t.days, forward=t.forward)
            for t in found.transitions
        ],
        contradictions=list(found.contradictions),
    )
