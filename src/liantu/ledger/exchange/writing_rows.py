"""Rows written into a list by a person: one statement a row, and the row before and after as history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils import timezone

from liantu.ledger.content import finished
from liantu.ledger.exchange.lists import LISTS, ExchangeList, Row, identity_of
from liantu.ledger.exchange.naming import COMPARED, keep_names, made_entities, owners_named
from liantu.ledger.exchange.tables import column_named
from liantu.ledger.exchange.values import as_text
from liantu.ledger.inserting import insert, made
from liantu.ledger.models import ChangeSet, Entity, RowChange, Statement
from liantu.ledger.naming import NAME_LENGTH
from liantu.ledger.refresh import Changes
from liantu.ledger.refresh.listed import refresh_projects
from liantu.ledger.refresh.made_now import ThingsMadeNow
from liantu.ledger.standing import batches
from liantu.ledger.writing import writing

BATCH = 500
Action = RowChange.Action


@dataclass(frozen=True, slots=True)
class Told:
    """What is to become of one row of a list."""

    action: str
    entity: int | None  # None: a new one
    name: str  # as it is called now, or will be
    values: Row  # columns that are to change
    before: dict[str, str]
    where: str = ""  # file, sheet and row


@dataclass(slots=True)
class RowWriter:
    """Writes rows of one list as one set of changes. To be used inside `writing()`; `finish` brings the views up to date."""

    listed: ExchangeList
    changes: ChangeSet
    uncompared: list[int] = field(default_factory=list)  # enterprises that wait to be compared for namesakes
    _owners: dict[str, Entity] = field(default_factory=dict)
    _levels: dict[int, int] = field(default_factory=dict)  # of confidential rows: what is said of them stays so
    _n_new: int = 0  # owners that nobody had named before
    _made_now: ThingsMadeNow = field(default_factory=ThingsMadeNow)
    _subjects: set[int] = field(default_factory=set)
    _objects: set[int] = field(default_factory=set)

    def write(self, rows: Sequence[Told]) -> int:
        """Write some rows. Gives of how many the views are up to date already."""
        new = {owner for row in rows if (owner := row.values.get("owner"))} - self._owners.keys()
        found = owners_named(new, COMPARED - self._n_new)
        self.uncompared += found.made
        self._made_now.add_owners(found.made)
        self._owners |= found.named
        self._n_new += found.n_new
        owners = {owner: self._owners[owner] for row in rows if (owner := row.values.get("owner"))}
        known = [row.entity for row in rows if row.entity is not None]
        confidential = self.listed.view._default_manager.filter(pk__in=known, level__gt=0)
        self._levels.update(confidential.values_list("pk", "level"))
        statements, history, names = [], [], []
        entities, fresh = self._entities(rows)
        for row, entity in zip(rows, entities, strict=True):
            said = {key: as_text(column_named(self.listed, key), value) for key, value in row.values.items()}
            statement = self._statement(row, entity, said)
            statements.append(statement)
            history.append(
                made(
                    RowChange,
                    changes_id=self.changes.pk,
                    entity_id=entity.pk,
                    name=row.name[:NAME_LENGTH],
                    action=row.action,
                    before=row.before,
                    after=said,
                    statement=statement.pk,
                )
            )
            if row.entity is not None and "name" in row.values:
                names.append((entity, row.values["name"]))
        insert(statements)
        insert(history)
        keep_names(names)
        done = self._made_now.write(fresh, statements, owners.values())
        self._subjects |= {s.subject_id for s in statements if s.subject_id is not None} - done
        self._objects.update(s.object_id for s in statements if s.object_id is not None)
        return len(done)

    def finish(self, step: Callable[[int], None] = lambda n: None) -> None:
        """Bring the views up to date; `step` hears of each part how many rows it had."""
        self._made_now.write_owners(self.changes.by, self.changes.at)
        refresh_listed(self.listed.kind, self._subjects, self._made_now.without(self._objects), step)
        refresh_listed(self.listed.kind, self._made_now.shown_otherwise(), (), lambda n: None)
        self._made_now.count()
        step(0)  # a last moment to stop it

    def _entities(self, rows: Sequence[Told]) -> tuple[list[Entity], list[Entity]]:
        """The entity of each row, and those among them that were made now, for new rows."""
        known = Entity.objects.in_bulk([row.entity for row in rows if row.entity is not None])
        identities = [identity_of(self.listed, row.name, row.values.get("region", "")) for row in rows]
        wanted = {identity: row.name for row, identity in zip(rows, identities, strict=True) if row.entity is None}
        there, fresh = made_entities(self.listed.kind, wanted)
        found = there | fresh
        entities = [
            found[identity] if row.entity is None else known[row.entity]
            for row, identity in zip(rows, identities, strict=True)
        ]
        return entities, list(fresh.values())

    def _statement(self, row: Told, entity: Entity, said: dict[str, str]) -> Statement:
        """What the person says of the row: the columns it fills, each read by `refresh.typed`; `said` is how people read them."""
        values = row.values
        payload: dict[str, Any] = {"typed": [*values, "withdrawn"], "changes": self.changes.pk}
        if level := self._levels.get(entity.pk, 0):
            payload["level"] = level
        if row.action == Action.REMOVED:
            payload["withdrawn"] = True
        for column, name in (("name", "name"), ("region", "region_code"), ("place", "place")):
            if column in values:
                payload[name] = values[column]
        if "chain" in values:
            chain = values["chain"]
            payload["chains"] = list(chain) if isinstance(chain, list | tuple) else [chain] if chain else []
        owner = values.get("owner") or ""
        sentence = "；".join(
            f"{column_named(self.listed, key).zh.split('（')[0]}：{text or '（空）'}" for key, text in said.items()
        )
        return finished(
            made(
                Statement,
                kind=self.listed.kind,
                subject_name=values.get("name") or row.name,
                subject_id=entity.pk,
                property=self.listed.kind,
                object_name=owner,
                object_id=self._owners[owner].pk if owner else None,
                value=values.get("investment"),
                unit="元" if values.get("investment") is not None else "",
                text_value=values.get("stage") or values.get("role") or "",
                payload=payload,
                sentence=sentence or "（移出名单）",
                locator=row.where,
                by=self.changes.by,
                at=self.changes.at,
            ),
            f"changes {self.changes.pk} {entity.pk}",
        )


class Writer(Protocol):
    """What writes rows of a list."""

    uncompared: list[int]

    def write(self, rows: Sequence[Told]) -> int:
        """Write some rows. Gives of how many the views are up to date already; `finish` brings those of the others."""

    def finish(self, step: Callable[[int], None]) -> None:
        """Bring what is computed from the rows up to date."""


def writer_for(list_: ExchangeList, changes: ChangeSet) -> Writer:
    """What writes rows of this list as one set of changes."""
    if list_.by_name:
        return RowWriter(list_, changes)
    from liantu.ledger.exchange.record_tables import RecordTable, RecordWriter
    from liantu.ledger.lists.rows import ListRowWriter

    return RecordWriter(list_, changes) if isinstance(list_, RecordTable) else ListRowWriter(list_, changes)


def begin(list_: ExchangeList, why: str, by: str) -> ChangeSet:
    """A new set of changes."""
    return ChangeSet.objects.create(kind=list_.kind, why=why, by=by, at=timezone.now())


def refresh_listed(kind: str, subjects: Iterable[int], objects: Iterable[int], step: Callable[[int], None]) -> None:
    """Bring the views up to date with what was written of, or taken back from, the rows of a list."""
    if kind == "project":
        refresh_projects(subjects, objects, step)
        return
    for part in batches(sorted({*subjects, *objects}), BATCH):
        Changes(entities=set(part)).apply()
        step(len(part))


def undo_changes(changes_id: int, by: str) -> ChangeSet:
    """Take a set of changes back as one: each row reads as it would have without it; later changes stay.

    Raises ChangeSet.DoesNotExist.
    """
    with writing():
        changes = ChangeSet.objects.get(pk=changes_id)
        if changes.undone_at is not None:
            return changes
        if changes.kind not in LISTS:
            from liantu.ledger.exchange import record_tables
            from liantu.ledger.lists import rows

            (record_tables if changes.kind in record_tables.TABLED else rows).take_back(changes, by)
            changes.take_back(by)
            return changes
        subjects: set[int] = set()
        objects: set[int] = set()
        for part in _parts(changes):
            said = Statement.objects.filter(pk__in=[row.statement for row in part])
            for subject, other in said.values_list("subject", "object"):
                subjects |= {subject} - {None}
                objects |= {other} - {None}
            said.update(retired=True)
        changes.take_back(by)
        refresh_listed(changes.kind, subjects, objects, lambda n: None)
        return changes


def _parts(changes: ChangeSet) -> Iterator[list[RowChange]]:
    yield from batches(list(changes.rows.only("statement").order_by("pk")), BATCH)
