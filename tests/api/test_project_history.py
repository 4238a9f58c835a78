"""One project's stages, each with the sentence that reports it."""

from __future__ import annotations

from datetime import date

from django.test import Client
from tests.ledger.making import document, findings

from liantu.extraction.model import Event, Evidence, Project
from liantu.ledger.models import ProjectView, Statement
from liantu.ledger.services import add_findings, review_statement, undo_review


def report(text: str, on: date, stage: str | None, events: list[tuple[str, str]]) -> None:
    """A paper that speaks of the project."""
    made = document(text, name=f"{on}.txt", publisher=f"报{on}", published=on)
    said = Evidence(text, 0, len(text))
    project = Project("示例单晶项目", (), said, None, stage, "太原市", None, "光伏")  # type: ignore[arg-type]
    happened = tuple(Event(kind, "示例单晶项目", day, None, said) for kind, day in events)
    add_findings(made, findings(made, projects=[project], events=happened))


def test_stages_are_derived_from_reports_and_dated_events(client: Client) -> None:
    report("示例单晶项目2023年3月1日签约。", date(2023, 3, 2), "signed", [("signed", "2023-03-01")])
    report(
        "示例单晶项目2023年9月1日开工。",
        date(2023, 9, 2),
        "started",
        [("started", "2023-09-01"), ("unveiled", "2023-09-01")],
    )
    report("示例单晶项目加快建设。", date(2024, 5, 5), "building", [])
    entity = ProjectView.objects.get(name="示例单晶项目").pk
    found = client.get(f"/api/projects/{entity}").json()
    assert found["project"]["name"] == "示例单晶项目"
    progress = found["progress"]
    assert (progress["stage"], progress["since"], progress["reached"]) == (
        "building",
        None,
        ["signed", "started", "building"],
    )
    assert progress["transitions"] == [
        {"before": "signed", "after": "started", "on": "2023-09-01", "days": 184, "forward": True}
    ]
    assert found["said"][0]["stage"] == "building" and "加快建设" in found["said"][0]["evidence"]["sentence"]
    assert len(found["said"]) == 5


def test_a_report_that_a_person_rejected_reaches_nothing(client: Client) -> None:
    report("示例单晶项目开工。", date(2023, 9, 2), "started", [])
    report("示例单晶项目已经投产。", date(2024, 1, 2), "in_production", [])
    entity = ProjectView.objects.get(name="示例单晶项目").pk
    assert client.get(f"/api/projects/{entity}").json()["progress"]["stage"] == "in_production"
    wrong = Statement.objects.get(kind="project", text_value="in_production")
    review = review_statement(wrong.pk, "rejected", by="clerk", reason="张冠李戴")
    assert client.get(f"/api/projects/{entity}").json()["progress"]["stage"] == "started"
    undo_review(review.pk, by="clerk")
    assert client.get(f"/api/projects/{entity}").json()["progress"]["stage"] == "in_production"


def test_no_such_project(client: Client) -> None:
    assert client.get("/api/projects/999999").status_code == 404
