"""The addresses of an office's work under `/api/`."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from liantu.api import office, outcomes
from liantu.api.asked import ERRORS, check, found
from liantu.api.office_filters import (
    AlertFilters,
    BulletinFilters,
    CandidateFilters,
    DutyFilters,
    ListFilters,
    MeetingFilters,
    OrderFilters,
    PlaceFilters,
    RowFilters,
    TargetFilters,
    TaskFilters,
)
from liantu.api.office_schemas import (
    AlertOut,
    BulletinOut,
    BulletinWholeOut,
    CandidateOut,
    CardOut,
    CriteriaOut,
    DutyOut,
    KeptListOut,
    ListRowOut,
    ScoresOut,
    TargetOut,
    WorkOut,
)
from liantu.api.schemas import ListOut

router = Router()


@router.get("/programmes", response={200: ListOut[WorkOut], **ERRORS}, operation_id="programmes", tags=["work"])
def programmes(request: HttpRequest, filters: Query[PlaceFilters]) -> ListOut[WorkOut]:
    """Chain programmes: who leads which chain where."""
    return _work(request, "programmes", filters)


@router.get("/meetings", response={200: ListOut[WorkOut], **ERRORS}, operation_id="meetings", tags=["work"])
def meetings(request: HttpRequest, filters: Query[MeetingFilters]) -> ListOut[WorkOut]:
    """Meetings with their minutes."""
    return _work(request, "meetings", filters)


@router.get("/tasks", response={200: ListOut[WorkOut], **ERRORS}, operation_id="tasks", tags=["work"])
def tasks(request: HttpRequest, filters: Query[TaskFilters]) -> ListOut[WorkOut]:
    """Tasks, by their day."""
    return _work(request, "tasks", filters)


@router.get("/orders", response={200: ListOut[WorkOut], **ERRORS}, operation_id="orders", tags=["work"])
def orders(request: HttpRequest, filters: Query[OrderFilters]) -> ListOut[WorkOut]:
    """Supervision orders, by their day."""
    return _work(request, "orders", filters)


def _work(request: HttpRequest, page: str, filters: PlaceFilters) -> ListOut[WorkOut]:
    check(request, filters)
    return office.work(page, filters)


@router.get("/duties", response={200: ListOut[DutyOut], **ERRORS}, operation_id="duties", tags=["work"])
def duties(request: HttpRequest, filters: Query[DutyFilters]) -> ListOut[DutyOut]:
    """Recurring duties, each with the periods that nothing came in for."""
    check(request, filters)
    return office.duties(filters)


@router.get("/alerts", response={200: ListOut[AlertOut], **ERRORS}, operation_id="alerts", tags=["work"])
def alerts(request: HttpRequest, filters: Query[AlertFilters]) -> ListOut[AlertOut]:
    """Alerts, each with its rule, its numbers and what it rests on."""
    check(request, filters)
    return office.alerts(filters)


@router.get("/lists", response={200: ListOut[KeptListOut], **ERRORS}, operation_id="lists", tags=["lists"])
def lists(request: HttpRequest, filters: Query[ListFilters]) -> ListOut[KeptListOut]:
    """The lists that an office keeps."""
    check(request, filters)
    return office.lists(filters)


@router.get("/lists/{pk}/rows", response={200: ListOut[ListRowOut], **ERRORS}, operation_id="list_rows", tags=["lists"])
def list_rows(request: HttpRequest, pk: int, filters: Query[RowFilters]) -> ListOut[ListRowOut]:
    """The rows of one list."""
    check(request, filters)
    return found(office.list_rows(pk, filters), str(pk))


@router.get("/targets", response={200: ListOut[TargetOut], **ERRORS}, operation_id="targets", tags=["targets"])
def targets(request: HttpRequest, filters: Query[TargetFilters]) -> ListOut[TargetOut]:
    """Targets, each with its actual figure and where it stands."""
    check(request, filters)
    return outcomes.targets(filters)


@router.get("/bulletins", response={200: ListOut[BulletinOut], **ERRORS}, operation_id="bulletins", tags=["bulletins"])
def bulletins(request: HttpRequest, filters: Query[BulletinFilters]) -> ListOut[BulletinOut]:
    """Bulletins, the newest period first."""
    check(request, filters)
    return outcomes.bulletins(filters)


@router.get("/bulletins/{pk}", response={200: BulletinWholeOut, **ERRORS}, operation_id="bulletin", tags=["bulletins"])
def bulletin(request: HttpRequest, pk: int) -> BulletinWholeOut:
    """One issue with every number and the rows behind it."""
    return found(outcomes.bulletin(pk), str(pk))


class ScoreFilters(Schema):
    """Over which units a card is computed, and for when."""

    region: str = Field(
        "140000", max_length=6, description="GB/T 2260 code of a province or a city: its units are scored"
    )
    period: str = Field("", max_length=32, description="2025, 2025Q1 or 2025-03; without it the last one that is over")


@router.get("/scorecards", response={200: list[CardOut], **ERRORS}, operation_id="scorecards", tags=["scores"])
def scorecards(request: HttpRequest) -> list[CardOut]:
    """The scorecards there are."""
    return outcomes.cards()


@router.get("/scorecards/{key}", response={200: ScoresOut, **ERRORS}, operation_id="scores", tags=["scores"])
def scores(request: HttpRequest, key: str, filters: Query[ScoreFilters]) -> ScoresOut:
    """One card computed now: every item with its raw value, its formula and the sentences it rests on."""
    check(request, filters)
    try:
        return found(outcomes.scores(key, filters.region, filters.period), key)
    except ValueError as error:
        raise HttpError(422, str(error)) from None


class DayFilter(Schema):
    """The day on which sets hold."""

    on: date | None = Field(None, description="only the sets that hold on this day")


@router.get("/criteria", response={200: list[CriteriaOut], **ERRORS}, operation_id="criteria", tags=["criteria"])
def criteria(request: HttpRequest, filters: Query[DayFilter]) -> list[CriteriaOut]:
    """Sets of criteria."""
    check(request, filters)
    return outcomes.criteria(filters.on)


@router.get(
    "/criteria/{key}", response={200: ListOut[CandidateOut], **ERRORS}, operation_id="candidates", tags=["criteria"]
)
def candidates(request: HttpRequest, key: str, filters: Query[CandidateFilters]) -> ListOut[CandidateOut]:
    """The things of which anything is known, clause by clause."""
    check(request, filters)
    return found(outcomes.candidates(key, filters), key)
