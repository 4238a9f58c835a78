"""Where a project stands by its officials' records, kept ready for lists and rates."""

from __future__ import annotations

from datetime import date

from liantu.ledger.models import FactorNeed, Permit, ProjectDetail, ProjectProblem, ProjectStanding, StageEntry
from liantu.tracking import Progress, StageEvent, progress
from liantu.vocabulary.stages import stages


def entered_events(rows: list[StageEntry]) -> list[StageEvent]:
    """Entries as events of `tracking`; `statement` names the entry."""
    return [
        StageEvent(row.stage, row.on, f"entry:{row.pk}", "plan" if row.planned else "actual", row.phase) for row in rows
    ]


def whole_progress(events: list[StageEvent], as_of: date | None = None) -> Progress:
    """Where the project as a whole stands. One whose phases alone are told stands where the furthest phase does.

    A phase in production does not make the project produce in full: its own stages come from events without a phase, and
    those of phases count up to `started`, since a project with a started phase has started.
    """
    order = {stage.value: stage.order for stage in stages().values()}
    own = [event for event in events if not event.phase]
    begun = [
        StageEvent("started", event.on, event.statement)
        for event in events
        if event.phase and event.status == "actual" and order.get(event.stage, 0) >= order["started"]
    ]
    early = [
        StageEvent(event.stage, event.on, event.statement)
        for event in events
        if event.phase and event.status == "actual" and 0 < order.get(event.stage, 0) < order["started"]
    ]
    return progress([*own, *begun, *early], as_of)


def stand_anew(project: int) -> None:
    """Work the standing of one project out again, after any of its records changed."""
    live = {"project_id": project, "removed_at": None}
    found = whole_progress(entered_events(list(StageEntry.objects.filter(**live))), date.today())
    problems = list(ProjectProblem.objects.filter(**live, verified_on=None))
    dues = [problem.due for problem in problems]
    dues += Permit.objects.filter(**live, done_on=None).values_list("due", flat=True)
    dues += FactorNeed.objects.filter(**live, met_on=None).values_list("due", flat=True)
    dues += ProjectDetail.objects.filter(**live).values_list("next_step_due", flat=True)
    reached = [*dict(found.reached), *sorted(found.implied)]
    ProjectStanding.objects.update_or_create(
        entity_id=project,
        defaults={
            "stage": found.stage,
            "stage_order": stages()[found.stage].order if found.stage else 0,
            "reached": f"|{'|'.join(reached)}|" if reached else "",
            "side": found.side,
            "open_problems": len(problems),
            "next_due": min((due for due in dues if due is not None), default=None),
        },
    )
