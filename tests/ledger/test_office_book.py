"""The office's work out of one workbook: all of it or nothing, every error by sheet, row and column, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.ledger.exchange.making import say, three_projects

from liantu.ledger import services
from liantu.ledger.duties.due import live_duties, owing
from liantu.ledger.duties.office_book import OF_OFFICE, OF_PROJECTS, ORDER, headers_of, sheet_name
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.models import (
    DutyDelivery,
    MonthlyReport,
    Person,
    ProjectBatchItem,
    SupervisionOrder,
    Task,
    WorkChange,
    YearPlan,
)
from liantu.ledger.services import agenda, chases, has_no_project_work, has_no_work, load_office, take_step
from liantu.reading import read_workbook
from liantu.server.office import blank_book

EXAMPLE = Path(__file__).parents[2] / "examples" / "shanxi" / "链长办台账.xlsx"
TODAY = date(2026, 6, 17)


def book(sheets: dict[str, list[list[Any]]]) -> list[Any]:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    made.save(out)
    return read_workbook(out.getvalue(), "台账.xlsx")


TASKS = [
    ["事项", "责任人", "责任单位", "期限", "地区", "产业链", "状态"],
    ["办手续", "张示例", "某局", date(2026, 6, 30), "吕梁市", "氢能产业链", "办理中"],
    ["已办的", None, "某局", "2026-05-30", "141100", "氢能", "已销号"],
]
PEOPLE = [["姓名", "单位"], ["张示例", "某局"]]


def test_a_workbook_is_loaded_once(ledger: str) -> None:
    sheets = book({"人员": PEOPLE, "任务": TASKS})
    assert has_no_work()
    dry = load_office(sheets, "li", TODAY, dry=True)
    assert dry.added == {"人员": 1, "任务": 2} and not Task.objects.exists()
    load_office(sheets, "li", TODAY)
    row = Task.objects.select_related("owner").get(title="办手续")
    assert (row.owner.name, row.due, row.region_code, row.chain, row.state) == (  # type: ignore[union-attr]
        "张示例", date(2026, 6, 30), "141100", "氢能", "in_progress",
    )  # fmt: skip
    again = load_office(sheets, "li", TODAY)
    assert again.added == {} and again.unchanged == {"人员": 1, "任务": 2}
    assert Task.objects.count() == 2 and WorkChange.objects.count() == 3 and not has_no_work()


def test_every_error_is_told_and_nothing_is_kept(ledger: str) -> None:
    wrong = [
        [*TASKS[0], "颜色"],
        ["甲", "无此人", "某局", "明天", "吕良市", "氢能", "办理中", "红"],
        ["乙", None, None, None, None, None, "燃烧"],
        [None, None, "某局", None, None, None, None],
    ]
    report = load_office(book({"人员": PEOPLE, "任务": wrong}), "li", TODAY)
    told = {(p.row, p.column) for p in report.problems}
    assert told == {(1, "颜色"), (2, "责任人"), (2, "期限"), (2, "地区"), (3, "状态"), (4, "")}
    assert not Person.objects.exists() and not WorkChange.objects.exists()
    assert "没有认得的工作表" in load_office(book({"随便": [["a"]]}), "li", TODAY).problems[0].message


def test_the_blank_book_has_every_sheet_and_loads_as_nothing(ledger: str) -> None:
    sheets = read_workbook(blank_book(), "空表.xlsx")
    assert [sheet.name for sheet in sheets] == [sheet_name(kind) for kind in ORDER]
    heads = {sheet.name: [str(cell.value) for cell in sheet.rows[0]] for sheet in sheets}
    assert heads["任务"] == list(headers_of("task"))
    assert not load_office(sheets[:1], "li", TODAY).added


@pytest.mark.parametrize("today", [date(2025, 1, 2), TODAY, date(2026, 10, 3), date(2028, 2, 29), date(2031, 12, 31)])
def test_the_example_makes_sense_on_any_day(ledger: str, django_user_model: Any, today: date) -> None:
    django_user_model.objects.create_user("admin")
    report = load_office(read_workbook(EXAMPLE), "示例", today, kinds=OF_OFFICE)
    assert report.problems == []
    owner = Person.objects.get(name="示例丙")
    kinds = {todo.kind for todo in agenda(owner, "admin", today).todo}
    assert {"task", "order", "duty", "verify_task"} <= kinds
    late = {chase.late.subject for chase in chases(today + timedelta(days=12))}
    assert {"task", "order"} <= late
    states = [item.state for item in owing(live_duties(), today, today + timedelta(days=45), office_calendar())]
    assert 0 < states.count("late") < len(states) / 2 and states.count("open") > 2
    assert all(row.on is None or row.on <= today for row in DutyDelivery.objects.all())
    assert all("示例" in person.name for person in Person.objects.all())
    assert all(order.issued_on and order.issued_on <= order.due for order in SupervisionOrder.objects.all())


def test_what_was_brought_in_as_done_is_verified_by_another(ledger: str) -> None:
    rows = [TASKS[0], ["报完的", None, "某局", "2026-06-30", "吕梁市", "氢能", "待核验"]]
    load_office(book({"人员": PEOPLE, "任务": rows}), "li", TODAY)
    task = Task.objects.get()
    with pytest.raises(ValueError, match="另一个人核验"):
        take_step("task", task.pk, task.version, "verify", "li", "", TODAY)
    services.take_step("task", task.pk, task.version, "verify", "wang", "", TODAY)
    assert Task.objects.get().state == "closed"


CAMPAIGNS = [["年份", "第几次", "日期", "地区"], [2026, 1, "2026-02-26", "晋中市"]]
ITEMS = [
    ["活动", "批次", "项目名称", "总投资（万元）"],
    ["2026年第1次", "签约", "寿阳光伏组件项目", "3.6亿元"],
    ["2026年第1次", "签约", "台账里没有的项目", 800],
]
PLANS = [["项目", "年份", "计划分类", "年度计划投资（万元）"], ["寿阳光伏组件项目", "上月", "建设", 12000]]
MONTHS = [
    ["项目", "年份", "月份", "本月完成投资（万元）"],
    ["寿阳光伏组件项目", "上月", "上月", 900],
    ["寿阳光伏组件项目", "上月-5", "上月-5", "35000元"],
]


def test_what_is_about_projects_follows_their_documents(ledger: str) -> None:
    sheets = book({"三个一批活动": CAMPAIGNS, "批次项目": ITEMS, "年度计划": PLANS, "月报": MONTHS})
    early = load_office(sheets, "li", TODAY)
    assert {(p.sheet, p.row, p.column) for p in early.problems} == {
        ("年度计划", 2, "项目"),
        ("月报", 2, "项目"),
        ("月报", 3, "项目"),
    }
    assert has_no_project_work(), "an unknown project keeps the campaign out as well"
    three_projects()
    assert load_office(sheets, "li", TODAY).problems == []
    items = {row.name: row for row in ProjectBatchItem.objects.select_related("project")}
    assert items["台账里没有的项目"].project is None and items["台账里没有的项目"].investment == 8_000_000
    assert items["寿阳光伏组件项目"].project.name == "寿阳光伏组件项目"  # type: ignore[union-attr]
    assert items["寿阳光伏组件项目"].investment == 360_000_000
    assert YearPlan.objects.get().year == 2026 and YearPlan.objects.get().invest == 120_000_000
    told = {(row.year, row.month): row.completed for row in MonthlyReport.objects.all()}
    assert told == {(2026, 5): 9_000_000, (2025, 12): 35_000}
    again = load_office(sheets, "li", TODAY)
    assert not again.added and again.unchanged == {"三个一批活动": 1, "批次项目": 2, "年度计划": 1, "月报": 2}


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [("月报", ["寿阳光伏组件项目", "上月", "某月", 900], "月份"), ("月报", ["寿阳光伏组件项目", 2026, 5, "九百"], "本月完成投资（万元）"),
     ("月报", ["寿阳光伏组件项目", 2026, 13, 900], ""), ("年度计划", ["寿阳光伏组件项目", 2026, "跃进", 1], "计划分类")],
)  # fmt: skip
def test_wrong_cells_of_project_sheets_are_named(ledger: str, sheet: str, row: list[Any], column: str) -> None:
    three_projects()
    head = MONTHS[0] if sheet == "月报" else PLANS[0]
    report = load_office(book({sheet: [head, row]}), "li", TODAY)
    assert [(p.sheet, p.row, p.column) for p in report.problems] == [(sheet, 2, column)]
    assert has_no_project_work()


def test_the_example_speaks_of_the_projects_of_its_ledger() -> None:
    listed = read_workbook(EXAMPLE.parent / "项目台账.xlsx")[0]
    known = {str(cell.value) for row in listed.rows for cell in row}
    named = set()
    for sheet in read_workbook(EXAMPLE):
        heads = {cell.column: cell.value for cell in sheet.rows[0]}
        for row in sheet.rows[1:]:
            named |= {str(cell.value) for cell in row if heads[cell.column] in ("项目", "项目名称")}
    assert named - known == {"示例碳纤维缠绕设备项目"}, "one item alone, and its note says so, has no project yet"
    assert len(named) > 15


@pytest.mark.parametrize("today", [date(2026, 1, 2), TODAY, date(2027, 12, 31)])
def test_the_example_gives_a_month_of_work_on_any_day(ledger: str, today: date) -> None:
    names = {
        str(cell.value)
        for sheet in read_workbook(EXAMPLE)
        for row in sheet.rows[1:]
        for cell in row
        if sheet.rows[0][0].value == "项目" and cell.column == row[0].column
    }
    for name in sorted(names):
        say(name, 1e8, "started", "太原市", "示例公司")
    report = load_office(read_workbook(EXAMPLE), "示例", today, kinds=OF_PROJECTS)
    assert report.problems == []
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    assert MonthlyReport.objects.filter(year=last.year, month=last.month).count() == 8
    assert not MonthlyReport.objects.filter(year__gt=last.year).exists()
    assert set(YearPlan.objects.values_list("year", flat=True)) == {last.year}
