"""The ladder of supervision: what happens when something is so many days late. The rungs are data (`data/ladder.csv`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Literal

from liantu.vocabulary.tables import read_table

from .working_days import WorkingCalendar

SUBJECTS = ("task", "problem", "order", "duty")
RUNGS = ("reminder", "notice", "order", "report")
"""From the mildest to the gravest."""


@dataclass(frozen=True, slots=True)
class Rung:
    """From `days` overdue (of `count` days) on, `rung` is owed to `told`."""

    subject: str
    days: int
    count: Literal["working", "calendar"]
    rung: str
    told: str
    source: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A rung that something has come to: since which day, and how many days overdue it is now."""

    rung: Rung
    since: date
    overdue: int


def ladder(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Rungs in order. Raises ValueError when one comes twice, or a graver one not later than a milder one."""
    found = tuple(sorted(rungs, key=lambda r: (SUBJECTS.index(r.subject), RUNGS.index(r.rung))))
    for before, after in pairwise(found):
        if before.subject != after.subject:
            continue
        if before.rung == after.rung:
            raise ValueError(f"{before.rung} 有两级 / {before.rung} comes twice")
        if before.count == after.count and after.days <= before.days:
            raise ValueError(
                f"{after.rung}（{after.days}天）应晚于{before.rung}（{before.days}天） / "
                f"{after.rung} ({after.days} days) must come later than {before.rung} ({before.days} days)"
            )
    return found


@cache
def shipped_ladder() -> tuple[Rung, ...]:
    """The rungs shipped: office practice, to be changed by those who use them."""
    table = read_table("ladder.csv", ("subject", "days", "count", "rung", "told", "source"), package=__package__)
    table.require_unique("subject", "rung")
    table.require_known("subject", SUBJECTS)
    table.require_known("rung", RUNGS)
    table.require_known("count", ("working", "calendar"))
    found = []
    for line, r in table.rows:
        if not r["days"].isdecimal() or int(r["days"]) < 1:
            raise table.error(line, "天数要是正整数", "days must be a whole number from 1")
        count: Literal["working", "calendar"] = "working" if r["count"] == "working" else "calendar"
        found.append(Rung(r["subject"], int(r["days"]), count, r["rung"], r["told"], r["source"]))
    return ladder(found)


def overdue_days(due: date, today: date, count: str, calendar: WorkingCalendar) -> int:
    """Days after `due` up to `today`, of working or of all days; 0 when it is not past."""
    if today <= due:
        return 0
    return calendar.between(due, today) if count == "working" else (today - due).days


def owed(
    rungs: Iterable[Rung],
    subject: str,
    due: date,
    today: date,
    calendar: WorkingCalendar,
    recorded: Collection[str] = (),
) -> list[Owed]:
    """The rungs that something overdue has come to and that are not recorded yet, the mildest first."""
    found = []
    for rung in rungs:
        if rung.subject != subject or rung.rung in recorded:
            continue
        overdue = overdue_days(due, today, rung.count, calendar)
        if overdue >= rung.days:
            working = rung.count == "working"
            since = calendar.shifted(due, rung.days) if working else due + timedelta(days=rung.days)
            found.append(Owed(rung, since, overdue))
    return found
