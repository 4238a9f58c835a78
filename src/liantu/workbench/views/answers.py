"""Answering with a whole page, with a part of it, or with a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from liantu.ledger.models import Review
from liantu.reporting import Column, csv_lines, xlsx_bytes
from liantu.reporting.tables import Cell
from liantu.workbench.correcting import changes

XLSX_ROWS = 50_000
"""Rows written into one workbook; CSV has no limit."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(request: HttpRequest, page: str, part: str, target: str, context: dict[str, Any]) -> HttpResponse:
    """The part when htmx asks for the element `target`, the whole page otherwise."""
    htmx = getattr(request, "htmx", None)
    wanted = htmx is not None and bool(htmx) and htmx.target == target
    response = render(request, part if wanted else page, context)
    # The same address answers differently to htmx: caches and the back button must not mix them up.
    response.headers["Vary"] = "HX-Request, HX-Target, Cookie, Accept-Language"
    return response


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Leads to another page, a plain form and htmx alike."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def back(request: HttpRequest, said: str, done: Review | None = None) -> HttpResponse:
    """After a decision: htmx gets a line in place of the row it sent, a plain form returns to where it came from."""
    if request.headers.get("HX-Request"):
        context = {"said": said, "done": done, "changes": changes(done) if done is not None else []}
        return render(request, "workbench/parts/judged.html", context)
    messages.success(request, said)
    target = request.POST.get("next", "")
    return redirect(target if target.startswith("/") and not target.startswith("//") else "review")


def file_answer(
    form: str, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], notes: Sequence[str]
) -> HttpResponseBase:
    """The rows as a workbook or a CSV file, named and dated. Raises Http404 for another form."""
    stamp = timezone.localdate().isoformat()
    if form == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
        )
    elif form == "xlsx":
        limited = (row for _at, row in zip(range(XLSX_ROWS), rows, strict=False))
        limit_note = _("一个工作簿最多写 %(n)s 行；更多请导出 CSV。") % {"n": f"{XLSX_ROWS:,}"}
        response = HttpResponse(xlsx_bytes(name, columns, limited, [*notes, limit_note]), content_type=_XLSX)
    else:
        raise Http404(_("只能导出 xlsx 或 csv。"))
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'链图-{name}-{stamp}.{form}')}"
    return response


def document_answer(form: str, name: str, content: bytes, file: str = "") -> HttpResponse:
    """A finished `docx` or `xlsx` as an answer, named and dated; `file` is a whole name of its own."""
    kinds = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "xlsx": _XLSX}
    response = HttpResponse(content, content_type=kinds[form])
    called = file or f"链图-{name}-{timezone.localdate().isoformat()}.{form}"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(called)}"
    return response
