"""Chains: who has which, and one chain drawn as columns of segments with its firms and projects."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import ChainView, EnterpriseView, FigureView, Membership, ProjectView
from liantu.ledger.rights import Action
from liantu.reporting import draw_chain_map, draw_legend
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import chains_q
from liantu.workbench.outline_editing import editing
from liantu.workbench.outlines import chain_map_for
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer

SHOWN = 30


@needs(Action.READ)
@require_safe
def chains(request: HttpRequest) -> HttpResponse:
    """Chains by name, with how many places hold each and who is strong in it."""
    at = revision()
    rows = (
        ChainView.objects.filter(chains_q(request.GET))
        .order_by()
        .values("name")
        .annotate(
            holders=Count("id"),
            strong=Count("id", filter=Q(role="strong")),
            growing=Count("id", filter=Q(role="growing")),
            planned=Count("id", filter=Q(role="planned")),
            sources=Max("n_sources"),
            firms=Sum("n_enterprises"),
            projects=Sum("n_projects"),
        )
    )
    sorts = {"name": "name", "holders": "-holders", "firms": "-firms", "projects": "-projects"}
    sort = request.GET.get("sort", "holders")
    ordered = rows.order_by(sorts.get(sort, "-holders"), "-firms", "name")
    context = {
        "rows": list(ordered[:400]),
        "sort": sort,
        "regions": region_choices(ChainView, at),
        "roles": labels.CHAIN_ROLE,
        "params": request.GET,
    }
    return answer(request, "workbench/chains.html", "workbench/parts/chain_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def chain(request: HttpRequest, name: str) -> HttpResponse:
    """One chain: its map if it has an outline, who holds it, who and what belongs to it."""
    return chain_page(request, name, request.GET.get("node", ""))


def chain_page(request: HttpRequest, name: str, node: str, error: str = "", status: int = 200) -> HttpResponse:
    """The page of a chain with the segment `node` of its outline chosen; `error` says why an edit was not kept."""
    holders = list(
        ChainView.objects.filter(name=name).select_related("holder").order_by("-n_sources", "holder_name")[:200]
    )
    members = Membership.objects.filter(chain_name=name)
    drawn = chain_map_for(name)
    figures = list(
        FigureView.objects.filter(chain_name=name)
        .select_related("source", "fact")
        .order_by("-recency", "statement")[:SHOWN]
    )
    if not holders and drawn is None and not figures and not members.exists():
        raise Http404(_("账本里没有叫“%(name)s”的产业链。") % {"name": name})
    roles = dict(members.filter(kind="enterprise").values_list("entity_id", "role")[:2000])
    words = {code: str(text) for code, text in labels.SEGMENT_STATUS.items()}
    context: dict[str, Any] = {
        "name": name,
        "holders": holders,
        "map": draw_chain_map(drawn, words=words) if drawn is not None else "",
        "legend": draw_legend(words),
        "enterprises": [
            (row, roles.get(row.pk, ""))
            for row in EnterpriseView.objects.filter(entity__memberships__chain_name=name)
            .distinct()
            .order_by("-n_sources", "name")[:SHOWN]
        ],
        "projects": list(
            ProjectView.objects.filter(Q(chain_name=name) | Q(entity__memberships__chain_name=name))
            .distinct()
            .order_by("-investment", "entity")[:SHOWN]
        ),
        "figures": figures,
        "error": error,
        "tried": request.POST,
        **editing(name, node),
    }
    response = answer(request, "workbench/chain.html", "workbench/chain.html", "", context)
    response.status_code = status
    return response
