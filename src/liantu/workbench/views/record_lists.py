"""Lists of one kind of record over all projects: problems, procedures, factors, months …, with what is overdue first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import ProjectView
from liantu.ledger.models.records import MoneyField, ProjectRecord
from liantu.ledger.rights import Action
from liantu.ledger.work.choosing import Chosen
from liantu.ledger.work.kinds import KINDS, field_of
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench.cached import revision
from liantu.workbench.facets import chain_choices, region_choices
from liantu.workbench.filters import projects_q
from liantu.workbench.listing import listing
from liantu.workbench.record_forms import label_of, worded
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer

LISTED = {
    "problem": ("verified_on", "due"),
    "permit": ("done_on", "due"),
    "factor": ("met_on", "due"),
    "month": ("", "-year"),
    "plan": ("", "-year"),
    "stage": ("", "-on"),
    "official": ("", "name"),
    "detail": ("", "next_step_due"),
}
"""Kinds that have a list, with the column that ends a row and the order of the list."""


def _rows(request: HttpRequest, kind: str) -> tuple[type[ProjectRecord], Q]:
    if kind not in LISTED:
        raise Http404(_("没有这一类记录。"))
    model = KINDS[kind]
    assert issubclass(model, ProjectRecord)
    params = request.GET.copy()
    done = LISTED[kind][0]
    where = Q(removed_at=None)
    narrowed = {name for name in ("region", "chain", "q", "stage", "bucket", "work") if params.get(name)}
    if narrowed:
        views = Chosen(ProjectView.objects.filter(projects_q(params)).values("pk"), params.urlencode())
        where &= Q(project_id__in=views) | Q(project__canonical_id__in=views)
    if done and params.get("open"):
        where &= Q(**{f"{done}__isnull": True})
    if done and params.get("late"):
        where &= Q(**{f"{done}__isnull": True, "due__lt": timezone.localdate()})
    return model, where


@needs(Action.READ)
@require_safe
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """All records of one kind of the projects that the filters let through."""
    at = revision()
    model, where = _rows(request, kind)
    page = listing(
        request,
        model._default_manager.select_related("project"),
        where,
        name=f"records:{kind}",
        sorts={"order": LISTED[kind][1].removeprefix("-")},
        default="-order" if LISTED[kind][1].startswith("-") else "order",
        last="pk",
        at=at,
    )
    columns = [label_of(kind, column) for column in model.COLUMNS]
    today = timezone.localdate()
    context = {
        "listing": page,
        "rows": [
            (
                row,
                [
                    (label, worded(kind, column, getattr(row, column)))
                    for label, column in zip(columns, row.COLUMNS, strict=True)
                ],
                _late(kind, row, today),
            )
            for row in page.rows
        ],
        "columns": columns,
        "kind": kind,
        "title": str(model._meta.verbose_name),
        "kinds": [(name, str(KINDS[name]._meta.verbose_name)) for name in LISTED],
        "ends": bool(LISTED[kind][0]),
        "regions": region_choices(ProjectView, at),
        "chains": chain_choices(ProjectView, at),
        "params": request.GET,
    }
    return answer(request, "workbench/records.html", "workbench/parts/record_rows.html", "results", context)


def _late(kind: str, row: Any, today: date) -> bool:
    done = LISTED[kind][0]
    due = getattr(row, "due", None)
    return bool(done) and due is not None and due < today and getattr(row, done) is None


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """The same rows as a file: days as days, money in 万元 as numbers."""
    model, where = _rows(request, kind)
    columns = [Column(_("项目"), 44)]
    for name in model.COLUMNS:
        columns.append(
            Column(label_of(kind, name), 16, "#,##0.######" if isinstance(field_of(kind, name), MoneyField) else "")
        )
    order = LISTED[kind][1]
    by = F(order.removeprefix("-")).desc(nulls_last=True) if order.startswith("-") else F(order).asc(nulls_last=True)
    found = model._default_manager.filter(where).annotate(home=Coalesce("project__canonical__name", "project__name"))
    return file_answer(form, str(model._meta.verbose_name), columns, _cells(kind, found.order_by(by, "pk")), [])


def _cells(kind: str, found: QuerySet[Any]) -> Iterator[list[Cell]]:
    for row in found.iterator(chunk_size=500):
        yield [row.home, *(_cell(kind, column, getattr(row, column)) for column in row.COLUMNS)]


def _cell(kind: str, column: str, value: Any) -> Cell:
    if isinstance(field_of(kind, column), MoneyField):
        return None if value is None else float(value / 10**4)
    if value is None or isinstance(value, date | datetime) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return worded(kind, column, value) if value else ""
