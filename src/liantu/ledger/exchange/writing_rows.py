"""Rows written into a list by a person: one statement a row, and the row before and after as history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from liantu.ledger.content import finished
from liantu.ledger.exchange.lists import ExchangeList, Row, identity_of
from liantu.ledger.exchange.tables import column_named
from liantu.ledger.exchange.values import as_text
from liantu.ledger.likeness import fold
from liantu.ledger.models import ChangeSet, Entity, EntityName, RowChange, Statement
from liantu.ledger.naming import NAME_LENGTH, EntityFinder
from liantu.ledger.refresh import Changes
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
    """Writes rows of one list as one set of changes. To be used inside `writing()`."""

    listed: ExchangeList
    changes: ChangeSet
    _owners: EntityFinder = field(default_factory=lambda: EntityFinder(None))

    def write(self, rows: Sequence[Told]) -> None:
        """Write some rows and bring the views up to date with them."""
        entities = self._entities(rows)
        statements, history, names = [], [], []
        for row, entity in zip(rows, entities, strict=True):
            statement = self._statement(row, entity)
            statements.append(statement)
            after = {key: as_text(column_named(self.listed, key), value) for key, value in row.values.items()}
            history.append(
                RowChange(
                    changes=self.changes,
                    entity=entity,
                    name=row.name[:NAME_LENGTH],
                    action=row.action,
                    before=row.before,
                    after=after,
                    statement=statement.pk,
                )
            )
            if "name" in row.values:
                called = row.values["name"]
                names.append(EntityName(entity=entity, name=called, folded=fold(called)[:NAME_LENGTH]))
        Statement.objects.bulk_create(statements, batch_size=BATCH)
        RowChange.objects.bulk_create(history, batch_size=BATCH)
        EntityName.objects.bulk_create(names, batch_size=BATCH, ignore_conflicts=True)
        refresh_rows(pk for s in statements for pk in (s.subject_id, s.object_id) if pk is not None)

    def _entities(self, rows: Iterable[Told]) -> list[Entity]:
        """The entity of each row; those of new rows are made."""
        rows = list(rows)
        known = Entity.objects.in_bulk([row.entity for row in rows if row.entity is not None])
        wanted = {
            identity_of(self.listed, row.name, row.values.get("region", "")): row for row in rows if row.entity is None
        }
        kind = self.listed.kind
        found = self._of_identity(wanted)
        Entity.objects.bulk_create(
            [
                Entity(kind=kind, folded=folded, scope=scope, name=row.name[:NAME_LENGTH])
                for (folded, scope), row in wanted.items()
                if (folded, scope) not in found
            ],
            batch_size=BATCH,
        )
        made = self._of_identity(wanted.keys() - found.keys())
        for entity in made.values():
            entity.canonical = entity
        Entity.objects.bulk_update(made.values(), ["canonical"], batch_size=BATCH)
        found |= made
        return [
            known[row.entity]
            if row.entity is not None
            else found[identity_of(self.listed, row.name, row.values.get("region", ""))]
            for row in rows
        ]

    def _of_identity(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Entity]:
        identities = set(wanted)
        found: dict[tuple[str, str], Entity] = {}
        for part in batches(sorted({folded for folded, _ in identities})):
            for entity in Entity.objects.filter(kind=self.listed.kind, folded__in=part).select_related("canonical"):
                if (identity := (entity.folded, entity.scope)) in identities:
                    found[identity] = entity
        return found

    def _statement(self, row: Told, entity: Entity) -> Statement:
        """What the person says of the row: the columns it fills, each read by `refresh.typed`."""
        values = row.values
        payload: dict[str, Any] = {"typed": [*values, "withdrawn"], "changes": self.changes.pk}
        if row.action == Action.REMOVED:
            payload["withdrawn"] = True
        for column, name in (("name", "name"), ("region", "region_code"), ("place", "place")):
            if column in values:
                payload[name] = values[column]
        if "chain" in values:
            chain = values["chain"]
            payload["chains"] = list(chain) if isinstance(chain, list | tuple) else [chain] if chain else []
        owner = values.get("owner") or ""
        said = "；".join(
            f"{column_named(self.listed, key).zh.split('（')[0]}：{as_text(column_named(self.listed, key), value) or '（空）'}"
            for key, value in values.items()
        )
        return finished(
            Statement(
                kind=self.listed.kind,
                subject_name=values.get("name") or row.name,
                subject=entity,
                property=self.listed.kind,
                object_name=owner,
                object=self._owners.find(owner, "enterprise") if owner else None,
                value=values.get("investment"),
                unit="元" if values.get("investment") is not None else "",
                text_value=values.get("stage") or values.get("role") or "",
                payload=payload,
                sentence=said or "（移出名单）",
                locator=row.where,
                by=self.changes.by,
                at=self.changes.at,
            ),
            f"changes {self.changes.pk} {entity.pk}",
        )


def begin(list_: ExchangeList, why: str, by: str) -> ChangeSet:
    """A new set of changes."""
    return ChangeSet.objects.create(kind=list_.kind, why=why, by=by, at=timezone.now())


def refresh_rows(entities: Iterable[int]) -> None:
    """Bring the views of some entities up to date, a part at a time: memory stays level."""
    for part in batches(sorted(set(entities)), BATCH):
        Changes(entities=set(part)).apply()


def undo_changes(changes_id: int, by: str) -> ChangeSet:
    """Take a set of changes back as one: each row reads as it would have without it; later changes stay.

    Raises ChangeSet.DoesNotExist.
    """
    with writing():
        changes = ChangeSet.objects.get(pk=changes_id)
        if changes.undone_at is not None:
            return changes
        touched: set[int] = set()
        for part in _parts(changes):
            said = Statement.objects.filter(pk__in=[row.statement for row in part])
            touched.update(pk for pair in said.values_list("subject", "object") for pk in pair if pk is not None)
            said.update(retired=True)
        changes.take_back(by)
        refresh_rows(touched)
        return changes


def _parts(changes: ChangeSet) -> Iterator[list[RowChange]]:
    yield from batches(list(changes.rows.only("statement").order_by("pk")), BATCH)
