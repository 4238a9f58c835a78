"""What is late and has come to a rung of the ladder; recording that it was chased. The day is always given, never the clock's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liantu.ledger.duties.addressing import Addressee, Addresses
from liantu.ledger.duties.due import live_duties, owing
from liantu.ledger.duties.settings import office_calendar, office_ladder
from liantu.ledger.models import Escalation, ProjectProblem, ProjectView, SupervisionOrder, Task, WorkChange
from liantu.ledger.rights import unrestricted
from liantu.ledger.standing import batches
from liantu.ledger.work.recording import add_record
from liantu.ledger.writing import writing
from liantu.tracking import Owed, owed
from liantu.tracking.ladder import escalation_texts

LOOK_BACK = timedelta(days=92)
"""Periods of duties due longer ago stay visible as missed, and are not chased any more."""
REPLY_WITHIN = 5
"""Working days that an order made out of something overdue gives for the reply; the order can be changed."""
LATE_TASKS = ("open", "assigned", "in_progress", "escalated")


@dataclass(frozen=True, slots=True)
class Late:
    """Something past its day. `period` is set for duties."""

    subject: str
    row: int
    title: str
    due: date
    region_code: str
    chain: str
    owner_id: int | None
    owner_unit: str
    period: str = ""
    kind: str = ""  # of a task or problem its level, of an order its rank, of a duty its cadence

    @property
    def key(self) -> tuple[str, int, str, date]:
        """Which climb it is on: a new deadline begins another."""
        return self.subject, self.row, self.period, self.due


@dataclass(frozen=True, slots=True)
class Chase:
    """A rung that something late has come to and that nobody recorded yet: to whom it would go, in which words."""

    late: Late
    owed: Owed
    to: Addressee
    text: str

    @property
    def id(self) -> str:
        """Names it in a form: `task:5::2026-09-24:notice`."""
        late = self.late
        return f"{late.subject}:{late.row}:{late.period}:{late.due.isoformat()}:{self.owed.rung.rung}"


def all_late(today: date) -> list[Late]:
    """Everything past its day and not done: tasks, problems, orders without reply, duties missed lately."""
    return [*_tasks(today), *_problems(today), *_orders(today), *_duties(today)]


def chases(today: date) -> list[Chase]:
    """The rungs that are owed on a day and not recorded, the longest overdue first."""
    calendar, rungs = office_calendar(), office_ladder()
    recorded: dict[tuple[str, int, str, date], set[str]] = {}
    for row in Escalation.objects.filter(removed_at=None).values_list("subject", "row", "period", "due", "rung"):
        recorded.setdefault((row[0], row[1], row[2], row[3]), set()).add(row[4])
    climbing = [
        (late, step)
        for late in all_late(today)
        for step in owed(rungs, late.subject, late.due, today, calendar, recorded.get(late.key, ()), late.kind)
    ]
    people = Addresses(today, {late.owner_id for late, _step in climbing if late.owner_id is not None})
    reply = calendar.shifted(today, REPLY_WITHIN)
    found = []
    for late, step in climbing:
        to = people.of(step.rung, late.region_code, late.chain, late.owner_id, late.owner_unit)
        found.append(Chase(late, step, to, _text(late, step, to, reply)))
    return sorted(found, key=lambda c: (c.late.due, c.late.subject, c.late.row, c.owed.since))


def escalate(today: date, by: str, only: Collection[str] | None = None) -> list[WorkChange]:
    """Record every rung owed on a day (or `only` those with these ids), and make out the orders that the ladder asks for.

    All or nothing. Doing it again on the same day changes nothing more.
    """
    seen = {chase.id for chase in chases(today)}  # before writing: of what whoever asks may see
    wanted = seen if only is None else seen & set(only)
    with writing():
        calendar, made = office_calendar(), []
        for chase in (chase for chase in chases(today) if chase.id in wanted):
            late, step = chase.late, chase.owed
            order = None
            if step.rung.rung == "order" and late.subject in ("task", "problem") and (unit := _unit(late)):
                order = add_record("order", _order(late, unit, today, calendar.shifted(today, REPLY_WITHIN)), by).row
            values: dict[str, Any] = {
                "subject": late.subject,
                "row": late.row,
                "period": late.period,
                "rung": step.rung.rung,
                "due": late.due,
                "since": step.since,
                "on": today,
                "overdue": step.overdue,
                "told": chase.to.label[:128],
                "role": chase.to.role,
                "person_id": chase.to.person.pk if chase.to.person is not None else None,
                "text": chase.text,
                "title": late.title[:255],
                "order_id": order,
                "region_code": late.region_code,
                "chain": late.chain,
            }
            made.append(add_record("escalation", values, by))
        return made


def _text(late: Late, step: Owed, to: Addressee, reply: date) -> str:
    count = "个工作日" if step.rung.count == "working" else "天"
    title = f"{late.title}（{late.period}）" if late.period else late.title
    unit = late.owner_unit or to.label
    return escalation_texts()[step.rung.rung].format(
        to=to.label, title=title, unit=unit, due=late.due, overdue=step.overdue, count=count, reply=reply
    )


def next_number(year: int) -> str:
    """The number of the next order of a year: 督〔2026〕3号. Orders that one may not see have theirs: no number is given twice."""
    with unrestricted():
        numbers = list(
            SupervisionOrder.objects.filter(number__startswith=f"督〔{year}〕").values_list("number", flat=True)
        )
    used = [int(text) for n in numbers if (text := n.removeprefix(f"督〔{year}〕").removesuffix("号")).isdecimal()]
    return f"督〔{year}〕{max(used, default=0) + 1}号"


def _order(late: Late, unit: str, today: date, due: date) -> dict[str, Any]:
    return {
        "number": next_number(today.year),
        "title": late.title[:255],
        "requirement": f"原期限 {late.due.isoformat()}，至今未办结。请说明原因、办理计划和办结日期，并在期限内答复。",
        "rank": "ordinary",
        "origin": "overdue",
        "task_id": late.row if late.subject == "task" else None,
        "problem_id": late.row if late.subject == "problem" else None,
        "issued_on": today,
        "owner_id": late.owner_id,
        "owner_unit": unit,
        "due": due,
        "region_code": late.region_code,
        "chain": late.chain,
    }


def _unit(late: Late) -> str:
    return late.owner_unit[:128]


def _tasks(today: date) -> Iterator[Late]:
    rows = Task.objects.filter(removed_at=None, state__in=LATE_TASKS, due__lt=today).select_related("owner")
    for row in rows.order_by("pk"):
        unit = row.owner_unit or (row.owner.unit or row.owner.name if row.owner else "")
        assert row.due is not None
        yield Late("task", row.pk, row.title, row.due, row.region_code, row.chain, row.owner_id, unit, "", row.level)


def _problems(today: date) -> Iterator[Late]:
    rows = list(
        ProjectProblem.objects.filter(removed_at=None, solved_on=None, verified_on=None, due__lt=today)
        .select_related("project")
        .order_by("pk")
    )
    homes = {row.project_id: row.project.canonical_id or row.project_id for row in rows}
    places: dict[int, tuple[str, str]] = {}
    for part in batches(sorted(set(homes.values()))):
        for pk, city, region, chain in ProjectView.objects.filter(pk__in=part).values_list(
            "pk", "city_code", "region_code", "chain_name"
        ):
            places[pk] = (region or city, chain)
    for row in rows:
        region, chain = places.get(homes[row.project_id], ("", ""))
        assert row.due is not None
        yield Late(
            "problem", row.pk, f"{row.project.name}：{row.text}", row.due, region, chain, None, row.owner, "", row.level
        )


def _orders(today: date) -> Iterator[Late]:
    for row in SupervisionOrder.objects.filter(removed_at=None, state="issued", due__lt=today).order_by("pk"):
        yield Late(
            "order", row.pk, row.title, row.due, row.region_code, row.chain, row.owner_id, row.owner_unit, "", row.rank
        )


def _duties(today: date) -> Iterator[Late]:
    for item in owing(live_duties(), today, today, office_calendar()):
        duty, due = item.duty, item.instance.due
        if item.state == "late" and due >= today - LOOK_BACK:
            key = item.instance.period.key
            yield Late(
                "duty",
                duty.pk,
                duty.title,
                due,
                duty.region_code,
                duty.chain,
                duty.owner_id,
                duty.owner_unit,
                key,
                duty.cadence,
            )
