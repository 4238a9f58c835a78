"""Documents: the list, and one document with the original beside the cleaned text."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.extraction import READER_VERSION
from liantu.ledger import services
from liantu.ledger.models import Job, Source, SourcePath, SourceText, Statement
from liantu.ledger.rights import Action, ensure
from liantu.ledger.rights.deciding import place_of
from liantu.ledger.writing import alone
from liantu.proposing import ADDRESS
from liantu.workbench.cached import per_tables, revision
from liantu.workbench.correcting import in_language
from liantu.workbench.document_checks import checks_of, copies_of
from liantu.workbench.documents import pages_of, shown_document
from liantu.workbench.filters import chosen, documents_q, whole
from liantu.workbench.listing import listing
from liantu.workbench.opened import Told, met
from liantu.workbench.rights import needs
from liantu.workbench.rights_words import level_choices
from liantu.workbench.views.answers import answer

PATHS_SHOWN = 5
INSIDE_SHOWN = 500  # documents of one archive
SORTS = {
    "read": "read_at",
    "published": "published",
    "title": "title",
    "figures": "n_figures",
    "projects": "n_projects",
    "enterprises": "n_enterprises",
}


@needs(Action.READ)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """What was read, with a place to drop more."""
    at = revision()
    page = listing(
        request,
        Source.objects.prefetch_related("copied_from__original"),
        documents_q(request.GET),
        name="documents",
        sorts=SORTS,
        default="-read",
        last="-id",
        at=at,
    )
    running = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).order_by("-created_at").first()
    context = {
        "listing": page,
        "params": request.GET,
        "job": running,
        "outdated": per_tables("outdated", _outdated, at),
        **_upload_levels(request),
    }
    return answer(request, "workbench/documents.html", "workbench/parts/document_rows.html", "results", context)


def _upload_levels(request: HttpRequest) -> dict[str, Any]:
    """The levels that an upload may be given, none above what the reader may see, and the one of the reader's office."""
    highest = services.highest_level_of(request.viewer)  # type: ignore[attr-defined]
    try:
        now = services.level_at_upload(request.user, None)
    except (
        ValueError
    ):  # the office's level is above the reader's: choosing is for the reader, who is told when it does not do
        now = highest
    return {"levels": [(level, words) for level, words in level_choices() if level <= highest], "level_now": now}


def _outdated() -> int:
    """How many documents an earlier reader read."""
    return Source.objects.filter(state=Source.State.READY).exclude(reader_version=READER_VERSION).count()


@needs(Action.READ)
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document. `?figure=` (or `?statement=`) asks for the page, and the sentence, of one statement;
    `?at=` for the page of a raw character."""
    source = get_object_or_404(Source, pk=pk)
    asked = chosen(request.GET, "figure") or chosen(request.GET, "statement")
    found = Statement.objects.filter(pk=asked, source=source).first() if asked else None
    paths = list(source.paths.order_by("pk")[:PATHS_SHOWN])
    context: dict[str, Any] = {
        "source": source,
        "paths": paths,
        "today": timezone.localdate(),
        "may_propose": bool(os.environ.get(ADDRESS)),
        "levels": level_choices(),
        "may_approve": bool(request.viewer.scope(Action.APPROVE).cells),  # type: ignore[attr-defined]
        "inside": _inside([path.path for path in paths]),
        "holder": Source.objects.filter(paths__path__in=[path.container for path in paths if path.container]).first(),
    }
    context |= copies_of(source)
    try:
        read = services.document_of(source)
    except SourceText.DoesNotExist:  # nothing was kept of a file that could not be read
        return answer(request, "workbench/document.html", "workbench/document.html", "", context)
    pages = pages_of(read)
    at = whole(request.GET, "page")
    if found is not None and at is None and found.evidence_start is not None:
        clean, _end = read.text.clean_span(found.evidence_start, found.evidence_end or found.evidence_start + 1)
        at = next((n for n, (_a, b) in enumerate(pages, start=1) if clean < b), 1)
    if at is None and (start := whole(request.GET, "at")) is not None and 0 <= start < len(read.text.raw):
        clean, _end = read.text.clean_span(start, start + 1)
        at = next((n for n, (_a, b) in enumerate(pages, start=1) if clean < b), 1)
    number = min(max(at or 1, 1), len(pages))
    shown = shown_document(source, read, pages[number - 1], asked=found)
    context["checks"] = checks_of(source)
    context |= {"shown": shown, "page": number, "pages": len(pages), "found": found}
    return answer(request, "workbench/document.html", "workbench/document.html", "", context)


def _inside(paths: list[str]) -> list[SourcePath]:
    """The documents that an archive or an e-mail at one of these places holds, as far as a page shows them."""
    inside = SourcePath.objects.filter(container__in=paths, missing=False).select_related("source")
    return list(inside.order_by("pk")[:INSIDE_SHOWN])


@needs(Action.EDIT, on=Source)
@require_POST
def set_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the publication date from a person, and reads the relative dates of the document anew."""
    source = get_object_or_404(Source, pk=pk)
    try:
        day = date.fromisoformat(request.POST.get("published", "").strip())
    except ValueError:
        messages.error(request, _("请填写日期，格式为 年-月-日，例如 2024-11-01。"))
        return redirect("document", pk=pk)
    if not date(1949, 10, 1) <= day <= timezone.localdate():
        messages.error(request, _("发布日期应在 1949-10-01 与今天之间，请核对。"))
        return redirect("document", pk=pk)
    with alone():
        now = Source.objects.values_list("published", flat=True).get(pk=pk)
        told = Told("published", _("发布日期"), now.isoformat() if now else "", day.isoformat())
        if (met_page := met(request, str(source), reverse("document", args=[pk]), [told])) is not None:
            return met_page
        services.set_published(source.pk, day, by=request.user.get_username())
    messages.success(request, _("已记下发布日期，并重新推算了文中的时期。"))
    return redirect("review") if request.POST.get("next") == reverse("review") else redirect("document", pk=pk)


@needs(Action.APPROVE, on=Source)
@require_POST
def set_level(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the level of confidentiality from a person. Nobody gives one above the own: the document would be lost to sight."""
    level = whole(request.POST, "level")
    source = get_object_or_404(Source, pk=pk)
    try:
        if level is None:
            raise ValueError("请选择密级 / choose a level of confidentiality")
        ensure(Action.APPROVE, replace(place_of(source), level=level))
        with alone():
            now = str(Source.objects.values_list("level", flat=True).get(pk=pk))
            words = {str(value): str(name) for value, name in level_choices()}
            told = Told(
                "level", _("密级"), now, str(level), "0", decision=True, words=lambda value: words.get(value, value)
            )
            if (met_page := met(request, str(source), reverse("document", args=[pk]), [told])) is not None:
                return met_page
            services.set_level(pk, level, by=request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已改密级，由它得出的数字、项目和企业随之而变。"))
    return redirect("document", pk=pk)
