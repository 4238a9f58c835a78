"""What the ledger suggests for a list: nothing is taken off because it was not looked at, or because the reader may not see it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.ledger.exchange.making import bring_back, say
from tests.ledger.list_making import make_list
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.lists import fill_sources
from liantu.ledger.lists.filling import ADD, REMOVE, suggestions
from liantu.ledger.models import ChainList, Entity, ListRow, Source
from liantu.ledger.rights import as_viewer

NAMES = ("寿阳光伏组件项目", "太谷光伏支架项目", "祁县光伏玻璃项目")


@pytest.fixture
def filled_list(ledger: str) -> ChainList:
    """A list of a chain's projects, all three of them on it."""
    for at, name in enumerate(NAMES):
        say(name, (3 - at) * 1e8, "signed", "晋中市寿阳县", chain="光伏")
    made = make_list("project", chain="光伏", region_code="140700")
    services.follow_suggestions(made.pk, [one.digest for one in suggestions(made)], "li")
    assert set(ListRow.objects.values_list("name", flat=True)) == set(NAMES)
    return made


def moved_off(folder: Path, name: str) -> None:
    """Let a person write that a project is on another chain."""
    batch = bring_back(f"项目名称,产业链\n{name},氢能\n", folder, "改.csv")
    importing.write(batch.pk, "李明")


def asked(of: ChainList) -> list[tuple[str, str]]:
    return [(one.action, one.name) for one in suggestions(of)]


def test_what_left_the_scope_is_suggested_only_where_all_was_looked_at(
    filled_list: ChainList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved_off(tmp_path, NAMES[0])
    assert asked(filled_list) == [(REMOVE, NAMES[0])]
    monkeypatch.setattr(fill_sources, "MOST", 3)
    assert asked(filled_list) == [(REMOVE, NAMES[0])]
    monkeypatch.setattr(fill_sources, "MOST", 2)
    assert asked(filled_list) == []


def test_what_the_reader_may_not_see_is_not_suggested_for_removal(filled_list: ChainList, tmp_path: Path) -> None:
    services.set_level(Source.objects.order_by("pk")[2].pk, 2, "admin")
    moved_off(tmp_path, NAMES[0])
    for reader in (account("open", "chain_office", level=0), account("chief", "chain_office")):
        with as_viewer(reader):
            assert asked(filled_list) == [(REMOVE, NAMES[0])]
            assert Entity.objects.filter(name=NAMES[2]).exists() == (reader.username == "chief")


def test_problems_of_many_projects_are_found_whichever_projects_have_them(
    ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_sources, "MOST", 2)
    for name in NAMES:
        say(name, 1e8, "signed", "晋中市寿阳县", chain="光伏")
    last = Entity.objects.get(name=NAMES[2])
    told = {"project_id": last.pk, "text": "用地未批", "owner": "资规局", "due": date(2025, 6, 1)}
    problem = services.add_record("problem", told, "li").row
    problems = make_list("problem", chain="光伏")
    assert asked(problems) == [(ADD, "用地未批")]
    services.follow_suggestions(problems.pk, [one.digest for one in suggestions(problems)], "li")
    done = {"solved_on": date(2025, 6, 2), "verified_on": date(2025, 6, 2), "verified_by": "李明"}
    services.change_record("problem", problem, 1, done, "li")
    assert asked(problems) == [(REMOVE, "用地未批")]
