"""Bulletins: the list, a draft with its linked numbers, the rows behind a figure, publishing, files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.bulletins.keeping import (
    OPENING,
    changes_of,
    generated_prose,
    loose_in,
    prose_of,
    shown_of,
)
from liantu.ledger.bulletins.kinds import bulletin_kinds
from liantu.ledger.models import Bulletin, BulletinFigure, ProjectView
from liantu.ledger.rights import Action
from liantu.ledger.writing import alone
from liantu.tracking.bulletins import indicators, read_prose
from liantu.tracking.bulletins.composing import number
from liantu.workbench.bulletin_files import bulletin_file, cells_of, columns_of, issue_of, ordinal
from liantu.workbench.cached import per_revision, revision
from liantu.workbench.correcting import in_language
from liantu.workbench.deciding import by_whom
from liantu.workbench.facets import chain_choices, region_choices
from liantu.workbench.filters import chosen, whole
from liantu.workbench.formatting import chinese, quantity, region_name
from liantu.workbench.listing import listing
from liantu.workbench.opened import Told, hidden, met, seen_in
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, document_answer

SORTS = {"period": "period_end", "title": "title", "published": "published_at"}
ROWS_SHOWN = 300


def bulletins_q(params: QueryDict) -> Q:
    """The bulletins a page address asks for."""
    found = Q()
    if kind := chosen(params, "definition", bulletin_kinds()):
        found &= Q(definition=kind)
    if state := chosen(params, "state", Bulletin.State.values):
        found &= Q(state=state)
    else:
        found &= ~Q(state=Bulletin.State.DROPPED)
    if region := chosen(params, "region"):
        found &= Q(region_code="" if region == "-" else region)
    return found


@needs(Action.READ)
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """All issues, the newest period first, and a form for a new draft."""
    at = revision()
    page = listing(
        request, Bulletin.objects.all(), bulletins_q(request.GET), name="bulletins", sorts=SORTS, default="-period",
        last="-id", at=at,
    )  # fmt: skip
    today = timezone.localdate()
    months = [f"{today.year - (today.month <= n)}-{(today.month - n - 1) % 12 + 1:02d}" for n in range(12)]
    years = range(today.year, today.year - 4, -1)
    context = {
        "listing": page,
        "rows": [(row, issue_of(row), region_name(row.region_code)) for row in page.rows],
        "kinds": [(d.id, d.title if chinese() else d.title_en, d.period) for d in bulletin_kinds().values()],
        "months": months,
        "quarters": [f"{year}Q{n}" for year in years for n in (4, 3, 2, 1)],
        "states": Bulletin.State.choices,
        "regions": region_choices(ProjectView, at),
        "chains": chain_choices(ProjectView, at),
        "params": request.GET,
    }
    return answer(request, "workbench/bulletins.html", "workbench/parts/bulletin_rows.html", "results", context)


@needs(Action.EDIT)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    try:
        row = services.make_bulletin(
            request.POST.get("definition", ""),
            request.POST.get("period", "").strip(),
            request.user.get_username(),
            region=request.POST.get("region", "").strip(),
            chain=request.POST.get("chain", "").strip(),
        )
    except KeyError:
        raise Http404(_("没有这一种通报。")) from None
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("bulletins")
    return redirect("bulletin", pk=row.pk)


@needs(Action.READ, on=Bulletin)
@require_safe
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: its prose with every number a link to its rows, its tables, what changed since."""
    row = get_object_or_404(Bulletin, pk=pk)
    shown, prose = shown_of(row), prose_of(row)
    ids = dict(row.figures.values_list("name", "pk"))
    context = {
        "bulletin": row,
        "issue": issue_of(row),
        "opening": _pieces(prose[OPENING], shown, ids),
        "sections": [
            _section(section, ordinal(at), prose, shown, ids) for at, section in enumerate(row.body.get("sections", ()))
        ],
        "empty": row.body.get("empty", []),
        "changes": per_revision(f"bulletin-changes:{pk}:{row.version}", lambda: changes_of(row), revision()),
        "loose": loose_in(row),
        "events": list(row.events.order_by("-pk")[:50]),
        "draft": row.state == Bulletin.State.DRAFT,
        "region": region_name(row.region_code),
    }
    return render(request, "workbench/bulletin.html", context)


