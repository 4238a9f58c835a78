"""Enterprises: the list, and one with its names, roles, relations and sources; any other thing by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import ChainView, EnterpriseView, Entity
from liantu.ledger.rights import Action
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.dossier import dossier_of
from liantu.workbench.facets import chain_choices, region_choices
from liantu.workbench.filters import enterprises_q
from liantu.workbench.formatting import region_name
from liantu.workbench.listing import listing
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer
from liantu.workbench.views.criteria import entity_standings
from liantu.workbench.whois_pages import card_of

SORTS = {"recency": "recency", "name": "name", "role": "role", "statements": "n_statements", "sources": "n_sources"}


@needs(Action.READ)
@require_safe
def enterprises(request: HttpRequest) -> HttpResponse:
    """The enterprises the filters let through."""
    at = revision()
    page = listing(
        request,
        EnterpriseView.objects.all(),
        enterprises_q(request.GET),
        name="enterprises",
        sorts=SORTS,
        default="-recency",
        last="entity",
        at=at,
    )
    context = {
        "listing": page,
        "regions": region_choices(EnterpriseView, at),
        "chains": chain_choices(ChainView, at, "name"),
        "roles": labels.ENTERPRISE_ROLE,
        "params": request.GET,
    }
    return answer(request, "workbench/enterprises.html", "workbench/parts/enterprise_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """One enterprise. A name that was merged into another leads to that one's page."""
    thing = get_object_or_404(Entity, pk=pk)
    view = EnterpriseView.objects.filter(pk=pk).first()
    if view is None and thing.canonical_id and thing.canonical_id != pk:
        return redirect("enterprise", pk=thing.canonical_id)
    context = {"entity": thing, "view": view, "dossier": dossier_of(thing), "registry": card_of(thing)}
    context |= entity_standings(thing, request)
    return answer(request, "workbench/entity.html", "workbench/entity.html", "", context)


@needs(Action.READ)
@require_safe
def entity(request: HttpRequest, pk: int) -> HttpResponse:
    """Any named thing: projects, enterprises and chains have pages of their own, the others share this one."""
    thing = get_object_or_404(Entity, pk=pk)
    if thing.canonical_id and thing.canonical_id != pk:
        return redirect("entity", pk=thing.canonical_id)
    if thing.kind in {"project", "enterprise"}:
        return redirect(thing.kind, pk=pk)
    if thing.kind == "chain":
        view = ChainView.objects.filter(entity_id=pk).first()
        if view is not None:
            return redirect("chain", name=view.name)
    context = {"entity": thing, "view": None, "dossier": dossier_of(thing)} | entity_standings(thing, request)
    return answer(request, "workbench/entity.html", "workbench/entity.html", "", context)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All enterprises that the filters let through."""
    columns = [
        Column(_("企业"), 36),
        Column(_("角色"), 10),
        Column(_("地区"), 16),
        Column(_("产业链"), 30),
        Column(_("陈述数"), 8),
        Column(_("来源数"), 8),
    ]
    found = EnterpriseView.objects.filter(enterprises_q(request.GET)).order_by("-recency", "entity")
    return file_answer(form, _("企业"), columns, _export_rows(found.iterator(chunk_size=2000)), [])


def _export_rows(found: Iterable[EnterpriseView]) -> Iterator[list[Cell]]:
    for row in found:
        yield [
            row.name,
            labels.word(labels.ENTERPRISE_ROLE, row.role),
            region_name(row.region_code or row.city_code),
            "、".join(row.chain_names),
            row.n_statements,
            row.n_sources,
        ]
