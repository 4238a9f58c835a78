"""Workbooks as documents and as ledgers."""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from liantu.reading import Limits, UnreadableError, read_document, read_workbook


def make() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "项目台账"
    sheet.append(["重点产业链项目台账"])
    sheet.merge_cells("A1:D1")
    sheet.append(["项目名称", "所在市", "总投资（亿元）", "开工时间"])
    sheet.append(["甲项目", "太原市", 9.6, datetime.date(2023, 9, 1)])
    sheet.append(["乙项目", None, 12, None])
    sheet.merge_cells("B3:B4")
    book.create_sheet("空表")
    hidden = book.create_sheet("草稿")
    hidden.sheet_state = "hidden"
    hidden.append(["不看", "这里"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_know_their_cells() -> None:
    document = read_document(make(), "台账.xlsx")
    assert document.title == "重点产业链项目台账"
    found = [(b.kind, b.locator, document.text.clean[b.start : b.end]) for b in document.blocks]
    assert found == [
        ("title", "项目台账!A1", "重点产业链项目台账"),
        ("table_row", "项目台账!A2", "项目名称\t所在市\t总投资（亿元）\t开工时间"),
        ("table_row", "项目台账!A3", "甲项目\t太原市\t9.6\t2023-09-01"),
        ("table_row", "项目台账!A4", "乙项目\t太原市\t12\t"),
    ]


def test_tables_and_their_offsets() -> None:
    document = read_document(make(), "台账.xlsx")
    (table,) = document.tables
    assert (table.caption, table.locator) == ("重点产业链项目台账", "项目台账")
    assert table.rows[2] == ("乙项目", "太原市", "12", "")
    for texts, spans in zip(table.rows, table.cells, strict=True):
        assert [document.text.clean[a:b] for a, b in spans] == list(texts)


def test_a_ledger_gives_records_by_column_name() -> None:
    ledger = next(s for s in read_workbook(make(), "台账.xlsx") if s.name == "项目台账")
    assert ledger.header == 2
    assert ledger.columns == {"A": "项目名称", "B": "所在市", "C": "总投资（亿元）", "D": "开工时间"}
    (first, record), (second, other) = ledger.records()
    assert (first, second) == (3, 4)
    assert record["总投资（亿元）"].value == 9.6 and record["总投资（亿元）"].locator == "C3"
    assert record["开工时间"].value == datetime.date(2023, 9, 1)
    # The merged cell shows its value in each row, and its evidence is where the value stands.
    assert (other["所在市"].value, other["所在市"].locator) == ("太原市", "B3")
    assert "开工时间" not in other


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    data = '企业名称,营收（万元）,备注\n山西甲公司,"1,200",链主\n太原乙公司,350,\n'.encode(encoding)
    document = read_document(data, "企业.csv")
    assert (document.media, document.title) == ("csv", "企业")
    assert document.tables[0].rows == (
        ("企业名称", "营收（万元）", "备注"),
        ("山西甲公司", "1,200", "链主"),
        ("太原乙公司", "350", ""),
    )
    assert document.blocks[1].locator == "企业!A2"
    (sheet,) = read_workbook(data, "企业.csv")
    assert [c.value for c in sheet.rows[1]] == ["山西甲公司", "1,200", "链主"]


def test_csv_parted_by_tabs_or_semicolons() -> None:
    for mark in "\t;":
        data = f"名称{mark}数值\n甲{mark}5\n".encode()
        assert read_document(data, "a.csv").tables[0].rows == (("名称", "数值"), ("甲", "5"))


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"", Limits(), "empty"),
        (b"<html><body>a</body></html>", Limits(), "no_workbook"),
        (b"a,b\n" * 100, Limits(text_bytes=50), "too_large"),
        (make()[:500], Limits(), "truncated"),
    ],
)
def test_a_ledger_that_cannot_be_read_says_why(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_workbook(data, "台账.xlsx", limits)
    assert caught.value.problem.code == code


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_workbook(tmp_path / "没有.xlsx")
    assert caught.value.problem.code == "missing"
