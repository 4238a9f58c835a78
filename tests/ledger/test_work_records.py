"""What officials keep of projects: every change with its author, taken back one by one, and never overwritten unseen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.ledger.making import document, findings

from liantu.extraction.model import Event, Evidence, Project
from liantu.ledger import services
from liantu.ledger.models import (
    Entity,
    MonthlyReport,
    ProjectDetail,
    ProjectProblem,
    ProjectStanding,
    WorkChange,
)
from liantu.ledger.work.recording import (
    StaleEditError,
    add_record,
    change_record,
    remove_record,
    undo_change,
)
from liantu.ledger.work.told_stages import told_of


@pytest.fixture
def project(ledger: str) -> int:
    """A project that a document tells."""
    text = "太原示例公司光伏组件项目在太原市开工。"
    made = document(text, published=date(2024, 12, 1))
    told = Project("光伏组件项目", (), Evidence(text, 0, len(text)), 12e8, "started", "太原市", "太原示例公司", "光伏")
    services.add_findings(made, findings(made, projects=[told]))
    return int(Entity.objects.get(kind="project").pk)


def problem(project: int, **columns: object) -> ProjectProblem:
    values = {"project_id": project, "text": "缺 50 亩地", "owner": "自然资源局", "due": date(2025, 3, 1)} | columns
    return ProjectProblem.objects.get(pk=add_record("problem", values, "li").row)


def test_a_change_says_who_when_before_after_and_why(project: int) -> None:
    row = problem(project)
    change = change_record("problem", row.pk, 1, {"owner": "城投公司", "due": date(2025, 4, 1)}, "wang", "分工调整")
    assert (change.by, change.reason, change.version, change.project_id) == ("wang", "分工调整", 2, project)
    assert change.before == {"owner": "自然资源局", "due": "2025-03-01"}
    assert change.after == {"owner": "城投公司", "due": "2025-04-01"}


def test_a_stale_edit_is_refused_with_both_versions(project: int) -> None:
    row = problem(project)
    change_record("problem", row.pk, 1, {"owner": "城投公司"}, "wang")
    with pytest.raises(StaleEditError) as caught:
        change_record("problem", row.pk, 1, {"owner": "住建局"}, "zhao")
    assert caught.value.current.owner == "城投公司"  # type: ignore[attr-defined]
    assert caught.value.base["owner"] == "自然资源局"
    assert [change.by for change in caught.value.since] == ["wang"]
    assert ProjectProblem.objects.get().owner == "城投公司"
    with pytest.raises(StaleEditError):
        remove_record("problem", row.pk, 1, "zhao")


def test_every_kind_of_change_is_taken_back(project: int) -> None:
    row = problem(project)
    changed = change_record("problem", row.pk, 1, {"due": None}, "wang")
    undo_change(changed.pk, "wang")
    assert ProjectProblem.objects.get().due == date(2025, 3, 1)
    removed = remove_record("problem", row.pk, 3, "wang")
    assert ProjectProblem.objects.get().removed_at is not None
    undo_change(removed.pk, "wang")
    assert ProjectProblem.objects.get().removed_at is None
    with pytest.raises(ValueError, match="已经撤回过"):
        undo_change(removed.pk, "wang")
    assert WorkChange.objects.filter(undoes=removed).get().action == "restored"


def test_a_change_under_a_later_one_is_not_taken_back(project: int) -> None:
    row = problem(project)
    first = change_record("problem", row.pk, 1, {"owner": "甲"}, "wang")
    change_record("problem", row.pk, 2, {"owner": "乙"}, "wang")
    with pytest.raises(ValueError, match="后来又改过"):
        undo_change(first.pk, "wang")
    added = WorkChange.objects.get(action="added")
    with pytest.raises(ValueError, match="后来又改过"):
        undo_change(added.pk, "wang")
    assert ProjectProblem.objects.get().owner == "乙"


def test_changes_of_other_columns_do_not_stand_in_the_way_of_undo(project: int) -> None:
    row = problem(project)
    first = change_record("problem", row.pk, 1, {"owner": "甲"}, "wang")
    change_record("problem", row.pk, 2, {"due": date(2025, 5, 1)}, "li")
    undo_change(first.pk, "wang")
    now = ProjectProblem.objects.get()
    assert (now.owner, now.due, now.version) == ("自然资源局", date(2025, 5, 1), 4)


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("problem", {"text": " ", "owner": "甲"}, "问题"),
        ("problem", {"text": "缺地", "owner": "甲", "verified_on": date(2025, 1, 1), "verified_by": "乙"}, "销号"),
        ("problem", {"text": "缺地", "owner": "甲", "blocker": "weather"}, "weather"),
        ("stage", {"stage": "ribbon"}, "ribbon"),
        ("stage", {"stage": "started", "planned": True}, "计划要写日期"),
        ("stage", {"stage": "started", "on": date(202, 1, 1)}, "年份不对"),
        ("month", {"year": 2025, "month": 13}, "1 到 12"),
        ("month", {"year": 2025, "month": 1, "completed": Decimal(1), "civil": Decimal(2)}, "多于"),
        ("month", {"year": 2025, "month": 1, "completed": Decimal(-1)}, "负数"),
        ("permit", {"item": "环评", "started_on": date(2025, 2, 1), "done_on": date(2025, 1, 1)}, "早于"),
        ("factor", {"factor": "land", "needed": Decimal(50)}, "单位"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(project: int, kind: str, values: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        add_record(kind, {"project_id": project} | values, "li")
    assert not WorkChange.objects.exists()


def test_a_month_is_told_once_and_again_after_it_was_removed(project: int) -> None:
    values = {"project_id": project, "year": 2025, "month": 1, "completed": Decimal(100)}
    first = add_record("month", values, "li")
    with pytest.raises(ValueError, match="已经有了"):
        add_record("month", values, "li")
    removed = remove_record("month", first.row, 1, "li")
    add_record("month", values, "li")
    with pytest.raises(ValueError, match="已经有了"):
        undo_change(removed.pk, "li")
    assert MonthlyReport.objects.filter(removed_at=None).count() == 1


def test_the_standing_follows_the_entries(project: int) -> None:
    add_record("stage", {"project_id": project, "stage": "signed", "on": date(2024, 2, 26)}, "li")
    building = add_record("stage", {"project_id": project, "stage": "building"}, "li")
    add_record(
        "stage", {"project_id": project, "stage": "in_production", "on": date(2030, 1, 1), "planned": True}, "li"
    )
    add_record("stage", {"project_id": project, "stage": "paused", "on": date(2025, 1, 1)}, "li")
    problem(project)
    standing = ProjectStanding.objects.get()
    assert (standing.stage, standing.side, standing.open_problems) == ("building", "paused", 1)
    assert standing.reached == "|signed|building|started|"
    assert standing.next_due == date(2025, 3, 1)
    undo_change(building.pk, "li")
    assert ProjectStanding.objects.get().stage == "signed"


def test_a_phase_in_production_does_not_put_the_whole_project_there(project: int) -> None:
    add_record(
        "stage", {"project_id": project, "stage": "in_production", "phase": "一期", "on": date(2024, 5, 1)}, "li"
    )
    assert ProjectStanding.objects.get().stage == "started"


def test_money_survives_the_way_through_history_to_the_cent(project: int) -> None:
    row = add_record("detail", {"project_id": project, "total_investment": Decimal("1234567.89")}, "li")
    changed = change_record("detail", row.row, 1, {"total_investment": Decimal("1234567.9")}, "li")
    assert changed.before == {"total_investment": "1234567.89"}
    undo_change(changed.pk, "li")
    assert ProjectDetail.objects.get().total_investment == Decimal("1234567.89")


def test_saving_the_same_again_is_said_to_change_nothing(project: int) -> None:
    row = problem(project)
    with pytest.raises(ValueError, match="没有改动"):
        change_record("problem", row.pk, 1, {"owner": "自然资源局"}, "li")


def test_entries_and_what_documents_tell_stay_apart(project: int) -> None:
    text = "2025年3月8日，光伏组件项目投产。"
    made = document(text, "投产.txt", published=date(2025, 3, 9))
    told = Event("commissioned", "光伏组件项目", "2025-03-08", None, Evidence(text, 0, len(text)))
    services.add_findings(made, findings(made, events=[told]))
    add_record("stage", {"project_id": project, "stage": "approved", "on": date(2024, 6, 1)}, "li")
    said = told_of([project])[project]
    assert [event.stage for event in said.entered] == ["approved"]
    assert {event.stage: event.on for event in said.read} == {"started": None, "in_production": date(2025, 3, 8)}
    assert said.reached("in_production", date(2025, 3, 8)) and not said.reached("in_production", date(2025, 3, 7))
    # The document of 1 December reports the start without its day: it was reached by then.
    assert said.reached("started", date(2024, 12, 1)) and not said.reached("started", date(2024, 11, 30))


def test_of_many_who_save_at_once_one_wins_and_nobody_is_overwritten(shared_ledger: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    project = Entity.objects.create(kind="project", name="光伏组件项目", folded="光伏组件项目")
    row = problem(project.pk)

    def save(at: int) -> bool:
        try:
            change_record("problem", row.pk, 1, {"owner": f"单位{at}"}, f"user{at}")
        except StaleEditError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(save, range(8)))
    now = ProjectProblem.objects.get()
    assert won.count(True) == 1 and now.version == 2
    assert now.owner == f"单位{won.index(True)}"
    assert WorkChange.objects.filter(action="changed").count() == 1
