"""Ledgers kept in workbooks: each filled cell is a statement with its file, sheet and cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, FigureView, Membership, ProjectView, Source, Statement
from liantu.ledger.workbooks.amounts import amount, day
from liantu.ledger.workbooks.columns import plain, recognise
from liantu.reading import read_workbook
from liantu.reading.workbook import Cell, Sheet

PROJECTS = [
    ["晋中市重点项目台账"],
    ["填报单位：链长制办公室　数据截至：2025年5月31日"],
    ["序号", "项目名称", "项目代码", "建设单位", "所在市", "所在区县/开发区", "产业链", "总投资(亿元)", "累计完成投资(万元)", "阶段", "吉祥物"],
    [1, "和顺示例光伏边框项目", "2307-140723-04-01-900001", "和顺示例铝材有限公司", "晋中市", "和顺县", "光伏", 3.1, 12000, "在建", "牛"],
    [2, "寿阳示例储能项目", None, "寿阳示例储能有限公司", "晋中市", "寿阳县", "新型储能", "2.5亿元", None, "投产", None],
]  # fmt: skip
FIRMS = [
    ["企业名称", "统一社会信用代码", "角色", "产业链", "主要产品", "所在市", "2024年营收(万元)", "本地采购率(%)"],
    ["和顺示例铝材有限公司", "91140700EXAMPLE039", "链主", "光伏", "铝边框、支架", "晋中市", 9600, 62],
]
OUTLINE = [
    ["level1", "level2", "level3"],
    ["光伏", "上游", "硅片"],
    ["光伏", "中游", "电池"],
]


def workbook(folder: Path, rows: list[list[Any]], name: str = "项目台账.xlsx") -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def test_a_project_ledger_becomes_projects(ledger: str, tmp_path: Path) -> None:
    services.add_workbook(workbook(tmp_path, PROJECTS), "张三")
    frame, store = ProjectView.objects.order_by("name")
    assert (frame.name, frame.stage, frame.investment) == ("和顺示例光伏边框项目", "building", 3.1e8)
    assert (frame.region_code, frame.city_code, frame.region_assumed) == ("140723", "140700", False)
    assert (frame.owner, frame.chain_name, frame.place) == ("和顺示例铝材有限公司", "光伏", "和顺县")
    assert (store.stage, store.investment) == ("in_production", 2.5e8)


def test_each_cell_says_where_it_stands(ledger: str, tmp_path: Path) -> None:
    services.add_workbook(workbook(tmp_path, PROJECTS))
    cell = Statement.objects.get(kind="cell", property="总投资", subject_name="和顺示例光伏边框项目")
    assert (cell.locator, cell.text_value, cell.value, cell.unit) == ("台账!H4", "3.1亿", 3.1e8, "元")
    raw = cell.source.text.raw if cell.source else ""
    assert raw[cell.number_start : cell.number_end] == "3.1"
    done = FigureView.objects.get(indicator="累计完成投资")
    assert (done.period, done.status, done.value) == ("../2025-05", "actual", 1.2e8)


def test_the_note_above_gives_date_and_publisher(ledger: str, tmp_path: Path) -> None:
    source = services.add_workbook(workbook(tmp_path, PROJECTS)).source
    assert (source.published, source.publisher) == (date(2025, 5, 31), "链长制办公室")
    assert source.region_code == "140700"


def test_an_unknown_column_is_kept_and_reported(ledger: str, tmp_path: Path) -> None:
    source = services.add_workbook(workbook(tmp_path, PROJECTS)).source
    assert Statement.objects.get(kind="project", subject_name="和顺示例光伏边框项目").payload["more"] == {
        "吉祥物": "牛"
    }
    problem = next(p for p in source.problems if p["code"] == "unknown_columns")
    assert "吉祥物" in problem["zh"] and "吉祥物" in problem["en"]


def test_an_amount_without_a_unit_is_not_guessed(ledger: str, tmp_path: Path) -> None:
    rows = [["项目名称", "所在市", "总投资", "阶段"], ["示例光伏项目", "晋中市", 3.1, "在建"]]
    source = services.add_workbook(workbook(tmp_path, rows)).source
    assert not FigureView.objects.exists()
    assert ProjectView.objects.get().investment is None
    assert Statement.objects.get(property="总投资").text_value == "3.1"
    assert any(p["code"] == "no_unit" and "总投资" in p["zh"] for p in source.problems)


def test_an_enterprise_list_becomes_enterprises_on_chains(ledger: str, tmp_path: Path) -> None:
    services.add_workbook(workbook(tmp_path, FIRMS, "企业清单.xlsx"))
    firm = EnterpriseView.objects.get()
    assert (firm.role, firm.chain_names, firm.city_code) == ("chain_master", ["光伏"], "140700")
    assert Membership.objects.get().role == "chain_master"
    assert sorted(Statement.objects.filter(property="produces").values_list("object_name", flat=True)) == [
        "支架",
        "铝边框",
    ]
    rows = dict(FigureView.objects.values_list("indicator", "period"))
    assert rows == {"营业收入": "2024", "本地采购率": ""}


def test_a_chain_outline_is_kept_in_order(ledger: str, tmp_path: Path) -> None:
    services.add_workbook(workbook(tmp_path, OUTLINE, "图谱.xlsx"))
    assert services.chain_outline("光伏产业链") == [("光伏", "上游", "硅片"), ("光伏", "中游", "电池")]


def test_two_ledgers_and_a_report_speak_of_one_project(ledger: str, tmp_path: Path) -> None:
    services.add_workbook(workbook(tmp_path, PROJECTS))
    changed = [*PROJECTS[:1], ["填报单位：和顺县工信局"], *PROJECTS[2:]]
    changed[3] = [*PROJECTS[3][:7], 4.2, *PROJECTS[3][8:]]
    services.add_workbook(workbook(tmp_path, changed, "和顺台账.xlsx"))
    project = ProjectView.objects.get(name="和顺示例光伏边框项目")
    assert (project.n_sources, project.conflict) == (2, "investment")


def test_a_sheet_of_something_else_is_no_ledger(ledger: str, tmp_path: Path) -> None:
    path = workbook(tmp_path, [["菜名", "价格"], ["过油肉", 38]])
    with pytest.raises(ValueError, match="表头"):
        services.add_workbook(path)
    assert not Source.objects.exists()


BY_OTHER_DOORS = {"链长办台账.xlsx", "清单台账.xlsx"}  # tests/ledger/test_example_office.py, tests/cli/test_lists.py


def test_the_example_workbooks_are_known() -> None:
    folder = Path(__file__).parents[2] / "examples" / "shanxi"
    kinds = {
        path.name: recognise(read_workbook(path)[0])
        for path in sorted(folder.glob("*.xlsx"))
        if path.name not in BY_OTHER_DOORS
    }
    assert {name: layout.kind if layout else None for name, layout in kinds.items()} == {
        "项目台账.xlsx": "project",
        "重点企业清单.xlsx": "enterprise",
        "产业链图谱.xlsx": "outline",
    }
    assert all(layout and not layout.unknown for layout in kinds.values())


def test_a_hidden_heading_row_is_needed() -> None:
    rows = ((Cell(1, "A", "项目名称"),),)
    assert recognise(Sheet("表", rows, None, {})) is None


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (9.6, "亿元", (9.6e8, "元")),
        ("9.6", "亿元", (9.6e8, "元")),
        ("1,200万元", "", (1.2e7, "元")),
        ("2.5亿元", "万元", (2.5e8, "元")),
        ("62%", "%", (62.0, "%")),
        ("待定", "万元", None),
        (True, "万元", None),
        ("约3亿元", "", None),
    ],
)
def test_amounts(value: object, unit: str, expected: tuple[float, str] | None) -> None:
    assert amount(value, unit) == expected


def test_headers_are_compared_without_unit_year_and_width() -> None:
    assert plain("2024年营收（万元）") == "营收"
    assert plain(" 总 投 资\n(亿元) ") == "总投资"
    assert day("数据截至2025年5月") == date(2025, 5, 31)


def test_a_list_without_a_date_is_not_asked_for_one_while_it_is_read(ledger: str, tmp_path: Path) -> None:
    workbook(tmp_path, FIRMS, "企业.xlsx")
    report = services.ingest_folder(tmp_path)
    assert [problem.code for problem in report.problems] == []
    assert Source.objects.get().published is None


def test_unknown_columns_are_told_while_it_is_read(ledger: str, tmp_path: Path) -> None:
    workbook(tmp_path, PROJECTS)
    assert [problem.code for problem in services.ingest_folder(tmp_path).problems] == ["unknown_columns"]
