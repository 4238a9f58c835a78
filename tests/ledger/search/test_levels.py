"""Who may not read a confidential paper is not told the names that people gave to what stands in it either."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.ledger.exchange.making import NAME, OWNER, edited, row_of, say
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.models import Entity, ProjectView, Source
from liantu.ledger.rights import as_viewer
from liantu.ledger.search.finding import Query, find

OPEN, GIVEN = "寿阳光伏组件项目", "玄武基地"
OWNED_BY = "示例朱雀实业有限公司"


def write_row(folder: Path, column: int, value: str) -> Any:
    """Let a person who may read all fill one cell of the project's row in Excel."""

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, ProjectView.objects.get().name), column).value = value

    return importing.write(edited(folder, edit).pk, "李明").changes


def hits(words: str) -> int:
    """How many entries a search gives."""
    return sum(len(each.hits) for each in find(Query.of(words), most=20))


@pytest.fixture
def confidential(ledger: str) -> None:
    """A project of which a confidential paper alone speaks."""
    say(OPEN, 5.6e8, "signed", "晋中市寿阳县")
    services.set_level(Source.objects.get().pk, 2, "admin")


@pytest.mark.parametrize("undone", [False, True])
def test_a_name_given_to_a_confidential_thing_stays_so_when_an_open_paper_names_the_thing(
    confidential: None, tmp_path: Path, undone: bool
) -> None:
    changes = write_row(tmp_path, NAME, GIVEN)
    if undone:
        services.undo_changes(changes.pk, "李明")
    say(OPEN, None, "started", "晋中市寿阳县", on=date(2024, 6, 1))
    with as_viewer(account("open", "reader", level=0)):
        assert hits(OPEN) and not hits(GIVEN)
        assert ProjectView.objects.get().name == OPEN
    services.rebuild_views()
    with as_viewer(account("other", "reader", level=0)):
        assert hits(OPEN) and not hits(GIVEN)


def test_a_name_given_to_an_open_thing_finds_it_beside_confidential_ones(ledger: str, tmp_path: Path) -> None:
    say(OPEN, 5.6e8, "signed", "晋中市寿阳县")
    write_row(tmp_path, NAME, GIVEN)
    say("平遥牛肉加工项目", on=date(2024, 6, 1))
    services.set_level(Source.objects.order_by("-pk")[0].pk, 2, "admin")
    services.rebuild_views()
    with as_viewer(account("open", "reader", level=0)):
        assert hits(OPEN) and hits(GIVEN)


def test_the_owner_that_a_person_adds_to_a_confidential_project_is_as_confidential(
    confidential: None, tmp_path: Path
) -> None:
    write_row(tmp_path, OWNER, OWNED_BY)
    with as_viewer(account("open", "reader", level=0)):
        assert not Entity.objects.filter(name=OWNED_BY).exists() and not hits(OWNED_BY)
    with as_viewer(account("all", "reader")):
        assert Entity.objects.filter(name=OWNED_BY).exists()
