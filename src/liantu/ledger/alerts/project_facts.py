"""What rules ask of projects, gathered for all of them in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from liantu.ledger.alerts.days import deadline_of
from liantu.ledger.models import (
    MonthlyReport,
    ProjectBatchItem,
    ProjectDetail,
    StageEntry,
    Statement,
    YearPlan,
)
from liantu.ledger.models.records import ProjectRecord
from liantu.ledger.standing import standing
from liantu.tracking import StageEvent, event_stages
from liantu.tracking.alerts import Ref
from liantu.vocabulary.stages import side_states

HOME = Coalesce("project__canonical_id", "project_id")
DAY_CELLS = {"开工时间": "start_planned", "计划竣工": "completion_planned", "计划投产": "production_planned"}
"""Columns of ledgers that come as workbooks, by what rules call them."""
STAGE_COLUMNS = {"signed": "signed_on", "started": "started_on", "in_production": "produced_on"}
PLAN_COLUMNS = {"started": "start_planned", "completed": "completion_planned", "in_production": "production_planned"}


@dataclass(slots=True)
class Dated:
    """A day and what tells it."""

    on: date
    ref: Ref


@dataclass(slots=True)
class Money:
    """The months and plans of one project."""

    year_plan: Decimal | None = None
    plan_ref: Ref | None = None
    first_plan_year: int | None = None
    carried: Decimal | None = None
    carried_year: int = 0
    by_year: dict[int, tuple[Decimal | None, Decimal | None, Decimal | None]] = field(default_factory=dict)
    last_month: tuple[int, int] | None = None


@dataclass(slots=True)
class Told:
    """All that was gathered of one project."""

    days: dict[str, Dated] = field(default_factory=dict)
    events: list[StageEvent] = field(default_factory=list)
    refs: dict[str, Ref] = field(default_factory=dict)  # of stage entries, by the name an event gives
    detail: ProjectDetail | None = None
    money: Money | None = None
    completed_cell: tuple[float, Ref] | None = None
    side_cell: tuple[str, date | None, Ref] | None = None  # what a ledger's stage says, and the day of that ledger
    owner_cell: str = ""


def gather(year: int) -> dict[int, Told]:
    """What is known of every project of which anybody entered or wrote something, by its canonical id."""
    found: dict[int, Told] = {}

    def of(home: int) -> Told:
        if home not in found:
            found[home] = Told()
        return found[home]

    _entries(of)
    _events(of)
    _campaigns(of)
    _cells(of)
    for row in _kept(ProjectDetail).order_by("-pk"):
        of(row.home).detail = row
    _plans(of, year)
    _months(of)
    return found


def _kept(model: type[ProjectRecord]) -> QuerySet[Any]:
    return model._default_manager.filter(removed_at=None).annotate(home=HOME)


def _entries(of: Any) -> None:
    rows = _kept(StageEntry).order_by("pk").values_list("home", "pk", "stage", "on", "planned", "phase")
    for home, pk, stage, on, planned, phase in rows.iterator():
        told, ref = of(home), Ref("stage", str(pk))
        event = StageEvent(stage, on, f"entry:{pk}", "plan" if planned else "actual", phase)
        told.events.append(event)
        if phase or on is None:
            continue
        if planned and stage in PLAN_COLUMNS:
            told.days[PLAN_COLUMNS[stage]] = Dated(on, ref)  # a second plan stands in place of the first
        elif not planned and stage in STAGE_COLUMNS:
            _earliest(told, STAGE_COLUMNS[stage], on, ref)
        if not planned:
            told.refs[stage] = ref


def _events(of: Any) -> None:
    said = standing().filter(kind="event", property__in=event_stages(), period_start__isnull=False)
    rows = said.annotate(home=Coalesce("subject__canonical_id", "subject_id")).filter(period_start=F("period_end"))
    for home, pk, kind, on, status in rows.values_list("home", "pk", "property", "period_start", "status").iterator():
        if home is None or on is None:
            continue
        stage = event_stages()[kind]
        if status in ("plan", "target"):
            if stage in PLAN_COLUMNS and PLAN_COLUMNS[stage] not in (told := of(home)).days:
                told.days[PLAN_COLUMNS[stage]] = Dated(on, Ref("statement", pk))
        elif stage in STAGE_COLUMNS:
            _earliest(of(home), STAGE_COLUMNS[stage], on, Ref("statement", pk))


def _campaigns(of: Any) -> None:
    items = ProjectBatchItem.objects.filter(
        removed_at=None,
        batch_kind="signing",
        project__isnull=False,
        event__held_on__isnull=False,
        event__removed_at=None,
    ).annotate(home=HOME)
    for home, pk, on in items.values_list("home", "pk", "event__held_on"):
        if on is not None:
            _earliest(of(home), "signed_on", on, Ref("item", str(pk)))


def _cells(of: Any) -> None:
    """Days, units responsible and money of ledgers that came as workbooks; the newest ledger holds."""
    wanted = Q(property__in=[*DAY_CELLS, "责任单位", "累计完成投资", "阶段"])
    said = Statement.objects.filter(wanted, kind="cell", retired=False, source__state="ready", subject__kind="project")
    rows = said.annotate(home=Coalesce("subject__canonical_id", "subject_id")).order_by(
        "source__published", "source_id"
    )
    # What officials entered was gathered before and holds.
    columns = ("home", "pk", "property", "text_value", "value", "source__published")
    for home, pk, column, text, value, published in rows.values_list(*columns).iterator():
        told = of(home)
        if column == "责任单位":
            told.owner_cell = text
        elif column == "阶段":
            side = next((s.value for s in side_states() if any(cue in text for cue in s.cues)), "")
            told.side_cell = (side, published, Ref("statement", pk)) if side else None
        elif column == "累计完成投资":
            if value is not None:
                told.completed_cell = (value, Ref("statement", pk))
        elif (on := deadline_of(text)) is not None:
            name = DAY_CELLS[column]
            before = told.days.get(name)
            if before is None or before.ref.kind == "statement":
                told.days[name] = Dated(on, Ref("statement", pk))


def _earliest(told: Told, column: str, on: date, ref: Ref) -> None:
    before = told.days.get(column)
    if before is None or on < before.on:
        told.days[column] = Dated(on, ref)


def _plans(of: Any, year: int) -> None:
    for home, pk, of_year, invest, carried in (
        _kept(YearPlan)
        .order_by("year", "pk")
        .values_list("home", "pk", "year", "invest", "carried_completed")
        .iterator()
    ):
        money = _money(of(home))
        if money.first_plan_year is None:
            money.first_plan_year = of_year
        if of_year == year and invest is not None:
            money.year_plan, money.plan_ref = invest, Ref("plan", str(pk))
        if carried is not None:
            money.carried, money.carried_year = carried, of_year


def _months(of: Any) -> None:
    rows = _kept(MonthlyReport).order_by().values("home", "year")
    summed = rows.annotate(
        done=Sum("completed"), in_=Sum("received"), given=Sum("allocated"), last=Max("month"), n=Count("pk")
    )
    for home, year, done, received, allocated, last in summed.values_list(
        "home", "year", "done", "in_", "given", "last"
    ).iterator():
        money = _money(of(home))
        money.by_year[year] = (done, received, allocated)
        if money.last_month is None or (year, last) > money.last_month:
            money.last_month = (year, last)


def _money(told: Told) -> Money:
    if told.money is None:
        told.money = Money()
    return told.money
