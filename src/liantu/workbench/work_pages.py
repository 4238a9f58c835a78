"""What the page of one record of the office's work shows: what is kept of it, its parts in tables, the steps that lead on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from liantu.ledger.models import Escalation, Person, Source, Statement, WorkChange
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.rights import Action, may
from liantu.ledger.work.kinds import KINDS, field_of
from liantu.ledger.work.stepping import steps_from
from liantu.workbench.formatting import chinese
from liantu.workbench.project_records import Change, changes
from liantu.workbench.record_forms import label_of, told_columns, worded

CHANGES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a page. Rows are cells as (words, address or nothing) with the address where the row is changed."""

    anchor: str
    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[Sequence[tuple[str, str]], str]]
    add: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that leads on, and whether whoever looks may take it."""

    action: str
    name: str
    words: bool
    open: bool
    other: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence that a record rests on, and the address that opens it."""

    sentence: str
    source: str
    url: str


def rows_section(
    kind: str, parent: WorkRecord, found: Iterable[Any], columns: Sequence[str], title: str = "", hint: str = ""
) -> Section:
    """A table of the records of one kind that belong to `parent`."""
    rows = []
    for row in found:
        cells = [(shown(kind, column, row), _link(getattr(row, column))) for column in columns]
        rows.append((cells, reverse("record", args=[kind, row.pk])))
    add = reverse("record-under", args=[KINDS[kind].PARENT, parent.pk, kind])
    name = title or str(KINDS[kind]._meta.verbose_name)
    return Section(kind, name, [label_of(kind, column) for column in columns], rows, add, hint)


def links_section(
    anchor: str, title: str, kind: str, found: Iterable[Any], columns: Sequence[str], add: str = "", hint: str = ""
) -> Section:
    """A table of records that have pages of their own; the first column leads there."""
    rows = []
    for row in found:
        cells = [(shown(kind, column, row), "") for column in columns]
        cells[0] = (cells[0][0], reverse(kind, args=[row.pk]))
        rows.append((cells, ""))
    return Section(anchor, title, [label_of(kind, column) for column in columns], rows, add, hint)


def shown(kind: str, column: str, row: Any) -> str:
    """A column in a table: of a person the name alone, which leads to the rest."""
    value = getattr(row, column)
    return value.name if isinstance(value, Person) else worded(kind, column, value)


def _link(value: Any) -> str:
    kind = value.root[0] if isinstance(value, WorkRecord) and not value.PARENT else ""
    return reverse(kind, args=[value.pk]) if kind else ""


def facts_of(kind: str, row: WorkRecord, without: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """What is kept of a record, as (label, words, address or nothing)."""
    left_out = {label_of(kind, column) for column in without if column in row.COLUMNS}
    links = {
        label_of(kind, column): _link(getattr(row, column))
        for column in row.COLUMNS
        if field_of(kind, column).is_relation and getattr(row, column) is not None
    }
    return [(label, told, links.get(label, "")) for label, told in told_columns(kind, row) if label not in left_out]


def step_choices(kind: str, row: WorkRecord, user: Any) -> list[StepChoice]:
    """The steps that lead on from where a record stands. Verifying is for those who may approve and did not do the work."""
    approves, edits = (may(user, action, row).allowed for action in (Action.APPROVE, Action.EDIT))
    return [
        StepChoice(
            step.action,
            step.name_zh if chinese() else step.name_en,
            step.words,
            allowed and (approves if step.who == "other" else edits),
            step.who == "other",
        )
        for step, allowed in steps_from(kind, row, user.get_username())
    ]


def changes_of(kind: str, pk: int) -> list[Change]:
    """The changes of a record and of all that belongs to it, newest first."""
    rows: QuerySet[WorkChange] = WorkChange.objects.filter(root_kind=kind, root_id=pk).order_by("-id")
    return changes(rows[:CHANGES_SHOWN])


def escalations_of(subject: str, pk: int) -> list[Escalation]:
    """How far something late was chased, newest first."""
    return list(Escalation.objects.filter(subject=subject, row=pk, removed_at=None).order_by("-on", "-pk"))


_EVIDENCE = re.compile(r"(statement|source):([0-9a-z]+)(?::(\d+)-(\d+))?")


def said_of(evidence: str) -> Said | None:
    """The sentence that an evidence column names; nothing when it is not there any more."""
    found = _EVIDENCE.fullmatch(evidence)
    if found is None:
        return None
    if found[1] == "statement":
        statement = Statement.objects.filter(pk=found[2]).select_related("source").first()
        if statement is None:
            return None
        name = statement.source.name if statement.source is not None else statement.by
        return Said(statement.sentence, name, reverse("statement", args=[statement.pk]))
    source = Source.objects.filter(pk=int(found[2])).select_related("text").first()
    if source is None:
        return None
    raw = source.text.raw[int(found[3]) : int(found[4])]
    return Said(raw, source.title or source.name, f"{reverse('document', args=[source.pk])}?at={found[3]}")
