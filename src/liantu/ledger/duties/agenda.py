"""What one person has to do this week, the most urgent first, each with the reason for its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from liantu.ledger.duties.due import owing
from liantu.ledger.duties.escalating import LATE_TASKS
from liantu.ledger.duties.people import LEADING, posts_of
from liantu.ledger.duties.places import any_place_q
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.models import (
    Duty,
    Escalation,
    Person,
    ProgrammeMember,
    ProjectProblem,
    ProjectView,
    SupervisionOrder,
    Task,
)
from liantu.ledger.work.doers import doers_of
from liantu.tracking import Urgency, period_of, urgency

SHOWN = 200
"""Rows of one sort looked at; the lists show all."""
RUNG_ORDER = ("reminder", "notice", "order", "report")


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do. `kind`: `task`, `order`, `duty`, `verify_task`, `verify_order`, `verify_problem`, `watch` (late on a programme
    that the person leads). `rung` is the gravest step of supervision it has come to."""

    kind: str
    row: int
    title: str
    due: date | None
    urgency: Urgency
    by: str = ""
    rung: str = ""
    period: str = ""
    of_list: int | None = None  # of a duty: the list that it keeps current


@dataclass(frozen=True, slots=True)
class Agenda:
    """A person's week: the days it runs from and to, the posts held, and what there is to do."""

    person: Person
    first: date
    last: date
    posts: tuple[ProgrammeMember, ...]
    todo: tuple[ToDo, ...]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Regions and chains that the person's posts are for."""
        return sorted({(post.programme.region_code, post.programme.chain) for post in self.posts})


def agenda(person: Person, account: str, today: date) -> Agenda:
    """The week of a person who logs in as `account`, by the day given. Queries do not grow with the number of rows."""
    week = period_of("weekly", today)
    posts = posts_of(person, today)
    places = sorted({(post.programme.region_code, post.programme.chain) for post in posts})
    led = sorted({(p.programme.region_code, p.programme.chain) for p in posts if p.role in LEADING})
    found = [
        *_own_tasks(person, today),
        *_own_orders(person, today),
        *_own_duties(person, today, week.last),
        *_to_verify(person, account, places, today),
        *_watched(person, led, today),
    ]
    rungs = _rungs(found)
    told = [
        ToDo(
            t.kind,
            t.row,
            t.title,
            t.due,
            t.urgency,
            t.by,
            rungs.get((_subject(t.kind), t.row, t.period, t.due), ""),
            t.period,
            t.of_list,
        )
        for t in found
    ]
    told.sort(key=lambda t: (t.urgency, -_grave(t.rung), t.kind, t.row))
    return Agenda(person, week.first, week.last, tuple(posts), tuple(told))


def _own_tasks(person: Person, today: date) -> Iterator[ToDo]:
    rows = Task.objects.filter(owner=person, removed_at=None, state__in=LATE_TASKS)
    for row in rows.order_by("due", "pk")[:SHOWN]:
        yield ToDo("task", row.pk, row.title, row.due, urgency(row.due, today))


def _own_orders(person: Person, today: date) -> Iterator[ToDo]:
    rows = SupervisionOrder.objects.filter(owner=person, removed_at=None, state="issued")
    for row in rows.order_by("due", "pk")[:SHOWN]:
        yield ToDo("order", row.pk, row.title, row.due, urgency(row.due, today), row.issuer_unit)


def _own_duties(person: Person, today: date, until: date) -> Iterator[ToDo]:
    duties = Duty.objects.filter(owner=person, removed_at=None)
    for item in owing(duties, today, until, office_calendar()):
        due = item.instance.due
        if item.instance.handed is None and (due <= until or item.instance.period.last <= until):
            key = item.instance.period.key
            yield ToDo(
                "duty",
                item.duty.pk,
                item.duty.title,
                due,
                urgency(due, today),
                item.duty.to_whom,
                period=key,
                of_list=item.duty.of_list_id,
            )


def _to_verify(person: Person, account: str, places: list[tuple[str, str]], today: date) -> Iterator[ToDo]:
    """What waits for verification on the person's programmes, or was asked for by the person; never what the person did."""
    here = any_place_q(places)
    waiting = {"removed_at": None, "state": "verifying"}
    tasks = Task.objects.filter(here | Q(decision__meeting__chair=person), **waiting).select_related("owner")
    for row in _not_own("task", person, account, list(tasks.order_by("due", "pk")[:SHOWN])):
        yield ToDo("verify_task", row.pk, row.title, row.due, urgency(row.due, today), _who(row))
    orders = SupervisionOrder.objects.filter(here | Q(issuer=person), **waiting).select_related("owner")
    for row in _not_own("order", person, account, list(orders.order_by("due", "pk")[:SHOWN])):
        yield ToDo("verify_order", row.pk, row.title, row.due, urgency(row.due, today), _who(row))
    if places:
        views = ProjectView.objects.filter(any_place_q(places, "region_code", "chain_name"))
        problems = ProjectProblem.objects.filter(
            Q(project_id__in=views.values("pk")) | Q(project__canonical_id__in=views.values("pk")),
            removed_at=None,
            solved_on__isnull=False,
            verified_on=None,
        )
        kept = list(problems.select_related("project").order_by("due", "pk")[:SHOWN])
        for row in _not_own("problem", person, account, kept):
            title = f"{row.project.name}：{row.text}"
            yield ToDo("verify_problem", row.pk, title, row.due, urgency(row.due, today), row.owner)


def _not_own(kind: str, person: Person, account: str, rows: list[Any]) -> list[Any]:
    did = doers_of(kind, rows)
    return [row for row in rows if getattr(row, "owner_id", None) != person.pk and account not in did[row.pk]]


def _watched(person: Person, led: list[tuple[str, str]], today: date) -> Iterator[ToDo]:
    rows = Task.objects.filter(any_place_q(led), removed_at=None, state__in=LATE_TASKS, due__lt=today)
    for row in rows.exclude(owner=person).select_related("owner").order_by("due", "pk")[:SHOWN]:
        yield ToDo("watch", row.pk, row.title, row.due, urgency(row.due, today), _who(row))


def _who(row: Task | SupervisionOrder) -> str:
    return " · ".join(part for part in (row.owner.name if row.owner else "", row.owner_unit) if part)


def _subject(kind: str) -> str:
    return {"watch": "task"}.get(kind, kind.removeprefix("verify_"))


def _rungs(found: list[ToDo]) -> dict[tuple[str, int, str, date | None], str]:
    rows = {row for todo in found for row in (todo.row,)}
    held: dict[tuple[str, int, str, date | None], str] = {}
    for subject, row, period, due, rung in Escalation.objects.filter(removed_at=None, row__in=rows).values_list(
        "subject", "row", "period", "due", "rung"
    ):
        key = (subject, row, period, due)
        if _grave(rung) > _grave(held.get(key, "")):
            held[key] = rung
    return held


def _grave(rung: str) -> int:
    return RUNG_ORDER.index(rung) + 1 if rung in RUNG_ORDER else 0
