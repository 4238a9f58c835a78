"""The overview adds up groups that are counted once for everybody: each number is what a query of its own would count."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.people import account
from tests.ledger.test_rebuilding import Undone, steps, take

from liantu.ledger.models import ChainView, EnterpriseView, Fact, FigureView, ProjectView, Source
from liantu.ledger.rights import as_viewer
from liantu.ledger.services import set_level
from liantu.workbench import cached
from liantu.workbench.counted import Counted, Totals, counted
from liantu.workbench.filters import WITHOUT, region_q, region_test

CLUSTER = "G:shanxi-central-cluster"
REGIONS = ["", "140000", "140100", "140700", "140725", "140900", CLUSTER, "110000", WITHOUT]
GRANTS: list[dict[str, Any]] = [
    {},
    {"region": "140000", "level": 0},
    {"region": "140700"},
    {"region": "140725", "level": 1},
    {"region": CLUSTER, "level": 0},
    {"chains": ["光伏"], "level": 0},
    {"region": "140100", "chains": ["光伏", "氢能"]},
]
CODES = st.sampled_from(["", "140000", "140100", "140105", "140700", "140725", "140900", "110000", "110101", CLUSTER])


def asked(region: str) -> Totals:
    """The numbers, each by a query of its own."""
    where = region_q(region)
    figures = FigureView.objects.filter(where, repeats=False)
    projects, facts = ProjectView.objects.filter(where), Fact.objects.filter(where)
    return Totals(
        figures=figures.count(),
        targets=figures.filter(status="target").count(),
        projects=projects.count(),
        investment=projects.aggregate(sum=Sum("investment"))["sum"] or 0.0,
        enterprises=EnterpriseView.objects.filter(where).count(),
        chains=ChainView.objects.filter(where).aggregate(n=Count("name", distinct=True))["n"],
        facts=facts.count(),
        agreed=facts.filter(state="agreed").count(),
        conflicts=facts.filter(state="conflict").count(),
    )


def grouped(model: type[models.Model], column: str, region: str, **only: Any) -> dict[str, int]:
    rows = model._default_manager.filter(region_q(region), **only).order_by().values_list(column)
    return {key: n for key, n in rows.annotate(n=Count("*")) if key}


def check(known: Counted) -> None:
    """Every number of every region."""
    for region in REGIONS:
        assert known.totals(region) == asked(region)
        assert dict(known.chains_of_figures(region)) == grouped(FigureView, "chain_name", region, repeats=False)
        assert {k: n for k, n in known.stages(region).items() if k} == grouped(ProjectView, "stage", region)
    assert dict(known.cities("figures")) == grouped(FigureView, "city_code", "", repeats=False)
    for measure, model in (("projects", ProjectView), ("enterprises", EnterpriseView), ("chains", ChainView)):
        assert dict(known.cities(measure)) == grouped(model, "city_code", "")
        counties = {k: n for k, n in known.counties(measure, "140700").items() if k}
        assert counties == grouped(model, "region_code", "", city_code="140700")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(taken=steps, secret=st.integers(0, 5))
def test_after_whatever_was_done_every_reader_is_told_what_a_query_counts(
    ledger: str, taken: list[tuple[str, Any]], secret: int
) -> None:
    cache.clear()  # examples are rolled back, and with them the number of the ledger's state
    with pytest.raises(Undone), transaction.atomic():
        users = [account(f"读者{n}", "chain_office", **grant) for n, grant in enumerate(GRANTS)]
        for at, (step, argument) in enumerate(taken):
            take(step, argument)
            if at == secret and (source := Source.objects.filter(state="ready").first()):
                set_level(source.pk, 1, "张三")
        check(counted(cached.revision()))
        for user in users:
            with as_viewer(user):
                check(counted(cached.revision()))
        raise Undone


@given(code=CODES, rows=st.lists(st.tuples(CODES, CODES), max_size=12))
def test_a_place_is_inside_where_the_filter_lets_it_through(code: str, rows: list[tuple[str, str]]) -> None:
    """Against the filter itself, read as a condition on two columns."""
    where, inside = region_q(code), region_test(code)
    for city, region in rows:
        assert inside(city, region) == holds(where, {"city_code": city, "region_code": region})


def holds(where: models.Q, row: dict[str, str]) -> bool:
    """Whether a row of texts fulfils a filter of equalities and ranges."""

    def one(child: Any) -> bool:
        if isinstance(child, models.Q):
            return holds(child, row)
        name, _, how = child[0].partition("__")
        return {"": row[name] == child[1], "gte": row[name] >= child[1], "lt": row[name] < child[1]}[how]

    found = [one(child) for child in where.children]
    return (all(found) if where.connector == models.Q.AND else any(found)) != where.negated
