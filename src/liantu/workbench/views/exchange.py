"""Lists that go out to Excel and come back: upload or paste, see every problem and difference, then write."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.exchange import importing, working
from liantu.ledger.exchange.lists import ExchangeList, list_of
from liantu.ledger.exchange.record_tables import TABLED, RecordTable
from liantu.ledger.lists.books import BOOK
from liantu.ledger.lists.table import PREFIX, ListTable
from liantu.ledger.models import ChainList, ChangeSet, Import, ImportRow
from liantu.ledger.rights import Action as Right
from liantu.ledger.rights import ensure
from liantu.ledger.work.kinds import KINDS
from liantu.reporting.exchange import exchange_csv, exchange_xlsx, handed_back_xlsx
from liantu.workbench.correcting import in_language
from liantu.workbench.exchanging import differences, keep_text, keep_upload, meanings, unknown_headers
from liantu.workbench.filters import enterprises_q, projects_q
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.rights import needs
from liantu.workbench.views.lists import sorted_rows
from liantu.workbench.work_lists import LISTS as WORK_LISTS
from liantu.workbench.work_lists import where_of

FILTERS = {"project": projects_q, "enterprise": enterprises_q}
PAGES_OF = {spec.kind: page for page, spec in WORK_LISTS.items()}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE, RECENT, LISTED = 100, 20, 300
Action, State = ImportRow.Action, Import.State


@needs(Right.EDIT)
@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    """The page of imports: out, in, and what came in lately."""
    context = {
        "kinds": kinds(),
        "ways_in": _ways_in(),
        "kind": request.GET.get("kind", "project"),
        "imports": Import.objects.filter(book=None).exclude(state=State.CANCELLED).order_by("-pk")[:RECENT],
        "changes": ChangeSet.objects.order_by("-pk")[:RECENT],
    }
    return render(request, "workbench/exchange.html", context)


def kinds() -> list[tuple[str, str]]:
    """The lists that can go out and come back."""
    lists = ChainList.objects.filter(removed_at=None).order_by("title", "pk")[:LISTED]
    own = [
        (f"{PREFIX}{row.pk}", " · ".join(p for p in (row.title, region_name(row.region_code), row.chain) if p))
        for row in lists
    ]
    records = [(kind, str(KINDS[kind]._meta.verbose_name)) for kind in TABLED]
    return [("project", _("项目")), ("enterprise", _("企业")), *records, *own]


def _ways_in() -> list[tuple[str, str]]:
    return [*kinds(), (BOOK, _("清单工作簿（几份清单一起，按工作表对应）"))]


def listed_for(kind: str, right: Right) -> ExchangeList:
    """The list of a name, which the person must have this right for. Raises Http404, RefusedError."""
    try:
        found = list_of(kind)
    except KeyError:
        raise Http404(_("没有这份名单。")) from None
    if isinstance(found, ListTable):
        ensure(right, found.of_list)
    return found


def kind_word(kind: str) -> str:
    """What a list is called."""
    if kind == BOOK:
        return _("清单工作簿")
    try:
        found = list_of(kind)
    except KeyError:
        return _("已删除的清单")
    return found.zh if chinese() else found.en


@needs(Right.READ)
@require_safe
def export(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """The rows that the filters let through, to be edited and brought back."""
    if form not in {"xlsx", "csv"}:
        raise Http404(_("只能导出 xlsx 或 csv。"))
    listed = listed_for(kind, Right.READ)
    if isinstance(listed, ListTable):
        rows = listed.read(sorted_rows(listed.of_list, request))
    elif isinstance(listed, RecordTable):
        where = where_of(PAGES_OF[kind], request.GET, timezone.localdate())
        rows = listed.read(listed.view._default_manager.filter(where).order_by("pk"))
    else:
        rows = listed.read(
            listed.view._default_manager.filter(FILTERS[kind](request.GET)).order_by("-recency", "entity")
        )
    english = not chinese()
    if form == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            exchange_csv(listed, rows, english=english), content_type="text/csv; charset=utf-8"
        )
    else:
        response = HttpResponse(exchange_xlsx(listed, rows, english=english), content_type=XLSX)
    name = f"链图-{listed.zh}-可导回-{timezone.localdate().isoformat()}.{form}"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@needs(Right.EDIT)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a file (`file`) or pasted cells (`text`) and compares them with the ledger."""
    kind = request.POST.get("kind", "")
    file, text = request.FILES.get("file"), request.POST.get("text", "")
    if kind != BOOK:
        listed_for(kind, Right.EDIT)
    if file is None and not text.strip():
        messages.error(request, _("没有收到文件，也没有粘贴内容。请选一个表格，或把单元格粘贴到框里。"))
        return redirect("exchange")
    if file is not None and (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
        messages.error(request, _("文件过大（上限 %(limit)s MB），请拆成几份，或用 liantu import。") % {"limit": limit})
        return redirect("exchange")
    path, name = keep_upload(file) if file is not None else keep_text(text)
    if kind == BOOK:
        return redirect("list-book", pk=services.start_book(path, name, request.user.get_username()).pk)
    batch = importing.start_import(kind, path, name, request.user.get_username())
    return redirect("exchange-preview", pk=working.compare_soon(batch).pk)


@needs(Right.EDIT)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is wrong with a file and everything it would change."""
    batch = get_object_or_404(Import, pk=pk)
    if batch.kind == BOOK:
        return redirect("list-book", pk=pk)
    return render(request, "workbench/exchange_preview.html", shown(request, batch))


@needs(Right.EDIT)
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is; asked every second. When it is through, the page is loaded anew."""
    batch = get_object_or_404(Import.objects.select_related("job"), pk=pk)
    if batch.state not in {State.CHECKING, State.WRITING}:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    return render(request, "workbench/parts/exchange_progress.html", _progress(batch))


def _progress(batch: Import) -> dict[str, Any]:
    done, total = working.progress_of(batch)
    return {"batch": batch, "done": done, "total": total}


def shown(request: HttpRequest, batch: Import) -> dict[str, Any]:
    """An import for its page: counts, problems, and the rows of one kind of difference."""
    counts = importing.counts(batch)
    present = [action for action in Action.values if counts[action]]
    asked = request.GET.get("show", "")
    action = asked if asked in present else (present[0] if present else "")
    page = Paginator(batch.rows.filter(action=action).order_by("pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "failed": batch.job.message if batch.job and batch.state == State.CHECKED else "",
        "counts": counts,
        "tabs": [(value, Action(value).label, counts[value]) for value in present],
        "action": action,
        "page": page,
        "rows": [(row, differences(batch.kind, row.before, row.after, row.clashes)) for row in page],
        "blocked": any(p.get("blocks") for p in batch.problems),
        "n_writable": counts[Action.ADDED] + counts[Action.CHANGED] + batch.rows.filter(mine=True).count(),
        "unknown": unknown_headers(batch),
        "meanings": meanings(batch.kind),
        "kind_word": kind_word(batch.kind),
        "of_list": batch.kind.removeprefix(PREFIX) if batch.kind.startswith(PREFIX) else "",
    }
    if context["failed"]:
        context["failed"] = in_language(ValueError(context["failed"]))
    return context | _progress(batch)


@needs(Right.EDIT)
@require_POST
def headers(request: HttpRequest, pk: int) -> HttpResponse:
    """What unknown headers mean; remembered, and the file is compared again."""
    batch = get_object_or_404(Import, pk=pk, state=State.CHECKED)
    said = {
        h["plain"]: request.POST[f"header-{h['plain']}"]
        for h in unknown_headers(batch)
        if f"header-{h['plain']}" in request.POST
    }
    try:
        batch = importing.say_headers(pk, said, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        working.compare_soon(batch)
    return redirect("exchange-preview", pk=pk)


@needs(Right.EDIT)
@require_POST
def side(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose version is to hold in rows that somebody else changed too: `row` (or all of them), `mine`."""
    get_object_or_404(Import, pk=pk, state=State.CHECKED)
    row = request.POST.get("row", "")
    importing.side_with(
        pk, [int(row)] if row.isascii() and row.isdigit() else None, mine=bool(request.POST.get("mine"))
    )
    return redirect(f"{reverse('exchange-preview', args=[pk])}?show={Action.CLASH}")


@needs(Right.EDIT)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Compares the file with the ledger as it is now."""
    batch = get_object_or_404(Import.objects.exclude(kind=BOOK), pk=pk, state__in=[State.CHECKED, State.REFUSED])
    working.compare_soon(batch)
    return redirect("exchange-preview", pk=pk)


@needs(Right.EDIT)
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes it all (`how=all`), or the good rows (`how=good`); `remove` takes rows that were deleted off the list."""
    batch = get_object_or_404(Import, pk=pk)
    listed_for(batch.kind, Right.EDIT)
    try:
        batch = working.write_soon(
            batch,
            request.user.get_username(),
            good_only=request.POST.get("how") == "good",
            remove=bool(request.POST.get("remove")),
        )
    except importing.NotImportable as error:
        messages.error(request, in_language(error))
    else:
        if batch.state == State.DONE and batch.changes is None:
            messages.success(request, _("没有要改的，台账没有变动。"))
    return redirect("exchange-preview", pk=pk)


@needs(Right.EDIT)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops a comparison or a writing under way, or gives an import up."""
    batch = get_object_or_404(Import, pk=pk)
    if batch.state in {State.CHECKING, State.WRITING}:
        working.ask_to_stop(pk)
        return redirect("exchange-preview", pk=pk)
    importing.cancel_import(pk)
    messages.success(request, _("已放弃《%(name)s》，台账没有变动。") % {"name": batch.name})
    return redirect("exchange")


@needs(Right.EDIT)
@require_safe
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with errors as a workbook, each with its reason."""
    batch = get_object_or_404(Import, pk=pk)
    response = HttpResponse(handed_back_xlsx(batch, english=not chinese()), content_type=XLSX)
    name = quote(f"退回-{batch.name.rsplit('.', 1)[0]}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
