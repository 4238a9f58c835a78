"""Whatever is in the ledger, a list that goes out and comes back untouched changes nothing."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.ledger.exchange.making import KEY, PROJECTS, bring_back

from liantu.ledger.exchange import importing
from liantu.ledger.exchange.lists import columns_of
from liantu.ledger.exchange.values import parsed, plain, same, shown, words_of
from liantu.ledger.models import Entity, ProjectView
from liantu.reporting.exchange import exchange_csv, exchange_xlsx
from liantu.vocabulary.regions import regions

CODES = sorted(r.code for r in regions() if not r.is_group and len(r.code) == 6)
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30).map(plain)
NAME = st.one_of(
    TEXT.filter(bool), st.sampled_from(["=1+1", "+86", "-3", "@x", "'引号", "1e5", "001", "2024-05-01", "是"])
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAME,
            "stage": st.sampled_from(["", *words_of("stage")]),
            "investment": st.one_of(
                st.none(), st.floats(0, 1e13, allow_nan=False), st.integers(0, 10**9).map(lambda n: n * 1e4)
            ),
            "place": TEXT,
            "owner": TEXT,
            "chain_name": TEXT,
            "region": st.sampled_from(["", *CODES]),
        }
    ),
    min_size=1,
    max_size=6,
)


def put(rows: list[dict[str, object]]) -> None:
    ProjectView.objects.all().delete()
    Entity.objects.all().delete()
    for at, row in enumerate(rows):
        entity = Entity.objects.create(kind="project", name=str(row["name"]), folded=f"{at}", scope="")
        entity.canonical = entity
        entity.save()
        region = str(row["region"])
        told = {key: value for key, value in row.items() if key != "region"}
        ProjectView.objects.create(entity=entity, region_code=region, n_statements=1, n_sources=1, **told)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, english=st.booleans(), form=st.sampled_from(["xlsx", "saved again", "csv"]))
def test_out_and_back_is_no_change(db: None, rows: list[dict[str, object]], english: bool, form: str) -> None:
    put(rows)
    known = list(PROJECTS.read(ProjectView.objects.all()))
    with tempfile.TemporaryDirectory() as folder:
        if form == "csv":
            batch = bring_back("".join(exchange_csv(PROJECTS, known, english=english)), Path(folder), "名单.csv")
        else:
            content = exchange_xlsx(PROJECTS, known, english=english)
            batch = bring_back(content if form == "xlsx" else load_workbook(BytesIO(content)), Path(folder))
    assert batch.state == batch.State.CHECKED, batch.problems
    assert (batch.n_rows, batch.n_unchanged) == (len(rows), len(rows)), list(batch.rows.values())


@given(rows=ROWS)
def test_a_cell_says_what_the_ledger_stores(rows: list[dict[str, object]]) -> None:
    for row in rows:
        for column in columns_of("project"):
            if column.key in {"name", "chain"}:
                continue
            value = row[column.key]
            assert same(column, parsed(column, shown(column, value), "亿元"), value)


@pytest.mark.django_db
def test_a_workbook_without_its_hidden_sheet_still_comes_back(tmp_path: Path) -> None:
    put([{"name": "某项目", "stage": "", "investment": None, "place": "", "owner": "", "chain_name": "", "region": ""}])
    book = load_workbook(BytesIO(exchange_xlsx(PROJECTS, PROJECTS.read(ProjectView.objects.all()))))
    del book["链图导出"]
    book.worksheets[0].delete_rows(2)
    batch = bring_back(book, tmp_path)
    assert importing.counts(batch)["removed"] == 0 and KEY == 1
