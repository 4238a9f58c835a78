"""How a task, a supervision order or a problem may go on: the steps allowed from each state, as data (`data/steps.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from liantu.vocabulary.tables import read_table, split

MACHINES = ("task", "order", "problem")
ENDED: frozenset[str] = frozenset({"closed", "cancelled", "withdrawn"})
"""States in which nothing more is owed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way on. `who` is `other` when those who did the work may not take it; `words` says that it needs a reason."""

    machine: str
    action: str
    before: tuple[str, ...]
    after: str
    name_zh: str
    name_en: str
    who: Literal["anyone", "other"]
    words: bool
    source: str


@cache
def steps() -> MappingProxyType[str, MappingProxyType[str, Step]]:
    """All steps by machine and action.

    Raises VocabularyError for a step twice, an unknown machine, or a state that no step leads to and none leaves.
    """
    table = read_table(
        "steps.csv",
        ("machine", "action", "before", "after", "name_zh", "name_en", "who", "needs", "source"),
        package=__package__,
    )
    table.require_unique("machine", "action")
    table.require_known("machine", MACHINES)
    table.require_known("who", ("anyone", "other"))
    table.require_known("needs", ("words",))
    found: dict[str, dict[str, Step]] = {machine: {} for machine in MACHINES}
    for line, r in table.rows:
        if not split(r["before"]) or not r["after"] or r["after"] in split(r["before"]):
            raise table.error(line, "要写从哪些状态到哪个状态", "say from which states to which other one")
        found[r["machine"]][r["action"]] = Step(
            r["machine"],
            r["action"],
            split(r["before"]),
            r["after"],
            r["name_zh"],
            r["name_en"],
            "other" if r["who"] == "other" else "anyone",
            r["needs"] == "words",
            r["source"],
        )
    return MappingProxyType({machine: MappingProxyType(rows) for machine, rows in found.items()})


def allowed(machine: str, state: str) -> tuple[Step, ...]:
    """The steps that lead on from a state, in the order of the data."""
    return tuple(step for step in steps()[machine].values() if state in step.before)


def find_step(machine: str, state: str, action: str) -> Step:
    """The step `action` from `state`. Raises ValueError, in words, when there is none or it does not lead on from there."""
    step = steps()[machine].get(action)
    if step is None:
        raise ValueError(f"没有“{action}”这一步 / there is no step {action!r}")
    if state not in step.before:
        may_zh = "、".join(s.name_zh for s in allowed(machine, state)) or "不能再办"
        may_en = ", ".join(s.name_en for s in allowed(machine, state)) or "nothing"
        raise ValueError(
            f"现在的状态不能“{step.name_zh}”，可以：{may_zh} / "
            f"not from here: {step.name_en}; what can be done now: {may_en}"
        )
    return step
