"""Projects as rows that rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from liantu.ledger.alerts.days import month_end
from liantu.ledger.alerts.project_facts import Told, gather
from liantu.ledger.models import ProjectStanding, ProjectView
from liantu.ledger.work.standings import whole_progress
from liantu.tracking import progress
from liantu.tracking.alerts import Ref, Row, Value
from liantu.vocabulary.stages import stages

_NOTHING = Told()


def project_rows(today: date) -> Iterator[Row]:
    """All projects of the ledger, as they stand on `today`."""
    told = gather(today.year)
    entered = {
        home or pk: (stage, order, side)
        for pk, home, stage, order, side in ProjectStanding.objects.values_list(
            "entity_id", "entity__canonical_id", "stage", "stage_order", "side"
        )
    }
    columns = (
        "pk", "name", "stage", "stage_order", "region_code", "city_code", "chain_name", "investment", "recency", "conflict",
        "level",
    )  # fmt: skip
    for pk, name, stage, order, region, city, chain, investment, recency, conflict, secrecy in (
        ProjectView.objects.order_by().values_list(*columns).iterator(chunk_size=5000)
    ):
        known = told.get(pk, _NOTHING)
        by_hand, hand_order, side = entered.get(pk, ("", 0, ""))
        if hand_order > order:
            stage, order = by_hand, hand_order
        if not side and known.side_cell is not None:
            side = known.side_cell[0]
        values = _values(known, stage, order, side, investment, recency, conflict, today)
        detail = known.detail
        yield Row(
            key=f"project:{pk}",
            name=name,
            values=values,
            region_code=region,
            city_code=city,
            chain=chain,
            owner=(detail.owner_unit if detail is not None else "") or known.owner_cell,
            stage=stage,
            due=detail.next_step_due if detail is not None else None,
            project=pk,
            secrecy=secrecy,
            evidence=partial(_evidence, pk, known),
        )


def _values(
    known: Told,
    stage: str,
    order: int,
    side: str,
    investment: float | None,
    recency: int,
    conflict: str,
    today: date,
) -> dict[str, Value]:
    # A project of which nobody told a stage is neither started nor not started.
    values: dict[str, Value] = {"stage": stage, "stage_order": order or None, "side": side}
    if recency:
        values["heard_on"] = date(recency // 10000, recency // 100 % 100, recency % 100)
    values["contradicted"] = len(conflict.split(",")) if conflict else 0
    for column, day in known.days.items():
        values[column] = day.on
    if known.events:
        stood = whole_progress(known.events, today)
        if stood.since is not None and stood.stage == stage:
            values["stage_since"] = stood.since
        if side:
            values["side_since"] = max(
                (e.on for e in known.events if e.stage == side and e.on is not None and e.on <= today), default=None
            )
    elif stage == "signed" and "signed_on" in known.days:
        values["stage_since"] = known.days["signed_on"].on
    if side and values.get("side_since") is None and known.side_cell is not None:
        values["side_since"] = known.side_cell[1]  # since that ledger at the latest
    total = known.detail.total_investment if known.detail is not None else None
    values["total_investment"] = float(total) if total is not None else investment
    if known.detail is not None:
        values["next_step_due"] = known.detail.next_step_due
    _money(known, values, order, today)
    return values


def _money(known: Told, values: dict[str, Value], order: int, today: date) -> None:
    money = known.money
    completed: float | None = known.completed_cell[0] if known.completed_cell is not None else None
    if money is not None:
        if money.year_plan is not None:
            values["year_plan"] = float(money.year_plan)
        done = money.by_year.get(today.year, (None, None, None))[0]
        if done is not None:
            values["year_done"] = float(done)
            if money.year_plan:
                values["year_done_share"] = float(100 * done / money.year_plan)
        _reports(known, values, order, today)
        counted = [year for year in money.by_year if money.carried is None or year >= money.carried_year]
        told = [s for year in counted if (s := money.by_year[year][0]) is not None]
        if told or money.carried is not None:
            completed = float(sum(told, money.carried or Decimal(0)))
        received = [s for _d, s, _a in money.by_year.values() if s is not None]
        allocated = [s for _d, _r, s in money.by_year.values() if s is not None]
        if received and allocated and sum(allocated):
            values["received_share"] = float(100 * sum(received) / sum(allocated))
    total = values.get("total_investment")
    if completed is not None:
        values["completed_total"] = completed
        if isinstance(total, int | float) and total:
            values["completed_share"] = 100 * completed / total


def _reports(known: Told, values: dict[str, Value], order: int, today: date) -> None:
    """The months reported and owed. Months are owed from the first plan on, of projects under way."""
    money = known.money
    assert money is not None
    last = month_end(*money.last_month) if money.last_month is not None else None
    if last is not None:
        values["report_last"] = last
    if money.last_month is not None and money.last_month[0] == today.year:
        values["year_elapsed"] = 100 * money.last_month[1] / 12
    begins = date(money.first_plan_year, 1, 1) if money.first_plan_year is not None else None
    if begins is not None:
        values["reports_from"] = begins
    start = last + timedelta(days=1) if last is not None else begins
    if start is not None and order >= stages()["started"].order:
        owed = month_end(start.year, start.month)
        if owed < today:
            values["report_missing_from"] = owed


_OF_MONTHS = frozenset(
    {"year_done", "year_done_share", "year_elapsed", "report_last", "report_missing_from", "received_share"}
)


def _evidence(pk: int, known: Told, column: str) -> Sequence[Ref]:
    """What a column of a project rests on."""
    if column in known.days:
        return (known.days[column].ref,)
    if column in ("side_since", "side"):
        entered = tuple(ref for stage, ref in known.refs.items() if stage in ("paused", "cancelled", "changed"))
        return entered or ((known.side_cell[2],) if known.side_cell is not None else ())
    if column == "stage_since":
        stood = progress(known.events)
        return (known.refs[stood.stage],) if stood.stage in known.refs else ()
    if column in ("year_plan", "year_done_share") and known.money is not None and known.money.plan_ref is not None:
        return (known.money.plan_ref, Ref("months", str(pk)))
    if column in _OF_MONTHS:
        return (Ref("months", str(pk)),)
    if column in ("completed_total", "completed_share") and known.completed_cell is not None:
        return (known.completed_cell[1],) if known.money is None else (Ref("months", str(pk)),)
    if column in ("next_step_due", "total_investment") and known.detail is not None:
        return (Ref("detail", str(known.detail.pk)),)
    return (Ref("project", str(pk)),) if column == "" else ()
