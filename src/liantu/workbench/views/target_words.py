"""What people say of targets: taking them up, which figures count, what was revised, who carries which part."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import Statement, TargetRecord, WorkChange
from liantu.ledger.rights import Action, Place, ensure, may
from liantu.ledger.work.target_lines import Line
from liantu.ledger.writing import alone, writing
from liantu.workbench.correcting import in_language
from liantu.workbench.deciding import told_of_actual
from liantu.workbench.opened import met
from liantu.workbench.project_records import changes
from liantu.workbench.record_forms import measure
from liantu.workbench.rights import needs
from liantu.workbench.target_pages import TAKEN, lines_for
from liantu.workbench.views.records import CHANGES_SHOWN, target_name

PASTED = 2_000  # lines taken at once


def _by(request: HttpRequest) -> str:
    return request.user.get_username()


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()[:500]


@needs(Action.EDIT)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Takes one target of a document into the register, or all that the filters of the address let through."""
    statement = request.POST.get("statement", "")
    try:
        if statement:
            ensure(Action.EDIT, Statement.objects.filter(pk=statement).first())
            change = services.take_up(statement, _by(request), _note(request))
            messages.success(request, _("已纳入目标台账，可在改动记录中撤回。"))
            return redirect("target", pk=change.row)
        lines, _more = lines_for(request.GET, timezone.localdate())
        waiting = [line for line in lines if line.record is None and _may_edit(request, line)]
        taken = services.take_up_all(waiting[:TAKEN], _by(request), _note(request))
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("targets")
    messages.success(request, _("已纳入 %(n)s 个目标；每一个都可以在它的改动记录中撤回。") % {"n": taken})
    return redirect(f"{reverse('targets')}?{request.GET.urlencode()}" if request.GET else "targets")


def _may_edit(request: HttpRequest, line: Line) -> bool:
    return may(request.user, Action.EDIT, Place(line.region_code, tuple(filter(None, [line.chain])))).allowed


@needs(Action.EDIT, on=TargetRecord)
@require_POST
def actual(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure counts for the target, or does not."""
    row = get_object_or_404(TargetRecord, pk=pk, removed_at=None)
    statement, verdict = request.POST.get("statement", ""), request.POST.get("verdict", "")
    try:
        with alone():
            told, since = told_of_actual(row, statement, verdict)
            home = f"{reverse('target', args=[pk])}#actual"
            if (met_page := met(request, target_name(row), home, told, since=since)) is not None:
                return met_page
            services.decide_actual(row.pk, statement, verdict, _by(request), _note(request))
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已记下，可在改动记录中撤回。"))
    return redirect(f"{reverse('target', args=[pk])}#actual")


@needs(Action.EDIT, on=TargetRecord)
@require_POST
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """What this target changed of an earlier one."""
    row = get_object_or_404(TargetRecord, pk=pk, removed_at=None)
    try:
        services.confirm_revision(
            row.pk, request.POST.get("earlier", ""), request.POST.get("kind", ""), _by(request), _note(request)
        )
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已记下，可在改动记录中撤回。"))
    return redirect(f"{reverse('target', args=[pk])}#revision")


@needs(Action.EDIT, on=TargetRecord)
@require_POST
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """Many parts at once, one a line: who, when, how much, parted by tabs, as cells of a sheet are copied. All lines or none."""
    row = get_object_or_404(TargetRecord, pk=pk, removed_at=None)
    lines = [line for line in request.POST.get("lines", "").splitlines() if line.strip()]
    try:
        if not lines:
            raise ValueError(_("没有粘贴内容"))
        if len(lines) > PASTED:
            raise ValueError(_("一次最多 %(n)s 行") % {"n": PASTED})
        with writing():
            for at, line in enumerate(lines, start=1):
                _add_part(row, at, line, request)
    except ValueError as error:
        context = {"row": row, "name": target_name(row), "lines": "\n".join(lines), "errors": [in_language(error)]}
        return render(request, "workbench/target_parts.html", context, status=422)
    messages.success(request, _("已加入 %(n)s 条分解。") % {"n": len(lines)})
    return redirect(f"{reverse('target', args=[pk])}#portion")


def _add_part(row: TargetRecord, at: int, line: str, request: HttpRequest) -> None:
    cells = [cell.strip() for cell in line.split("\t")]
    try:
        if len(cells) < 3 or not cells[0]:
            raise ValueError(_("要有三栏：承担单位、时期（整个期间留空）、分解值，用制表符分开"))
        values = {"target_id": row.pk, "unit_name": cells[0], "period": cells[1], "value": measure(cells[2])}
        services.add_record("portion", values | {"unit": cells[3] if len(cells) > 3 else row.unit}, _by(request))
    except ValueError as error:
        raise ValueError(_("第 %(at)s 行：%(error)s") % {"at": at, "error": in_language(error)}) from error


@needs(Action.READ, on=TargetRecord)
@require_safe
def changes_of(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of a target, its figures, revisions and parts, newest first."""
    row = get_object_or_404(TargetRecord, pk=pk)
    rows = WorkChange.objects.filter(root_kind="target", root_id=pk).order_by("-id")[:CHANGES_SHOWN]
    home = reverse("target", args=[pk]) if row.removed_at is None else reverse("targets")
    context = {"name": target_name(row), "home": home, "changes": changes(rows)}
    return render(request, "workbench/changes.html", context)
