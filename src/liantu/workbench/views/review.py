"""What waits for a person, what persons decided, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import corrections, services
from liantu.ledger.models import (
    CheckWord,
    CopyWord,
    Fact,
    FigureView,
    Judgement,
    Pair,
    Pairing,
    Proposal,
    Review,
    Statement,
)
from liantu.ledger.rights import Action
from liantu.ledger.writing import alone
from liantu.workbench import labels
from liantu.workbench.correcting import changes, fields_of, given, in_language, kind_of
from liantu.workbench.deciding import told_of_conflict, told_of_pair, told_of_review
from liantu.workbench.filters import chosen
from liantu.workbench.formatting import quantity
from liantu.workbench.opened import met, seen_in
from liantu.workbench.review_queue import queue as ranked
from liantu.workbench.review_queue import waiting
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, back, go
from liantu.workbench.whois_pages import said_lately

SHOWN, SHOWN_OF_ONE = 10, 60  # items of each kind on the page of all kinds, and on that of one
SIDES = 15  # figures of a conflict that one word settles


DECIDED: dict[str, type[Model]] = {
    "judgement": Judgement,
    "review": Review,
    "pairing": Pairing,
    "own": CopyWord,
    "check": CheckWord,
}


def decided(kind: str, pk: int) -> Model | None:
    """The decision that an address names."""
    return DECIDED[kind]._base_manager.filter(pk=pk).first() if kind in DECIDED else None


@needs(Action.READ)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue in the order of what matters; `?kind=` shows one kind of item alone."""
    kind = chosen(request.GET, "kind", labels.QUEUE)
    counts = waiting()
    context = {
        "waiting": counts,
        "tabs": [(code, labels.QUEUE[code], count) for code, count in counts.by_kind.items()],
        "kind": kind,
        "items": ranked(kind, SHOWN_OF_ONE if kind else SHOWN),
        "today": timezone.localdate(),
    }
    return answer(request, "workbench/review.html", "workbench/review.html", "", context)


def _judged(
    request: HttpRequest,
    found: Judgement | Pair,
    verdict: str,
    about: str,
    kept_as: type[Judgement] | type[Pairing],
    judge: Callable[..., object],
) -> HttpResponse | None:
    """Keeps what a person says of a pair; where somebody said otherwise meanwhile, the page with both."""
    with alone():
        told, since = told_of_pair(found.left_id, found.right_id, verdict, kept_as)
        page = met(request, about, reverse("history"), told, since=since)
        if page is None:
            judge(
                found.left_id,
                found.right_id,
                verdict,
                by=request.user.get_username(),
                reason=request.POST.get("reason", ""),
            )
    return page


