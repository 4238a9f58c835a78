"""Targets: all of them with where they stand, and one with its versions, figures, parts and the way it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from liantu.ledger.models import FigureView, TargetPart, TargetRecord
from liantu.ledger.rights import Action
from liantu.ledger.standing import batches
from liantu.ledger.work.target_chains import chain_of, earlier_ones, sums_of
from liantu.ledger.work.target_lines import Line, evaluate, kept_lines, line_of, targets_of
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import per_revision, revision
from liantu.workbench.facets import Choice, chain_choices, region_choices
from liantu.workbench.filters import WITHOUT, chosen, kept_region_q, region_q, whole, words_q
from liantu.workbench.formatting import period, quantity, region_name
from liantu.workbench.listing import PAGE_SIZE, Listing
from liantu.workbench.rights import needs
from liantu.workbench.target_drawing import drawing_of, rule_of
from liantu.workbench.views.answers import answer, file_answer

KEPT = {"kept": gettext_lazy("已纳入台账"), "said": gettext_lazy("只见于文件")}
SORTS = ("indicator", "due", "value", "percent", "state", "issued")


def filters_of(params: QueryDict) -> tuple[Q, Q]:
    """What a page address asks of the targets kept, and of those that documents give."""
    region, chain = chosen(params, "region"), chosen(params, "chain")
    kept, said = kept_region_q(region), region_q(region)
    if chain:
        kept &= Q(chain="" if chain == WITHOUT else chain)
        said &= Q(chain_name="" if chain == WITHOUT else chain)
    if (year := whole(params, "year")) is not None:
        kept &= Q(due__year=year)
        said &= Q(period_end__year=year)
    if issuer := chosen(params, "issuer"):
        kept &= Q(issuer=issuer)
        said &= Q(source__publisher=issuer)
    words = chosen(params, "q")
    kept &= words_q(words, "indicator", "subject_name", "definition")
    said &= words_q(words, "indicator", "subject_name")
    only = chosen(params, "kept", KEPT)
    return (kept & Q(pk=-1) if only == "said" else kept), (said & Q(pk="") if only == "kept" else said)


def lines_for(params: QueryDict, today: date) -> tuple[list[Line], bool]:
    """The targets that a page address asks for, in its order, and whether documents give more."""
    lines, more = targets_of(*filters_of(params), today)
    if state := chosen(params, "state", labels.COURSE):
        lines = [line for line in lines if line.state == state]
    sort = params.get("sort", "")
    key = sort.removeprefix("-")
    if key in SORTS:
        known = [line for line in lines if _key(line, key) is not None]
        known.sort(key=lambda line: (_key(line, key), line.key), reverse=sort.startswith("-"))
        lines = known + [line for line in lines if _key(line, key) is None]
    else:
        order = ("late", "behind", "no_data", "on_course", "reached")
        lines.sort(key=lambda x: (x.record is None, x.replaced, order.index(x.state), x.due or date.max, x.key))
    return lines, more


def _key(line: Line, key: str) -> Any:
    return {
        "indicator": line.indicator,
        "due": line.due,
        "value": line.value,
        "percent": line.percent,
        "state": line.state,
        "issued": line.issued_on,
    }[key]


@needs(Action.READ)
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """All targets with where they stand."""
    at, today = revision(), timezone.localdate()
    found, page, shown = _page(request.GET, today, at)
    sort = request.GET.get("sort", "")
    context = {
        "listing": Listing(shown, found.n, False, page, found.n > page * PAGE_SIZE, sort),
        "more": found.more,
        "counts": found.counts,
        "waiting": found.waiting,
        "regions": _places(at),
        "chains": chain_choices(FigureView, at),
        "issuers": sorted(found.issuers | {i for i in [request.GET.get("issuer")] if i}),
        "years": _years(),
        "states": labels.COURSE,
        "kinds": KEPT,
        "today": today,
        "params": request.GET,
    }
    return answer(request, "workbench/targets.html", "workbench/parts/target_rows.html", "results", context)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is said of all lines of a list, and the state of the ledger that they are of."""

    at: int
    n: int
    more: bool
    counts: dict[str, int]
    waiting: int
    issuers: frozenset[str]


