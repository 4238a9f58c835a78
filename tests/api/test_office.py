"""An office's work for programs: the rows of the pages, with the sentences they rest on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.models import Alert, Statement
from liantu.ledger.services import add_record

AT = {"region_code": "140100", "chain": "光伏"}


@pytest.fixture
def kept(filled: str) -> dict[str, int]:
    """One of each kind of work."""
    said = Statement.objects.filter(kind="figure").order_by("pk")[0].pk
    person = add_record("person", {"name": "王某", "unit": "工信局", "region_code": "140100"}, "li").row
    task = {
        "title": "补齐用地手续", "owner_unit": "工信局", "owner_id": person, "due": date(2026, 3, 1),
        "evidence": f"statement:{said}", **AT,
    }  # fmt: skip
    duty = {
        "title": "月报", "cadence": "monthly", "rule": "last_working_day", "shift": "before", "owner_unit": "工信局",
        "since": date(2026, 1, 1), **AT,
    }  # fmt: skip
    own = add_record("list", {"title": "链上企业清单", "list_kind": "enterprise", "rhythm": "monthly", **AT}, "li").row
    row = add_record("listrow", {"list_id": own, "name": "太原示例公司", "position": 1}, "li").row
    target = {
        "indicator": "产值", "subject_name": "光伏", "value": Decimal(50), "unit": "亿元", "bound": ">=", "figure_kind": "level",
        "profile": "stock", "due": date(2025, 12, 31), "basis": "工作会议", **AT,
    }  # fmt: skip
    found = {"person": person, "list": own, "listrow": row, "statement": said}
    for kind, values in (("task", task), ("duty", duty), ("target", target)):
        found[kind] = add_record(kind, values, "li").row
    found["programme"] = add_record("programme", AT, "li").row
    return found  # type: ignore[return-value]


@pytest.fixture
def program(client: Client, kept: dict[str, int]) -> Client:
    client.force_login(account("program", "reader"))
    return client


def items(client: Client, address: str) -> list[dict[str, Any]]:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return list(response.json()["items"])


def test_tasks_say_who_by_when_and_on_what_they_rest(program: Client, kept: dict[str, int]) -> None:
    (found,) = items(program, "/api/tasks?region=140100&late=1")
    assert found["id"] == kept["task"] and found["late"] is True and found["names"] == {"owner": "王某 · 工信局"}
    assert found["columns"]["owner"] == kept["person"] and found["columns"]["due"] == "2026-03-01"
    assert found["evidence"]["statement"] == kept["statement"] and found["evidence"]["sentence"]
    assert found["page"] == f"/tasks/{kept['task']}"
    for nothing in (
        "region=140200",
        "chain=氢能",
        "state=closed",
        f"owner={kept['person'] + 1}",
        "until=2026-02-01",
        "q=水",
    ):
        assert items(program, f"/api/tasks?{nothing}") == [], nothing
    assert program.get("/api/tasks?sort=nothing").status_code == 422
    assert program.get("/api/tasks?duee=1").status_code == 422


def test_duties_list_the_periods_that_nothing_came_in_for(program: Client, kept: dict[str, int]) -> None:
    add_record("delivery", {"duty_id": kept["duty"], "period": "2026-01", "on": date(2026, 1, 30)}, "li")
    (found,) = items(program, "/api/duties")
    owed = {each["period"]: each["state"] for each in found["owed"]}
    assert "2026-01" not in owed and owed["2026-02"] == "late"
    assert max(each["due"] for each in found["owed"]) <= str(timezone.localdate().replace(year=9999))


def test_programmes_and_meetings(program: Client, kept: dict[str, int]) -> None:
    add_record("meeting", {"title": "链长调度会", "kind": "dispatch", "minutes": "议定一事", **AT}, "li")
    assert [row["columns"]["chain"] for row in items(program, "/api/programmes")] == ["光伏"]
    assert [row["columns"]["title"] for row in items(program, "/api/meetings?q=调度")] == ["链长调度会"]
    assert items(program, "/api/orders") == []


def test_targets_carry_their_actuals_and_sentences(program: Client, kept: dict[str, int]) -> None:
    rows = items(program, "/api/targets")
    (said,) = [row for row in rows if row["id"] is None]
    assert said["evidence"]["sentence"] and said["value"] == 100 and said["page"].startswith("/targets/said/")
    (own,) = items(program, "/api/targets?kept=kept")
    assert (own["id"], own["value"], own["unit"], own["state"]) == (kept["target"], 5e9, "元", "no_data")
    assert items(program, "/api/targets?kept=kept&year=2024") == []
    assert program.get("/api/targets?per_page=1").json()["has_next"] is True


def test_alerts_rest_on_rows_and_sentences(program: Client, kept: dict[str, int]) -> None:
    services.run_alerts(timezone.localdate(), force=True)
    rows = items(program, "/api/alerts?state=all&per_page=100")
    assert len(rows) == Alert.objects.count() > 0
    assert any(["task", str(kept["task"])] == list(ref.values()) for row in rows for ref in row["rests_on"])
    for row in rows:
        told = {ref["id"] for ref in row["rests_on"] if ref["kind"] == "statement"}
        assert told == {each["statement"] for each in row["evidence"]} and row["text"]


def test_lists_and_their_rows(program: Client, kept: dict[str, int]) -> None:
    (found,) = items(program, "/api/lists?kind=enterprise")
    assert (found["rows"], found["rows_without_owner"], found["freshness"], found["version"]) == (1, 1, "never", None)
    (row,) = items(program, f"/api/lists/{kept['list']}/rows")
    assert row["id"] == kept["listrow"] and row["name"] == "太原示例公司"
    assert items(program, f"/api/lists/{kept['list']}/rows?q=别的") == []
    assert program.get("/api/lists/999/rows").status_code == 404


def test_a_bulletin_comes_with_the_rows_behind_every_number(program: Client) -> None:
    made = services.make_bulletin("monthly_dispatch", "2024-12", "li")
    assert [row["id"] for row in items(program, "/api/bulletins")] == [made.pk]
    whole = program.get(f"/api/bulletins/{made.pk}").json()
    assert whole["state"] == "draft" and len(whole["figures"]) == made.figures.count()
    assert all(row["kind"] and row["id"] for figure in whole["figures"] for row in figure["rows"])
    assert program.get("/api/bulletins/999").status_code == 404


def test_scorecards_are_computed_with_formula_and_sources(program: Client) -> None:
    (card,) = [each for each in program.get("/api/scorecards").json() if each["id"] == "region_dispatch"]
    found = program.get("/api/scorecards/region_dispatch?region=140000&period=2024").json()
    assert found["period"] == "2024" and found["units"]
    for unit in found["units"]:
        assert [item["item"] for item in unit["items"]] == card["items"] and unit["low"] <= unit["high"]
    assert program.get("/api/scorecards/nothing").status_code == 404
    assert program.get("/api/scorecards/region_dispatch?period=never").status_code == 422


def test_criteria_say_met_not_met_or_no_data(program: Client) -> None:
    key = "little_giant_2022"
    (found,) = [each for each in program.get("/api/criteria").json() if each["id"] == key]
    pk = Statement.objects.filter(kind="enterprise")[0].subject_id
    add_record(
        "known", {"entity_id": pk, "field": "niche_years", "value": Decimal(5), "unit": "年", "basis": "企业自报"}, "li"
    )
    (row,) = items(program, f"/api/criteria/{key}")
    assert row["entity"] == pk and len(row["clauses"]) == found["clauses"] and row["known"] >= 1
    assert {clause["result"] for clause in row["clauses"]} <= {"met", "not_met", "no_data"}
    assert items(program, f"/api/criteria/{key}?q=别的") == []
    assert program.get("/api/criteria/nothing").status_code == 404
