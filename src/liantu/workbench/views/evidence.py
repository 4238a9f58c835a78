"""One statement with its sentence; one fact with all that is said of it; what is in conflict."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.grouping.sides import sides_of
from liantu.ledger.models import Fact, FigureView, Pair, Review, Source, Statement
from liantu.ledger.refresh.facts import Voices
from liantu.ledger.rights import Action
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.correcting import changes, fields_of
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import chosen, region_q, words_q
from liantu.workbench.listing import listing
from liantu.workbench.page_images import evidence_strips
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer

OTHERS_SHOWN = 12
SAID_AT_MOST = 400  # figures of one fact


@needs(Action.READ)
@require_safe
def statement(request: HttpRequest, pk: str) -> HttpResponse:
    """A statement: its sentence, where it stands, what the reader made of it, and what else is said of the same thing."""
    found = get_object_or_404(Statement.objects.select_related("source", "subject", "object"), pk=pk)
    figure = FigureView.objects.select_related("fact").filter(pk=pk).first() if found.figure_kind else None
    others: list[FigureView] = []
    if figure is not None and figure.fact.n_statements > 1:
        rows = FigureView.objects.filter(fact_id=figure.fact_id).exclude(pk=pk)
        others = list(rows.select_related("statement__source").order_by("-recency", "statement")[:OTHERS_SHOWN])
    likely = []
    if figure is not None:
        pairs = Pair.objects.filter(Q(left_id=pk) | Q(right_id=pk)).select_related(
            "left__statement__source", "right__statement__source"
        )
        likely = [(pair, pair.right if pair.left_id == pk else pair.left) for pair in pairs[:4]]
    said = Review.objects.filter(Q(statement_id=pk) | Q(replacement_id=pk), undone_at__isnull=True)
    reviews = list(said.order_by("-at", "-id").select_related("statement", "replacement")[:8])
    shown = [r for r in reviews if r.carried_from_id is None or r.statement_id == pk]
    payload = found.payload or {}
    context = {
        "statement": found,
        "figure": figure,
        "origin": _origin(figure),
        "others": others,
        "likely": likely,
        "reviews": [{"review": review, "changes": changes(review)} for review in shown[:5]],
        "agreed": any(review.agrees for review in reviews),
        "fields": fields_of(found),
        "seen": {"verdict": next((r.verdict for r in reviews if r.statement_id == pk and r.verdict != "added"), "")},
        "reasons": payload.get("reasons") or [],
        "aliases": payload.get("aliases") or [],
        "details": details(found),
        "strips": evidence_strips(found),
    }
    return answer(request, "workbench/statement.html", "workbench/parts/evidence.html", "panel-body", context)


def _origin(figure: FigureView | None) -> Source | None:
    """The document that the words of a figure were copied from, where the reader may see it."""
    if figure is None or figure.origin_id is None or figure.origin_id == figure.source_id:
        return None
    return Source.objects.filter(pk=figure.origin_id).first()


def details(found: Statement) -> list[tuple[str, str]]:
    """What a finding that is not a figure says, as pairs of word and value."""
    from liantu.workbench.formatting import period, quantity

    payload = found.payload or {}
    pairs: list[tuple[str, str]] = []
    if found.kind == "project":
        pairs += [
            (_("阶段"), labels.word(labels.STAGE, found.text_value)),
            (_("总投资"), quantity(found.value, found.unit) if found.value is not None else ""),
            (_("地点"), payload.get("place") or ""),
            (_("建设单位"), found.object_name),
            (_("产业链"), payload.get("chain") or ""),
        ]
    elif found.kind == "enterprise":
        pairs.append((_("角色"), labels.word(labels.ENTERPRISE_ROLE, found.text_value)))
    elif found.kind == "chain":
        pairs.append((_("所在"), found.object_name))
        pairs.append((_("地位"), labels.word(labels.CHAIN_ROLE, found.text_value)))
    elif found.kind == "relation":
        pairs.append((labels.word(labels.RELATION, found.property), found.object_name))
    elif found.kind == "event":
        pairs.append((_("事件"), labels.word(labels.EVENT, found.property)))
        pairs.append((_("日期"), period(found.period)))
        pairs.append((_("地点"), payload.get("place") or ""))
    elif found.kind == "phrase":
        pairs.append((_("应有"), "" if found.value is None else f"{found.value:.0f}"))
        pairs.append((_("成员"), "、".join(str(member["name"]) for member in payload.get("members", ()))))
    elif found.kind in {"cell", "manual"} and found.value is None:
        pairs.append((found.property, found.text_value))
        if found.object_name:
            pairs.append((_("对象"), found.object_name))
    return [(name, str(value)) for name, value in pairs if value]


@needs(Action.READ)
@require_safe
def fact(request: HttpRequest, pk: str) -> HttpResponse:
    """All that the sources say of one subject, indicator, period, kind and status."""
    found = get_object_or_404(Fact.objects.select_related("subject"), pk=pk)
    rows = FigureView.objects.filter(fact_id=pk).select_related("statement__source").order_by("-recency", "statement")
    said = list(rows[:SAID_AT_MOST])
    context = {"fact": found, "sides": sides_of(said, Voices.among(said).of)}
    return answer(request, "workbench/fact.html", "workbench/parts/fact.html", "panel-body", context)


@needs(Action.READ)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Facts on which sources differ, the differing sentences side by side."""
    at = revision()
    where = Q(state=Fact.State.CONFLICT) & region_q(chosen(request.GET, "region"))
    if reason := chosen(request.GET, "reason", labels.CONFLICT_REASON):
        where &= Q(reason=reason)
    where &= words_q(chosen(request.GET, "q"), "indicator", "subject_name")
    page = listing(
        request,
        Fact.objects.all(),
        where,
        name="conflicts",
        sorts={"recency": "recency"},
        default="-recency",
        last="id",
        at=at,
    )
    said: dict[str, list[FigureView]] = {row.pk: [] for row in page.rows}
    rows = FigureView.objects.filter(fact_id__in=said).select_related("statement__source")
    for row in rows.order_by("-recency", "statement"):
        if len(said[row.fact_id]) < SAID_AT_MOST:
            said[row.fact_id].append(row)
    voice = Voices.among(row for figures in said.values() for row in figures).of
    context = {
        "listing": page,
        "groups": [(row, sides_of(said[row.pk], voice)) for row in page.rows],
        "regions": region_choices(FigureView, at),
        "reasons": labels.CONFLICT_REASON,
        "params": request.GET,
    }
    return answer(request, "workbench/conflicts.html", "workbench/parts/conflict_rows.html", "results", context)
