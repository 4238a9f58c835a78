"""Taking a source out: first what would become unsupported, then the deed."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liantu.ledger import services
from liantu.ledger.models import Source
from liantu.ledger.rights import Action
from liantu.workbench.rights import needs


@needs(Action.APPROVE, on=Source)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """GET previews, POST removes. The statements stay in the ledger, out of the views; the source can be read again."""
    source = get_object_or_404(Source, pk=pk)
    if request.method == "POST":
        services.remove_source(source.pk, by=request.user.get_username())
        messages.success(request, _("已移除“%(name)s”。它的陈述不再计入各页面。") % {"name": str(source)})
        return redirect("documents")
    preview = _preview(source, request.user.get_username())
    return render(request, "workbench/remove.html", {"source": source, "preview": preview})


def _preview(source: Source, by: str) -> services.RemovalReport:
    """What removing would say: the removal itself, taken back before anybody sees it."""
    with transaction.atomic():
        report = services.remove_source(source.pk, by=by)
        transaction.set_rollback(True)
    return report
