"""Changes of rows: each set with its rows before and after, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import ChangeSet
from liantu.ledger.rights import Action
from liantu.workbench.correcting import in_language
from liantu.workbench.exchanging import differences
from liantu.workbench.rights import needs

PAGE = 100


@needs(Action.READ)
@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """One set of changes: who, when, why, and every row before and after."""
    found = get_object_or_404(ChangeSet, pk=pk)
    page = Paginator(found.rows.order_by("pk"), PAGE).get_page(request.GET.get("page"))
    rows = [(row, differences(found.kind, row.before, row.after)) for row in page]
    return render(request, "workbench/row_changes.html", {"changes": found, "page": page, "rows": rows})


@needs(Action.EDIT, on=ChangeSet)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a set of changes back as one."""
    get_object_or_404(ChangeSet, pk=pk)
    try:
        found = services.undo_changes(pk, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("row-changes", pk=pk)
    messages.success(request, _("已撤回：%(why)s。之后的改动不受影响。") % {"why": found.why})
    return redirect("row-changes", pk=pk)
