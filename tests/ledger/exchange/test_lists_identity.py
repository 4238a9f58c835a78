"""Lists of all twelve kinds go out to Excel and come back unchanged, whatever is in them; changes come back as changes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.ledger.exchange.making import bring_back
from tests.ledger.list_making import add_row, make_list

from liantu.ledger.exchange import importing
from liantu.ledger.exchange.values import ERRORS, choices_of, plain
from liantu.ledger.lists.cells import exchange_columns, key_of
from liantu.ledger.lists.table import ListTable
from liantu.ledger.models import ChainList, HeaderMeaning, ImportRow, ListRow, WorkChange
from liantu.ledger.services import change_record, undo_changes
from liantu.reporting.exchange import exchange_csv, exchange_xlsx
from liantu.resolution.uscc import ALPHABET, check_character
from liantu.vocabulary import list_kinds
from liantu.vocabulary.lists import ListColumn
from liantu.vocabulary.regions import regions

CODES = sorted(r.code for r in regions() if not r.is_group and len(r.code) == 6)
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
    .map(plain)
    .filter(lambda text: text not in ERRORS),
    st.sampled_from(["=1+1", "+86", "-3", "@x", "'引号", "1e5", "001", "2024-05-01", "是", "无"]),
)
MONEY = st.integers(0, 10**9).map(lambda n: n * 1e4)
WHEN = st.dates(date(1990, 1, 1), date(2099, 1, 1))


def cells_of(column: ListColumn) -> st.SearchStrategy[Any]:
    """Whatever a column may hold, as the ledger stores it."""
    if column.type in {"text", "long"}:
        return TEXT.filter(bool) if column.required else TEXT
    if column.type == "chain":
        return st.sampled_from(["", "光伏", "特钢材料", "甲醇经济"])
    if column.type == "word":
        words = [*choices_of(exchange_columns(KIND_OF[column.key, column.words])[column.key])]
        return st.sampled_from(words if column.required else ["", *words])
    if column.type == "region":
        return st.sampled_from(["", *CODES])
    if column.type == "uscc":
        body = st.text(ALPHABET, min_size=17, max_size=17)
        return st.one_of(st.just(""), body.map(lambda b: b + check_character(b)))
    if column.type == "when":
        return st.one_of(
            st.just(""), st.tuples(WHEN, st.sampled_from([4, 7, 10])).map(lambda p: p[0].isoformat()[: p[1]])
        )
    if column.type == "money":
        return st.one_of(st.none(), MONEY)
    if column.type == "readiness":
        return st.one_of(st.none(), st.integers(1, 9))
    if column.type == "whole":
        return st.one_of(st.none(), st.integers(0, 10**7))
    return st.one_of(st.none(), st.floats(0, 999, allow_nan=False).map(lambda f: round(f, 6)))


KIND_OF = {
    (column.key, column.words): kind.value
    for kind in list_kinds().values()
    for column in kind.all_columns
    if column.words
}


def rows_of(kind: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some rows of a kind, no two of them the same."""
    row = st.fixed_dictionaries({column.key: cells_of(column) for column in list_kinds()[kind].all_columns})
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda cells: key_of(list_kinds()[kind], cells))


def filled(kind: str, rows: list[Mapping[str, Any]]) -> ChainList:
    ListRow.objects.all().delete()
    ChainList.objects.all().delete()
    chain_list = make_list(kind)
    for row in rows:
        add_row(chain_list, **row)
    return chain_list


@pytest.mark.parametrize("kind", list(list_kinds()))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), english=st.booleans(), form=st.sampled_from(["xlsx", "saved again", "csv"]))
def test_a_list_that_goes_out_and_comes_back_is_no_change(
    db: None, kind: str, data: st.DataObject, english: bool, form: str
) -> None:
    rows = data.draw(rows_of(kind))
    table = ListTable.of(filled(kind, rows))
    known = list(table.everything())
    with tempfile.TemporaryDirectory() as folder:
        if form == "csv":
            content: Any = "".join(exchange_csv(table, known, english=english))
            batch = bring_back(content, Path(folder), "清单.csv", kind=table.kind)
        else:
            content = exchange_xlsx(table, known, english=english)
            content = content if form == "xlsx" else load_workbook(BytesIO(content))
            batch = bring_back(content, Path(folder), kind=table.kind)
    assert batch.state == batch.State.CHECKED, batch.problems
    assert (batch.n_rows, batch.n_unchanged) == (len(rows), len(rows)), list(batch.rows.values())


FIRMS = "企业名称,统一社会信用代码,角色,营业收入（万元）,从业人数,责任单位,企业诉求\n"


