"""The rates of the ledger: each with both sides, its definition, and the projects that were counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import ProjectView
from liantu.ledger.rights import Action
from liantu.ledger.work.durations import durations
from liantu.ledger.work.rate_lines import (
    COUNTED,
    MONEY,
    OF_CHAIN,
    Books,
    Line,
    amounts_of,
    counted_lines,
    money_lines,
    sides,
    without_data,
)
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.tracking import Definition, definitions
from liantu.workbench import labels
from liantu.workbench.cached import per_revision, revision
from liantu.workbench.facets import chain_choices, region_choices
from liantu.workbench.filters import WITHOUT, projects_q, whole
from liantu.workbench.formatting import chinese, number, quantity
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer

SHOWN = 200
PARTS = ("top", "bottom")


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate as the page shows it."""

    line: Line
    definition: Definition
    name: str
    meaning: str
    top: str
    bottom: str
    flags: list[str]
    counts: bool
    wants_chain: bool


def _lines(request: HttpRequest, year: int, at: int) -> list[RateLine]:
    where, anywhere, chain = _where(request), _where(request, chain=False), _chain(request)

    def compute() -> list[Line]:
        return [*counted_lines(anywhere, chain), *money_lines(where, year)]

    made = per_revision(f"rates:{where!r}:{year}", compute, at)
    return [rate_line(line) for line in made]


def rate_line(line: Line) -> RateLine:
    """A rate in words."""
    definition = definitions()[line.definition]
    name = definition.name_zh if chinese() else definition.name_en
    meaning = _("%(top)s ÷ %(bottom)s") % {"top": definition.numerator_zh, "bottom": definition.denominator_zh}
    flags = [labels.word(labels.RATE_FLAG, flag) for flag in line.rate.flags] if line.rate is not None else []
    counts = definition.unit == "count"

    def shown(value: Decimal) -> str:
        return number(float(value)) if counts else quantity(float(value), "元")

    top, bottom = (shown(line.rate.numerator), shown(line.rate.denominator)) if line.rate is not None else ("", "")
    wants = line.definition in OF_CHAIN and line.rate is None and not line.counted
    return RateLine(line, definition, name, meaning, top, bottom, flags, counts, wants)


def _where(request: HttpRequest, chain: bool = True) -> Q:
    """The projects that the address chooses; without its `chain` where that is asked for."""
    params = request.GET.copy()
    if not chain and params.get("chain") != WITHOUT:
        params.pop("chain", None)
    return projects_q(params)


def _chain(request: HttpRequest) -> str:
    chain = request.GET.get("chain", "").strip()
    return "" if chain == WITHOUT else chain


def _year(request: HttpRequest) -> int:
    year = whole(request.GET, "year")
    return year if year is not None and 1990 <= year <= 2100 else timezone.localdate().year


@needs(Action.READ)
@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """All rates of the projects that the filters let through."""
    at, year = revision(), _year(request)
    today = timezone.localdate().year
    context = {
        "lines": _lines(request, year, at),
        "missing": [definitions()[name] for name in without_data()],
        "durations": per_revision(f"durations:{_where(request)!r}", lambda: durations(_where(request)), at),
        "regions": region_choices(ProjectView, at),
        "chains": chain_choices(ProjectView, at),
        "year": year,
        "years": range(today + 1, today - 6, -1),
        "params": request.GET,
    }
    return answer(request, "workbench/rates.html", "workbench/parts/rate_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def counted(request: HttpRequest, definition: str) -> HttpResponse:
    """The projects on one side of a rate, with what each adds to it."""
    if definition not in COUNTED and definition not in MONEY:
        raise Http404(_("没有这个比率。"))
    part = request.GET.get("part", "bottom")
    year, where = _year(request), _where(request)
    part = part if part in PARTS else "bottom"
    context: dict[str, Any] = {
        "definition": definitions()[definition],
        "part": part,
        "year": year,
        "params": request.GET,
    }
    if definition in COUNTED:
        both = sides(definition, _where(request, chain=False), _chain(request))
        chosen = both[PARTS.index(part)] if both is not None else ProjectView.objects.none()
        context |= {
            "rows": [(row, None) for row in chosen.order_by("-recency", "entity")[:SHOWN]],
            "total": chosen.count(),
        }
    else:
        amounts = amounts_of(definition, Books.of(where), year)
        shown = sorted(amounts, key=lambda pk: (-amounts[pk][1], pk))[:SHOWN]
        views = ProjectView.objects.in_bulk(shown)
        context |= {"rows": [(views[pk], amounts[pk]) for pk in shown if pk in views], "total": len(amounts)}
    names = {"top": context["definition"].numerator_zh, "bottom": context["definition"].denominator_zh}
    context["side"] = names[part]
    return answer(request, "workbench/rate.html", "workbench/rate.html", "", context)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All rates with both sides and their definitions."""
    columns = [
        Column(_("比率"), 26),
        Column(_("口径代号"), 26),
        Column(_("数值（%）"), 12, "0.00"),
        Column(_("分子"), 18, "#,##0.##"),
        Column(_("分母"), 18, "#,##0.##"),
        Column(_("单位"), 8),
        Column(_("分子是"), 24),
        Column(_("分母是"), 24),
        Column(_("计入项目"), 10),
        Column(_("数据不全未计入"), 14),
        Column(_("提醒"), 24),
        Column(_("口径出处"), 40),
    ]
    lines = _lines(request, _year(request), revision())
    notes = [_("年度比率为 %(year)s 年。同名比率口径不同，不能互相比较或连乘。") % {"year": _year(request)}]
    return file_answer(form, _("比率"), columns, _export_rows(lines), notes)


def _export_rows(lines: list[RateLine]) -> Iterator[list[Cell]]:
    for row in lines:
        made = row.line.rate
        yield [
            row.name,
            row.definition.id,
            round(float(made.value), 4) if made is not None and made.value is not None else None,
            float(made.numerator) if made is not None else None,
            float(made.denominator) if made is not None else None,
            _("个") if row.counts else _("元"),
            row.definition.numerator_zh,
            row.definition.denominator_zh,
            row.line.counted,
            row.line.left_out,
            "、".join(row.flags),
            row.definition.source,
        ]
