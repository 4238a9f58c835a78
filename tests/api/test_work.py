"""Campaigns, rates and records of projects for programs: the numbers of the pages, with both sides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests.ledger.people import account

from liantu.ledger.models import ProjectView
from liantu.ledger.services import add_record, change_record


@pytest.fixture
def kept(filled: str) -> int:
    """The project of the small ledger with a campaign, a month and a plan."""
    pk = ProjectView.objects.get().pk
    event = add_record(
        "campaign", {"year": 2024, "number": 3, "held_on": date(2024, 8, 19), "region_code": "140100"}, "li"
    )
    for name, project in (("光伏组件项目", pk), ("别的项目", None)):
        item = {"event_id": event.row, "batch_kind": "signing", "name": name, "project_id": project}
        add_record("item", item, "li")
    add_record("plan", {"project_id": pk, "year": 2025, "invest": Decimal(4000), "bucket": "start"}, "li")
    month = add_record("month", {"project_id": pk, "year": 2025, "month": 1, "completed": Decimal(1000)}, "li")
    change_record("month", month.row, 1, {"completed": Decimal("1000.50")}, "wang", "核对")
    return int(pk)


@pytest.fixture
def program(client: Client, kept: int) -> Client:
    client.force_login(account("program", "reader"))
    return client


def test_campaigns_are_followed_as_on_the_page(program: Client, kept: int) -> None:
    (found,) = program.get("/api/campaigns?region=140100").json()["items"]
    (batch,) = found["batches"]
    started = batch["followed"][0]
    assert (batch["listed"], batch["unlinked"], started["count"]) == (2, 1, 1)
    assert (started["rate"], started["value"]) == ("start_rate_signed", 50.0)
    assert batch["items"][0]["project"] == kept
    assert program.get("/api/campaigns?region=140200").json()["items"] == []


def test_rates_carry_both_sides_and_their_definition(program: Client) -> None:
    found = {row["definition"]: row for row in program.get("/api/rates?year=2025").json()}
    year = found["invest_completion_year"]
    assert (year["numerator"], year["denominator"], year["counted"]) == (1000.5, 4000.0, 1)
    assert year["numerator_zh"] == "本年完成投资" and year["value"] == pytest.approx(25.0125)
    assert found["start_rate_all"]["value"] == 100.0
    assert found["chain_fit_rate"]["value"] is None
    assert program.get("/api/rates?yaer=2025").status_code == 422


def test_the_records_of_a_project_come_with_their_history(program: Client, kept: int) -> None:
    found = program.get(f"/api/projects/{kept}/records").json()
    month = next(row for row in found["records"] if row["kind"] == "month")
    assert (month["version"], month["columns"]["completed"]) == (2, "1000.50")
    assert found["changes"][0]["before"] == {"completed": "1000.00"} and found["changes"][0]["reason"] == "核对"
    assert program.get("/api/projects/999999/records").status_code == 404


def test_projects_are_chosen_by_what_is_kept_of_them(program: Client, kept: int) -> None:
    assert program.get("/api/projects?work=kept").json()["count"] == 1
    assert program.get("/api/projects?work=late").json()["count"] == 0
    assert program.get("/api/projects?bucket=start&year=2025").json()["count"] == 1
    assert program.get("/api/projects?bucket=start&year=2024").json()["count"] == 0
    add_record("problem", {"project_id": kept, "text": "缺地", "owner": "甲", "due": date(2020, 1, 1)}, "li")
    for work in ("problems", "late"):
        assert program.get(f"/api/projects?work={work}").json()["count"] == 1, work
