"""The ladder of supervision: what happens when something is so many days late, who is told, and in which words.

The rungs are data (`data/ladder.csv`), the words too (`data/escalation_texts.csv`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from string import Formatter
from types import MappingProxyType
from typing import Literal

from liantu.vocabulary.tables import read_table
from liantu.vocabulary.work_words import work_words

from .working_days import WorkingCalendar

KINDS = MappingProxyType(
    {"task": "problem_level", "problem": "problem_level", "order": "order_rank", "duty": "cadence"}
)
"""The set of words that says of which kind a subject is."""
BLANKS = frozenset({"to", "title", "unit", "due", "overdue", "count", "reply"})
"""What the words of a rung may leave open."""
SUBJECTS = ("task", "problem", "order", "duty")
RUNGS = ("reminder", "notice", "order", "report")
"""From the mildest to the gravest."""


@dataclass(frozen=True, slots=True)
class Rung:
    """From `days` overdue (of `count` days) on, `rung` is owed to whoever is `to`, where nobody is, `else_to`; `told` says so in words.

    `kind` narrows it to one sort of the subject: of a task or problem its level, of an order its rank, of a duty its cadence.
    """

    subject: str
    days: int
    count: Literal["working", "calendar"]
    rung: str
    told: str
    source: str
    kind: str = ""
    to: str = ""
    else_to: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A rung that something has come to: since which day, and how many days overdue it is now."""

    rung: Rung
    since: date
    overdue: int


def ladder(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Rungs in order. Raises ValueError when one comes twice, or a graver one not later than a milder one."""
    found = tuple(sorted(rungs, key=lambda r: (SUBJECTS.index(r.subject), r.kind, RUNGS.index(r.rung))))
    for before, after in pairwise(found):
        if (before.subject, before.kind) != (after.subject, after.kind):
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
    columns = ("subject", "kind", "days", "count", "rung", "to", "else_to", "told", "source")
    table = read_table("ladder.csv", columns, package=__package__)
    table.require_unique("subject", "kind", "rung")
    table.require_known("subject", SUBJECTS)
    table.require_known("rung", RUNGS)
    for column in ("to", "else_to"):
        table.require_known(column, work_words()["escalation_to"])
    table.require_known("count", ("working", "calendar"))
    found = []
    for line, r in table.rows:
        if not r["days"].isdecimal() or int(r["days"]) < 1:
            raise table.error(line, "天数要是正整数", "days must be a whole number from 1")
        if r["kind"] and r["kind"] not in kinds_of(r["subject"]):
            raise table.error(line, f"没有种类“{r['kind']}”", f"there is no kind {r['kind']!r}")
        count: Literal["working", "calendar"] = "working" if r["count"] == "working" else "calendar"
        told = (r["told"], r["source"], r["kind"], r["to"], r["else_to"])
        found.append(Rung(r["subject"], int(r["days"]), count, r["rung"], *told))
    return ladder(found)


def kinds_of(subject: str) -> tuple[str, ...]:
    """The kinds that the rungs of a subject may be narrowed to."""
    return tuple(work_words()[KINDS[subject]])


@cache
def escalation_texts() -> MappingProxyType[str, str]:
    """What is said at each rung, with blanks such as {title}. Raises VocabularyError for a blank that nothing fills."""
    table = read_table("escalation_texts.csv", ("rung", "text", "source"), package=__package__)
    table.require_unique("rung")
    table.require_known("rung", RUNGS)
    for line, r in table.rows:
        if strange := {name for _, name, _, _ in Formatter().parse(r["text"]) if name is not None} - BLANKS:
            said = "、".join(sorted(strange))
            raise table.error(line, f"没有可填的“{said}”", f"nothing fills {said}")
    return MappingProxyType({r["rung"]: r["text"] for _, r in table.rows})


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
    kind: str = "",
) -> list[Owed]:
    """The rungs that something overdue has come to and that are not recorded yet, the mildest first.

    Rungs narrowed to the `kind` of the subject stand in the place of the general ones, where there are any.
    """
    of_subject = [rung for rung in rungs if rung.subject == subject]
    own = [rung for rung in of_subject if kind and rung.kind == kind]
    found = []
    for rung in own or [rung for rung in of_subject if not rung.kind]:
        if rung.rung in recorded:
            continue
        overdue = overdue_days(due, today, rung.count, calendar)
        if overdue >= rung.days:
            working = rung.count == "working"
            since = calendar.shifted(due, rung.days) if working else due + timedelta(days=rung.days)
            found.append(Owed(rung, since, overdue))
    return found
