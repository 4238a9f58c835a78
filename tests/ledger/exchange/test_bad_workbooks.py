"""Workbooks that go wrong: each is understood, or refused with the cell named; nothing in a cell, a header or a name is run."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.ledger.exchange.making import bring_back

from liantu.ledger.exchange import importing
from liantu.ledger.models import Import, ImportRow, ProjectView

pytestmark = pytest.mark.django_db
HEAD = ["项目名称", "所在市", "阶段", "总投资（亿元）", "建设单位"]


def a_list(*rows: list[Any], head: list[str] | None = None) -> Workbook:
    """A workbook with a header and rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(head or HEAD)
    for row in rows:
        sheet.append(row)
    return book


def money(batch: Import) -> list[float]:
    """The sums that a comparison read, in yuan."""
    return [row.told["investment"] for row in batch.rows.order_by("number")]


@pytest.mark.parametrize(
    "written",
    [
        5.6, "5.6", "5.6亿元", "５．６亿元", "５．６", "56000万元", "５６０００万元", "56,000万元", "5.6 亿", "约5.6亿元", "560000000元",
        "人民币5.6亿元", "五点六亿元", "5.60",
    ],
)  # fmt: skip
def test_fourteen_spellings_of_one_sum(tmp_path: Path, written: object) -> None:
    batch = bring_back(a_list(["示例项目", "晋中市", "签约", written, ""]), tmp_path)
    row = batch.rows.get()
    if row.action == ImportRow.Action.ERROR:
        assert "D2" in str(row.problems)  # refused with the cell named, never guessed
    else:
        assert money(batch) == [pytest.approx(5.6e8)]


@pytest.mark.parametrize("value", ["#REF!", "#DIV/0!", "#N/A", "abc", "5.6亿美元", "5..6", "=1+", "-", "1e999"])
def test_what_is_no_sum_is_refused_with_its_cell(tmp_path: Path, value: str) -> None:
    book = a_list(["示例项目", "晋中市", "签约", 1, ""])
    cell = book.worksheets[0]["D2"]
    cell.value = value
    if value.startswith("="):
        cell.data_type = "s"
    batch = bring_back(book, tmp_path)
    row = batch.rows.get()
    assert row.action == ImportRow.Action.ERROR or "investment" not in row.told or row.told["investment"] is None
    if row.action == ImportRow.Action.ERROR:
        assert "D2" in str(row.problems)


def test_a_formula_without_a_result_is_refused_with_its_cell(tmp_path: Path) -> None:
    batch = bring_back(a_list(["示例项目", "晋中市", "签约", "=1+2", ""]), tmp_path)
    assert batch.rows.get().action == ImportRow.Action.ERROR
    assert "D2" in str(batch.rows.get().problems)


def test_the_same_name_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    batch = bring_back(a_list(["示例项目", "晋中市", "", 1, ""], ["示例项目", "晋中市", "", 2, ""]), tmp_path)
    wrong = batch.rows.get(action=ImportRow.Action.ERROR)
    assert wrong.number == 3 and "2" in str(wrong.problems)


def test_columns_in_another_order_and_a_renamed_sheet_are_understood(tmp_path: Path) -> None:
    book = a_list(["某公司", 1, "签约", "晋中市", "示例项目"], head=HEAD[::-1])
    book.worksheets[0].title = "2024年（改）"
    batch = bring_back(book, tmp_path)
    assert batch.rows.get().told["name"] == "示例项目" and money(batch) == [1e8]


def test_a_merged_title_above_the_header_is_no_row(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "晋中市重点项目清单"
    sheet.merge_cells("A1:E1")
    sheet.append(HEAD)
    sheet.append(["示例项目", "晋中市", "签约", 1, ""])
    assert bring_back(book, tmp_path).rows.get().told["name"] == "示例项目"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_is_a_name_and_leaves_as_text(tmp_path: Path, text: str) -> None:
    from liantu.ledger.exchange.lists import LISTS
    from liantu.reporting.exchange import exchange_xlsx

    book = a_list(["x", "晋中市", "签约", 1, ""])
    cell = book.worksheets[0]["A2"]
    cell.value, cell.data_type = text, "s"
    batch = bring_back(book, tmp_path)
    importing.write(batch.pk, "李明")
    made = exchange_xlsx(LISTS["project"], LISTS["project"].read(ProjectView.objects.all()))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        sheets = "".join(package.read(name).decode() for name in package.namelist() if "worksheets/" in name)
    assert "<f>" not in sheets and "<f " not in sheets


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.xlsx", "..\\..\\x.xlsx", "a\x00b.xlsx", "<b>名单</b>.xlsx", "名" * 300 + ".xlsx"]
)
def test_a_name_of_a_file_is_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.xlsx"
    a_list(["示例项目", "晋中市", "签约", 1, ""]).save(path)
    batch = importing.compare(importing.start_import("project", path, name, "李明").pk)
    assert batch.state == Import.State.CHECKED and len(batch.name) <= 255


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"\0" * 5000])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    batch = bring_back(content, tmp_path)
    assert batch.state == Import.State.REFUSED and batch.problems
