"""What is on the screen leaves as Excel and CSV, each figure with its sentence, source and date."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from liantu.ledger.models import FigureView, Source


def table(client: Client, address: str, **params: str) -> list[dict[str, str]]:
    response = client.get(address, params)
    assert response.headers["Content-Type"].startswith("text/csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def test_figures_carry_sentence_source_and_date(filled: dict[str, Source], clerk: Client) -> None:
    rows = table(clerk, "/figures.csv")
    assert len(rows) == FigureView.objects.count()
    car = next(row for row in rows if row["发布者"] == "晋中日报" and row["单位"] == "辆")
    assert car["原句"] == "晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。"
    assert (car["数值"], car["发布日期"], car["地区"], car["各源关系"]) == (
        "5623.0",
        "2024-10-05",
        "晋中市",
        "多源一致",
    )


def test_filters_and_targets_hold_for_the_file_too(filled: dict[str, Source], clerk: Client) -> None:
    assert {row["单位"] for row in table(clerk, "/figures.csv", q="加注站")} == {"座"}
    assert [row["数值"] for row in table(clerk, "/figures.csv", only="targets")] == ["70.0"]


def test_the_workbook_holds_numbers_as_numbers(filled: dict[str, Source], clerk: Client) -> None:
    response = clerk.get("/figures.xlsx")
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    values = [row[heads.index("数值")].value for row in sheet.iter_rows(min_row=2)]
    assert 5623 in values and all(isinstance(v, int | float) for v in values)
    assert "attachment" in response.headers["Content-Disposition"]


def test_projects_carry_stage_money_and_sentence(filled: dict[str, Source], clerk: Client) -> None:
    (row,) = table(clerk, "/projects.csv")
    assert (row["阶段"], float(row["总投资（亿元）"])) == ("投产", 560)
    assert "一期已经投产" in row["说它的句子"]


def test_enterprises_and_unknown_forms(filled: dict[str, Source], clerk: Client) -> None:
    assert [row["角色"] for row in table(clerk, "/enterprises.csv")] == ["链主"]
    for address in ("/figures.pdf", "/projects.docx", "/enterprises.exe"):
        assert clerk.get(address).status_code == 404


@pytest.mark.django_db
def test_an_empty_ledger_gives_headings_alone(clerk: Client) -> None:
    assert table(clerk, "/figures.csv") == []
