"""What waits for a person, what persons decided, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import Judgement, Pair, Pairing, Review, Statement
from liantu.workbench import labels
from liantu.workbench.review_queue import entity_pairs, fact_pairs, undated, unsure_figures, waiting
from liantu.workbench.views.answers import answer

SHOWN = 20


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue: dates asked for, pairs of names, pairs of facts, figures the reader was not sure of."""
    context = {
        "waiting": waiting(),
        "undated": list(undated()[:SHOWN]),
        "pairs": list(entity_pairs()[:SHOWN]),
        "facts": list(fact_pairs()[:SHOWN]),
        "unsure": list(unsure_figures()[:SHOWN]),
    }
    return answer(request, "workbench/review.html", "workbench/review.html", "", context)


def _back(request: HttpRequest, said: str) -> HttpResponse:
    """htmx gets a line in place of the row it sent; a plain form returns to where it came from."""
    if request.headers.get("HX-Request"):
        return render(request, "workbench/parts/judged.html", {"said": said})
    messages.success(request, said)
    target = request.POST.get("next", "")
    return redirect(target if target.startswith("/") and not target.startswith("//") else "review")


@require_POST
def judge_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Same, different or unsure, for two names."""
    found = get_object_or_404(Judgement.objects.select_related("left", "right"), pk=pk)
    verdict = _verdict(request)
    services.judge(
        found.left_id, found.right_id, verdict, by=request.user.get_username(), reason=request.POST.get("reason", "")
    )
    said = _("“%(left)s”与“%(right)s”：%(verdict)s。可在判定记录中撤回。") % {
        "left": found.left.name,
        "right": found.right.name,
        "verdict": labels.word(labels.VERDICT, verdict),
    }
    return _back(request, said)


@require_POST
def judge_facts(request: HttpRequest, pk: str) -> HttpResponse:
    """Same or different, for two figures that may be one fact."""
    found = get_object_or_404(Pair.objects.select_related("left__statement", "right__statement"), pk=pk)
    verdict = _verdict(request)
    services.pair_figures(
        found.left_id,
        found.right_id,
        verdict,
        by=request.user.get_username(),
        reason=request.POST.get("reason", ""),
    )
    return _back(
        request, _("已记为：%(verdict)s。可在判定记录中撤回。") % {"verdict": labels.word(labels.VERDICT, verdict)}
    )


def _verdict(request: HttpRequest) -> str:
    verdict = request.POST.get("verdict", "")
    if verdict not in Judgement.Verdict.values:
        raise Http404(_("请选择：同一、不同或待定。"))
    return verdict


@require_POST
def review_statement(request: HttpRequest, pk: str) -> HttpResponse:
    """Accepts, corrects or rejects one statement. A correction is a new statement by the person who makes it."""
    found = get_object_or_404(Statement, pk=pk)
    verdict = request.POST.get("verdict", "")
    if verdict not in Review.Verdict.values:
        raise Http404(_("请选择：采信、更正或不采信。"))
    changes: dict[str, Any] = {}
    if verdict == Review.Verdict.CORRECTED:
        try:
            changes = _changes(request, found)
        except ValueError as error:
            messages.error(request, str(error))
            return redirect("statement", pk=pk)
    services.review_statement(
        found.pk, verdict, request.user.get_username(), request.POST.get("reason", "").strip(), changes or None
    )
    said = _("%(what)s：%(verdict)s。") % {"what": str(found), "verdict": labels.word(labels.REVIEW, verdict)}
    return _back(request, said)


def _changes(request: HttpRequest, found: Statement) -> dict[str, Any]:
    """The fields that the form gives another value. Raises ValueError with a sentence for the person."""
    changes: dict[str, Any] = {}
    for name in ("subject_name", "property", "unit", "bound", "figure_kind", "status", "period"):
        given = request.POST.get(name)
        if given is not None and given.strip() != getattr(found, name):
            changes[name] = given.strip()
    given = request.POST.get("value", "").strip().replace(",", "").replace("，", "")
    if given:
        try:
            value = float(given)
        except ValueError:
            raise ValueError(_("数值要填数字，例如 5623 或 17.38；万、亿请换算成个数。")) from None
        if value != found.value:
            changes["value"] = value
    if not changes:
        raise ValueError(_("没有改动任何一栏；如果无误，请点“采信”。"))
    return changes


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Judgements, reviews and pairings by people, newest first, each with a way back; the automatic ones on demand."""
    everything = bool(request.GET.get("all"))
    judged = Judgement.objects.select_related("left", "right").order_by("-at", "-id")
    if not everything:
        judged = judged.filter(origin="user")
    rows: list[dict[str, Any]] = []
    for judgement in judged[:100]:
        rows.append({"kind": "judgement", "at": judgement.at, "row": judgement})
    for reviewed in Review.objects.prefetch_related("statement").order_by("-at", "-id")[:100]:
        rows.append({"kind": "review", "at": reviewed.at, "row": reviewed})
    for pairing in Pairing.objects.prefetch_related("left", "right").order_by("-at", "-id")[:100]:
        rows.append({"kind": "pairing", "at": pairing.at, "row": pairing})
    rows.sort(key=lambda row: row["at"], reverse=True)
    return render(request, "workbench/history.html", {"rows": rows[:150], "everything": everything})


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
    else:
        raise Http404(_("没有这一类判定。"))
    messages.success(request, _("已撤回，相关页面已恢复。"))
    return redirect("history")
