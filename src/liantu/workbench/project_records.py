"""What a project page shows of the records that officials keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import ForeignKey, Model

from liantu.ledger.models import (
    FactorNeed,
    ListRow,
    MonthlyReport,
    OfficialAssignment,
    Permit,
    ProjectDetail,
    ProjectPhase,
    ProjectProblem,
    ProjectStanding,
    StageEntry,
    WorkChange,
    YearPlan,
)
from liantu.ledger.models.records import ProjectRecord
from liantu.ledger.work.kinds import KINDS
from liantu.ledger.work.money import FLOWS, Year, to_date, years_of
from liantu.workbench.dossier import canonicals
from liantu.workbench.list_pages import row_change_lines
from liantu.workbench.record_forms import ChangeLine, change_lines

CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PermitClock:
    """A procedure and its clock: days since it was taken up, or that it took; whether it is past its day."""

    row: Permit
    days: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A change with what it changed, as people read it."""

    row: WorkChange
    kind: str
    lines: list[ChangeLine]


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one project, under all its names."""

    details: list[ProjectDetail]
    stages: list[StageEntry]
    phases: list[ProjectPhase]
    years: list[Year]
    to_date: dict[str, Decimal | None]
    officials: list[OfficialAssignment]
    factors: list[FactorNeed]
    problems: list[ProjectProblem]
    permits: list[PermitClock]
    changes: list[Change]
    today: date

    @property
    def detail(self) -> ProjectDetail | None:
        """The ledger's details; of a project under two names those entered first."""
        return next(iter(self.details), None)


def records_of(ids: Sequence[int], today: date) -> Records:
    """The records of a project, in a fixed number of queries. `ids` are all entities that are it."""
    plans, months = _rows(YearPlan, ids), _rows(MonthlyReport, ids)
    problems = _rows(ProjectProblem, ids)
    problems.sort(key=lambda p: (("open", "solved", "closed").index(p.state), p.due or date.max, p.pk))
    permits = sorted(_rows(Permit, ids), key=lambda p: (p.group, p.done_on is not None, p.due or date.max, p.pk))
    return Records(
        details=_rows(ProjectDetail, ids),
        stages=_rows(StageEntry, ids),
        phases=_rows(ProjectPhase, ids),
        years=years_of(plans, months),
        to_date={flow: to_date(plans, months, flow) for flow in FLOWS},
        officials=_rows(OfficialAssignment, ids),
        factors=_rows(FactorNeed, ids),
        problems=problems,
        permits=[clock(permit, today) for permit in permits],
        changes=changes(WorkChange.objects.filter(project_id__in=ids).order_by("-id")[:CHANGES_SHOWN]),
        today=today,
    )


def _rows(model: type[ProjectRecord], ids: Sequence[int]) -> list[Any]:
    return list(model._default_manager.filter(project_id__in=ids, removed_at=None).order_by("pk"))


def clock(permit: Permit, today: date) -> PermitClock:
    """How long a procedure has run, or took, in days."""
    end = permit.done_on or today
    days = (end - permit.started_on).days if permit.started_on is not None and permit.started_on <= end else None
    return PermitClock(permit, days, permit.due is not None and end > permit.due)


def changes(rows: Iterable[WorkChange]) -> list[Change]:
    """Changes in words."""
    kept = list(rows)
    names = _linked_names(kept)
    of_lists = [row.row for row in kept if row.kind == "listrow"]
    listed = (
        {
            pk: (name, kind)
            for pk, name, kind in ListRow.objects.filter(pk__in=of_lists).values_list("pk", "name", "list__list_kind")
        }
        if of_lists
        else {}
    )
    return [_told(row, names, *listed.get(row.row, ("", ""))) for row in kept]


def _told(row: WorkChange, names: dict[tuple[Any, Any], str], name: str, list_kind: str) -> Change:
    if row.kind == "listrow" and list_kind:
        return Change(row, name, row_change_lines(list_kind, row.before, row.after))
    return Change(row, str(KINDS[row.kind]._meta.verbose_name), change_lines(row.kind, row.before, row.after, names))


def _linked_names(rows: Sequence[WorkChange]) -> dict[tuple[Any, Any], str]:
    """Names of the rows that changes link to, by model and id; one query a model."""
    wanted: dict[type[Model], set[Any]] = {}
    for row in rows:
        model = KINDS[row.kind]
        for column in model.COLUMNS:
            field = model._meta.get_field(column)
            if isinstance(field, ForeignKey):
                ids = {
                    told[name] for told in (row.before, row.after) for name in (column, field.attname) if name in told
                }
                wanted.setdefault(field.related_model, set()).update(pk for pk in ids if pk)
    return {
        (model, pk): str(row)
        for model, ids in wanted.items()
        if ids
        for pk, row in model._default_manager.in_bulk(list(ids)).items()
    }


def standings_of(projects: Sequence[int]) -> dict[int, ProjectStanding]:
    """Where projects of a list stand by their officials, by canonical id; of one under several names taken together."""
    home = canonicals(projects)
    found: dict[int, ProjectStanding] = {}
    for row in ProjectStanding.objects.filter(pk__in=list(home)).order_by("stage_order", "pk"):
        before = found.get(home[row.pk])
        if before is not None:
            row.open_problems += before.open_problems
            row.next_due = min((d for d in (before.next_due, row.next_due) if d is not None), default=None)
            row.side = row.side or before.side
        found[home[row.pk]] = row
    return found
