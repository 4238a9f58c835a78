"""Projects go out to Excel and come back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.ledger.exchange.making import (
    CHAIN,
    KEY,
    MONEY,
    NAME,
    OWNER,
    PLACE,
    REGION,
    STAGE,
    VERSION,
    book,
    bring_back,
    edited,
    row_of,
    say,
    three_projects,
)  # fmt: skip
from tests.ledger.making import snapshot

from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.exchange.importing import NotImportable
from liantu.ledger.exchange.writing_rows import undo_changes
from liantu.ledger.models import ChangeSet, HeaderMeaning, Import, ImportRow, ProjectView

SHOUYANG, YUCI, PINGYAO = "寿阳光伏组件项目", "榆次液压件产业园项目", "平遥牛肉加工项目"
State = Import.State


@pytest.fixture
def projects(ledger: str) -> None:
    three_projects()


def project(name: str) -> ProjectView:
    return ProjectView.objects.get(name=name)


def test_what_nobody_touched_changes_nothing(projects: None, tmp_path: Path) -> None:
    before = snapshot()
    batch = edited(tmp_path, lambda sheet: None)
    assert (batch.state, batch.n_rows, batch.n_unchanged) == (State.CHECKED, 3, 3)
    assert not batch.rows.exists() and not batch.problems
    importing.write(batch.pk, "李明")
    assert snapshot() == before and not ChangeSet.objects.exists()


def test_key_and_version_are_hidden_and_text_is_no_formula(ledger: str) -> None:
    say("=1+1项目", 1e8)
    sheet = book().worksheets[0]
    assert [sheet.column_dimensions[c].hidden for c in "ABC"] == [True, True, False]
    assert sheet.cell(2, NAME).value == "=1+1项目" and sheet.cell(2, NAME).data_type == "s"
    assert book().worksheets[-1].sheet_state == "hidden"


def change_shouyang(sheet: Worksheet) -> None:
    row = row_of(sheet, SHOUYANG)
    sheet.cell(row, STAGE).value = "投产"
    sheet.cell(row, MONEY).value = "6.2亿元"
    sheet.cell(row, OWNER).value = "寿阳新能源集团有限公司"
    sheet.cell(row, REGION).value = "晋中市榆次区"
    sheet.cell(row, CHAIN).value = None


def test_changes_are_shown_before_and_after_then_written_and_undone_as_one(projects: None, tmp_path: Path) -> None:
    before = snapshot()
    batch = edited(tmp_path, change_shouyang)
    row = batch.rows.get()
    assert row.action == "changed"
    assert row.before == {
        "stage": "开工", "investment": "5.6 亿元", "owner": "寿阳新能源有限公司", "region": "晋中市寿阳县", "chain": "光伏",
    }  # fmt: skip
    assert row.after == {
        "stage": "投产", "investment": "6.2 亿元", "owner": "寿阳新能源集团有限公司", "region": "晋中市榆次区", "chain": "",
    }  # fmt: skip
    assert snapshot() == before, "a dry run changes nothing"
    changes = importing.write(batch.pk, "李明").changes
    assert changes is not None
    view = project(SHOUYANG)
    assert (view.stage, view.investment, view.owner) == ("in_production", 6.2e8, "寿阳新能源集团有限公司")
    assert (view.region_code, view.chain_name, view.conflict) == ("140702", "", "")
    assert (changes.by, changes.why, changes.n_changed) == ("李明", "导入《名单.xlsx》", 1)
    assert changes.rows.get().before == row.before
    said = view.entity.statements.get(source=None)
    assert said.locator.startswith("名单.xlsx") and "总投资：6.2 亿元" in said.sentence
    written = snapshot()
    services.rebuild_views()
    assert snapshot() == written
    undo_changes(changes.pk, "王芳")
    view = project(SHOUYANG)
    assert (view.stage, view.investment, view.region_code, view.chain_name) == ("started", 5.6e8, "140725", "光伏")
    changes.refresh_from_db()
    assert changes.undone_by == "王芳"


def test_rows_are_added_renamed_and_taken_off(projects: None, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, YUCI), NAME).value = "榆次液压产业园二期项目"
        sheet.delete_rows(row_of(sheet, PINGYAO))
        sheet.append(
            [None, None, "太谷玛钢智能铸造项目", "签约", 3.5, "太谷区", "太谷区玛钢园", "太谷玛钢有限公司", "铸造"]
        )

    batch = edited(tmp_path, edit)
    assert importing.counts(batch) == {"error": 0, "clash": 0, "changed": 1, "added": 1, "removed": 1}
    importing.write(batch.pk, "李明")
    assert project(PINGYAO), "rows leave the list only where a person says so"
    batch = edited(tmp_path, lambda sheet: sheet.delete_rows(row_of(sheet, PINGYAO)))
    changes = importing.write(batch.pk, "李明", remove=True).changes
    assert changes is not None
    assert set(ProjectView.objects.values_list("name", flat=True)) == {
        SHOUYANG, "榆次液压产业园二期项目", "太谷玛钢智能铸造项目",
    }  # fmt: skip
    added = project("太谷玛钢智能铸造项目")
    assert (added.stage, added.investment, added.region_code, added.place) == (
        "signed",
        3.5e8,
        "140703",
        "太谷区玛钢园",
    )
    undo_changes(changes.pk, "李明")
    assert project(PINGYAO)


def test_all_errors_are_listed_at_once_by_cell_with_a_sentence(projects: None, tmp_path: Path) -> None:
    before = snapshot()

    def edit(sheet: Worksheet) -> None:
        sheet.cell(2, MONEY).value = "很多"
        sheet.cell(2, STAGE).value = "飞天"
        sheet.cell(3, REGION).value = "阿斯加德市"
        sheet.cell(4, MONEY).value = "3亿美元"
        sheet.append([None, None, None, "签约", 1])
        sheet.append(["P999999-abcdef", None, "别处的项目"])

    batch = edited(tmp_path, edit)
    told = [(p["row"], p["column"], p["value"]) for row in batch.rows.order_by("pk") for p in row.problems]
    assert told == [
        (2, "D2（阶段）", "飞天"), (2, "E2（总投资（亿元））", "很多"), (3, "F3（地区）", "阿斯加德市"), (4, "E4（总投资（亿元））", "3亿美元"),
        (5, "C5（项目名称）", ""), (6, "A6（链图编号）", "P999999-abcdef"),
    ]  # fmt: skip
    assert all(p["zh"] and p["en"] and p["sheet"] == "项目" for row in batch.rows.all() for p in row.problems)
    with pytest.raises(NotImportable, match="5 行有错"):
        importing.write(batch.pk, "李明")
    assert snapshot() == before


def test_good_rows_go_in_and_bad_ones_come_back_as_a_workbook(projects: None, tmp_path: Path) -> None:
    from liantu.reporting.exchange import handed_back_xlsx

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, SHOUYANG), STAGE).value = "投产"
        sheet.cell(row_of(sheet, YUCI), MONEY).value = "很多"

    batch = importing.write(edited(tmp_path, edit).pk, "李明", good_only=True)
    assert project(SHOUYANG).stage == "in_production" and project(YUCI).investment == 12e8
    path = tmp_path / "退回.xlsx"
    path.write_bytes(handed_back_xlsx(batch))
    back = load_workbook(path)
    sheet = back.worksheets[0]
    assert sheet.max_row == 2 and sheet.cell(2, NAME).value == YUCI
    assert "不是金额" in sheet.cell(2, sheet.max_column).value
    sheet.cell(2, MONEY).value = 13
    again = bring_back(back, tmp_path, "退回.xlsx")
    assert again.rows.get().action == "changed"
    importing.write(again.pk, "李明")
    assert project(YUCI).investment == 13e8


def test_what_somebody_else_changed_meanwhile_is_never_overwritten_silently(projects: None, tmp_path: Path) -> None:
    mine = book()
    other = edited(tmp_path, lambda sheet: sheet.cell(row_of(sheet, SHOUYANG), MONEY).__setattr__("value", 7))
    importing.write(other.pk, "王芳")
    sheet = mine.worksheets[0]
    sheet.cell(row_of(sheet, SHOUYANG), MONEY).value = 8
    sheet.cell(row_of(sheet, YUCI), STAGE).value = "开工"
    batch = bring_back(mine, tmp_path)
    clash = batch.rows.get(action="clash")
    assert (clash.before["investment"], clash.after["investment"]) == ("7 亿元", "8 亿元")
    assert clash.clashes == ["investment"]
    importing.write(batch.pk, "李明")
    assert project(SHOUYANG).investment == 7e8 and project(YUCI).stage == "started"


def test_a_person_may_side_with_the_file(projects: None, tmp_path: Path) -> None:
    mine = book()
    importing.write(edited(tmp_path, change_shouyang).pk, "王芳")
    mine.worksheets[0].cell(row_of(mine.worksheets[0], SHOUYANG), MONEY).value = 8
    batch = bring_back(mine, tmp_path)
    assert importing.side_with(batch.pk, None, mine=True) == 1
    importing.write(batch.pk, "李明")
    view = project(SHOUYANG)
    assert (view.investment, view.stage) == (8e8, "in_production"), (
        "columns I did not touch stay as the other left them"
    )


def test_others_changes_of_other_columns_are_kept(projects: None, tmp_path: Path) -> None:
    mine = book()
    importing.write(edited(tmp_path, change_shouyang).pk, "王芳")
    mine.worksheets[0].cell(row_of(mine.worksheets[0], SHOUYANG), PLACE).value = "寿阳经开区"
    batch = bring_back(mine, tmp_path)
    row = batch.rows.get()
    assert (row.action, set(row.told)) == ("changed", {"place"})


def test_a_change_between_comparison_and_writing_stops_it_all(projects: None, tmp_path: Path) -> None:
    batch = edited(tmp_path, change_shouyang)
    say(SHOUYANG, 9e8, on=date(2024, 6, 1))
    before = snapshot()
    with pytest.raises(NotImportable, match="又有变动"):
        importing.write(batch.pk, "李明")
    assert snapshot() == before and not ChangeSet.objects.exists()
    importing.compare(batch.pk)
    assert batch.rows.get().action == "clash"


def test_stopping_leaves_nothing_behind(projects: None, tmp_path: Path) -> None:
    batch = edited(tmp_path, change_shouyang)
    before = snapshot()
    with pytest.raises(importing.Stopped):
        importing.write(batch.pk, "李明", is_stopped=lambda: True)
    assert snapshot() == before and not ChangeSet.objects.exists()


def test_undoing_an_older_import_leaves_a_newer_one(projects: None, tmp_path: Path) -> None:
    first = importing.write(edited(tmp_path, change_shouyang).pk, "李明").changes
    edit = edited(tmp_path, lambda sheet: sheet.cell(row_of(sheet, SHOUYANG), MONEY).__setattr__("value", 9))
    importing.write(edit.pk, "王芳")
    assert first is not None
    undo_changes(first.pk, "李明")
    view = project(SHOUYANG)
    assert (view.investment, view.stage) == (9e8, "started")


def test_later_news_moves_the_stage_on(projects: None, tmp_path: Path) -> None:
    edit = edited(tmp_path, lambda sheet: sheet.cell(row_of(sheet, SHOUYANG), STAGE).__setattr__("value", "签约"))
    importing.write(edit.pk, "李明")
    say(SHOUYANG, stage="building", on=date(2024, 6, 1))
    assert project(SHOUYANG).stage == "signed", "an older paper read later says nothing new"
    say(SHOUYANG, stage="in_production", on=date(2099, 1, 1))
    assert project(SHOUYANG).stage == "in_production"


def test_the_offices_own_table_is_matched_by_name_and_its_empty_cells_say_nothing(
    projects: None, tmp_path: Path
) -> None:
    text = (
        "序号\t项目名称\t所在市\t所在区县\t计划总投资(万元)\t项目进展阶段\n"
        "1\t寿阳光伏组件项目\t晋中市\t寿阳县\t７０，０００\t\n"
        "2\t太谷玛钢智能铸造项目\t晋中市\t太谷区\t3500\t签约\n"
    )
    batch = bring_back(text, tmp_path, "粘贴的表.csv")
    assert [h["header"] for h in batch.headers if h["column"] is None] == ["项目进展阶段"]
    assert {row.name: row.action for row in batch.rows.all()} == {SHOUYANG: "changed", "太谷玛钢智能铸造项目": "added"}
    importing.say_headers(batch.pk, {"项目进展阶段": "stage"}, "李明")
    batch = importing.compare(batch.pk)
    importing.write(batch.pk, "李明")
    assert (project(SHOUYANG).investment, project(SHOUYANG).stage) == (7e8, "started")
    added = project("太谷玛钢智能铸造项目")
    assert (added.stage, added.region_code, added.investment) == ("signed", "140703", 3.5e7)
    assert HeaderMeaning.objects.get().by == "李明"
    again = bring_back(text, tmp_path, "粘贴的表.csv")
    assert again.n_unchanged == 2 and not again.rows.exists(), "the meaning is remembered"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8"])
def test_csv_as_excel_and_wps_save_it(projects: None, tmp_path: Path, encoding: str) -> None:
    from liantu.ledger.exchange.lists import LISTS
    from liantu.reporting.exchange import exchange_csv

    out = "".join(exchange_csv(LISTS["project"], LISTS["project"].read(ProjectView.objects.all())))
    out = out.removeprefix("\ufeff").replace("开工", "在建")
    batch = bring_back(out.encode(encoding), tmp_path, "名单.csv")
    assert (batch.n_rows, batch.n_unchanged) == (3, 2)
    assert batch.rows.get().after == {"stage": "在建"}


def test_the_same_row_twice_is_an_error(projects: None, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[2]])
        sheet.append([None, None, sheet.cell(3, NAME).value, "投产"])

    batch = edited(tmp_path, edit)
    assert [(row.number, row.action) for row in batch.rows.order_by("number")] == [(5, "error"), (6, "error")]
    assert "第 2 行" in batch.rows.get(number=5).problems[0]["zh"]


def test_a_formula_without_a_result_is_no_empty_cell(projects: None, tmp_path: Path) -> None:
    batch = edited(tmp_path, lambda sheet: sheet.cell(2, MONEY).__setattr__("value", "=1+2"))
    assert "没有算出结果" in batch.rows.get().problems[0]["zh"]


def test_a_money_column_without_unit_is_asked_about(projects: None, tmp_path: Path) -> None:
    batch = bring_back("项目名称,总投资,阶段\n寿阳光伏组件项目,5,开工\n", tmp_path, "表.csv")
    assert "没有写单位" in batch.rows.get().problems[0]["zh"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b,c\n1,2,3\n4,5,6\n", "没有找到项目名单"),
        (b"PK\x03\x04broken", ""),
        (b"", ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(ledger: str, tmp_path: Path, content: bytes, said: str) -> None:
    batch = bring_back(content, tmp_path, "表.xlsx" if content[:2] == b"PK" else "表.csv")
    assert batch.state == State.REFUSED and said in batch.problems[0]["zh"] and batch.problems[0]["en"]


def test_a_key_of_another_ledger_is_refused(projects: None, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        key = sheet.cell(2, KEY).value
        sheet.cell(2, KEY).value = f"{key[:-1]}{'0' if key[-1] != '0' else '1'}"
        sheet.cell(3, VERSION).value = "not a version"
        sheet.cell(3, STAGE).value = "在建"

    batch = edited(tmp_path, edit)
    assert "不在本台账里" in batch.rows.get(number=2).problems[0]["zh"]
    assert ImportRow.objects.get(batch=batch, number=3).action == "changed"


def test_a_renamed_project_is_found_by_its_old_name_too(projects: None, tmp_path: Path) -> None:
    edit = edited(tmp_path, lambda sheet: sheet.cell(row_of(sheet, YUCI), NAME).__setattr__("value", "榆次产业园"))
    importing.write(edit.pk, "李明")
    batch = bring_back(f"项目名称,所在市,阶段\n{YUCI},晋中市,开工\n", tmp_path, "表.csv")
    assert batch.rows.get().entity_id == project("榆次产业园").pk


def test_enterprises_come_back_too(projects: None, tmp_path: Path) -> None:
    batch = bring_back(
        "企业名称,角色,所在市,产业链\n太谷玛钢有限公司,链主企业,晋中市,铸造、光伏\n", tmp_path, "企业.csv", "enterprise"
    )
    importing.write(batch.pk, "李明")
    from liantu.ledger.models import EnterpriseView

    firm = EnterpriseView.objects.get(name="太谷玛钢有限公司")
    assert (firm.role, firm.city_code, set(firm.chain_names)) == ("chain_master", "140700", {"铸造", "光伏"})
