"""Steps of tasks, supervision orders and problems: only those that lead on, with words where they need them, verified by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from liantu.ledger.models import ProjectProblem, SupervisionOrder, Task, WorkChange
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.work.doers import doers, refuse_own_verification
from liantu.ledger.work.recording import open_record, refuse_stale, saved
from liantu.ledger.work.rules import check
from liantu.ledger.writing import writing
from liantu.tracking import Step, allowed, find_step

MACHINE_OF: Mapping[str, str] = {"task": "task", "order": "order", "problem": "problem"}
"""Kinds of records that move by steps, and the machine of each."""
_PROBLEM_STATES = {"open": "open", "solved": "verifying", "closed": "closed"}


def state_of(row: WorkRecord) -> str:
    """The state of a record in its machine."""
    if isinstance(row, ProjectProblem):
        return _PROBLEM_STATES[row.state]
    assert isinstance(row, Task | SupervisionOrder)
    return str(row.state)


def steps_from(kind: str, row: WorkRecord, by: str) -> list[tuple[Step, bool]]:
    """The steps that lead on from where a record stands, each with whether `by` may take it."""
    own = by in doers(kind, row)
    return [(step, step.who != "other" or not own) for step in allowed(MACHINE_OF[kind], state_of(row))]


def take_step(kind: str, pk: int, version: int, action: str, by: str, words: str, today: date) -> WorkChange:
    """Take one step with a record that was opened at `version`.

    Args:
        words: what was done, found, or why; steps say whether they need it.
        today: the day of the step.

    Raises:
        ValueError: the step does not lead on from here, needs words, or is to be taken by somebody else; in both languages.
        StaleEditError: the record changed meanwhile.
    """
    with writing():
        row = open_record(kind, pk)
        refuse_stale(kind, row, version)
        step = find_step(MACHINE_OF[kind], state_of(row), action)
        words = words.strip()
        if step.words and not words:
            raise ValueError(f"“{step.name_zh}”要写明情况 / say why or what, to {step.name_en}")
        if step.who == "other":
            refuse_own_verification(kind, row, by)
        before = {column: row.column_value(column) for column in row.COLUMNS}
        for column, value in _columns(row, step, by, words, today).items():
            setattr(row, column, value)
        check(row)
        after = {column: row.column_value(column) for column in row.COLUMNS}
        changed = [column for column in row.COLUMNS if before[column] != after[column]]
        return saved(
            kind,
            row,
            WorkChange.Action.CHANGED,
            {column: before[column] for column in changed},
            {column: after[column] for column in changed},
            by,
            f"{step.name_zh}：{words}" if words else step.name_zh,
        )


def _columns(row: WorkRecord, step: Step, by: str, words: str, today: date) -> dict[str, Any]:
    if isinstance(row, ProjectProblem):
        if step.action == "propose":
            return {"solved_on": today, "solution": words}
        if step.action == "verify":
            return {"verified_on": max(today, row.solved_on or today), "verified_by": by}
        return {"solved_on": None, "verified_on": None, "verified_by": ""}
    if step.action == "assign":
        assert isinstance(row, Task)
        if row.owner_id is None and not row.owner_unit.strip():
            raise ValueError("先写责任人或责任单位，再派发 / name a person or a unit first")
    return {"state": step.after}
