"""Answers about an office's daily work: programmes, meetings, tasks, orders, duties, alerts, lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from liantu.api.filters import as_params
from liantu.api.office_filters import AlertFilters, ListFilters, PlaceFilters, RowFilters
from liantu.api.office_schemas import AlertOut, DutyOut, EvidenceRefOut, KeptListOut, ListRowOut, OwedOut, WorkOut
from liantu.api.queries import columns_of, page_of
from liantu.api.resting import statement_in, statements_told
from liantu.api.schemas import ListOut
from liantu.ledger.duties.due import owing
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.lists.publishing import freshness_of
from liantu.ledger.models import Alert, ChainList, ListRow
from liantu.workbench.alert_words import Wording, alerts_q
from liantu.workbench.list_pages import lines_of
from liantu.workbench.views import alerts as alert_pages
from liantu.workbench.views import lists as list_pages
from liantu.workbench.work_lists import LISTS, is_late, rows_of, where_of

AHEAD = timedelta(days=31)


def work(page: str, filters: PlaceFilters) -> ListOut[WorkOut]:
    """The records of one of the lists of `workbench.work_lists`."""
    return _work(page, filters, lambda rows, told: [WorkOut(**each) for each in told])


def duties(filters: PlaceFilters) -> ListOut[DutyOut]:
    """Recurring duties, each with the periods that nothing came in for."""
    today = timezone.localdate()

    def made(rows: list[Any], told: list[dict[str, Any]]) -> list[DutyOut]:
        owed: dict[int, list[OwedOut]] = {}
        for each in owing(rows, today, today + AHEAD, office_calendar()):
            if each.state in ("late", "due", "open"):
                one = OwedOut(period=each.instance.period.key, due=each.instance.due, state=each.state)
                owed.setdefault(each.duty.pk, []).append(one)
        return [DutyOut(**each, owed=owed.get(each["id"], [])) for each in told]

    return _work("duties", filters, made)


def _work(page: str, filters: PlaceFilters, made: Any) -> ListOut[Any]:
    spec, today = LISTS[page], timezone.localdate()

    def answered(batch: list[Any]) -> list[Any]:
        said = statements_told(statement_in(getattr(row, "evidence", "")) for row in batch)
        return list(made(batch, [_told(spec.kind, row, spec.related, said, today) for row in batch]))

    where = where_of(page, as_params(filters), today)
    last = "pk"
    return page_of(f"work-{page}", rows_of(page), where, filters, spec.default, last, answered, spec.sorts)


def _told(kind: str, row: Any, related: tuple[str, ...], said: dict[str, Any], today: date) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": row.pk,
        "version": row.version,
        "columns": {column: row.column_value(column) for column in row.record_columns()},
        "names": {name: str(other) for name in related if (other := getattr(row, name)) is not None},
        "late": is_late(kind, row, today),
        "percent": getattr(row, "percent", None),
        "evidence": said.get(statement_in(getattr(row, "evidence", ""))),
        "page": reverse(kind, args=[row.pk]),
    }


def alerts(filters: AlertFilters) -> ListOut[AlertOut]:
    """Alerts, the gravest first, each with its rule, its numbers and what it rests on."""

    def made(batch: list[Alert]) -> list[AlertOut]:
        said = statements_told(pk for row in batch for kind, pk in row.evidence if kind == "statement")
        wording = Wording()
        with translation.override("zh-hans"):
            return [_alert(row, wording, said) for row in batch]

    where = alerts_q(as_params(filters))
    return page_of(
        "alerts", Alert.objects.all(), where, filters, alert_pages.DEFAULT_SORT, "since", made, alert_pages.SORTS
    )


def _alert(row: Alert, wording: Wording, said: dict[str, Any]) -> AlertOut:
    computed = {"project", "text", "fix", "measure", "rests_on", "evidence", "page"}
    return AlertOut(
        **columns_of(AlertOut, row, without=computed),
        project=row.project_id,
        text=wording.text(row),
        fix=wording.fix(row),
        measure=wording.measure(row),
        rests_on=[EvidenceRefOut(kind=kind, id=str(pk)) for kind, pk in row.evidence],
        evidence=[said[pk] for kind, pk in row.evidence if kind == "statement" and pk in said],
        page=reverse("alert", args=[row.pk]),
    )


def lists(filters: ListFilters) -> ListOut[KeptListOut]:
    """The lists that an office keeps, with their freshness and newest version."""
    today = timezone.localdate()

    def made(batch: list[ChainList]) -> list[KeptListOut]:
        return [
            KeptListOut(
                **columns_of(KeptListOut, line.row, without=LINE),
                id=line.row.pk,
                kind=line.row.list_kind,
                freshness=freshness_of(line.row, today),
                rows=line.n_rows,
                rows_without_owner=line.n_without_owner,
                version=line.latest.number if line.latest else None,
                published_on=line.latest.published_on if line.latest else None,
                page=reverse("list", args=[line.row.pk]),
            )
            for line in lines_of(batch, today)
        ]

    where = list_pages.lists_q(as_params(filters))
    return page_of("lists", ChainList.objects.all(), where, filters, "title", "id", made, list_pages.SORTS)


LINE = {"id", "kind", "freshness", "rows", "rows_without_owner", "version", "published_on", "page"}


def list_rows(pk: int, filters: RowFilters) -> ListOut[ListRowOut] | None:
    """The rows of one list with all their cells; None when there is no such list."""
    found = ChainList.objects.filter(pk=pk, removed_at=None).first()
    if found is None:
        return None

    def made(batch: list[ListRow]) -> list[ListRowOut]:
        said = statements_told(row.statement for row in batch)
        return [
            ListRowOut(
                id=row.pk,
                name=row.name,
                cells=row.cells,
                entity=row.entity_id,
                evidence=said.get(row.statement),
                page=reverse("list-row", args=[row.pk]),
            )
            for row in batch
        ]

    where = list_pages.rows_q(found, as_params(filters))
    sorts = list_pages.sorts_of(found)
    return page_of(f"list-{pk}", ListRow.objects.all(), where, filters, "order", "id", made, sorts)
