"""One comparison between a document's own figures: what was compared, and a person's word on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import Check
from liantu.ledger.rights import Action
from liantu.workbench.document_checks import shown_check
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer


@needs(Action.READ)
@require_safe
def check(request: HttpRequest, pk: str) -> HttpResponse:
    """The comparison with every number in its sentence."""
    found = get_object_or_404(Check.objects.select_related("source"), pk=pk)
    context = {"item": shown_check(found)}
    return answer(request, "workbench/check.html", "workbench/parts/check.html", "panel-body", context)


@needs(Action.APPROVE, on=Check)
@require_POST
def dismiss(request: HttpRequest, pk: str) -> HttpResponse:
    """It needs no further look, for the reason given."""
    found = get_object_or_404(Check, pk=pk)
    services.dismiss_check(found.pk, request.user.get_username(), request.POST.get("reason", "").strip())
    said = _("已记为不用再看。可在判定记录中撤回。")
    if request.headers.get("HX-Request"):
        return render(request, "workbench/parts/judged.html", {"said": said, "done": None, "changes": []})
    messages.success(request, said)
    return redirect("document", pk=found.source_id)
