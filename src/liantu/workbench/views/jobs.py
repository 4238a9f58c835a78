"""Long work: starting it, seeing how far it is, stopping it. The reader's process does it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import IngestItem, Job
from liantu.ledger.rights import Action
from liantu.workbench.rights import needs

FAILURES_SHOWN = 50


@needs(Action.READ)
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is; asked again every second until it is done."""
    return render(request, "workbench/parts/job.html", shown(get_object_or_404(Job, pk=pk)))


@needs(Action.READ)
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its own for one job."""
    return render(request, "workbench/job.html", shown(get_object_or_404(Job, pk=pk)))


@needs(Action.ADMINISTER)
@require_POST
def reread_all(request: HttpRequest) -> HttpResponse:
    """Lets every document be read again, or (`outdated`) those that an earlier reader read."""
    made = services.ask_to_reread(request.user.get_username(), outdated=bool(request.POST.get("outdated")))
    return redirect("job-page", pk=made.pk)


@needs(Action.EDIT, on=Job)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops a job; it ends with the document at hand, and what was done stays."""
    get_object_or_404(Job, pk=pk)
    services.stop_job(pk)
    if request.headers.get("HX-Request"):
        return render(request, "workbench/parts/job.html", shown(Job.objects.get(pk=pk)))
    return redirect("job-page", pk=pk)


def shown(found: Job) -> dict[str, object]:
    """A job with what failed in it; of one that asked a model, its document and what came of it."""
    failures = found.items.filter(state=IngestItem.State.FAILED).select_related("source").order_by("pk")
    context: dict[str, object] = {"job": found, "failures": list(failures[:FAILURES_SHOWN])}
    if found.kind == "propose":
        new, _space, refused = found.message.partition(" ")
        item = found.items.select_related("source").first()
        context |= {"source": item.source if item else None, "new": new or "0", "refused": refused or "0"}
    return context
