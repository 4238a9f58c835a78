"""Figures: filter, sort, page, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from liantu.ledger.models import FigureView
from liantu.ledger.rights import Action
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.facets import chain_choices, region_choices, source_choices, year_choices
from liantu.workbench.filters import figures_q
from liantu.workbench.formatting import period, quantity, region_name
from liantu.workbench.listing import listing
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer

SORTS = {
    "recency": "recency",
    "subject": "subject_name",
    "indicator": "indicator",
    "value": "value",
    "period": "period_end",
    "confidence": "confidence",
}


def _rows() -> QuerySet[FigureView]:
    return FigureView.objects.select_related("source", "fact").defer("source__problems", "source__digest")


def _page(request: HttpRequest, fixed: Q, name: str, title: str, about: str) -> HttpResponse:
    at = revision()
    where = fixed & figures_q(request.GET)
    context = {
        "title": title,
        "about": about,
        "listing": listing(
            request, _rows(), where, name=name, sorts=SORTS, default="-recency", last="statement", at=at
        ),
        "regions": region_choices(FigureView, at),
        "chains": chain_choices(FigureView, at),
        "years": year_choices(at),
        "sources": source_choices(at),
        "statuses": labels.STATUS,
        "kinds": labels.FIGURE_KIND,
        "states": labels.STATE,
        "params": request.GET,
    }
    return answer(request, "workbench/figures.html", "workbench/parts/figure_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All figures."""
    about = _("每个数字都可以点开，看到说它的那句话、出处和日期。")
    return _page(request, Q(), "figures", _("数字"), about)


COLUMNS: Sequence[tuple[object, float, str]] = (
    (gettext_lazy("主体"), 24, ""),
    (gettext_lazy("指标"), 26, ""),
    (gettext_lazy("数字"), 16, ""),
    (gettext_lazy("数值"), 16, "#,##0.####"),
    (gettext_lazy("单位"), 8, ""),
    (gettext_lazy("界限"), 6, ""),
    (gettext_lazy("性质"), 8, ""),
    (gettext_lazy("状态"), 8, ""),
    (gettext_lazy("时期"), 18, ""),
    (gettext_lazy("地区"), 14, ""),
    (gettext_lazy("产业链"), 16, ""),
    (gettext_lazy("各源关系"), 10, ""),
    (gettext_lazy("原句"), 70, ""),
    (gettext_lazy("来源"), 40, ""),
    (gettext_lazy("发布者"), 16, ""),
    (gettext_lazy("发布日期"), 12, ""),
    (gettext_lazy("位置"), 14, ""),
    (gettext_lazy("把握"), 8, "0%"),
)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All figures that the filters let through, each with its sentence, source and date."""
    where = figures_q(request.GET)
    if request.GET.get("only") == "targets":
        where &= Q(status="target")
    found = _rows().select_related("statement").filter(where).order_by("-recency", "statement")
    columns = [Column(str(title), width, form_) for title, width, form_ in COLUMNS]
    return file_answer(form, _("数字"), columns, _export_rows(found), [_("每行一个数字；原句与位置可在原文件中核对。")])


def _export_rows(found: QuerySet[FigureView]) -> Iterator[list[Cell]]:
    for row in found.iterator(chunk_size=2000):
        yield [
            row.subject_name,
            row.indicator,
            quantity(row.value, row.unit, row.bound, row.figure_kind),
            row.value,
            row.unit,
            row.bound,
            labels.word(labels.FIGURE_KIND, row.figure_kind),
            labels.word(labels.STATUS, row.status),
            period(row.period),
            region_name(row.region_code or row.city_code),
            row.chain_name,
            labels.word(labels.STATE, row.fact.state),
            row.statement.sentence,
            (row.source.title or row.source.name) if row.source else "",
            row.source.publisher if row.source else "",
            row.published,
            row.statement.locator,
            row.confidence,
        ]