@needs(Action.APPROVE, on=Judgement)
@require_POST
def judge_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Same, different or unsure, for two names."""
    found = get_object_or_404(Judgement.objects.select_related("left", "right"), pk=pk)
    verdict = _verdict(request)
    about = f"{found.left.name} · {found.right.name}"
    try:
        if (met_page := _judged(request, found, verdict, about, Judgement, services.judge)) is not None:
            return met_page
    except ValueError as error:
        messages.error(request, in_language(error))
        return go(request, reverse("review"))
    said = _("“%(left)s”与“%(right)s”：%(verdict)s。可在判定记录中撤回。") % {
        "left": found.left.name,
        "right": found.right.name,
        "verdict": labels.word(labels.VERDICT, verdict),
    }
    return back(request, said)


@needs(Action.APPROVE, on=Pair)
@require_POST
def judge_facts(request: HttpRequest, pk: str) -> HttpResponse:
    """Same or different, for two figures that may be one fact."""
    found = get_object_or_404(Pair.objects.select_related("left__statement", "right__statement"), pk=pk)
    verdict = _verdict(request)
    about = f"{found.left.statement} · {found.right.statement}"
    if (met_page := _judged(request, found, verdict, about, Pairing, services.pair_figures)) is not None:
        return met_page
    return back(
        request, _("已记为：%(verdict)s。可在判定记录中撤回。") % {"verdict": labels.word(labels.VERDICT, verdict)}
    )


def _verdict(request: HttpRequest) -> str:
    verdict = request.POST.get("verdict", "")
    if verdict not in Judgement.Verdict.values:
        raise Http404(_("请选择：同一、不同或待定。"))
    return verdict


@needs(Action.APPROVE, on=Statement)
@require_POST
def review_statement(request: HttpRequest, pk: str) -> HttpResponse:
    """Accepts, corrects or rejects one statement. A correction is a new statement by the person who makes it."""
    found = get_object_or_404(Statement.objects.select_related("source"), pk=pk)
    verdict = request.POST.get("verdict", "")
    if verdict not in {"accepted", "corrected", "rejected"}:
        raise Http404(_("请选择：采信、更正或不采信。"))
    by, reason = request.user.get_username(), request.POST.get("reason", "").strip()
    try:
        changed = _changes(request, found) if verdict == Review.Verdict.CORRECTED else None
        with alone():
            told, since = told_of_review(found, verdict, request.POST)
            if (met_page := met(request, str(found), reverse("statement", args=[pk]), told, since=since)) is not None:
                return met_page
            done = services.review_statement(found.pk, verdict, by, reason, changed)
    except ValueError as error:
        if request.headers.get("HX-Request"):
            context = {"statement": found, "fields": fields_of(found), "error": in_language(error), "htmx": True}
            context["seen"] = seen_in(request)
            return render(request, "workbench/parts/correction_form.html", context)
        messages.error(request, in_language(error))
        return redirect("statement", pk=pk)
    said = _("%(what)s：%(verdict)s。") % {"what": str(found), "verdict": labels.word(labels.REVIEW, verdict)}
    return back(request, said, done)


def _changes(request: HttpRequest, found: Statement) -> dict[str, Any]:
    """The fields that the form gives another value. Raises ValueError with a sentence for the person."""
    columns = services.columns_of(found)
    before = {name: corrections.said(found, name) for name in columns}
    changed = given(kind_of(found), columns, request.POST, before)
    if not changed:
        raise ValueError(_("没有改动任何一栏；如果无误，请点“采信”。"))
    return changed


@needs(Action.APPROVE, on=Fact)
@require_POST
def settle(request: HttpRequest, pk: str) -> HttpResponse:
    """Says which value of a conflict is right, or that the sources speak of different things."""
    found = get_object_or_404(Fact, pk=pk)
    by, reason = request.user.get_username(), request.POST.get("reason", "").strip()
    rows = list(FigureView.objects.filter(fact_id=found.pk).order_by("-recency", "statement")[:SIDES])
    chosen_one = "different" if request.POST.get("verdict") == "different" else request.POST.get("right", "")
    with alone():
        told, since = told_of_conflict(rows, chosen_one)
        if (met_page := met(request, str(found), reverse("fact", args=[pk]), told, since=since)) is not None:
            return met_page
        return _settled(request, found, rows, by, reason)


def _settled(request: HttpRequest, found: Fact, rows: list[FigureView], by: str, reason: str) -> HttpResponse:
    if request.POST.get("verdict") == "different":
        for at, left in enumerate(rows):
            for right in rows[at + 1 :]:
                if left.value != right.value:
                    services.pair_figures(left.pk, right.pk, "different", by, reason)
        return back(request, _("已记为不是一件事，不再算说法不一。可在判定记录中撤回。"))
    right_one = next((row for row in rows if row.pk == request.POST.get("right")), None)
    if right_one is None and Review.objects.filter(statement=request.POST.get("right"), undone_at=None).exists():
        messages.error(request, _("这一边已判为不采信。要以它为准，请先在下面撤回那次判定。"))
        return redirect("history")
    if right_one is None:
        raise Http404(_("请选择以哪一个为准。"))
    services.settle_conflict(found.pk, right_one.pk, by, reason)
    words = quantity(right_one.value, right_one.unit, right_one.bound, right_one.figure_kind)
    return back(request, _("%(what)s：以 %(value)s 为准。可在判定记录中撤回。") % {"what": str(found), "value": words})


@needs(Action.READ)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Judgements, reviews, pairings and links to the registry by people, newest first, each with a way back; the automatic ones on demand."""
    everything = bool(request.GET.get("all"))
    judged = Judgement.objects.select_related("left", "right").order_by("-at", "-id")
    if not everything:
        judged = judged.filter(origin="user")
    rows: list[dict[str, Any]] = []
    for judgement in judged[:100]:
        rows.append({"kind": "judgement", "at": judgement.at, "row": judgement})
    # Of a word that moved with its file from version to version the last one is shown: it holds.
    said = Review.objects.filter(carried_from=None, moved=None).prefetch_related("statement", "replacement", "carried")
    for reviewed in said.order_by("-at", "-id")[:100]:
        agreed = any(c.agrees and c.undone_at is None for c in reviewed.carried.all())
        rows.append(
            {"kind": "review", "at": reviewed.at, "row": reviewed, "changes": changes(reviewed), "agreed": agreed}
        )
    for own in CopyWord.objects.select_related("source").order_by("-at", "-id")[:100]:
        rows.append({"kind": "own", "at": own.at, "row": own})
    for word in CheckWord.objects.select_related("source").order_by("-at", "-id")[:100]:
        rows.append({"kind": "check", "at": word.at, "row": word})
    for refused in (
        Proposal.objects.exclude(refused_at=None).select_related("source").order_by("-refused_at", "id")[:100]
    ):
        rows.append({"kind": "proposal", "at": refused.refused_at, "row": refused})
    for pairing in Pairing.objects.prefetch_related("left", "right").order_by("-at", "-id")[:100]:
        rows.append({"kind": "pairing", "at": pairing.at, "row": pairing})
    for link in said_lately(everything, 100):
        rows.append({"kind": "link", "at": link.change.at, "row": link.change, "said": link})
    rows.sort(key=lambda row: row["at"], reverse=True)
    return render(request, "workbench/history.html", {"rows": rows[:150], "everything": everything})


@needs(Action.APPROVE, on=decided)
@require_POST
def undo(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Takes one decision back; nothing of it is deleted."""
    by = request.user.get_username()
    if kind == "judgement":
        services.undo_judgement(get_object_or_404(Judgement, pk=pk).pk, by=by)
    elif kind == "review":
        services.undo_review(get_object_or_404(Review, pk=pk).pk, by=by)
    elif kind == "pairing":
        services.undo_pairing(get_object_or_404(Pairing, pk=pk).pk, by=by)
    elif kind == "own":
        services.undo_own(get_object_or_404(CopyWord, pk=pk).pk, by=by)
    elif kind == "check":
        services.undo_dismissal(get_object_or_404(CheckWord, pk=pk).pk, by=by)
    else:
        raise Http404(_("没有这一类判定。"))
    messages.success(request, _("已撤回，相关页面已恢复。"))
    return redirect("history")
