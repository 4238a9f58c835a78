"""Targets: all of them with where they stand, and one with its versions, figures, parts and the way it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from liantu.ledger.models import FigureView, Source, TargetPart, TargetRecord
from liantu.ledger.rights import Action
from liantu.ledger.work.target_chains import chain_of, earlier_ones, sums_of
from liantu.ledger.work.target_lines import Line, evaluate, kept_lines, line_of
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import per_tables, revision
from liantu.workbench.facets import Choice, chain_choices, region_choices
from liantu.workbench.filters import whole
from liantu.workbench.formatting import period, quantity, region_name
from liantu.workbench.listing import LAST_PAGE, PAGE_SIZE, Listing
from liantu.workbench.rights import needs
from liantu.workbench.rights_words import level_words
from liantu.workbench.target_drawing import drawing_of, rule_of
from liantu.workbench.target_pages import KEPT, TAKEN, lines_for, part_of, whole_of
from liantu.workbench.views.answers import answer, file_answer


@needs(Action.READ)
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """All targets with where they stand."""
    at, today = revision(), timezone.localdate()
    found = whole_of(request.GET, today, at)
    page = min(max(whole(request.GET, "page") or 1, 1), max(1, -(-found.n // PAGE_SIZE)), LAST_PAGE)
    shown = part_of(found, request.GET, today, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    has_next = found.n > page * PAGE_SIZE and page < LAST_PAGE
    context = {
        "listing": Listing(shown, found.n, found.more_than_counted, page, has_next, request.GET.get("sort", "")),
        "more": found.is_cut,
        "n_kept": found.n_kept,
        "counts": found.counts,
        "waiting": min(found.n_said, TAKEN),
        "regions": _places(at),
        "chains": chain_choices(FigureView, at),
        "issuers": sorted({*per_tables("target-issuers", _issuers, at), *filter(None, [request.GET.get("issuer")])}),
        "years": per_tables("target-years", _years, at),
        "states": labels.COURSE,
        "kinds": KEPT,
        "today": today,
        "params": request.GET,
    }
    return answer(request, "workbench/targets.html", "workbench/parts/target_rows.html", "results", context)


def _issuers() -> set[str]:
    kept = TargetRecord.objects.filter(removed_at=None).exclude(issuer="").values_list("issuer", flat=True)
    gives = FigureView.objects.filter(source=OuterRef("pk"), status="target").order_by()
    said = Source.objects.filter(Exists(gives)).exclude(publisher="").values_list("publisher", flat=True)
    return {*kept.distinct(), *(name for name in said.order_by().distinct() if name)}


def _places(at: int) -> list[Choice]:
    known = region_choices(FigureView, at)
    listed = {choice.value for choice in known}
    typed = set(
        TargetRecord.objects.filter(removed_at=None).exclude(region_code="").values_list("region_code", flat=True)
    )
    return [*known, *(Choice(code, region_name(code)) for code in sorted(typed - listed))]


def _years() -> list[int]:
    """Years in which targets fall due. Days are asked for, which an index holds, and years made of them here."""
    kept = TargetRecord.objects.filter(removed_at=None, due__isnull=False).values_list("due", flat=True).distinct()
    given = FigureView.objects.filter(status="target", period_end__isnull=False).order_by()
    days = {*kept, *given.values_list("period_end", flat=True).distinct()}
    return sorted({day.year for day in days if day is not None}, reverse=True)


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
    (gettext_lazy("密级"), 8, ""),
)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same targets as a file, each with the sentences of both its sides."""
    lines, more = lines_for(request.GET, timezone.localdate())
    columns = [Column(str(title), width, form_) for title, width, form_ in COLUMNS]
    notes = [_("状态按每个目标的进度算法判断；完成数由人确认的优先，未确认的注明“未确认”。")]
    if more:
        notes.append(_("文件里的目标太多，这里只有最新的一部分；请按地区、产业链或年份筛选。"))
    return file_answer(form, _("目标"), columns, _cells(lines), notes)


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
            level_words(line.record.secrecy if line.record else line.figure.level if line.figure else 0),
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
