"""Holding a set against what is known: each clause met, not met or no data; the whole by three-valued logic.

No data is never taken for no: a set is refused only when what is known refuses it, and met only when what is known meets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from liantu.vocabulary.units import comparable, convert

from .model import Clause, CriterionSet, Group, Known, criterion_fields

Result = Literal["met", "not_met", "no_data"]
Reason = Literal["", "no_value", "not_published", "not_at_hand", "bound_open", "sources_differ", "unit_differs"]
Verdict = Literal["met", "one_short", "not_met", "no_data"]
VERDICTS: tuple[Verdict, ...] = ("met", "one_short", "no_data", "not_met")


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """One clause with what was known. `reason` says why there is no data."""

    clause: Clause
    result: Result
    reason: Reason
    known: Known | None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group with its parts. `lacking` counts the clauses that must yet become met, at least."""

    group: Group
    result: Result
    parts: tuple[ClauseResult | GroupResult, ...]
    lacking: int


@dataclass(frozen=True, slots=True)
class SetResult:
    """A set held against one subject.

    `verdict` is `one_short` when a single condition, known not to be met, stands between it and the title (缺一项).
    `missing` are the clauses that are not met or unknown, cheapest way first; `n_known` of `n` clauses had a value.
    """

    set: CriterionSet
    verdict: Verdict
    whole: GroupResult
    missing: tuple[ClauseResult, ...]
    n: int
    n_known: int

    def clause_results(self) -> tuple[ClauseResult, ...]:
        """Every clause in the order of the text."""
        return tuple(_leaves(self.whole))


def evaluate(criteria: CriterionSet, known: Mapping[str, Known]) -> SetResult:
    """Hold `criteria` against what is known, by field.

    Raises:
        ValueError: a number whose unit does not convert to the clause's: it is another thing, and comparing would be wrong.
    """
    whole = _group(criteria.root, known)
    leaves = list(_leaves(whole))
    missing = tuple(_needed(whole))
    verdict: Verdict = whole.result
    if whole.result == "not_met" and whole.lacking == 1:
        verdict = "one_short"
    return SetResult(criteria, verdict, whole, missing, len(leaves), sum(leaf.known is not None for leaf in leaves))


def _group(group: Group, known: Mapping[str, Known]) -> GroupResult:
    parts = tuple(_group(p, known) if isinstance(p, Group) else _clause(p, known) for p in group.parts)
    met = sum(p.result == "met" for p in parts)
    possible = met + sum(p.result == "no_data" for p in parts)
    result: Result = "met" if met >= group.least else "no_data" if possible >= group.least else "not_met"
    return GroupResult(group, result, parts, sum(sorted(_cost(p) for p in parts)[: group.least]))


def _cost(part: ClauseResult | GroupResult) -> int:
    return part.lacking if isinstance(part, GroupResult) else int(part.result != "met")


def _needed(group: GroupResult) -> list[ClauseResult]:
    """The clauses on the cheapest way to meeting the group."""
    found: list[ClauseResult] = []
    for part in sorted(group.parts, key=_cost)[: group.group.least]:
        if isinstance(part, GroupResult):
            found += _needed(part)
        elif part.result != "met":
            found.append(part)
    return found


def _leaves(group: GroupResult) -> list[ClauseResult]:
    found: list[ClauseResult] = []
    for part in group.parts:
        found += _leaves(part) if isinstance(part, GroupResult) else [part]
    return found


def _clause(clause: Clause, known: Mapping[str, Known]) -> ClauseResult:
    value = known.get(clause.field)
    if clause.state in ("not_published", "not_at_hand") and criterion_fields()[clause.field].kind == "number":
        return ClauseResult(
            clause, "no_data", "not_published" if clause.state == "not_published" else "not_at_hand", value
        )
    if value is None:
        return ClauseResult(clause, "no_data", "no_value", None)
    if clause.operator == "yes":
        yes = value.yes
        return ClauseResult(
            clause,
            "no_data" if yes is None else "met" if yes else "not_met",
            "" if yes is not None else "no_value",
            value,
        )
    if clause.operator == "one_of":
        if not value.word:
            return ClauseResult(clause, "no_data", "no_value", value)
        return ClauseResult(clause, "met" if value.word in clause.words else "not_met", "", value)
    return _number(clause, value)


def _number(clause: Clause, value: Known) -> ClauseResult:
    if value.low is None or value.high is None or clause.value is None:
        return ClauseResult(clause, "no_data", "no_value", value)
    if not comparable(value.unit, clause.unit):
        raise ValueError(
            f"条款“{clause.text}”的单位是“{clause.unit}”，已知的数是“{value.unit}”，不能换算 / "
            f"clause {clause.id} is in {clause.unit!r}, the figure in {value.unit!r}: they do not convert"
        )
    low, high = (_converted(v, value.unit, clause.unit) for v in (value.low, value.high))
    line = clause.value
    good, bad = {
        ">=": (low >= line, high < line),
        ">": (low > line, high <= line),
        "<=": (high <= line, low > line),
        "<": (high < line, low >= line),
        "=": (low == high == line, high < line or low > line),
    }[clause.operator]
    if good or bad:
        return ClauseResult(clause, "met" if good else "not_met", "", value)
    return ClauseResult(clause, "no_data", "sources_differ" if value.differs else "bound_open", value)


def _converted(value: float, source: str, target: str) -> float:
    if source == target or value in (float("inf"), float("-inf")):
        return value
    return convert(value, source, target)
