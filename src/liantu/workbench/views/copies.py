"""A person's word that a document is no copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liantu.ledger import services
from liantu.ledger.models import Source
from liantu.ledger.rights import Action
from liantu.workbench.rights import needs


@needs(Action.APPROVE, on=Source)
@require_POST
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The document speaks for itself: it counts as a source of its own from now on."""
    source = get_object_or_404(Source, pk=pk)
    services.say_own(source.pk, request.user.get_username(), request.POST.get("reason", "").strip())
    messages.success(request, _("已记下：这份文件不是转载，单独算一个来源。可在判定记录中撤回。"))
    return redirect("document", pk=pk)
