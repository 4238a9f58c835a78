"""The statement that a person puts in place of another: same evidence, other columns, the person as its origin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, get_args

from django.utils import timezone

from liantu.extraction.model import Bound, Kind, Status
from liantu.ledger.content import finished
from liantu.ledger.likeness import fold
from liantu.ledger.models import EntityName, Source, Statement
from liantu.ledger.naming import EntityFinder
from liantu.ledger.periods import bounds, is_period

CORRECTABLE = frozenset(
    {
        "subject_name",
        "property",
        "value",
        "unit",
        "bound",
        "figure_kind",
        "status",
        "period",
        "text_value",
        "object_name",
        "place",
        "chain",
    }
)
IN_PAYLOAD = frozenset({"place", "chain"})
FIGURE_COLUMNS = ("subject_name", "property", "value", "unit", "bound", "figure_kind", "status", "period")
COLUMNS_OF = {
    "project": ("subject_name", "text_value", "value", "object_name", "place", "chain"),
    "enterprise": ("subject_name", "text_value"),
    "chain": ("subject_name", "object_name", "text_value"),
    "relation": ("subject_name", "property", "object_name"),
    "event": ("subject_name", "property", "period", "place"),
}
"""What can be corrected of each kind of finding; of a figure, `FIGURE_COLUMNS`."""
OWN_KIND = frozenset({"project", "enterprise", "chain"})


def columns_of(statement: Statement) -> tuple[str, ...]:
    """The columns of a statement that a person can correct."""
    return FIGURE_COLUMNS if statement.figure_kind else COLUMNS_OF.get(statement.kind, ())


def said(statement: Statement, column: str) -> Any:
    """What a statement says in one of the `CORRECTABLE` columns."""
    return statement.payload.get(column, "") if column in IN_PAYLOAD else getattr(statement, column)


def check(figure: bool, columns: Mapping[str, Any]) -> None:
    """Raises ValueError, in both languages, for a value that a column cannot hold."""
    value = columns.get("value")
    if "value" in columns and (
        (value is None and figure)
        or (value is not None and not (isinstance(value, int | float) and math.isfinite(value)))
    ):
        raise ValueError("数值须是一个数 / the value must be a number")
    for column, allowed in (("bound", Bound), ("figure_kind", Kind), ("status", Status)):
        if figure and column in columns and columns[column] not in get_args(allowed):
            raise ValueError(f"“{columns[column]}”不是可用的取值 / {columns[column]!r} is not a value of {column}")
    if columns.get("period") and not is_period(columns["period"]):
        raise ValueError(
            "时期请写作 2024、2024-10、2024-01/2024-09 或 ../2024-10 / write the period as 2024, 2024-10, 2024-01/2024-09 or ../2024-10"
        )
    for column in ("subject_name", "property"):
        if column in columns and not str(columns[column]).strip():
            raise ValueError("主体和指标（名称）不能为空 / subject and indicator must not be empty")


def corrected(statement: Statement, changed: Mapping[str, Any], by: str) -> tuple[Statement, set[int]]:
    """A further statement with the evidence of `statement` and other columns, saved.

    Gives it with the entities whose canonical id changed because of its names. Raises ValueError (`check`).
    """
    check(bool(statement.figure_kind), changed)
    left_out = {"id", "retired", "kept", "by", "at", "payload"}
    copied = {
        f.attname: getattr(statement, f.attname) for f in Statement._meta.concrete_fields if f.name not in left_out
    }
    columns = {name: value for name, value in changed.items() if name not in IN_PAYLOAD}
    row = Statement(**copied | columns)
    row.payload = {k: v for k, v in statement.payload.items() if k not in {"missed", *IN_PAYLOAD & changed.keys()}}
    row.payload |= {name: changed[name] for name in IN_PAYLOAD & changed.keys() if changed[name]}
    row.payload["corrects"] = statement.pk
    row.confidence = 1.0
    if row.kind == "project" and not row.figure_kind:
        row.unit = "元" if row.value is not None else ""
    if row.kind == "event":
        row.text_value = row.period
    moved = named(row, statement, changed)
    return finished_by(row, by, statement.pk), moved


def finished_by(row: Statement, by: str, origin: str) -> Statement:
    """A person's statement with its periods, its author and its id; saved."""
    row.period_start, row.period_end = bounds(row.period)
    row.by, row.at = by, timezone.now()
    finished(row, f"{origin} {row.at.isoformat()}")
    row.save(force_insert=True)
    return row


def named(row: Statement, before: Statement | None, changed: Mapping[str, Any]) -> set[int]:
    """Find or make the entities that a person's statement names. Gives those whose canonical id changed."""
    source = row.source
    finder = EntityFinder(source, source.region_code if source else "")
    if "subject_name" in changed:
        kind = row.kind if row.kind in OWN_KIND and not row.figure_kind else kind_of(row.subject_name, source)
        kind = kind or (before.subject.kind if before is not None and before.subject and not row.figure_kind else "")
        row.subject = finder.find(row.subject_name, kind)
        if row.figure_kind and row.subject is not None:
            row.payload["subject_kind"] = row.subject.kind
    if "object_name" in changed:
        kind = "enterprise" if row.kind == "project" else kind_of(row.object_name, source)
        kind = kind or (before.object.kind if before is not None and before.object else "")
        row.object = finder.find(row.object_name, kind)
    return finder.moved


def kind_of(name: str, source: Source | None) -> str:
    """The kind of thing that a name stands for in this source, else anywhere in the ledger; empty when unknown."""
    known = EntityName.objects.filter(folded=fold(name)).values_list("source", "entity__kind").order_by("pk")
    kinds = list(known[:50])
    here = [kind for found, kind in kinds if source is not None and found == source.pk]
    return next(iter([*here, *(kind for _, kind in kinds)]), "")
