"""Pages of targets hold what the whole list holds, in its order, though each is asked for alone; on both databases."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from tests.ledger.making import says
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.models import FigureView, TargetRecord
from liantu.ledger.work.target_lines import Line, key_of
from liantu.workbench.cached import revision
from liantu.workbench.target_pages import SORTS, lines_for, part_of, whole_of

TODAY = date(2025, 9, 1)
SIZE = 4


@pytest.fixture
def targets(ledger: str) -> None:
    """Ten targets of documents, one of them told twice and one with two values, three of which are kept; and two that people set."""
    cache.clear()
    for at in range(9):
        words = f"{'甲乙丙'[at % 3]}类工厂{'数' * (at // 3)}"
        period, on = ("2025" if at % 2 else "2027", date(2025, 1, 1 + at))
        services.add_findings(
            *says(
                str(20 + at % 4), 20 + at % 4, "家", words, publisher="晋中日报", on=on, status="target", period=period
            )
        )
        services.add_findings(*says(str(3 + at), 3 + at, "家", words, publisher="通报", on=date(2025, 8, 1), period="2025-01/2025-07"))  # fmt: skip
    again = {"status": "target", "period": "2027"}
    services.add_findings(*says("20", 20, "家", "甲类工厂", publisher="太原日报", on=date(2025, 3, 1), **again))
    services.add_findings(*says("60", 60, "家", "甲类工厂", publisher="太原日报", on=date(2025, 3, 2), **again))
    for row in FigureView.objects.filter(status="target").order_by("-value", "pk")[:3]:
        services.take_up(row.pk, "li")
    for name in ("丁类工厂", "乙类工厂"):
        told = {
            "indicator": name,
            "subject_name": "晋中市",
            "unit": "家",
            "due": date(2025, 12, 31),
            "region_code": "140700",
            "basis": "会议纪要",
        }
        services.add_record("target", told | {"value": 21.0 if name == "乙类工厂" else None}, "li")


def paged(query: str) -> tuple[list[object], int]:
    """Every page of a list put together, and how many it says there are."""
    params = QueryDict(query)
    found, start = whole_of(params, TODAY, revision()), 0
    shown: list[object] = []
    while part := part_of(found, params, TODAY, start, SIZE):
        assert len(part) <= SIZE
        shown, start = shown + [told(line) for line in part], start + SIZE
    return shown, found.n


def told(line: Line) -> tuple[object, ...]:
    return key_of(line), line.state, line.percent, line.actual.value if line.actual else None


ASKED = ("", "region=140700", "year=2027", "issuer=晋中日报", "kept=said", "kept=kept", "q=甲", "state=late")


def test_pages_together_are_the_list(targets: None) -> None:
    every = ("", *SORTS, *(f"-{key}" for key in SORTS))
    for ask, sort in [*product(ASKED[:1], every), *product(ASKED[1:], ("", "due", "-indicator", "percent"))]:
        query = f"{ask}&sort={sort}"
        lines, _more = lines_for(QueryDict(query), TODAY)
        assert paged(query) == ([told(line) for line in lines], len(lines)), query
        assert lines or ask == "state=late"


def test_a_target_told_twice_is_one_and_one_with_two_values_is_two(targets: None) -> None:
    lines, _more = lines_for(QueryDict("q=甲类工厂&year=2027"), TODAY)
    assert {line.value for line in lines if line.indicator == "甲类工厂"} == {20.0, 60.0}
    assert len(lines) == len({line.key for line in lines})
    (twenty,) = [line for line in lines if line.value == 20.0]
    assert twenty.issuer == "太原日报"
    (older,) = [
        x for x in lines_for(QueryDict("q=甲类工厂&year=2027&issuer=晋中日报"), TODAY)[0] if x.indicator == "甲类工厂"
    ]
    assert older.issuer == "晋中日报" and older.value == 20.0


def test_programs_and_people_are_given_the_same_page(targets: None, client: Client) -> None:
    client.force_login(account("chief", "administrator"))
    for query in ("", "sort=-due", "sort=percent", "region=140700&sort=indicator"):
        shown = client.get(f"/targets?{query}").context["listing"].rows
        answer = client.get(f"/api/targets?{query}&per_page=5&page=2").json()
        assert [row["page"] for row in answer["items"]] == [
            f"/targets/{line.record.pk}" if line.record else f"/targets/said/{line.key}" for line in shown[5:10]
        ]
        assert answer["count"] == len(shown)


def test_a_page_reads_no_more_than_it_shows(targets: None) -> None:
    assert TargetRecord.objects.count() == 5
    found = whole_of(QueryDict("kept=said"), TODAY, revision())
    assert found.order == () and found.n == found.n_said == 7
    assert whole_of(QueryDict("sort=state"), TODAY, revision()).n_further == 0
