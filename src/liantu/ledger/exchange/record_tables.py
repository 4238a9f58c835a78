"""Records of work that go out to Excel and come back as a table: those that are one flat row each, with a name, a region and a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, cast

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import override

from liantu.ledger.exchange.lists import Column, Known, NumberedList, Row, Type
from liantu.ledger.exchange.values import as_text
from liantu.ledger.exchange.writing_rows import Told
from liantu.ledger.likeness import fold
from liantu.ledger.models import ChangeSet, Person, RowChange
from liantu.ledger.models.records import CodeField, EvidenceField, GradedRecord, SecrecyField, WorkRecord
from liantu.ledger.work.kinds import KINDS, field_of
from liantu.ledger.work.recording import add_record, change_record, remove_record, undo_change
from liantu.ledger.work.rules import check
from liantu.ledger.work.secrecy import floor_of, too_low

TABLED: Mapping[str, tuple[str, ...]] = {"certificate": ("title", "holder"), "window": ("title", "closes_on")}
"""The kinds of records, each with the columns by which a row without key is taken for one that is there."""
_NAMED = {"region": "region_code"}
"""Columns that tables call otherwise, and what the record calls them."""


@dataclass(frozen=True, slots=True)
class RecordTable(NumberedList):
    """All records of one kind. Their keys hold the number of the record."""

    @staticmethod
    def of(kind: str) -> RecordTable:
        """The table of a kind."""
        model, words = KINDS[kind], []
        for language in ("zh-hans", "en"):
            with override(language):
                words.append(str(model._meta.verbose_name))
        return RecordTable(kind, words[0], words[1], model, {})

    @property
    def title(self) -> str:
        return TABLED[self.kind][0]

    @property
    def apart(self) -> tuple[str, ...]:
        return TABLED[self.kind][1:]

    @property
    def letter(self) -> str:
        return "W"

    @property
    def columns(self) -> tuple[Column, ...]:
        return _columns(self.kind)

    def read(self, views: QuerySet[Any]) -> Iterator[Known]:
        for record in views.filter(removed_at=None).select_related("owner").iterator(chunk_size=2000):
            yield Known(record.pk, (self.kind, ""), "", {c.key: _told(self.kind, record, c.key) for c in self.columns})

    def everything(self) -> Iterator[Known]:
        return self.read(self.view._default_manager.order_by("pk"))

    def identity(self, values: Row) -> tuple[str, str]:
        return "\0".join(fold(str(values.get(key) or "")) for key in TABLED[self.kind]), ""

    def of_identities(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        rows = self.everything() if wanted else iter(())
        return {at: row for row in rows if (at := self.identity(row.values)) in wanted}

    def wrong(self, values: Row, pk: int | None) -> list[tuple[str, str, str]]:
        if pk is not None and values.get("owner"):
            owner = self.view._default_manager.filter(pk=pk).values_list("owner__name", flat=True).first()
            if owner == values["owner"]:  # stays who it is, whoever else bears the name or is registered no more
                values = {key: value for key, value in values.items() if key != "owner"}
        try:
            columns = self.record_columns(values)
        except ValueError as error:
            return [("owner", *_in_both(error))]
        found = []
        for column in self.columns:
            longest = getattr(_field(self.kind, column.key), "max_length", None) or 0
            if column.type in ("text", "chain") and 0 < longest < len(str(values.get(column.key) or "")):
                found.append((column.key, f"最多 {longest} 个字，请缩短", f"at most {longest} characters; shorten it"))
        if found:
            return found
        now = cast("GradedRecord | None", self.view._base_manager.filter(pk=pk).first()) if pk is not None else None
        if now is not None and columns.get("secrecy", now.secrecy) < min(now.secrecy, floor_of(now)):
            return [("secrecy", *_in_both(ValueError(too_low(floor_of(now)))))]
        try:
            check(KINDS[self.kind].begun(columns))
        except ValueError as error:
            found.append((self.title, *_in_both(error)))
        return found

    def record_columns(self, values: Row) -> dict[str, Any]:
        """Values of a row as the record keeps them. Raises ValueError for a person who is not registered, or not the only one."""
        kept: dict[str, Any] = {}
        for key, value in values.items():
            of = _field(self.kind, key)
            if isinstance(of, models.DateField):
                kept[of.attname] = date.fromisoformat(value) if value else None
            elif isinstance(of, models.ForeignKey):
                kept[of.attname] = _person(value).pk if value else None
            elif isinstance(of, SecrecyField):
                kept[of.attname] = int(value)
            else:
                kept[of.attname] = value or ""
        return kept


def _field(kind: str, key: str) -> models.Field[Any, Any]:
    return field_of(kind, _NAMED.get(key, key))


@cache
def _columns(kind: str) -> tuple[Column, ...]:
    found = []
    called = {name: key for key, name in _NAMED.items()}
    for name in KINDS[kind].COLUMNS:
        of = field_of(kind, name)
        if isinstance(of, (EvidenceField, models.BooleanField)):
            continue  # set on the record's page
        with override("zh-hans"):
            zh = str(of.verbose_name)
        with override("en"):
            en = str(of.verbose_name)
        key, words = called.get(name, name), f"work:{of.words}" if isinstance(of, CodeField) else ""
        found.append(Column(key, _type(key, of), zh, en, (name,), 14 if words else 20, "", words, "", not of.blank))
    return tuple(found)


def _type(key: str, of: models.Field[Any, Any]) -> Type:
    if key in ("region", "chain"):
        return cast("Type", key)
    if isinstance(of, SecrecyField):
        return "secrecy"
    if isinstance(of, CodeField):
        return "word"
    if isinstance(of, models.DateField):
        return "day"
    return "long" if isinstance(of, models.TextField) else "text"


def _told(kind: str, record: WorkRecord, key: str) -> str:
    of = _field(kind, key)
    if isinstance(of, models.ForeignKey):
        person = getattr(record, of.name)
        return person.name if person is not None else ""
    value = record.column_value(of.name)
    return str(value) if isinstance(of, SecrecyField) else value or ""


def _person(name: str) -> Person:
    found = list(Person.objects.filter(name=name, removed_at=None)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(
            f"人员名册里有几位“{name}”，请在记录的页面上选 / several people are called {name}: choose on the page"
        )
    raise ValueError(f"人员名册里没有“{name}”，请先登记 / {name} is not among the people: register them first")


def _in_both(error: ValueError) -> tuple[str, str]:
    zh, _, en = str(error).partition(" / ")
    return zh, en or zh


@dataclass(slots=True)
class RecordWriter:
    """Writes rows of such a table as one set of changes, each by the record's own door. To be used inside `writing()`."""

    listed: RecordTable
    changes: ChangeSet
    uncompared: list[int] = field(default_factory=list)

    def write(self, rows: Sequence[Told]) -> int:
        """Write some rows: records have no views. Raises ValueError for a row that cannot be kept."""
        kind, by = self.listed.kind, self.changes.by
        versions = dict(
            KINDS[kind]
            ._default_manager.filter(pk__in=[row.entity for row in rows if row.entity])
            .values_list("pk", "version")
        )
        columns = {column.key: column for column in self.listed.columns}
        for row in rows:
            values, why = self.listed.record_columns(row.values), row.where or self.changes.why
            if row.entity is None:
                change = add_record(kind, values, by, why)
            elif row.action == RowChange.Action.REMOVED:
                change = remove_record(kind, row.entity, versions[row.entity], by, why)
            else:
                change = change_record(kind, row.entity, versions[row.entity], values, by, why)
            after = {key: as_text(columns[key], value) for key, value in row.values.items()}
            RowChange.objects.create(
                changes=self.changes,
                change=change,
                name=row.name[:255],
                action=row.action,
                before=row.before,
                after=after,
            )
        return len(rows)

    def finish(self, step: Callable[[int], None] = lambda n: None) -> None:
        """Nothing is left to do."""


def take_back(changes: ChangeSet, by: str) -> None:
    """Take a set of changes of records back. Raises ValueError, naming it, when a record was changed again since."""
    for row in changes.rows.select_related("change").order_by("-pk"):
        if row.change is None or row.change.undone_at is not None:
            continue
        try:
            undo_change(row.change.pk, by)
        except ValueError as error:
            zh, en = _in_both(error)
            raise ValueError(f"“{row.name}”：{zh} / {row.name}: {en}") from error