def _page(params: QueryDict, today: date, at: int) -> tuple[_Found, int, list[Line]]:
    """What is said of all lines, the number of the page asked for, and its lines.

    Pages are remembered one by one: two thousand lines with their figures take seconds to take out of memory again.
    """
    asked = sorted((key, values) for key, values in params.lists() if key != "page")
    name = f"targets:{today}:{asked!r}"

    def all_lines() -> _Found:
        lines, more = lines_for(params, today)
        for number, part in enumerate(batches(lines, PAGE_SIZE) if lines else [[]], start=1):
            per_revision(f"{name}:{number}", partial(list, part), at, may_lag=False)
        counts = {state: sum(line.state == state for line in lines) for state in labels.COURSE}
        waiting = sum(line.record is None for line in lines)
        return _Found(at, len(lines), more, counts, waiting, frozenset(line.issuer for line in lines if line.issuer))

    found = per_revision(name, all_lines, at)
    page = min(max(whole(params, "page") or 1, 1), max(1, -(-found.n // PAGE_SIZE)))
    chosen_lines = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    shown = per_revision(f"{name}:{page}", lambda: lines_for(params, today)[0][chosen_lines], found.at, may_lag=False)
    return found, page, shown


def _places(at: int) -> list[Choice]:
    known = region_choices(FigureView, at)
    listed = {choice.value for choice in known}
    typed = set(
        TargetRecord.objects.filter(removed_at=None).exclude(region_code="").values_list("region_code", flat=True)
    )
    return [*known, *(Choice(code, region_name(code)) for code in sorted(typed - listed))]


def _years() -> list[int]:
    kept = TargetRecord.objects.filter(removed_at=None, due__isnull=False).values_list("due__year", flat=True)
    said = FigureView.objects.filter(status="target", period_end__isnull=False).values_list(
        "period_end__year", flat=True
    )
    return sorted(set(kept.distinct()) | set(said.order_by().distinct()), reverse=True)


@needs(Action.READ, on=TargetRecord)
@require_safe
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One target that the office keeps."""
    record = get_object_or_404(TargetRecord, pk=pk, removed_at=None)
    (line,) = kept_lines([record])
    chain = chain_of(record)
    parts = list(TargetPart.objects.filter(target=record, removed_at=None).order_by("period", "pk"))
    extra = {
        "record": record,
        "chain": _with_lines(chain) if len(chain) > 1 else [],
        "parts": parts,
        "sums": sums_of(record, parts),
    }
    return _one(request, line, extra)


def _with_lines(chain: Sequence[Any]) -> list[tuple[Any, Line]]:
    lines = kept_lines([step.record for step in chain])
    return list(zip(chain, lines, strict=True))


@needs(Action.READ)
@require_safe
def said(request: HttpRequest, pk: str) -> HttpResponse:
    """One target that a document gives and nobody has taken up; one taken up leads to its own page."""
    kept = TargetRecord.objects.filter(statement=pk, removed_at=None).first()
    if kept is not None:
        return redirect("target", pk=kept.pk)
    row = FigureView.objects.select_related("statement", "source").filter(pk=pk, status="target").first()
    if row is None:
        raise Http404(_("没有这个目标。"))
    return _one(request, line_of(row), {"record": None})


def _one(request: HttpRequest, line: Line, extra: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    evaluate([line], today)
    context = {
        "line": line,
        "drawing": drawing_of(line),
        "rule": rule_of(line),
        "earlier": earlier_ones(line),
        "revision_kinds": [(k, labels.REVISION[k]) for k in ("value", "scope", "date", "same", "unrelated")],
        "today": today,
        "home": reverse("targets"),
    }
    return answer(request, "workbench/target.html", "workbench/target.html", "", context | extra)


COLUMNS: Sequence[tuple[object, float, str]] = (
    (gettext_lazy("主体"), 20, ""),
    (gettext_lazy("指标"), 28, ""),
    (gettext_lazy("目标"), 18, ""),
    (gettext_lazy("目标值"), 16, "#,##0.####"),
    (gettext_lazy("上限"), 12, "#,##0.####"),
    (gettext_lazy("单位"), 8, ""),
    (gettext_lazy("期限"), 12, ""),
    (gettext_lazy("提出者"), 18, ""),
    (gettext_lazy("提出日期"), 12, ""),
    (gettext_lazy("地区"), 14, ""),
    (gettext_lazy("产业链"), 16, ""),
    (gettext_lazy("完成值"), 16, "#,##0.####"),
    (gettext_lazy("截至"), 12, ""),
    (gettext_lazy("完成比例"), 10, "0.0%"),
    (gettext_lazy("时间已过"), 10, "0.0%"),
    (gettext_lazy("按进度应到"), 16, "#,##0.####"),
    (gettext_lazy("状态"), 12, ""),
    (gettext_lazy("说明"), 40, ""),
    (gettext_lazy("目标依据"), 70, ""),
    (gettext_lazy("完成依据"), 70, ""),
    (gettext_lazy("台账"), 12, ""),
)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same targets as a file, each with the sentences of both its sides."""
    lines, _more = lines_for(request.GET, timezone.localdate())
    columns = [Column(str(title), width, form_) for title, width, form_ in COLUMNS]
    note = _("状态按每个目标的进度算法判断；完成数由人确认的优先，未确认的注明“未确认”。")
    return file_answer(form, _("目标"), columns, _cells(lines), [note])


def _cells(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    for line in lines:
        actual, course = line.actual, line.course
        notes = [labels.word(labels.COURSE_REASON, course.reason)] if course.reason and line.state == "no_data" else []
        notes += [_("未确认")] if line.provisional else []
        notes += [labels.word(labels.REVISION, line.revised)] if line.revised else []
        yield [
            line.subject_name,
            line.indicator,
            quantity(line.value, line.unit, line.bound, line.kind) if line.value is not None else _("定性"),
            line.value,
            line.upper,
            line.unit,
            line.due,
            line.issuer,
            line.issued_on,
            region_name(line.region_code),
            line.chain,
            actual.value if actual else None,
            actual.on if actual else None,
            course.share,
            course.elapsed,
            course.expected,
            labels.word(labels.COURSE, line.state),
            "；".join(notes),
            line.figure.statement.sentence if line.figure else (line.record.basis if line.record else ""),
            _basis(line),
            str(KEPT["kept" if line.record else "said"]),
        ]


def _basis(line: Line) -> str:
    if line.actual is None:
        return line.record.state_basis if line.record is not None else ""
    if line.actual.figure is not None:
        return str(line.actual.figure.statement.sentence)
    return line.actual.record.basis if line.actual.record is not None else ""


@needs(Action.READ, on=TargetRecord)
@require_safe
def export_parts(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The parts of a target as a file."""
    record = get_object_or_404(TargetRecord, pk=pk, removed_at=None)
    columns = [
        Column(_("承担单位"), 24),
        Column(_("时期"), 18),
        Column(_("分解值"), 18, "#,##0.####"),
        Column(_("单位"), 8),
        Column(_("说明"), 40),
    ]
    parts = TargetPart.objects.filter(target=record, removed_at=None).order_by("period", "pk")
    rows: list[list[Cell]] = [[p.unit_name, period(p.period), float(p.value), p.unit, p.note] for p in parts]
    return file_answer(form, _("目标分解"), columns, rows, [f"{record.subject_name} · {record.indicator}"])
