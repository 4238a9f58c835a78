"""To whom each rung goes, in which words, by the day given; recorded by one click, once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from liantu.ledger import services
from liantu.ledger.alerts.digest import digest
from liantu.ledger.models import Escalation
from liantu.ledger.services import add_record, chases, escalate
from liantu.tracking import Rung, owed, shipped_calendar, shipped_ladder
from liantu.tracking.ladder import KINDS, RUNGS, escalation_texts, kinds_of, ladder
from liantu.workbench.alert_digest import digest_file, digest_lines

DUE = date(2026, 6, 5)  # a Friday
LATE = date(2026, 7, 6)  # twenty days of work later
UNIT = "示例市工信局"


def make(kind: str, /, **values: Any) -> int:
    return int(add_record(kind, values, "li").row)


@pytest.fixture
def posts(ledger: str) -> dict[str, int]:
    """A city's programme with leader, lead agency, head of the task force and liaison."""
    who = {name: make("person", name=name, unit=UNIT) for name in ("示例链长", "示例组长", "示例联络员", "示例责任人")}
    programme = make("programme", region_code="141100", chain="氢能", since=date(2026, 1, 1))
    make("member", programme_id=programme, role="chain_leader", person_id=who["示例链长"])
    make("member", programme_id=programme, role="team_head", person_id=who["示例组长"])
    make("member", programme_id=programme, role="liaison", person_id=who["示例联络员"])
    make("member", programme_id=programme, role="lead_agency", unit=UNIT)
    return who


def told(subject: str, today: date = LATE) -> list[tuple[str, str, str]]:
    return [
        (c.owed.rung.rung, c.to.role, c.to.person.name if c.to.person else c.to.label)
        for c in chases(today)
        if c.late.subject == subject
    ]


def test_a_task_climbs_from_its_owner_to_the_chain_leader(posts: dict[str, int]) -> None:
    place = {"region_code": "141181", "chain": "氢能"}  # a county of the city: the city's programme answers
    make("task", title="办结用地", owner_id=posts["示例责任人"], owner_unit="县自然资源局", due=DUE, **place)
    assert told("task") == [
        ("reminder", "owner", "示例责任人"),
        ("notice", "lead_agency", UNIT),
        ("order", "team_head", "示例组长"),
        ("report", "chain_leader", "示例链长"),
    ]
    assert told("task", date(2026, 6, 8)) == [("reminder", "owner", "示例责任人")]  # the first day of work after
    (last,) = [c for c in chases(LATE) if c.owed.rung.rung == "report"]
    assert last.text == (
        f"{last.to.label}：“办结用地”（责任单位：县自然资源局）应于2026-06-05办结，逾期20个工作日，经催办仍未办结，请予协调。"
    )


def test_without_an_owner_the_liaison_and_without_anybody_the_words_of_the_ladder(posts: dict[str, int]) -> None:
    make("task", title="甲", owner_unit="乙局", due=DUE, region_code="141100", chain="氢能")
    make("task", title="丙", due=DUE, region_code="140700", chain="光伏")
    by_title = {c.late.title: c.to for c in chases(date(2026, 6, 8))}
    assert (by_title["甲"].role, by_title["甲"].label.split(" · ")[0]) == ("liaison", "示例联络员")
    assert (by_title["丙"].role, by_title["丙"].person, by_title["丙"].label) == ("", None, "责任人")


def test_the_graver_the_order_and_the_denser_the_duty_the_sooner(posts: dict[str, int]) -> None:
    monday, tuesday = date(2026, 6, 8), date(2026, 6, 9)
    place = {"region_code": "141100", "chain": "氢能"}
    for rank in ("ordinary", "leader"):
        make("order", title=rank, owner_unit="乙局", due=DUE, rank=rank, **place)
    assert sorted(c.late.title for c in chases(monday) if c.late.subject == "order") == ["leader", "ordinary"]
    assert [c.late.title for c in chases(tuesday) if c.owed.rung.rung == "report"] == ["leader"]
    for cadence in ("weekly", "monthly"):
        make(
            "duty",
            title=cadence,
            cadence=cadence,
            owner_unit="乙局",
            since=date(2026, 5, 25),
            until=date(2026, 5, 31),
            **place,
        )
    found = {(c.late.title, c.owed.rung.rung) for c in chases(date(2026, 6, 2)) if c.late.subject == "duty"}
    assert found == {("weekly", "reminder"), ("weekly", "notice"), ("monthly", "reminder")}


