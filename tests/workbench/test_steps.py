"""A project's way: each stage with the sentence that says it, phases apart."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.ledger.making import document, findings

from liantu.extraction.model import Event, Evidence, Project
from liantu.ledger import services
from liantu.ledger.models import ProjectView
from liantu.reading.model import Block, Sentence
from liantu.workbench.steps import phases_in

FIRST = "寿阳示例光伏项目是省重点工程。"
SECOND = "目前项目一期已投入运营，二期设备进场。"


@pytest.mark.parametrize(
    ("sentence", "phases"),
    [
        ("该项目一期投入运营、二期设备进场，配套企业纷纷落地。", (("一期", "in_production"), ("二期", "building"))),
        ("三期正在建设；一期达产。", (("三期", "building"), ("一期", "at_capacity"))),
        ("项目已经投产。", ()),
        ("第一期学员结业。", ()),
        ("", ()),
    ],
)
def test_phases_are_told_with_their_own_stages(sentence: str, phases: tuple[tuple[str, str], ...]) -> None:
    assert phases_in(sentence) == phases


def test_a_stage_is_shown_with_the_sentence_that_tells_it_and_events_in_order(db: None, clerk: Client) -> None:
    from dataclasses import replace

    text = FIRST + SECOND
    made = replace(
        document(text, publisher="晋中日报", published=date(2024, 10, 5)),
        blocks=(Block("paragraph", 0, len(text)),),
        sentences=(Sentence(0, len(FIRST), 0), Sentence(len(FIRST), len(text), 0)),
    )
    project = Project("寿阳示例光伏项目", (), Evidence(FIRST, 0, len(FIRST)), stage="in_production")
    services.add_findings(made, findings(made, projects=[project]))
    begun = "2023年3月18日，寿阳示例光伏项目开工。"
    other = document(begun, publisher="山西日报", published=date(2023, 3, 19))
    event = Event("started", "寿阳示例光伏项目", "2023-03-18", None, Evidence(begun, 0, len(begun)))
    services.add_findings(
        other,
        findings(
            other, projects=[replace(project, stage=None, evidence=Evidence(begun, 0, len(begun)))], events=(event,)
        ),
    )
    response = clerk.get(f"/projects/{ProjectView.objects.get().pk}")
    steps = response.context["steps"]
    assert [(step.code, step.sentence) for step in steps] == [("started", begun), ("in_production", SECOND)]
    html = response.content.decode()
    assert "一期 投产" in html and "二期 在建" in html and "2023年3月18日" in html
