"""What was computed from some tables is kept while others change, and never longer: what a page says is what a query says now."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction
from django.db.models import Q
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.exchange.making import three_projects
from tests.ledger.people import account
from tests.ledger.test_rebuilding import Undone, steps, take

from liantu.ledger.models import (
    Alert,
    ChainView,
    Check,
    EnterpriseView,
    Entity,
    Fact,
    FigureView,
    Judgement,
    Pair,
    ProjectView,
    Revision,
    Source,
    Statement,
)
from liantu.ledger.rights import as_viewer
from liantu.ledger.services import set_level
from liantu.ledger.writing import EVERYTHING, TOLD_APART, writing
from liantu.workbench import cached, facets, review_queue
from liantu.workbench.counted import counted
from liantu.workbench.listing import listing

MODELS = (
    Alert, ChainView, Check, EnterpriseView, Entity, Fact, FigureView, Judgement, Pair, ProjectView, Source, Statement,
)  # fmt: skip


def told(at: int) -> dict[str, Any]:
    """What pages keep of the ledger: counts of lists, choices of filters, the queue, the numbers of the overview."""
    found: dict[str, Any] = {m.__name__: cached.count_of(m._default_manager.all(), m.__name__, at) for m in MODELS}
    for model in (FigureView, ProjectView):
        found[f"regions {model.__name__}"] = facets.region_choices(model, at)
        found[f"chains {model.__name__}"] = facets.chain_choices(model, at)
    found |= {"years": facets.year_choices(at), "sources": facets.source_choices(at), "queue": review_queue.waiting(at)}
    for model, sort in ((FigureView, "-recency"), (FigureView, "value"), (ProjectView, "name"), (Fact, "-recency")):
        page = listing(
            RequestFactory().get("/", {"sort": sort}), model._default_manager.all(), Q(), name=model.__name__,
            sorts={"recency": "recency", "value": "value", "name": "name"}, default="-recency", last="pk", at=at,
        )  # fmt: skip
        found[f"{model.__name__} by {sort}"] = (page.total, [row.pk for row in page.rows])
    return found | {"totals": counted(at).totals(""), "inside": counted(at).totals("140700")}


def told_everybody(reader: Any) -> list[dict[str, Any]]:
    """The same for somebody who may see all, and for a reader who may not."""
    at = cached.revision()
    with as_viewer(reader):
        narrow = told(at)
    return [told(at), narrow]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(taken=steps, secret=st.integers(0, 4))
def test_after_every_change_pages_say_what_they_would_say_without_a_memory(
    ledger: str, taken: list[tuple[str, Any]], secret: int
) -> None:
    cache.clear()  # examples are rolled back, and with them the number of the ledger's state
    with pytest.raises(Undone), transaction.atomic():
        reader = account("读者", "chain_office", region="140700", level=0)
        for at, (step, argument) in enumerate(taken):
            take(step, argument)
            if at == secret and (source := Source.objects.filter(state="ready").first()):
                set_level(source.pk, 1, "张三")
            kept = told_everybody(reader)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(cached, "cache", LocMemCache("forgetful", {}))
                cached.cache.clear()
                assert kept == told_everybody(reader)
        raise Undone


def queries(name: str, model: type[Any]) -> int:
    """How many queries a count costs now."""
    at = cached.revision()
    with CaptureQueriesContext(connection) as made:
        cached.count_of(model._default_manager.all(), name, at)
    return len(made)


def test_what_other_tables_hold_is_not_counted_again(ledger: str) -> None:
    cache.clear()
    three_projects()
    assert queries("p", ProjectView) == 1 and queries("d", Source) == 1 and queries("p", ProjectView) == 0
    with writing():
        ProjectView.objects.filter(name__contains="平遥").update(stage="started")
    assert queries("d", Source) == 0 and queries("p", ProjectView) == 1
    with writing():
        pass
    assert queries("d", Source) == 1 and queries("p", ProjectView) == 1, (
        "of a change nothing is known of, everything is"
    )


def test_a_change_is_of_the_tables_written_inside_and_of_those_of_a_change_within_it(ledger: str) -> None:
    three_projects()
    with writing():
        Source.objects.update(publisher="晋中日报")
        with writing():
            FigureView.objects.filter(pk="").delete()
    row = Revision.objects.get(pk=1)
    assert row.tables["ledger_source"] == row.number > row.tables["ledger_projectview"]
    assert EVERYTHING not in row.tables
    with writing(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ledger_of_nobody (id integer)")
    assert Revision.objects.get(pk=1).tables[EVERYTHING] == row.number + 1


def test_what_is_made_of_something_unknown_or_of_an_older_value_is_kept_no_longer_than_that(ledger: str) -> None:
    cache.clear()
    three_projects()
    at = cached.revision()
    turns = iter(range(10))

    def outer(name: str, inner: Any) -> int:
        return cached.per_tables(name, lambda: (inner(), next(turns))[1], cached.revision())

    def unknown() -> int:
        return cached.per_revision("inner", lambda: Source.objects.count(), cached.revision())

    def known() -> int:
        return cached.per_tables("known", lambda: Source.objects.count(), cached.revision())

    assert [outer("a", unknown), outer("a", unknown), outer("b", known), outer("b", known)] == [0, 0, 1, 1]
    with writing():
        ProjectView.objects.update(stage="started")
    assert [outer("a", unknown), outer("b", known)] == [2, 1]
    with writing():
        Source.objects.update(publisher="晋中日报")
    assert outer("b", known) == 3 and cached.revision() == at + 2


def test_what_is_made_of_a_value_that_holds_is_not_made_again(ledger: str) -> None:
    cache.clear()
    three_projects()
    turns = iter(range(10))

    def of_both() -> int:
        cached.per_tables("sources", lambda: Source.objects.count(), cached.revision())
        ProjectView.objects.count()
        return next(turns)

    def look() -> int:
        return cached.per_tables("both", of_both, cached.revision())

    assert [look(), look()] == [0, 0]
    with writing():
        ProjectView.objects.update(stage="started")
    assert [look(), look(), look()] == [1, 1, 1]


def test_tables_told_apart_are_tables(ledger: str) -> None:
    assert set(connection.introspection.table_names()) >= TOLD_APART
    assert {model._meta.db_table for model in MODELS} <= TOLD_APART