def test_what_is_recorded_keeps_to_whom_and_in_which_words(posts: dict[str, int]) -> None:
    make("task", title="办结用地", owner_id=posts["示例责任人"], due=DUE, region_code="141100", chain="氢能")
    (chase,) = chases(date(2026, 6, 8))
    assert len(escalate(date(2026, 6, 8), "li", {chase.id})) == 1
    row = Escalation.objects.get()
    assert (row.role, row.person_id, row.text) == ("owner", posts["示例责任人"], chase.text)
    assert chases(date(2026, 6, 8)) == [] and escalate(date(2026, 6, 8), "li") == []


def test_the_queries_do_not_grow_with_what_is_late(posts: dict[str, int], django_assert_max_num_queries: Any) -> None:
    make("task", title="第一件", owner_id=posts["示例责任人"], due=DUE, region_code="141100", chain="氢能")
    with django_assert_max_num_queries(20) as few:
        chases(LATE)
    for n in range(11):
        make("task", title=f"事项{n}", owner_id=posts["示例责任人"], due=DUE, region_code="141100", chain="氢能")
    with django_assert_max_num_queries(len(few)):
        assert len(chases(LATE)) == 48


def test_the_digest_and_the_command_list_what_is_due(posts: dict[str, int]) -> None:
    make("task", title="办结用地", owner_id=posts["示例责任人"], due=DUE, region_code="141100", chain="氢能")
    today = date(2026, 6, 8)
    made, due = digest(today, 7), chases(today)
    (line,) = [line for line in digest_lines(made, due) if "办结用地" in line]
    assert "提醒（逾期 1 个工作日，满 1 个工作日即到这一级）→ 示例责任人" in line
    assert digest_file(made, "xlsx", due)[:2] == b"PK" and digest_file(made, "docx", due)[:2] == b"PK"
    assert not any("该催办的" in line for line in digest_lines(made))


def test_one_click_records_one(posts: dict[str, int], client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin"))
    for title in ("甲", "乙"):
        make("task", title=title, owner_id=posts["示例责任人"], due=DUE, region_code="141100", chain="氢能")
    page = client.get("/escalations").content.decode()
    assert "请抓紧办理，并反馈进展" in page and "记下这一次" in page
    ids = [c.id for c in chases(date.today()) if c.late.title == "甲" and c.owed.rung.rung == "reminder"]
    client.post("/escalations", {"only": ids[0], "chase": [c.id for c in chases(date.today())]})
    assert [(e.title, e.rung) for e in Escalation.objects.all()] == [("甲", "reminder")]
    assert "该催办的" in client.get("/alerts/digest").content.decode()


def test_an_offices_own_rungs_of_one_kind_stand_beside_the_general_ones(ledger: str) -> None:
    services.take_over_ladder("order", "li")
    with pytest.raises(ValueError, match="这一类没有这一种，可选：一般督办"):
        make("rung", subject="order", kind="weekly", rung="notice", days=1, count="working", basis="本办")
    make("rung", subject="order", kind="ordinary", rung="notice", days=4, count="working", to="liaison", basis="本办")
    make("order", title="甲", owner_unit="乙局", due=DUE, rank="ordinary")
    assert chases(date(2026, 6, 10)) == []  # three days of work
    assert [c.owed.rung.days for c in chases(date(2026, 6, 11))] == [4]


def test_the_shipped_ladder_names_addressees_and_words_for_every_rung() -> None:
    assert set(escalation_texts()) == set(RUNGS) and all(r.to and r.else_to for r in shipped_ladder())
    for subject in KINDS:
        for kind in ("", *kinds_of(subject)):
            steps = owed(shipped_ladder(), subject, DUE, date(2026, 12, 31), shipped_calendar(), (), kind)
            days = [step.rung.days for step in steps]
            assert days == sorted(set(days)) and steps, (subject, kind)
    with pytest.raises(ValueError, match="有两级"):
        ladder([Rung("task", 1, "working", "reminder", "", "", "leading_group")] * 2)


def test_the_command_is_there() -> None:
    from liantu.cli import main

    assert "escalated on a day" in CliRunner().invoke(main, ["alerts", "due", "--help"]).output
