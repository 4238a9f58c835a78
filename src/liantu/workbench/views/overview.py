"""The first page: what was read, what was found, where, and what waits for a person."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from liantu.ledger.models import Fact, Source
from liantu.ledger.rights import Action
from liantu.reporting import Bar, bar_chart
from liantu.vocabulary import regions
from liantu.workbench.cached import is_lagging, per_tables, revision
from liantu.workbench.counted import Counted, counted
from liantu.workbench.facets import Choice
from liantu.workbench.filters import chosen, region_q
from liantu.workbench.labels import STAGE, word
from liantu.workbench.maps import region_map
from liantu.workbench.review_queue import waiting
from liantu.workbench.rights import needs

CLUSTER = "G:shanxi-central-cluster"
MEASURES = ("figures", "projects", "enterprises", "chains")
LONGEST_CHART = 12


@needs(Action.READ)
def overview(request: HttpRequest) -> HttpResponse:
    """Overview of all, or of the region in the address; `measure` chooses what the map shows."""
    gazetteer = regions()
    region = chosen(request.GET, "region", gazetteer)
    measure = chosen(request.GET, "measure", MEASURES) or "figures"
    below = chosen(request.GET, "map", gazetteer)
    return render(request, "workbench/overview.html", contents(region, measure, below, revision()))


def contents(region: str, measure: str, below: str, at: int) -> dict[str, Any]:
    """All that the page shows, each part computed once for the ledger's state `at`."""
    return {
        "region": region,
        "region_name": regions().by_code(region).name if region else "",
        "measure": measure,
        "measures": [
            Choice("figures", _("数字")),
            Choice("projects", _("项目")),
            Choice("enterprises", _("企业")),
            Choice("chains", _("产业链")),
        ],
        **per_tables(f"overview:{region}:{measure}:{below}", lambda: _counts(region, measure, below, at), at),
        "documents": per_tables("overview:documents", _documents, at),
        "waiting": waiting(at),
        "newest": per_tables("overview:newest", _newest, at),
        "troubled": per_tables("overview:troubled", _troubled, at),
        "conflicts": per_tables(f"overview:conflicts:{region}", lambda: _conflicts(region), at),
        "lagging": is_lagging(),  # asked last: what was asked before may have set a count going
    }


def _counts(region: str, measure: str, below: str, at: int) -> dict[str, Any]:
    """All that is counted, as one: the numbers of a page are of one state of the ledger."""
    known = counted(at)
    base = known.base_region()
    below = below or (region if region.endswith("0000") else base)
    return {
        "below": below,
        "maps": _maps(base, region, below),
        "totals": known.totals(region),
        "map": _map(known, below, region, measure),
        "by_chain": _by_chain(known, region),
        "by_stage": _by_stage(known, region),
    }


def _documents() -> dict[str, int]:
    found = Source.objects.order_by().values_list("state").annotate(n=Count("*"))
    return {"ready": 0, "failed": 0, **dict(found)}


def _maps(base: str, region: str, below: str) -> list[Choice]:
    """The maps on offer: the province at hand, its city cluster, the counties of the city chosen, the country."""
    gazetteer = regions()
    offers: list[Choice] = []
    if base:
        offers.append(Choice(base, gazetteer.by_code(base).name))
    if base == "140000" and CLUSTER in gazetteer:
        offers.append(Choice(CLUSTER, gazetteer.by_code(CLUSTER).name))
    city = gazetteer.city_of(region) if region else None
    if city is not None:
        offers.append(Choice(city.code, _("%(city)s各县区") % {"city": city.short}))
    if below and below not in {offer.value for offer in offers}:
        offers.append(Choice(below, gazetteer.by_code(below).name))
    return offers


def _map(known: Counted, below: str, region: str, measure: str) -> str:
    """Counts of `measure` by the regions below `below`, each opening the overview of that region."""
    values: dict[str, float] = {}
    if below.endswith("00") and not below.endswith("0000") and below[:1].isdigit():
        values = dict(known.counties(measure, below))
    else:
        for city, count in known.cities(measure).items():
            for code in {city, city[:2] + "0000"}:
                values[code] = values.get(code, 0) + count

    def link(code: str) -> str:
        shown = {} if code == region else {"region": code}
        return reverse("overview") + "?" + urlencode({**shown, "measure": measure, "map": below})

    return region_map(below, values, _("各地区数量"), link, selected=region)


def _both(bars: list[Bar]) -> tuple[str, str]:
    """The chart for a desk and the chart for a telephone, on which the wide one could not be read."""
    return bar_chart(bars), bar_chart(bars, width=165, step=24)


def _by_chain(known: Counted, region: str) -> tuple[str, str]:
    rows = known.chains_of_figures(region).items()
    top = sorted(rows, key=lambda row: (-row[1], row[0]))[:LONGEST_CHART]
    address = reverse("figures")
    return _both([Bar(name, n, href=f"{address}?{_query(region, chain=name)}") for name, n in top])


def _by_stage(known: Counted, region: str) -> tuple[str, str]:
    counts = known.stages(region)
    address = reverse("projects")
    bars = [Bar(word(STAGE, s), counts[s], href=f"{address}?{_query(region, stage=s)}") for s in STAGE if counts.get(s)]
    if counts.get(""):
        bars.append(Bar(_("未说明"), counts[""], href=f"{address}?{_query(region, stage='-')}"))
    return _both(bars)


def _query(region: str, **rest: str) -> str:
    return urlencode({**({"region": region} if region else {}), **rest})


def _newest() -> list[Source]:
    fields = ("id", "name", "title", "publisher", "published", "read_at", "n_figures")
    return list(Source.objects.filter(state=Source.State.READY).order_by("-read_at", "-id").only(*fields)[:8])


def _troubled() -> list[tuple[Source, dict[str, Any]]]:
    """Files that could not be read, and files read with a word of warning, each with it. Missing dates are asked for elsewhere."""
    failed = Source.objects.filter(state=Source.State.FAILED).order_by("-read_at")[:6]
    warned = Source.objects.filter(state=Source.State.READY).exclude(problems=[]).order_by("-read_at")[:60]
    out = []
    for source in [*failed, *warned]:
        told = [problem for problem in source.problems if problem.get("code") != "no_date"]
        if told:
            out.append((source, told[0]))
    return out[:8]


def _conflicts(region: str) -> list[Fact]:
    rows = Fact.objects.filter(region_q(region), state=Fact.State.CONFLICT)
    return list(rows.order_by("-recency", "id")[:6])
