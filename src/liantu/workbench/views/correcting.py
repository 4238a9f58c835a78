"""Correcting a statement in place; marking what the reader missed; reading again; gold."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.extraction import READER_VERSION
from liantu.ledger import services
from liantu.ledger.corrections import COLUMNS_OF, FIGURE_COLUMNS
from liantu.ledger.models import Source, SourceText, Statement
from liantu.ledger.rights import Action
from liantu.workbench import labels
from liantu.workbench.correcting import fields, fields_of, given, in_language
from liantu.workbench.deciding import seen_review
from liantu.workbench.filters import whole
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, go


@needs(Action.EDIT, on=Statement)
@require_safe
def correction(request: HttpRequest, pk: str) -> HttpResponse:
    """The form that corrects one statement, for the queue and for the panel."""
    found = get_object_or_404(Statement, pk=pk)
    htmx = bool(request.headers.get("HX-Request"))
    page = "workbench/parts/correction_form.html" if htmx else "workbench/correction.html"
    response = render(
        request, page, {"statement": found, "fields": fields_of(found), "htmx": htmx, "seen": seen_review(found)}
    )
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


@needs(Action.EDIT, on=Source)
@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the form for the marked characters, filled in as far as the reader can; POST adds the finding."""
    source = get_object_or_404(Source, pk=pk, state=Source.State.READY)
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "")
    clean = asked.get("side", "clean") != "raw"
    start, end = whole(asked, "start"), whole(asked, "end")
    try:
        if start is None or end is None or kind not in services.ADDABLE:
            raise ValueError("请先在正文里选中一段文字 / mark some text of the document first")
        place = services.marked(source, start, end, kind, clean=clean)
    except SourceText.DoesNotExist:
        raise Http404(_("这份文件没有可标注的文字。")) from None
    except ValueError as error:
        return render(request, "workbench/parts/mark_form.html", {"error": in_language(error)})
    columns = FIGURE_COLUMNS if kind == "figure" else COLUMNS_OF[kind]
    context = {
        "source": source,
        "place": place,
        "kind": kind,
        "kind_word": labels.word(labels.STATEMENT_KIND, kind),
        "fields": fields(kind, columns, place.columns),
        "start": start,
        "end": end,
        "side": "clean" if clean else "raw",
    }
    if request.method == "POST":
        try:
            told = given(kind, columns, request.POST, {})
            by, reason = request.user.get_username(), request.POST.get("reason", "").strip()
            review = services.add_missed(source.pk, start, end, kind, told, by, reason, clean=clean)
        except ValueError as error:
            context["error"] = in_language(error)
            context["fields"] = fields(kind, columns, request.POST)
        else:
            messages.success(request, _("已补录：%(what)s。可在判定记录中撤回。") % {"what": str(review.statement)})
            return go(request, f"{reverse('document', args=[pk])}?statement={review.statement_id}")
    return answer(request, "workbench/mark.html", "workbench/parts/mark_form.html", "panel-body", context)


@needs(Action.EDIT, on=Source)
@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads a document again with the reader of today; what people said of it holds."""
    source = get_object_or_404(Source, pk=pk, state=Source.State.READY)
    report = services.reread(source.pk, by=request.user.get_username())
    if report.unread:
        messages.error(request, _("没能重读：原文件已不在原处或打不开，也没有留存的文字。"))
    else:
        said = _(
            "已用读取程序 %(version)s 重读：新增 %(added)s 条，人工结论保住 %(held)s 条（其中程序现已读成一致 %(agreed)s 条）。"
        )
        told = {
            "version": READER_VERSION,
            "added": report.added,
            "held": report.held + report.kept,
            "agreed": report.agreed,
        }
        messages.success(request, said % told)
    return redirect("document", pk=pk)


@needs(Action.READ)
@require_safe
def gold(request: HttpRequest, pk: int) -> HttpResponse:
    """One document with what people confirmed of it, as an annotated document; `?all=1` with all that stands."""
    source = get_object_or_404(Source, pk=pk, state=Source.State.READY)
    return _gold(request, [source.pk])


@needs(Action.READ)
@require_safe
def all_gold(request: HttpRequest) -> HttpResponse:
    """Every document of which people confirmed something, annotated."""
    return _gold(request, None)


def _gold(request: HttpRequest, sources: Iterable[int] | None) -> HttpResponse:
    packed = BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        report = services.export_gold(sources, folder, everything=bool(request.GET.get("all")))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).iterdir()):
                archive.write(path, path.name)
    if not report.documents:
        messages.error(request, _("还没有采信、更正或补录过任何内容，没有可导出的标注。"))
        back = list(sources or ())
        return redirect("document", pk=back[0]) if back else redirect("review")
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    name = quote(f"链图-标注-{timezone.localdate().isoformat()}.zip")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
