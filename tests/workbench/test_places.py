"""The number is marked where it stands: in a sentence by its offsets, in a workbook's row by its heading."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.workbench.conftest import add_daily

from liantu.ledger import services
from liantu.ledger.models import Statement
from liantu.reporting import Column, xlsx_bytes
from liantu.workbench.places import number_place


def marked(statement: Statement) -> str:
    left, right = number_place(statement)
    return statement.sentence[left:right]


@pytest.mark.django_db
def test_in_a_sentence() -> None:
    rows = add_daily().statements.filter(kind="figure")
    assert {marked(row) for row in rows} == {"5623", "58"}
    chain = Statement.objects.get(kind="chain")
    assert marked(chain) == ""


@pytest.mark.django_db
def test_in_a_row_of_a_workbook(tmp_path: Path) -> None:
    heads = ["项目名称", "建设单位", "所在市", "总投资(亿元)", "年度计划投资(亿元)", "阶段"]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(
        xlsx_bytes("台账", [Column(h) for h in heads], [["甲醇重卡项目", "甲公司", "晋中市", 9.6, 3, "在建"]])
    )
    source = services.add_workbook(path).source
    said = {row.property: marked(row) for row in source.statements.filter(kind="cell")}
    assert said["总投资"] == "9.6"
    assert said["年度计划投资"] == "3"
    assert said["阶段"] == "在建"
    for row in source.statements.exclude(kind="cell"):
        assert marked(row) in {"", "甲醇重卡项目", "甲公司", "晋中市", "9.6", "在建"}
