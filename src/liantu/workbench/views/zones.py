"""Development zones and specialty towns: what is said of each, and which chains it is said to have."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from liantu.ledger.models import ChainView, FigureView, Profile
from liantu.ledger.rights import Action
from liantu.workbench.cached import revision
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import chosen, region_q, words_q
from liantu.workbench.listing import listing
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer

KINDS = ("zone", "town")


@needs(Action.READ)
@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    """The zones and towns the filters let through."""
    at = revision()
    kind = chosen(request.GET, "kind", KINDS)
    where = Q(kind=kind) if kind else Q(kind__in=KINDS)
    where &= region_q(chosen(request.GET, "region")) & words_q(chosen(request.GET, "q"), "name")
    page = listing(
        request,
        Profile.objects.all(),
        where,
        name="zones",
        sorts={"name": "name"},
        default="name",
        last="entity",
        at=at,
    )
    ids = [row.pk for row in page.rows]
    held: dict[int | None, list[ChainView]] = defaultdict(list)
    for chain in ChainView.objects.filter(holder_id__in=ids).order_by("name"):
        held[chain.holder_id].append(chain)
    counts = dict(
        FigureView.objects.filter(subject_id__in=ids, repeats=False)
        .order_by()
        .values_list("subject_id")
        .annotate(n=Count("*"))
    )
    context = {
        "listing": page,
        "zones": [(row, held[row.pk], counts.get(row.pk, 0)) for row in page.rows],
        "regions": region_choices(FigureView, at),
        "params": request.GET,
    }
    return answer(request, "workbench/zones.html", "workbench/parts/zone_rows.html", "results", context)
