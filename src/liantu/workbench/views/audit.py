"""The audit log: filtered, paged, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import AuditEntry
from liantu.ledger.people.auditing import KEPT_DAYS
from liantu.ledger.rights import Action
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench.filters import chosen, whole
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer

PAGE = 100


def audit_q(params: QueryDict) -> Q:
    """The entries an address asks for: `kind`, `who`, `address`, `q` in what was done, `since` and `to` (days)."""
    found = Q()
    if kind := chosen(params, "kind", AuditEntry.Kind.values):
        found &= Q(kind=kind)
    if who := chosen(params, "who"):
        found &= Q(who=who)
    if address := chosen(params, "address"):
        found &= Q(address=address)
    if asked := chosen(params, "q"):
        found &= Q(what__icontains=asked) | Q(path__icontains=asked)
    for name, edge, lookup in (("since", time.min, "at__gte"), ("to", time.max, "at__lte")):
        day = _day(params.get(name, ""))
        if day is not None:
            found &= Q(**{lookup: timezone.make_aware(datetime.combine(day, edge))})
    return found


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


@needs(Action.ADMINISTER)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    page = max(whole(request.GET, "page") or 1, 1)
    start = (page - 1) * PAGE
    rows = list(AuditEntry.objects.filter(audit_q(request.GET)).order_by("-at", "-id")[start : start + PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "page": page,
        "has_next": len(rows) > PAGE,
        "kinds": AuditEntry.Kind.choices,
        "params": request.GET,
        "kept": KEPT_DAYS,
    }
    return answer(request, "workbench/audit.html", "workbench/parts/audit_rows.html", "results", context)


@needs(Action.ADMINISTER)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same entries as a file."""
    columns = [
        Column(_("时间"), 20), Column(_("账号"), 16), Column(_("来自"), 16), Column(_("事项"), 14), Column(_("做了什么"), 40),
        Column(_("页面"), 40), Column(_("细节"), 60),
    ]  # fmt: skip
    found = AuditEntry.objects.filter(audit_q(request.GET)).order_by("-at", "-id")
    return file_answer(form, _("审计日志"), columns, _cells(found), [_("只增不改；至少保留六个月。")])


def _cells(found: QuerySet[AuditEntry]) -> Iterator[list[Cell]]:
    for row in found.iterator(chunk_size=2000):
        at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
        detail = "；".join(f"{key}={value}" for key, value in row.detail.items())
        yield [at, row.who, row.address, row.get_kind_display(), row.what, row.path, detail]
