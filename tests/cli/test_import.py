"""`liantu export --editable` and `liantu import`: a list edited in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.conftest import Run, environment_at, runner

PAPER = (
    "晋中重点项目\n2024年10月5日 来源：晋中日报\n"
    "晋中市寿阳县光伏组件项目总投资5.6亿元，由寿阳新能源有限公司建设，已于9月开工。\n"
    "榆次区液压件产业园项目总投资12亿元，已签约。\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Run, Path]:
    run = runner(environment_at(tmp_path / "home"), tmp_path)
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "报道.txt").write_text(PAPER, encoding="utf-8")
    assert run("up", "--once", "材料").returncode == 0
    done = run("export", "projects", "--editable", "-o", "名单.xlsx")
    assert done.returncode == 0, done.stderr
    return run, tmp_path / "名单.xlsx"


def test_a_list_is_edited_checked_written_and_taken_back(desk: tuple[Run, Path]) -> None:
    run, path = desk
    assert "没有差异" in run("import", path).stdout
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, 5).value = "7.5亿元"
    book.save(path)
    checked = run("import", path)
    assert checked.returncode == 0 and "7.5 亿元" in checked.stdout and "没有改动台账" in checked.stderr
    written = run("import", path, "--write")
    assert written.returncode == 0 and "修改 1 行" in written.stdout
    assert "7.5" in run("export", "projects", "--format", "csv").stdout
    assert "已撤回" in run("import", "--undo", "1").stdout
    assert "7.5" not in run("export", "projects", "--format", "csv").stdout


def test_rows_with_errors_come_back_with_their_reason(desk: tuple[Run, Path]) -> None:
    run, path = desk
    book = load_workbook(path)
    book.worksheets[0].cell(2, 5).value = "很多"
    book.worksheets[0].append([None, None, "新的项目", "签约", 1])
    book.save(path)
    refused = run("import", path, "--write")
    assert refused.returncode == 1 and "一行都没有写入" in refused.stderr
    back = load_workbook(path.with_name("退回-名单.xlsx")).worksheets[0]
    assert back.max_row == 2 and "不是金额" in back.cell(2, back.max_column).value
    done = run("import", path, "--write", "--good-only")
    assert done.returncode == 1 and "新增 1 行" in done.stdout


def test_what_cannot_be_imported_is_said(desk: tuple[Run, Path], tmp_path: Path) -> None:
    run, _ = desk
    assert run("import", "没有.xlsx").returncode == 2
    (tmp_path / "别的.csv").write_text("甲,乙,丙\n1,2,3\n4,5,6\n", encoding="gb18030")
    other = run("import", "别的.csv")
    assert other.returncode == 1 and "没有找到项目名单" in other.stderr
    assert run("import", "--undo", "99").returncode == 2
    assert run("export", "figures", "--editable").returncode == 2
    (tmp_path / "口头.csv").write_text("项目名称,月报口径\n某某项目,签约\n", encoding="utf-8")
    said = run("import", "口头.csv", "--header", "月报口径=stage")
    assert said.returncode == 0 and "签约" in said.stdout
    assert run("import", "口头.csv", "--header", "月报口径=飞").returncode == 2
