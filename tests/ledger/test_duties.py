"""Tasks, orders and problems go on by steps and are verified by another; what is late climbs by the day given; a person's week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ledger.making import document, findings

from liantu.extraction.model import Evidence, Project
from liantu.ledger import services
from liantu.ledger.duties.due import live_duties, owing
from liantu.ledger.duties.packs import pack_of
from liantu.ledger.duties.posts import accept_post, refuse_post, told_posts
from liantu.ledger.duties.settings import office_calendar, office_ladder, take_over_ladder
from liantu.ledger.models import (
    ChainProgramme,
    Duty,
    Entity,
    Escalation,
    Person,
    ProjectProblem,
    SupervisionOrder,
    Task,
    WorkChange,
)
from liantu.ledger.services import add_record, change_record, escalate, take_step, undo_change

MONDAY = date(2026, 6, 8)
DUE = date(2026, 6, 5)  # the Friday before


def make(kind: str, /, by: str = "li", **values: Any) -> int:
    return int(add_record(kind, values, by).row)


@pytest.fixture
def office(ledger: str) -> dict[str, int]:
    """A programme with its leader and liaison, both with accounts."""
    for name in ("wang", "zhao", "li"):
        get_user_model().objects.create_user(name)
    leader = make("person", name="示例链长", unit="示例市政府", post="副市长")
    liaison = make("person", name="示例联络员", unit="示例市工信局")
    make("account", person_id=leader, account="wang")
    make("account", person_id=liaison, account="zhao")
    programme = make("programme", region_code="141100", chain="氢能", since=date(2026, 1, 1))
    make("member", programme_id=programme, role="chain_leader", person_id=leader)
    make("member", programme_id=programme, role="liaison", person_id=liaison)
    return {"leader": leader, "liaison": liaison, "programme": programme}


def task(office: dict[str, int], **values: Any) -> Task:
    usual = {
        "title": "办结加氢站用地",
        "owner_id": office["liaison"],
        "due": DUE,
        "region_code": "141100",
        "chain": "氢能",
    }
    pk = make("task", **{**usual, **values})
    return Task.objects.get(pk=pk)


def go(kind: str, pk: int, action: str, by: str, words: str = "", today: date = MONDAY) -> WorkChange:
    row: Any = {"task": Task, "order": SupervisionOrder, "problem": ProjectProblem}[kind].objects.get(pk=pk)
    return take_step(kind, pk, row.version, action, by, words, today)


def test_a_task_is_closed_only_after_another_has_verified_it(office: dict[str, int]) -> None:
    row = task(office)
    go("task", row.pk, "assign", "li")
    go("task", row.pk, "start", "zhao")
    with pytest.raises(ValueError, match="要写明情况"):
        go("task", row.pk, "propose", "li")
    go("task", row.pk, "propose", "li", "用地批复已取得")
    for doer in ("li", "zhao"):  # who reported it done, and the person who answers for it
        with pytest.raises(ValueError, match="由另一个人核验"):
            go("task", row.pk, "verify", doer)
    assert Task.objects.get().state == "verifying"
    closed = go("task", row.pk, "verify", "wang", "现场看过")
    assert (closed.before, closed.after, closed.reason) == (
        {"state": "verifying"}, {"state": "closed"}, "核验销号：现场看过",
    )  # fmt: skip
    with pytest.raises(ValueError, match="要写明情况"):
        go("task", row.pk, "reopen", "wang")
    go("task", row.pk, "reopen", "wang", "又停工了")
    assert Task.objects.get().state == "in_progress"


def test_what_was_sent_back_may_be_verified_by_whoever_did_not_report_it_again(office: dict[str, int]) -> None:
    row = task(office, owner_id=None, owner_unit="示例市规自局")
    for action, by, words in (
        ("assign", "li", ""), ("propose", "li", "办好了"), ("send_back", "wang", "缺批复"), ("propose", "wang", "补齐了"),
    ):  # fmt: skip
        go("task", row.pk, action, by, words)
    with pytest.raises(ValueError, match="由另一个人核验"):
        go("task", row.pk, "verify", "wang")
    go("task", row.pk, "verify", "li")


def test_steps_that_do_not_lead_on_are_refused_in_words(office: dict[str, int]) -> None:
    row = task(office, owner_id=None)
    with pytest.raises(ValueError, match="先写责任人或责任单位"):
        go("task", row.pk, "assign", "li")
    with pytest.raises(ValueError, match="不能“核验销号”"):
        go("task", row.pk, "verify", "wang")
    with pytest.raises(services.StaleEditError):
        take_step("task", row.pk, 0, "start", "li", "", MONDAY)
    assert Task.objects.get().state == "open"


def test_no_form_and_no_undo_goes_around_the_steps(office: dict[str, int]) -> None:
    row = task(office)
    with pytest.raises(ValueError, match="没有改动"):
        change_record("task", row.pk, 1, {"state": "closed"}, "zhao")
    assert Task.objects.get(pk=make("task", title="另一件", state="closed")).state == "open"
    go("task", row.pk, "start", "zhao")
    proposed = go("task", row.pk, "propose", "zhao", "办好了")
    sent_back = go("task", row.pk, "send_back", "wang", "没看到")
    with pytest.raises(ValueError, match="只能由本人撤回"):
        undo_change(sent_back.pk, "zhao")
    with pytest.raises(ValueError, match="后来又改过"):
        undo_change(proposed.pk, "zhao")
    undo_change(sent_back.pk, "wang")
    assert Task.objects.get(pk=row.pk).state == "verifying"


@pytest.fixture
def problem(ledger: str) -> ProjectProblem:
    text = "文水示例储氢瓶项目在吕梁市文水县开工。"
    made = document(text, published=date(2026, 1, 1))
    told = Project(
        "文水示例储氢瓶项目", (), Evidence(text, 0, len(text)), 2.6e8, "started", "文水县", "示例公司", "氢能"
    )
    services.add_findings(made, findings(made, projects=[told]))
    project = Entity.objects.get(kind="project").pk
    return ProjectProblem.objects.get(pk=make("problem", project_id=project, text="用地手续", owner="规自局", due=DUE))


def test_a_projects_problem_is_verified_by_another_on_every_way(problem: ProjectProblem) -> None:
    go("problem", problem.pk, "propose", "li", "手续办结")
    with pytest.raises(ValueError, match="由另一个人核验"):
        go("problem", problem.pk, "verify", "li")
    version = ProjectProblem.objects.get().version
    with pytest.raises(ValueError, match="由另一个人核验"):  # the form is no way around
        change_record("problem", problem.pk, version, {"verified_on": MONDAY, "verified_by": "某人"}, "li")
    go("problem", problem.pk, "verify", "wang")
    now = ProjectProblem.objects.get()
    assert (now.state, now.verified_by, now.solved_on, now.solution) == ("closed", "wang", MONDAY, "手续办结")
    go("problem", problem.pk, "reopen", "li", "又被退回")
    assert ProjectProblem.objects.get().state == "open"


def test_what_is_late_climbs_over_time_and_every_rung_is_recorded_once(
    office: dict[str, int], problem: ProjectProblem
) -> None:
    task(office)
    at = DUE
    climbed = []
    while at <= date(2026, 6, 30):
        for change in escalate(at, "li"):
            row = Escalation.objects.get(pk=change.row)
            climbed.append((row.subject, row.rung, row.on.isoformat(), row.overdue))
        assert escalate(at, "li") == []  # the same day again adds nothing
        at += timedelta(days=1)
    assert climbed == [
        ("problem", "reminder", "2026-06-08", 1),
        ("task", "reminder", "2026-06-08", 1),
        ("task", "notice", "2026-06-10", 3),
        ("problem", "notice", "2026-06-12", 5),
        ("task", "order", "2026-06-16", 7),
        ("problem", "order", "2026-06-22", 10),  # 19 to 21 June is the Dragon Boat holiday
        ("order", "notice", "2026-06-25", 1),
        ("task", "report", "2026-06-29", 15),
        ("order", "notice", "2026-06-30", 1),
    ]
    order = SupervisionOrder.objects.get(task__isnull=False)
    assert (order.number, order.origin, order.owner_unit, order.due) == (
        "督〔2026〕1号", "overdue", "示例市工信局", date(2026, 6, 24),
    )  # fmt: skip
    assert SupervisionOrder.objects.get(problem=problem).region_code == "141121"


def test_looking_late_records_all_rungs_at_once_and_a_new_deadline_begins_anew(office: dict[str, int]) -> None:
    row = task(office)
    escalate(date(2026, 6, 29), "li", only={f"task:{row.pk}::2026-06-05:reminder"})
    assert [e.rung for e in Escalation.objects.all()] == ["reminder"]
    escalate(date(2026, 6, 29), "li")
    assert [e.rung for e in Escalation.objects.filter(subject="task")] == ["reminder", "notice", "order", "report"]
    assert {e.since.isoformat() for e in Escalation.objects.filter(rung="report")} == {"2026-06-29"}
    change_record("task", row.pk, 1, {"due": date(2026, 7, 31)}, "li", "经链长同意延期")
    assert not [c for c in services.chases(date(2026, 7, 31)) if c.late.subject == "task"]
    assert [c.owed.rung.rung for c in services.chases(date(2026, 8, 3)) if c.late.subject == "task"] == ["reminder"]


def test_nobody_chases_what_waits_for_verification_or_is_done(office: dict[str, int]) -> None:
    row = task(office)
    go("task", row.pk, "start", "zhao")
    go("task", row.pk, "propose", "zhao", "办好了")
    assert services.chases(date(2026, 7, 1)) == []


def test_an_office_with_its_own_rungs_uses_these_alone(office: dict[str, int]) -> None:
    assert take_over_ladder("task", "li") == 8
    with pytest.raises(ValueError, match="直接改即可"):
        take_over_ladder("task", "li")
    from liantu.ledger.models import LadderRung

    reminder = LadderRung.objects.get(rung="reminder", kind="")
    with pytest.raises(ValueError, match="应晚于"):
        change_record("rung", reminder.pk, reminder.version, {"days": 3}, "li")
    change_record("rung", reminder.pk, reminder.version, {"days": 2}, "li")
    assert [r.days for r in office_ladder() if r.subject == "task" and not r.kind] == [2, 3, 7, 15]
    assert [r.days for r in office_ladder() if r.subject == "problem" and not r.kind] == [1, 5, 10, 20]


def test_the_offices_own_days_change_what_is_due(office: dict[str, int]) -> None:
    make("duty", title="月报", cadence="monthly", owner_unit="示例市工信局", since=date(2027, 1, 1))
    assert owing(live_duties(), MONDAY, date(2027, 1, 31), office_calendar())[0].instance.due == date(2027, 1, 29)
    make("dayoff", first=date(2027, 1, 29), last=date(2027, 1, 29), kind="off", title="示例假日", basis="示例通知")
    assert owing(live_duties(), MONDAY, date(2027, 1, 31), office_calendar())[0].instance.due == date(2027, 1, 28)


def test_missed_deliveries_stay_until_handed_in_or_excused(office: dict[str, int]) -> None:
    pk = make(
        "duty", title="月调度", cadence="monthly", owner_unit="示例市工信局", since=date(2026, 3, 1),
        rule="after_working_day", number=3,
    )  # fmt: skip

    def states() -> dict[str, str]:
        found = owing(live_duties(), MONDAY, MONDAY, office_calendar())
        return {o.instance.period.key: o.state for o in found}

    assert states() == {"2026-03": "late", "2026-04": "late", "2026-05": "late", "2026-06": "open"}
    make("delivery", duty_id=pk, period="2026-03", on=date(2026, 4, 3))
    make("delivery", duty_id=pk, period="2026-04", on=date(2026, 5, 20))
    make("delivery", duty_id=pk, period="2026-05", excused=True, note="并入半年总结")
    assert states() == {"2026-03": "done", "2026-04": "done_late", "2026-06": "open"}
    for wrong in (
        {"period": "2026-13"},
        {"period": "五月"},
        {"period": "2026-05", "on": MONDAY},
        {"period": "2026-06"},
    ):
        with pytest.raises(ValueError):
            add_record("delivery", {"duty_id": pk} | wrong, "li")
    assert Duty.objects.get().deliveries.count() == 3


def test_a_persons_week_by_urgency_with_reasons(office: dict[str, int], problem: ProjectProblem) -> None:
    late = task(office)
    friday = task(office, title="本周的事", due=date(2026, 6, 12))
    undated = task(office, title="没有期限", due=None)
    later = task(office, title="下月的事", due=date(2026, 7, 10))
    duty = make(
        "duty",
        title="周报",
        cadence="weekly",
        owner_id=office["liaison"],
        owner_unit="工信局",
        since=date(2026, 6, 1),
        to_whom="链长办",
    )
    escalate(MONDAY, "li")
    go("problem", problem.pk, "propose", "li", "手续办结")
    found = services.agenda(Person.objects.get(pk=office["liaison"]), "zhao", MONDAY)
    assert [(t.kind, t.row, t.urgency.code, t.rung) for t in found.todo] == [
        ("duty", duty, "late", "reminder"),
        ("task", late.pk, "late", "reminder"),
        ("verify_problem", problem.pk, "late", "reminder"),
        ("duty", duty, "this_week", ""),
        ("task", friday.pk, "this_week", ""),
        ("task", undated.pk, "no_day", ""),
        ("task", later.pk, "later", ""),
    ]
    leader = services.agenda(Person.objects.get(pk=office["leader"]), "wang", MONDAY)
    assert {(t.kind, t.row) for t in leader.todo} == {("watch", late.pk), ("verify_problem", problem.pk)}
    assert services.has_duties("zhao", MONDAY) and not services.has_duties("li", MONDAY)


def test_nobody_is_asked_to_verify_their_own_work(office: dict[str, int]) -> None:
    row = task(office)
    go("task", row.pk, "start", "zhao")
    go("task", row.pk, "propose", "zhao", "办好了")
    kinds = {
        name: [t.kind for t in services.agenda(Person.objects.get(pk=office[who]), name, MONDAY).todo]
        for who, name in (("leader", "wang"), ("liaison", "zhao"))
    }
    assert kinds == {"wang": ["verify_task"], "zhao": []}


def test_posts_end_and_the_kit_tells_what_is_missing(office: dict[str, int]) -> None:
    programme = ChainProgramme.objects.get()
    make("member", programme_id=programme.pk, role="lead_agency", unit="示例市工信局", until=date(2026, 5, 31))
    make("part", programme_id=programme.pk, part="fund", title="示例氢能产业基金")
    assert {p.part: p.there for p in pack_of(programme, MONDAY)} == {
        "leader": True, "team": False, "policy": False, "map": False, "fund": True, "lists": False,
    }  # fmt: skip
    change_record("programme", programme.pk, 1, {"kit": "zhengzhou_five"}, "li")
    parts = {p.part: p.there for p in pack_of(ChainProgramme.objects.get(), MONDAY)}
    assert parts["lead_agency"] is False and parts["leader"] is True and parts["fund"] is True
    with pytest.raises(ValueError, match="人员和单位至少写一个"):
        make("member", programme_id=programme.pk, role="liaison")
    with pytest.raises(ValueError, match="没有代码"):
        make("programme", region_code="999999", chain="氢能")
    with pytest.raises(ValueError, match="没有账号"):
        make("account", person_id=office["leader"], account="nobody")


def readings_of_texts(queries: CaptureQueriesContext) -> list[str]:
    """The queries that read texts of documents."""
    return [sql for q in queries.captured_queries if (sql := q["sql"]).startswith("SELECT") and "sourcetext" in sql]


def test_accepting_a_post_reads_the_one_document_that_tells_it(office: dict[str, int]) -> None:
    programme = ChainProgramme.objects.get()

    def tell(names: str, text: str) -> None:
        made = document(text, f"{names}.txt", "吕梁日报", date(2026, 5, 1))
        services.add_findings(made, findings(made))

    tell("吕梁氢能例会", "吕梁氢能产业链例会由副市长、氢能产业链链长孟示例主持。牵头单位为示例市能源局。")
    offers = {o.person or o.unit: o.id for o in told_posts(programme)}
    assert set(offers) == {"孟示例", "示例市能源局"}
    with CaptureQueriesContext(connection) as one:
        accept_post(programme.pk, offers["示例市能源局"], "li")
    for n in range(8):
        tell(f"吕梁氢能简报{n}", f"吕梁氢能产业链第{n}次例会由副市长、氢能产业链链长周示例主持。")
    told = readings_of_texts(one)
    with CaptureQueriesContext(connection) as many:
        accept_post(programme.pk, offers["孟示例"], "li")
    again = readings_of_texts(many)
    assert len(told) == len(again) == 1 and "cleaned" in again[0] and "LIKE" not in again[0].upper()
    gone = "处理过，或文件变了"
    for offer in (offers["孟示例"], "source:999999:0-3", "source:x:0-3", ""):  # settled, no such document, no id
        with pytest.raises(ValueError, match=gone):
            accept_post(programme.pk, offer, "li")
    newer = next(o.id for o in told_posts(programme) if o.person == "周示例")
    refuse_post(programme.pk, newer, "li")
    with pytest.raises(ValueError, match=gone):
        accept_post(programme.pk, newer, "li")
    other = next(o for o in told_posts(programme) if o.person == "周示例")  # the next document tells it too
    make("member", programme_id=programme.pk, role="chain_leader", person_id=make("person", name="周示例"))
    with pytest.raises(ValueError, match=gone):
        accept_post(programme.pk, other.id, "li")  # held by now
