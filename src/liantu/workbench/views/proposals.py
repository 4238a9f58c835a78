"""Asking a language model about one document, after saying where its text goes; deciding on what it proposed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liantu.ledger import services
from liantu.ledger.models import Pairing, Proposal, Review, Source
from liantu.ledger.rights import Action
from liantu.proposing import Endpoint, ProposingError, endpoint_of
from liantu.workbench import labels
from liantu.workbench.correcting import in_language
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import back


def model() -> Endpoint | None:
    """The model that may be asked: named in the environment; None, as by default, or when it is named wrongly."""
    try:
        return endpoint_of()
    except ProposingError:
        return None


def word_of(kind: str, pk: int) -> Review | Pairing | None:
    """The word on an old version of a file that an address names."""
    if kind == "review":
        return Review._base_manager.filter(pk=pk).first()
    return Pairing._base_manager.filter(pk=pk).first() if kind == "pairing" else None


@needs(Action.EDIT, on=Source)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what leaves for where; POST lets the model be asked about this one document."""
    source = get_object_or_404(Source, pk=pk, state=Source.State.READY, text__isnull=False)
    endpoint = model()
    if endpoint is None:
        raise Http404(_("没有设置语言模型。"))
    if request.method == "POST":
        job = services.ask_to_propose(source.pk, by=request.user.get_username())
        return redirect("job-page", pk=job.pk)
    return render(request, "workbench/propose.html", {"source": source, "endpoint": endpoint})


@needs(Action.APPROVE, on=Proposal)
@require_POST
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    """Accepts a proposal, which makes a statement of it, or refuses it."""
    found = get_object_or_404(Proposal, pk=pk)
    verdict, by = request.POST.get("verdict", ""), request.user.get_username()
    if verdict == "refused":
        services.refuse_proposal(found.pk, by)
        return back(request, _("%(what)s：已搁置，不再列出。可在判定记录中撤回。") % {"what": str(found)})
    if verdict != "accepted":
        raise Http404(_("请选择：采信或搁置。"))
    try:
        review = services.accept_proposal(found.pk, by, request.POST.get("reason", "").strip())
    except ValueError as error:
        return back(request, in_language(error))
    said = _("%(what)s：%(verdict)s。") % {"what": str(found), "verdict": labels.word(labels.REVIEW, "accepted")}
    return back(request, said, review)


@needs(Action.APPROVE, on=Proposal)
@require_POST
def undo(request: HttpRequest, pk: str) -> HttpResponse:
    """Lets a proposal that was laid aside wait again."""
    services.undo_refusal(get_object_or_404(Proposal, pk=pk).pk, by=request.user.get_username())
    messages.success(request, _("已撤回，相关页面已恢复。"))
    return redirect("history")


@needs(Action.APPROVE, on=word_of)
@require_POST
def drop(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Notes that a person has seen a word on an old version of a file that could not be moved to the new one."""
    if kind not in {"review", "pairing"}:
        raise Http404(_("没有这一类判定。"))
    services.drop_word(kind, pk, by=request.user.get_username())
    return back(request, _("已记下：这条旧结论不再列出，仍留在判定记录里。"))
