"""The lists of the office's work: programmes, meetings, tasks, supervision orders, recurring duties, people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.exchange.record_tables import TABLED
from liantu.ledger.models.records import SecrecyField
from liantu.ledger.rights import Action
from liantu.ledger.work.kinds import field_of
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench.cached import revision
from liantu.workbench.listing import listing
from liantu.workbench.record_forms import label_of, worded
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer
from liantu.workbench.work_lists import LISTS, choices_of, is_late, rows_of, where_of
from liantu.workbench.work_pages import shown

WIDE = frozenset({"title", "aim", "post", "unit", "owner_unit"})


def page_of(page: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one list."""

    @needs(Action.READ)
    @require_safe
    def listed(request: HttpRequest) -> HttpResponse:
        at, today, spec = revision(), timezone.localdate(), LISTS[page]
        found = listing(
            request,
            rows_of(page),
            where_of(page, request.GET, today),
            name=page,
            sorts=spec.sorts,
            default=spec.default,
            last="pk",
            at=at,
        )
        lead = "title" if "title" in spec.columns else "name" if "name" in spec.columns else "chain"
        context = {
            "listing": found,
            "spec": spec,
            "page_name": page,
            "lead": lead,
            "columns": [(column, label_of(spec.kind, column)) for column in spec.columns if column != lead],
            "lead_label": label_of(spec.kind, lead),
            "rows": [
                (
                    row,
                    worded(spec.kind, lead, getattr(row, lead)),
                    [
                        (label_of(spec.kind, column), shown(spec.kind, column, row))
                        for column in spec.columns
                        if column != lead
                    ],
                    is_late(spec.kind, row, today),
                )
                for row in found.rows
            ],
            "params": request.GET,
            "comes_back": spec.kind in TABLED,
            "tracked": spec.kind in ("task", "order"),
            "today": today,
        } | choices_of(page)
        return answer(request, "workbench/work_list.html", "workbench/parts/work_rows.html", "results", context)

    return listed


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, page: str, form: str) -> HttpResponseBase:
    """The rows of a list as a file, with all their columns."""
    if page not in LISTS:
        raise Http404(_("没有这个名单。"))
    spec, today = LISTS[page], timezone.localdate()
    rows = rows_of(page)
    names = [c for c in rows.model.COLUMNS if c not in getattr(rows.model, "HIDDEN", ()) and c != "evidence"]
    columns = [Column(label_of(spec.kind, name), 30 if name in WIDE else 14) for name in names]
    late = spec.kind in ("task", "order")
    if spec.kind == "task":
        columns.append(Column(_("完成百分比"), 12))
    if late:
        columns.append(Column(_("逾期天数"), 10))
    found = rows.filter(where_of(page, request.GET, today)).order_by(spec.sorts[spec.default.lstrip("-")], "pk")
    related = [f for f in names if rows.model._meta.get_field(f).is_relation]

    def cells(found: QuerySet[Any]) -> Iterator[list[Cell]]:
        for row in found.select_related(*related).iterator(chunk_size=500):
            line = [_cell(spec.kind, name, getattr(row, name)) for name in names]
            if spec.kind == "task":
                line.append(row.percent)
            if late:
                line.append((today - row.due).days if is_late(spec.kind, row, today) else None)
            yield line

    return file_answer(form, str(spec.title), columns, cells(found), [])


def _cell(kind: str, column: str, value: Any) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(field_of(kind, column), SecrecyField):
        return worded(kind, column, value)
    if isinstance(value, bool | str) or (
        not isinstance(value, int | float | Decimal) and not hasattr(value, "isoformat")
    ):
        return worded(kind, column, value)
    return float(value) if isinstance(value, Decimal) else value
