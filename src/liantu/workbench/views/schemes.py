"""Local words for stages, which an office can make its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import WorkChange
from liantu.ledger.rights import Action
from liantu.ledger.work.schemes import schemes as all_schemes
from liantu.vocabulary.stages import stage_schemes
from liantu.workbench.correcting import in_language
from liantu.workbench.project_records import changes
from liantu.workbench.rights import everywhere, needs
from liantu.workbench.views.answers import answer

CHANGES_SHOWN = 20


@needs(Action.READ)
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme with its buckets and the canonical stages they stand for."""
    rows = WorkChange.objects.filter(kind="bucket").order_by("-id")[:CHANGES_SHOWN]
    context = {"schemes": list(all_schemes().values()), "changes": changes(rows)}
    return answer(request, "workbench/schemes.html", "workbench/schemes.html", "", context)


@needs(Action.EDIT, on=everywhere)
@require_POST
def own(request: HttpRequest, scheme: str) -> HttpResponse:
    """Copies a shipped scheme to the office, where it can be changed."""
    if scheme not in stage_schemes():
        raise Http404(_("没有这套叫法。"))
    try:
        services.take_over(scheme, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已转为本单位的叫法，可以逐条修改。"))
    return redirect("schemes")
