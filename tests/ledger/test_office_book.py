"""The office's work out of one workbook: all of it or nothing, every error by sheet, row and column, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from liantu.ledger import services
from liantu.ledger.duties.due import live_duties, owing
from liantu.ledger.duties.office_book import ORDER, headers_of, sheet_name
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.models import DutyDelivery, Person, SupervisionOrder, Task, WorkChange
from liantu.ledger.services import agenda, chases, has_no_work, load_office, take_step
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
    report = load_office(read_workbook(EXAMPLE), "示例", today)
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
