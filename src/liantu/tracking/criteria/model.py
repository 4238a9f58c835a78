"""Criteria sets, their clauses, and what is known of the one they are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from liantu.vocabulary.tables import read_table, split

Operator = Literal[">=", ">", "<=", "<", "=", "yes", "one_of"]
OPERATORS: tuple[Operator, ...] = (">=", ">", "<=", "<", "=", "yes", "one_of")
Subject = Literal["enterprise", "town", "zone"]
SUBJECTS: tuple[Subject, ...] = ("enterprise", "town", "zone")
State = Literal["entered", "not_published", "not_at_hand", "common_usage"]
STATES: tuple[State, ...] = ("entered", "not_published", "not_at_hand", "common_usage")
FieldKind = Literal["number", "yes_no", "word"]


@dataclass(frozen=True, slots=True)
class CriterionField:
    """Something that clauses ask of a subject. `indicators` are the words under which figures say it."""

    id: str
    name_zh: str
    name_en: str
    kind: FieldKind
    unit: str
    subjects: tuple[str, ...]
    figure_kind: str
    indicators: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition. `value` is None where the threshold is not known; `state` says why."""

    id: str
    text: str
    field: str
    operator: Operator
    value: float | None
    unit: str
    words: tuple[str, ...]
    state: State
    cite: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which `least` must be met: all of them, any one, or k of n."""

    text: str
    least: int
    parts: tuple[Clause | Group, ...]
    cite: str = ""


@dataclass(frozen=True, slots=True)
class CriterionSet:
    """The conditions of one tier or title as they hold from one day to another (None: until further notice)."""

    id: str
    scheme: str
    name_zh: str
    name_en: str
    subject: Subject
    effective_from: date | None
    effective_to: date | None
    origin: str
    complete: bool
    note: str
    root: Group

    def clauses(self) -> tuple[Clause, ...]:
        """All conditions in the order of the text."""
        return tuple(_clauses(self.root))


def _clauses(group: Group) -> list[Clause]:
    found: list[Clause] = []
    for part in group.parts:
        found += [part] if isinstance(part, Clause) else _clauses(part)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one field: a number between `low` and `high` (equal when it is exact), or a word, or yes or no.

    `statements` are the ids of the sentences it rests on; `by_hand` says that a person entered it.
    """

    low: float | None = None
    high: float | None = None
    unit: str = ""
    word: str = ""
    yes: bool | None = None
    on: date | None = None
    statements: tuple[str, ...] = ()
    by_hand: bool = False
    differs: bool = False  # sources of one day say different things


@cache
def criterion_fields() -> MappingProxyType[str, CriterionField]:
    """The fields by id. Raises VocabularyError for a row that cannot be."""
    columns = ("field", "name_zh", "name_en", "kind", "unit", "subjects", "figure_kind", "indicators", "source")
    table = read_table("criterion_fields.csv", columns, "liantu.tracking")
    table.require_unique("field")
    table.require_known("kind", ("number", "yes_no", "word"))
    table.require_known("subjects", SUBJECTS, many=True)
    table.require_known("figure_kind", ("level", "share", "change"))
    return MappingProxyType(
        {
            r["field"]: CriterionField(
                r["field"],
                r["name_zh"],
                r["name_en"],
                cast(FieldKind, r["kind"]),
                r["unit"],
                split(r["subjects"]),
                r["figure_kind"],
                split(r["indicators"]),
                r["source"],
            )
            for _, r in table.rows
        }
    )
