"""Levels of the records of work: every kind that says where it belongs has one, and is never more open than what it names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from tests.ledger.level_making import DAY, HOME, VALUES, again, kept, raised
from tests.ledger.making import document, figure, findings
from tests.ledger.people import account, grant

from liantu.extraction.model import Evidence, Project
from liantu.ledger import services
from liantu.ledger.duties.escalating import next_number
from liantu.ledger.models import (
    Alert,
    Entity,
    InstalledKit,
    Person,
    Profile,
    ScoreEntry,
    Source,
    Statement,
    WorkChange,
)
from liantu.ledger.models.records import GradedRecord
from liantu.ledger.rights import Action, as_viewer, may, visible
from liantu.ledger.work.kinds import KINDS
from liantu.ledger.work.recording import add_record, remove_record, undo_change
from liantu.ledger.work.secrecy import LATE, floor_of, graded, levels_given, links_of

LINKS = [(kind, link) for kind, model in graded().items() for link in links_of(model)]


def project() -> tuple[Entity, Source]:
    """A project that one open document tells of."""
    text = "晋中光伏组件项目落户晋中市，总投资12亿元。"
    made = document(text, published=DAY)
    whole = Evidence(text, 0, len(text))
    said = figure(text, "12亿", 12e8, "元", "总投资", subject="晋中光伏组件项目", subject_kind="project")
    told = [Project("晋中光伏组件项目", (), whole, 12e8, "signed", "晋中市", "", "光伏")]
    source = services.add_findings(made, findings(made, [said], told), by="clerk").source
    return Entity.objects.get(kind="project"), source


def trouble(entity: Entity) -> int:
    """A problem of a project."""
    return add_record("problem", {"project_id": entity.pk, "text": "用地", "owner": "专班"}, "clerk").row


def target_of(kind: str, link: str) -> tuple[int, Callable[[int], object]]:
    """Something that a record of a kind can name by a link, and what raises it."""
    related: Any = KINDS[kind]._meta.get_field(link).related_model
    if issubclass(related, GradedRecord):
        row = kept(next(kind for kind, model in KINDS.items() if model is related))
        return row.pk, lambda level: raised(row, level)
    if related is Entity or related.PARENT == "project":
        entity, source = project()
        pk = entity.pk if related is Entity else trouble(entity)
        return pk, lambda level: services.set_level(source.pk, level, "chief")
    assert related.PARENT == "meeting", "a link to something new: say here how it is made and raised"
    meeting = kept("meeting")
    decision = add_record("decision", {"meeting_id": meeting.pk, "order": 1, "text": "抓紧"}, "clerk").row
    return decision, lambda level: raised(meeting, level)


def test_every_record_that_says_where_it_belongs_has_a_level() -> None:
    without = {
        Person,  # the register of people is open to all who may read
        InstalledKit,  # says nothing but the name of a kit; what it made has levels
        ScoreEntry,  # a value of a scorecard, which is reckoned for all units alike
    }
    for model in {*KINDS.values()} - without:
        columns = {field.name for field in model._meta.concrete_fields}
        alone = not model.PARENT and columns & {"region_code", "chain"}
        assert bool(alone) == issubclass(model, GradedRecord), model
        assert not alone or "secrecy" in model.COLUMNS
    assert VALUES.keys() == graded().keys()


@pytest.mark.parametrize("kind", VALUES)
def test_a_record_is_there_for_those_cleared_for_it_alone(ledger: str, kind: str) -> None:
    rows = [kept(kind, secrecy=level, **({"title": f"第{level}份"} if kind == "list" else {})) for level in (0, 1, 2)]
    for level in (0, 1, 2):
        reader = account(f"reader{level}", "chain_office", region="140700", level=level)
        with as_viewer(reader):
            model = type(rows[0])
            assert set(model.objects.values_list("pk", flat=True)) >= {row.pk for row in rows[: level + 1]}
            assert not model.objects.filter(pk__in=[row.pk for row in rows[level + 1 :]]).exists()
            assert model.objects.filter(secrecy__gt=level).count() == 0
            told = {change.row for change in WorkChange.objects.filter(kind=kind)}
            assert not told & {row.pk for row in rows[level + 1 :]}
            assert told >= {row.pk for row in rows[: level + 1]}
        for row in rows:
            decision = may(reader, Action.EDIT, row)
            assert decision.allowed == (row.secrecy <= level)
            assert decision.allowed or decision.missing == ("level",)


@pytest.mark.parametrize(("kind", "link"), LINKS)
def test_it_is_as_closed_as_what_it_names(ledger: str, kind: str, link: str) -> None:
    pk, raise_to = target_of(kind, link)
    before = kept(kind, **{f"{link}_id": pk})
    assert before.secrecy == 0
    raise_to(1)
    assert again(before).secrecy == 1
    change = WorkChange.objects.filter(kind=kind, row=before.pk).order_by("-pk")[0]
    assert (change.before["secrecy"], change.after["secrecy"], change.version) == (0, 1, again(before).version)
    raise_to(2)
    remove_record(kind, before.pk, again(before).version, "clerk")
    assert again(before).secrecy == 2
    assert kept(kind, **{f"{link}_id": pk}).secrecy == 2
    raise_to(0)
    assert again(before).secrecy == 2  # nothing is lowered by itself


@pytest.mark.parametrize("subject", LATE)
def test_what_was_chased_is_as_closed_as_what_is_late(ledger: str, subject: str) -> None:
    if subject == "problem":
        entity, source = project()
        pk = trouble(entity)
    else:
        pk = kept(subject).pk
    chased = kept("escalation", subject=subject, row=pk)
    if subject == "problem":
        services.set_level(source.pk, 2, "chief")
    else:
        raised(KINDS[subject]._base_manager.get(pk=pk), 2)
    assert again(chased).secrecy == 2
    assert kept("escalation", subject=subject, row=pk, rung="report").secrecy == 2


@pytest.mark.parametrize("kind", ["task", "order", "certificate", "window", "target"])
@pytest.mark.parametrize("by", ["statement", "source"])
def test_what_rests_on_a_document_is_as_closed_as_it(ledger: str, kind: str, by: str) -> None:
    _entity, source = project()
    statement = Statement.objects.filter(source=source)[0].pk
    if kind == "target":
        rests = {"statement": statement}
    else:
        rests = {"evidence": f"statement:{statement}" if by == "statement" else f"source:{source.pk}:0-4"}
    row, other = kept(kind, **rests), kept(kind, title="别的") if kind != "target" else kept(kind)
    services.set_level(source.pk, 1, "chief")
    assert (again(row).secrecy, again(other).secrecy) == (1, 0)
    if kind != "target":  # a sentence makes one target
        assert kept(kind, **rests).secrecy == 1


def test_a_part_that_tells_of_a_document_is_as_closed_as_it_by_its_whole(ledger: str) -> None:
    _entity, source = project()
    programme, other = kept("programme"), kept("programme")
    member = {"role": "liaison", "unit": "专班", "evidence": f"source:{source.pk}:0-4"}
    add_record("member", member | {"programme_id": programme.pk}, "clerk")
    services.set_level(source.pk, 1, "chief")
    assert (again(programme).secrecy, again(other).secrecy) == (1, 0)
    with pytest.raises(ValueError, match="请先提高“链长工作”的密级"):
        add_record("member", member | {"programme_id": other.pk}, "clerk")
    raised(other, 1)
    add_record("member", member | {"programme_id": other.pk}, "clerk")


def test_raising_goes_all_the_way_down_and_once(ledger: str) -> None:
    programme = kept("programme")
    meeting = kept("meeting", programme_id=programme.pk)
    decision = add_record("decision", {"meeting_id": meeting.pk, "order": 1, "text": "抓紧"}, "clerk").row
    task = kept("task", decision_id=decision)
    order = kept("order", task_id=task.pk)
    chased = kept("escalation", subject="order", row=order.pk)
    other = kept("task")
    raised(programme, 2)
    below = (meeting, task, order, chased)
    assert [again(row).secrecy for row in below] == [2, 2, 2, 2] and again(other).secrecy == 0
    assert all(again(row).version == 2 for row in below)
    raised(programme, 1)
    with pytest.raises(ValueError, match="密级不能更低"):
        raised(task, 1)
    raised(meeting, 1)
    raised(task, 1)
    assert floor_of(again(task)) == 1


def test_nobody_gives_a_level_above_the_own(ledger: str) -> None:
    clerk = account("clerk", "chain_office", level=1, **HOME)
    for kind in graded():
        if kind == "campaign":
            continue  # has no chain: entering one needs a grant for all of them
        with as_viewer(clerk):
            assert levels_given(None) == (0, 1, 2)
            with pytest.raises(ValueError, match="高于您能看的密级"):
                kept(kind, secrecy=2)
            row = kept(kind, secrecy=1)
            with pytest.raises(ValueError, match="高于您能看的密级"):
                raised(row, 2, "clerk")
        assert again(row).secrecy == 1
    with as_viewer(clerk) as viewer, pytest.raises(ValueError, match="没有这一密级"):
        assert levels_given(viewer) == (0, 1)
        kept("task", secrecy=7)


def test_lowering_needs_the_right_to_settle_or_is_ones_own_slip(ledger: str) -> None:
    force, office = account("force", "task_force", level=2, **HOME), account("office", "chain_office", level=2, **HOME)
    with as_viewer(force):
        task = kept("task")
        change = raised(task, 2, "force")
        with pytest.raises(ValueError, match="核定权限"):
            raised(task, 0, "force")
        undo_change(change.pk, "force")
        assert again(task).secrecy == 0
        second = raised(task, 1, "force")
    with as_viewer(account("other", "task_force", level=2, **HOME)), pytest.raises(ValueError, match="核定权限"):
        undo_change(second.pk, "other")
    with as_viewer(office):
        raised(task, 0, "office")
    assert again(task).secrecy == 0


def test_what_one_may_not_see_is_as_what_is_not_there(ledger: str) -> None:
    hidden = kept("meeting", secrecy=2)
    decision = add_record("decision", {"meeting_id": hidden.pk, "order": 1, "text": "机密"}, "chief").row
    with as_viewer(account("clerk", "chain_office", level=0, **HOME)):
        said = []
        for pk in (decision, decision + 1000):
            with pytest.raises(ValueError, match="没有找到") as refused:
                kept("task", decision_id=pk)
            said.append(str(refused.value))
        assert said[0] == said[1]


def test_whoever_answers_for_a_task_sees_it_up_to_the_own_level(ledger: str) -> None:
    person = Person.objects.get(pk=add_record("person", {"name": "王同志"}, "chief").row)
    somebody = account("wang", "task_force", region="140100", level=1)
    add_record("account", {"person_id": person.pk, "account": "wang"}, "chief")
    for kind in ("task", "order", "duty"):
        rows = [kept(kind, owner_id=person.pk, secrecy=level) for level in (0, 1, 2)]
        seen = set(visible(somebody, type(rows[0])._base_manager.all()).values_list("pk", flat=True))
        assert seen == {rows[0].pk, rows[1].pk}


def test_what_one_answers_for_may_be_chased_where_one_is_cleared_for_less(ledger: str) -> None:
    person = add_record("person", {"name": "王同志"}, "chief").row
    wang = account("wang", "task_force", region="140100", level=2)
    grant(wang, "task_force", region="140700", level=0)
    add_record("account", {"person_id": person, "account": "wang"}, "chief")
    task = kept("task", owner_id=person, secrecy=2, due=date(2026, 1, 1))
    with as_viewer(wang):
        services.escalate(date(2026, 6, 8), "wang")
        with pytest.raises(ValueError, match="高于您能看的密级"):
            kept("task", secrecy=2)
    assert set(KINDS["escalation"]._base_manager.filter(row=task.pk).values_list("secrecy", flat=True)) == {2}


def test_no_number_is_given_twice_to_orders(ledger: str) -> None:
    kept("order", number="督〔2026〕7号", secrecy=2)
    with as_viewer(account("clerk", "chain_office", level=0, **HOME)):
        assert not KINDS["order"]._default_manager.exists()
        assert next_number(2026) == "督〔2026〕8号"


def test_alerts_are_closed_with_what_they_are_about(ledger: str) -> None:
    task, duty = kept("task", due=date(2026, 1, 1)), kept("duty", since=date(2026, 4, 1))
    secret = kept("order", due=date(2026, 1, 1), secrecy=2)
    services.run_alerts(date(2026, 6, 8), force=True)
    alerts = Alert.objects.filter(row_key__in=[f"task:{task.pk}", f"order:{secret.pk}"])
    assert dict(alerts.values_list("row_key", "secrecy")) == {f"task:{task.pk}": 0, f"order:{secret.pk}": 2}
    of_duty = Alert.objects.filter(row_key__startswith=f"duty:{duty.pk}:")
    assert of_duty.exists() and not of_duty.exclude(secrecy=0).exists()
    raised(task, 1)
    raised(duty, 2)
    assert Alert.objects.get(row_key=f"task:{task.pk}").secrecy == 1  # at once, before the rules run again
    assert not of_duty.exclude(secrecy=2).exists()
    raised(task, 0)
    services.run_alerts(date(2026, 6, 9), force=True)
    assert Alert.objects.get(row_key=f"task:{task.pk}").secrecy == 0


def test_what_is_there_when_levels_come_is_raised_to_what_it_names(ledger: str) -> None:
    entity, source = project()
    problem = trouble(entity)
    evidence = f"statement:{Statement.objects.filter(source=source)[0].pk}"
    task = kept("task", problem_id=problem)
    rows = [
        task,
        kept("order", task_id=task.pk),
        kept("escalation", subject="problem", row=problem),
        kept("window", evidence=evidence),
        kept("target", subject_id=entity.pk),
    ]
    other = kept("task")
    programme = kept("programme")
    add_record("part", {"programme_id": programme.pk, "part": "map", "title": "政策包", "evidence": evidence}, "clerk")
    rows += [programme, kept("duty", programme_id=programme.pk), kept("meeting", programme_id=programme.pk)]
    Source.objects.filter(pk=source.pk).update(level=1)
    Profile.objects.filter(pk=entity.pk).update(level=1)
    moved = import_module("liantu.ledger.migrations.0031_levels_of_work_records")
    moved.follow_what_they_name(apps, SimpleNamespace(connection=connection))
    assert {again(row).secrecy for row in rows} == {1} and again(other).secrecy == 0
