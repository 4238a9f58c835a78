"""The life of a project as one line: what documents tell and what officials entered, side by side and never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from liantu.ledger.models import StageEntry
from liantu.ledger.work.standings import entered_events
from liantu.tracking import progress
from liantu.vocabulary.stages import stages
from liantu.workbench import labels
from liantu.workbench.steps import Step


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of the line: a step that a document tells, or an entry of an official."""

    day: str  # for the order; a document that names no day stands at its own
    step: Step | None = None
    entry: StageEntry | None = None

    @property
    def code(self) -> str:
        """The stage, side state or event."""
        return self.entry.stage if self.entry is not None else self.step.code if self.step is not None else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A stage with its planned and its actual day. `days` is how much later it came; negative when earlier."""

    stage: str
    phase: str
    planned: date
    planned_before: date | None  # an earlier plan that the present one replaced
    actual: date | None
    days: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class PhaseStanding:
    """A phase and where it stands: by officials, and by documents."""

    name: str
    entered: str
    read: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One stage of the bar. `how` is entered, read, passed or nothing."""

    label: str
    how: str
    now: bool
    on: date | None


def moments(steps: Iterable[Step], entries: Iterable[StageEntry]) -> list[Moment]:
    """All events in the order of time; those without any day last."""
    order = {code: stage.order for code, stage in stages().items()}
    line = [Moment(step.day or step.said_on, step=step) for step in steps]
    line += [Moment(entry.on.isoformat() if entry.on else "", entry=entry) for entry in entries]
    return sorted(line, key=lambda m: (m.day or "9999", order.get(m.code, 99)))


def bar(entries: Sequence[StageEntry], read: Sequence[str], reading: str) -> list[Mark]:
    """The stages in order with what is known of each.

    Args:
        read: stages that documents tell.
        reading: the stage that the ledger's list shows out of documents.
    """
    entered = progress(entered_events([e for e in entries if not e.phase]), date.today())
    days = dict(entered.reached)
    order = list(stages())
    furthest = max((order.index(code) for code in (entered.stage, reading) if code in order), default=-1)
    found = []
    for at, code in enumerate(order):
        how = "entered" if code in days else "read" if code in read else "passed" if at < furthest else ""
        found.append(Mark(str(labels.STAGE[code]), how, at == furthest, days.get(code)))
    return found


def compared(entries: Sequence[StageEntry], today: date) -> list[Compared]:
    """Planned against actual days, stage by stage and phase by phase; only what has a plan. The plan entered last holds."""
    plans: dict[tuple[str, str], list[StageEntry]] = {}
    actual: dict[tuple[str, str], date] = {}
    for entry in sorted(entries, key=lambda e: e.pk):
        key = (entry.phase, entry.stage)
        if entry.planned and entry.on is not None:
            plans.setdefault(key, []).append(entry)
        elif not entry.planned and entry.on is not None:
            actual[key] = min(actual.get(key, entry.on), entry.on)
    order = {code: stage.order for code, stage in stages().items()}
    found = []
    for (phase, stage), rows in sorted(plans.items(), key=lambda pair: (pair[0][0], order.get(pair[0][1], 99))):
        plan, day = rows[-1].on, actual.get((phase, stage))
        assert plan is not None
        earlier = rows[-2].on if len(rows) > 1 and rows[-2].on != plan else None
        days = (day - plan).days if day is not None else (today - plan).days if today > plan else None
        found.append(Compared(stage, phase, plan, earlier, day, days, days is not None and days > 0))
    return found


def phases(entries: Sequence[StageEntry], steps: Iterable[Step], named: Iterable[str]) -> list[PhaseStanding]:
    """Each phase that a record, an entry or a sentence names, with the stage that either side gives it."""
    order = {code: stage.order for code, stage in stages().items()}
    read: dict[str, str] = {}
    for step in steps:
        for name, stage in step.phases:
            if order.get(stage, 0) >= order.get(read.get(name, ""), 0):
                read[name] = stage
    names = dict.fromkeys([*named, *(e.phase for e in entries if e.phase), *read])
    found = []
    for name in sorted(names, key=_phase_order):
        standing = progress(entered_events(list(entries)), date.today(), phase=name)
        found.append(PhaseStanding(name, standing.side or standing.stage, read.get(name, ""), standing.since))
    return found


def _phase_order(name: str) -> tuple[int, str]:
    numerals = "一二三四五六七八九十"
    return (numerals.index(name[0]) + 1 if name[:1] and name[0] in numerals else 99, name)
