"""Stages of a project out of what was said of it, in whatever order it was said and done.

Land may be obtained before approval, and a report of production may come without any of the start: events are kept as they are,
the stage is derived, and what stands out of order is told rather than corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal

from liantu.vocabulary import stages
from liantu.vocabulary.stages import side_states
from liantu.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class StageEvent:
    """Somebody said that a project reached a stage, or a side state.

    Attributes:
        stage: a canonical stage, or a side state (`paused`, `cancelled`, `changed`).
        on: the day it happened; None when unknown.
        statement: id of the statement that says it.
        status: `actual`, or `plan` / `target` for what is to come, which reaches nothing.
        phase: 一期, 二期 …; each phase has stages of its own. Empty for the whole project.
    """

    stage: str
    on: date | None
    statement: str = ""
    status: Literal["actual", "plan", "target"] = "actual"
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """From one dated stage to the next dated one. `forward` is False where the canonical order is broken."""

    before: str
    after: str
    on: date
    days: int
    forward: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a project (or one phase of it) stands.

    Attributes:
        stage: the furthest canonical stage reached; `""` when nothing is said.
        since: when it was first reached, as far as that is dated.
        side: paused, cancelled or changed, when that still holds; it overlays the stage.
        reached: stages said to be reached, with the earliest day known, in canonical order.
        implied: stages nobody spoke of, but that those reached cannot do without.
        transitions: dated steps in order of time.
        contradictions: ids of statements that report a stage after the project was cancelled.
    """

    stage: str
    since: date | None
    side: str
    reached: tuple[tuple[str, date | None], ...]
    implied: frozenset[str]
    transitions: tuple[Transition, ...]
    contradictions: tuple[str, ...] = ()

    def has_reached(self, stage: str, by: date | None = None) -> bool:
        """Whether `stage` was reached, said or implied. With `by`, only what is dated up to that day."""
        days = dict(self.reached)
        if by is None:
            return stage in days or stage in self.implied
        dated = [s for s, day in self.reached if day is not None and day <= by]
        return stage in dated or any(stage in implied_by(s) for s in dated)


@cache
def _implications() -> dict[str, str]:
    table = read_table("stage_implies.csv", ("stage", "implies", "source"), package=__package__)
    table.require_unique("stage")
    table.require_known("stage", stages())
    table.require_known("implies", stages())
    return {r["stage"]: r["implies"] for _, r in table.rows}


@cache
def implied_by(stage: str) -> frozenset[str]:
    """Stages that a project at `stage` must have passed. Paper steps (approval, land) are never implied: they may be missing."""
    below = _implications().get(stage)
    return frozenset() if below is None else implied_by(below) | {below}


@cache
def event_stages() -> dict[str, str]:
    """Event (as the reader names it) → the stage that it reaches; unveilings and certificates reach none."""
    table = read_table("event_stages.csv", ("event", "stage", "source"), package=__package__)
    table.require_unique("event")
    table.require_known("stage", stages())
    return {r["event"]: r["stage"] for _, r in table.rows}


def progress(events: Iterable[StageEvent], as_of: date | None = None, phase: str = "") -> Progress:
    """Where a project stands on `as_of` (today's knowledge when None), from the events of one `phase`.

    Events dated later, and plans and targets, do not count. Undated ones count as reached, but make no transition.

    Raises:
        ValueError: an event with an unknown stage.
    """
    sides = {s.value for s in side_states()}
    order = {s.value: s.order for s in stages().values()}
    known = [e for e in events if e.status == "actual" and e.phase == phase and not _later(e.on, as_of)]
    for event in known:
        if event.stage not in order and event.stage not in sides:
            raise ValueError(f"没有这个阶段：{event.stage} / no such stage: {event.stage}")
    steps = [e for e in known if e.stage in order]
    first: dict[str, date | None] = {}
    for event in steps:
        seen = first.get(event.stage)
        first[event.stage] = min((d for d in (seen, event.on) if d is not None), default=None)
    reached = tuple(sorted(first.items(), key=lambda pair: order[pair[0]]))
    side, contradictions = _side([e for e in known if e.stage in sides], steps)
    stage, since = reached[-1] if reached else ("", None)
    return Progress(
        stage,
        since,
        side,
        reached,
        frozenset(i for s in first for i in implied_by(s)) - first.keys(),
        _transitions(steps, order),
        contradictions,
    )


def _later(day: date | None, as_of: date | None) -> bool:
    return day is not None and as_of is not None and day > as_of


def _transitions(steps: list[StageEvent], order: dict[str, int]) -> tuple[Transition, ...]:
    earliest: dict[str, StageEvent] = {}
    for event in sorted((e for e in steps if e.on is not None), key=lambda e: (e.on or date.min, order[e.stage])):
        earliest.setdefault(event.stage, event)
    dated = list(earliest.values())
    found = []
    for before, after in pairwise(dated):
        if before.on is None or after.on is None:  # they are dated; said for the type checker
            continue
        statements = tuple(s for s in (before.statement, after.statement) if s)
        forward = order[after.stage] > order[before.stage]
        found.append(Transition(before.stage, after.stage, after.on, (after.on - before.on).days, forward, statements))
    return tuple(found)


def _side(said: list[StageEvent], steps: list[StageEvent]) -> tuple[str, tuple[str, ...]]:
    """The side state that holds, and statements that contradict a cancellation.

    A stage reported on a later day ends a pause or a change. It does not undo a cancellation: that is for a person to settle.
    """
    last_step = max((e.on for e in steps if e.on is not None), default=None)
    cancelled = [e for e in said if e.stage == "cancelled"]
    if cancelled:
        day = min((e.on for e in cancelled if e.on is not None), default=None)
        after = [e.statement for e in steps if day is not None and e.on is not None and e.on > day]
        return "cancelled", tuple(after)
    holding = [e for e in said if e.on is None or last_step is None or e.on >= last_step]
    latest = max(holding, key=lambda e: (e.on or date.min, e.stage), default=None)
    return (latest.stage if latest else ""), ()