def test_a_table_of_the_offices_own_is_added_and_its_errors_handed_back(db: None, tmp_path: Path) -> None:
    firms = make_list()
    kept = add_row(firms, name="甲示例有限公司", revenue=1e8, owner_unit="工信局")
    text = FIRMS + (
        "甲示例有限公司,,链主企业,12000,,,\n"
        "乙示例有限公司,,链上,1.5亿元,120,发改局,用地\n"
        "丙示例有限公司,91140000EXAMPLE12W,链上,很多,一百二,,\n"
        ",,链主,,,,\n"
    )
    batch = bring_back(text, tmp_path, "企业.csv", kind=f"list-{firms.pk}")
    assert importing.counts(batch) == {"error": 2, "clash": 0, "changed": 1, "added": 1, "removed": 0}
    wrong = {p["column"]: p["zh"] for row in batch.rows.filter(action="error") for p in row.problems}
    assert wrong["B4（统一社会信用代码）"].endswith("请核对是否抄错") and "D4（营业收入（万元））" in wrong
    assert wrong["A5（企业名称）"] == "缺企业名称，请补上，或删去这一行"
    with pytest.raises(importing.NotImportable, match="还有 2 行有错"):
        importing.write(batch.pk, "li")
    done = importing.write(batch.pk, "li", good_only=True)
    assert done.changes is not None and (done.changes.n_added, done.changes.n_changed) == (1, 1)
    kept.refresh_from_db()
    assert kept.cells == {
        "name": "甲示例有限公司", "revenue": 1.2e8, "owner_unit": "工信局", "enterprise_role": "chain_master",
    }  # fmt: skip
    added = ListRow.objects.get(name="乙示例有限公司")
    assert added.cells["revenue"] == 1.5e8 and added.cells["employees"] == 120 and added.has_owner
    changes = WorkChange.objects.filter(kind="listrow", row=kept.pk).order_by("-pk")
    assert changes[0].before == {"revenue": 1e8, "enterprise_role": None} and "企业.csv" in changes[0].reason
    undo_changes(done.changes.pk, "li")
    kept.refresh_from_db()
    assert kept.cells["revenue"] == 1e8 and ListRow.objects.get(name="乙示例有限公司").removed_at is not None


def test_what_others_changed_since_stays_when_a_set_is_taken_back(db: None, tmp_path: Path) -> None:
    firms = make_list()
    row = add_row(firms, name="甲厂", revenue=1e8)
    batch = bring_back("企业名称,营业收入（万元）,诉求\n甲厂,20000,用电\n", tmp_path, "表.csv", kind=f"list-{firms.pk}")
    done = importing.write(batch.pk, "li")
    row.refresh_from_db()
    change_record("listrow", row.pk, row.version, {"requests": "用电、用地"}, "wang")
    assert done.changes is not None
    undo_changes(done.changes.pk, "li")
    row.refresh_from_db()
    assert row.cells == {"name": "甲厂", "revenue": 1e8, "requests": "用电、用地"}


def test_an_edited_export_shows_clashes_and_deleted_rows(db: None, tmp_path: Path) -> None:
    firms = make_list()
    first, _second = add_row(firms, name="甲厂", main_products="法兰"), add_row(firms, name="乙厂")
    table = ListTable.of(firms)
    book = load_workbook(BytesIO(exchange_xlsx(table, table.everything())))
    sheet = book.worksheets[0]
    at = next(cell.column for cell in sheet[1] if cell.value == "主要产品")
    sheet.cell(2, at).value = "风电法兰"
    sheet.delete_rows(3)
    change_record("listrow", first.pk, 1, {"main_products": "大型法兰"}, "wang")
    batch = bring_back(book, tmp_path, kind=table.kind)
    assert importing.counts(batch) == {"error": 0, "clash": 1, "changed": 0, "added": 0, "removed": 1}
    importing.side_with(batch.pk, None, mine=True)
    importing.write(batch.pk, "li", remove=True)
    first.refresh_from_db()
    assert first.cells["main_products"] == "风电法兰"
    assert list(ListRow.objects.filter(removed_at=None)) == [first]


def test_a_rename_onto_another_row_is_refused(db: None, tmp_path: Path) -> None:
    firms = make_list()
    add_row(firms, name="甲厂")
    add_row(firms, name="乙厂")
    table = ListTable.of(firms)
    book = load_workbook(BytesIO(exchange_xlsx(table, table.everything())))
    book.worksheets[0].cell(2, 3).value = "乙厂"
    batch = bring_back(book, tmp_path, kind=table.kind)
    row = batch.rows.get()
    assert row.action == ImportRow.Action.ERROR and "另有一行也是“乙厂”" in row.problems[0]["zh"]


def test_the_offices_headers_are_remembered_for_lists_of_the_kind(db: None, tmp_path: Path) -> None:
    firms, others = make_list(), make_list(title="另一份")
    text = "企业名称,拿手活\n甲厂,法兰\n"
    batch = bring_back(text, tmp_path, "表.csv", kind=f"list-{firms.pk}")
    importing.say_headers(batch.pk, {"拿手活": "main_products"}, "li")
    assert HeaderMeaning.objects.get().kind == "list.enterprise"
    again = bring_back(text, tmp_path, "表.csv", kind=f"list-{others.pk}")
    assert again.rows.get().told == {"name": "甲厂", "main_products": "法兰"}


def test_a_file_of_another_list_is_not_taken_for_this_ones(db: None, tmp_path: Path) -> None:
    firms, others = make_list(), make_list(title="另一份")
    add_row(firms, name="甲厂")
    table = ListTable.of(firms)
    content = exchange_xlsx(table, table.everything())
    batch = bring_back(content, tmp_path, kind=f"list-{others.pk}")
    assert batch.rows.get().action == "error" and "不在本台账里" in batch.rows.get().problems[0]["zh"]