def _section(
    section: dict[str, Any], at: str, prose: dict[str, str], shown: dict[str, str], ids: dict[str, int]
) -> dict[str, Any]:
    heads = columns_of(section) if section["lines"] else []
    value_at = (1 if section["ranked"] else 0) + 1
    rows = []
    for line in section["lines"]:
        cells = cells_of(section, line, shown)
        figure = ids.get(f"{section['title']}·{line['name']}") if line["value"] is not None else None
        rows.append(
            (
                line,
                [
                    (head, cell, figure if i == value_at else None)
                    for i, (head, cell) in enumerate(zip(heads, cells, strict=True))
                ],
            )
        )
    return {
        "id": section["id"], "at": at, "title": section["title"], "note": section["note"], "heads": heads, "rows": rows,
        "prose": _pieces(prose[section["id"]], shown, ids),
    }  # fmt: skip


def _pieces(prose: str, shown: dict[str, str], ids: dict[str, int]) -> list[list[tuple[str, int | None]]]:
    """Paragraphs, each as pieces: text, and the id of the figure that it opens."""
    return [
        [(token.text, ids.get(token.name) if token.name else None) for token in read_prose(line, shown)]
        for line in prose.split("\n")
        if line.strip()
    ]


@needs(Action.READ, on=Bulletin)
@require_safe
def figure(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """The rows behind one number, in the side panel."""
    found = get_object_or_404(BulletinFigure.objects.select_related("bulletin"), pk=figure, bulletin_id=pk)
    indicator = indicators().get(found.indicator)
    unit = "元" if indicator is not None and _is_money(found) else ""
    rows = [
        (name, _address(kind, key), kind == "statement", _shown(top, unit), _shown(bottom, unit))
        for kind, key, name, top, bottom in found.rows[:ROWS_SHOWN]
    ]
    context = {
        "figure": found,
        "indicator": indicator,
        "name": (indicator.name_zh if chinese() else indicator.name_en) if indicator is not None else found.name,
        "top": _shown(found.top, unit),
        "bottom": _shown(found.bottom, unit),
        "rows": rows,
        "more": max(0, len(found.rows) - ROWS_SHOWN),
    }
    part = "workbench/parts/bulletin_figure.html"
    return answer(request, "workbench/bulletin_figure.html", part, "panel-body", context)


def _is_money(found: BulletinFigure) -> bool:
    known = indicators()[found.indicator]
    return known.unit == "money" or known.rate.startswith(("invest_", "funds_", "payment_"))


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return quantity(value, unit) if unit else number(value, 0 if value == int(value) else 2)


def _address(kind: str, key: str) -> str:
    if kind == "project":
        return reverse("project", args=[int(key)])
    if kind == "statement":
        return reverse("statement", args=[key])
    if kind == "alert":
        return reverse("alert", args=[int(key)])
    return reverse("record", args=[kind, int(key)])


@needs(Action.EDIT, on=Bulletin)
@require_safe
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The prose as it is written, with the names of the figures that may be linked."""
    row = get_object_or_404(Bulletin, pk=pk, state=Bulletin.State.DRAFT)
    return _form(request, row, prose_of(row))


@needs(Action.EDIT, on=Bulletin)
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the edited prose; a link to no figure is told with its section and line."""
    row = get_object_or_404(Bulletin, pk=pk)
    prose = {name: request.POST.get(f"prose-{name}", "") for name in generated_prose(row)}
    try:
        with alone():
            row.refresh_from_db()
            version = whole(request.POST, "version") or 0
            if row.state == Bulletin.State.DRAFT and row.version != version:
                if (met_page := _met(request, row, prose)) is not None:
                    return met_page
                version = row.version  # others changed nothing that this form would overwrite
            services.edit_prose(
                pk, version, prose, request.user.get_username(),
                title=request.POST.get("title", ""), issuer=request.POST.get("issuer", ""),
            )  # fmt: skip
    except ValueError as error:
        messages.error(request, in_language(error))
        return _form(request, row, prose, status=422)
    messages.success(request, _("已保存。"))
    return redirect("bulletin", pk=pk)


def _said(row: Bulletin) -> dict[str, str]:
    """What the form of a draft shows, by the names of its fields."""
    texts = {f"prose-{name}": _plain(text) for name, text in prose_of(row).items()}
    return {"title": row.title, "issuer": row.issuer, **texts}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _met(request: HttpRequest, row: Bulletin, prose: dict[str, str]) -> HttpResponse | None:
    now = _said(row)
    names = {"title": _("标题"), "issuer": _("发文单位"), f"prose-{OPENING}": _("开头")}
    names |= {f"prose-{each['id']}": each["title"] for each in row.body.get("sections", ())}
    mine = {"title": request.POST.get("title", "").strip(), "issuer": request.POST.get("issuer", "").strip()}
    mine |= {f"prose-{name}": _plain(text) for name, text in prose.items()}
    # A form that does not say what it showed showed, as far as anybody knows, what the figures make by themselves.
    base = {f"prose-{name}": _plain(text) for name, text in generated_prose(row).items()}
    told = [Told(name, names.get(name, name), now.get(name, ""), mine[name], base.get(name, "")) for name in mine]
    last = row.events.order_by("-pk").first()
    return met(
        request,
        f"{row.title} {row.period}",
        reverse("bulletin", args=[row.pk]),
        told,
        carried={"version": str(row.version)},
        since=by_whom(last),
    )


def _form(request: HttpRequest, row: Bulletin, prose: dict[str, str], status: int = 200) -> HttpResponse:
    titles = {OPENING: _("开头")} | {each["id"]: each["title"] for each in row.body.get("sections", ())}
    shown = shown_of(row)
    context = {
        "bulletin": row,
        "fields": [(name, titles.get(name, name), text) for name, text in prose.items()],
        "figures": list(shown.items()),
        # After a refusal the form goes on from what it was opened with, not from what others have made of it since.
        "version": request.POST.get("version", row.version),
        "title": request.POST.get("title", row.title),
        "issuer": request.POST.get("issuer", row.issuer),
        "seen": hidden(seen_in(request) if request.method == "POST" else _said(row)),
    }
    return render(request, "workbench/bulletin_edit.html", context, status=status)


@needs(Action.EDIT, on=Bulletin)
@require_POST
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Works a draft out again."""
    return _done(request, pk, lambda v, by: services.recompute_bulletin(pk, v, by), _("已按台账重算。"))


@needs(Action.APPROVE, on=Bulletin)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Freezes a draft and numbers it."""
    return _done(request, pk, lambda v, by: services.publish_bulletin(pk, v, by), _("已发布，编号冻结。"))


@needs(Action.EDIT, on=Bulletin)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a draft up."""
    return _done(request, pk, lambda v, by: services.drop_bulletin(pk, v, by), _("已作废。"))


def _done(request: HttpRequest, pk: int, work: Any, said: str) -> HttpResponse:
    get_object_or_404(Bulletin, pk=pk)
    try:
        work(whole(request.POST, "version") or 0, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, said)
    return redirect("bulletin", pk=pk)


@needs(Action.READ, on=Bulletin)
@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """As an office paper or a workbook."""
    if form not in ("docx", "xlsx"):
        raise Http404(_("只能导出 docx 或 xlsx。"))
    row = get_object_or_404(Bulletin, pk=pk)
    return document_answer(form, f"{row.title}-{row.period}", bulletin_file(row, form))
