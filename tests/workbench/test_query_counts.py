"""How many queries each page makes, over a small ledger and over a larger one: kept in `query_counts.csv`, and the same for both.

After a change made on purpose: `LIANTU_WRITE_QUERY_COUNTS=1 pytest tests/workbench/test_query_counts.py`, then read the difference
of the file before it is committed: a page that makes more queries than it did needs a reason.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from tests.ledger.exchange.making import say
from tests.ledger.making import says

from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, Fact, ProjectView, Source, Statement

FILE = Path(__file__).with_name("query_counts.csv")
SPARE = 2
"""Queries more than kept that pass: what a page remembers from the page before differs by so many."""

NEW = 60
"""Queries that a page may make which is not kept yet."""


def patterns(found: list[Any] | None = None, before: str = "/") -> Iterator[tuple[str, str]]:
    """Name and route of every address."""
    for pattern in found if found is not None else get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or route, route


def filled(first: int, last: int) -> None:
    """Projects, firms, figures and records, a document for each."""
    for n in range(first, last):
        say(
            f"寿阳第{n}号光伏组件项目",
            (n + 1) * 1e8,
            "started",
            "晋中市寿阳县",
            f"寿阳第{n}新能源有限公司",
            "光伏",
            date(2024, 1, 1 + n),
        )
        services.add_findings(
            *says(str(5000 + n), 5000 + n, "辆", "推广甲醇汽车", publisher=f"报{n}", on=date(2024, 2, 1 + n))
        )
    for project in ProjectView.objects.order_by("pk")[first:last]:
        values = {"project_id": project.pk, "text": "土地指标未落实", "owner": "某局", "raised_on": date(2024, 3, 1)}
        services.add_record("problem", values, "李明")
        services.add_record(
            "official", {"project_id": project.pk, "role": "assigned_official", "name": "示例甲"}, "李明"
        )


def examples() -> dict[str, str]:
    """What stands in for an argument of an address, by what the address is about."""
    project, firm = ProjectView.objects.order_by("pk")[0].pk, EnterpriseView.objects.order_by("pk")[0].pk
    statement = Statement.objects.filter(figure_kind="level").order_by("pk")[0].pk
    return {
        "/projects/<int:pk>": str(project), "/enterprises/<int:pk>": str(firm), "/entities/<int:pk>": str(firm),
        "/documents/<int:pk>": str(Source.objects.order_by("pk")[0].pk), "/statements/<str:pk>": statement,
        "/facts/<str:pk>": Fact.objects.order_by("pk")[0].pk, "/chains/<word:name>": "光伏", "/records/<str:kind>": "problem",
        "/rates/<str:definition>": "start", "/schemes/<word:scheme>": "x",
    }  # fmt: skip


def addresses() -> dict[str, str]:
    """Every page that can be asked for with what the ledger holds, by the name of its route."""
    made: dict[str, str] = {}
    stand_ins = examples()
    for name, route in patterns():
        address = route
        for start, value in stand_ins.items():
            if route.startswith(start):
                address = route.replace(start, start.split("<")[0] + value, 1)
        if "<" not in address and "^" not in address and name not in {"login", "logout", "language"}:
            made[name if not route.startswith("/api/") else f"api:{name}"] = address
    return made | {
        "search-words": "/search?q=光伏",
        "search-kind": "/search?q=寿阳&kind=project",
        "api:search": "/api/search?q=光伏",
    }


def counted(client: Client) -> dict[str, int]:
    """Queries of each page that answers with a page or a file, nothing being remembered from before."""
    found: dict[str, int] = {}
    for name, address in sorted(addresses().items()):
        client.get(address)  # what a process reads once, it has read
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            _ = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200:
            found[name] = len(queries)
    return found


@pytest.mark.django_db
def test_no_page_makes_more_queries_for_more_rows_or_than_it_did(clerk: Client) -> None:
    filled(0, 4)
    few = counted(clerk)
    filled(4, 14)
    many = counted(clerk)
    more = {name: (few[name], many[name]) for name in few if name in many and many[name] > few[name] + SPARE}
    assert not more, f"pages whose queries grow with their rows: {more}"
    if os.environ.get("LIANTU_WRITE_QUERY_COUNTS"):
        with FILE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("page", "queries"), *sorted(many.items())])
    with FILE.open(encoding="utf-8") as file:
        kept = {row["page"]: int(row["queries"]) for row in csv.DictReader(file)}
    grown = {name: (kept.get(name), n) for name, n in many.items() if n > kept.get(name, NEW) + SPARE}
    assert not grown, f"pages that make more queries than was kept (see the head of this file): {grown}"
    assert kept.keys() <= addresses().keys(), "kept for pages that are no more"
