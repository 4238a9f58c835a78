"""Many rows of an office's list written at once, each with its change in the history; and such a set taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils import timezone

from liantu.ledger.exchange.lists import ExchangeList
from liantu.ledger.exchange.writing_rows import Told
from liantu.ledger.lists.cells import has_owner, key_of, name_of, problems_of, told_cell
from liantu.ledger.lists.table import ListTable
from liantu.ledger.models import ChainList, ChangeSet, ListRow, RowChange, WorkChange
from liantu.ledger.standing import batches

BATCH = 500
Action = RowChange.Action
Work = WorkChange.Action


@dataclass(slots=True)
class ListRowWriter:
    """Writes rows of one list as one set of changes. To be used inside `writing()`."""

    listed: ExchangeList
    changes: ChangeSet
    uncompared: list[int] = field(default_factory=list)  # a row of a list makes no enterprise that had to be compared
    _last: int = -1
    _keys: set[str] = field(default_factory=set)  # keys that this set of changes has touched

    @property
    def list(self) -> ChainList:
        """The list that is written."""
        assert isinstance(self.listed, ListTable)
        return self.listed.of_list

    def write(self, rows: Sequence[Told]) -> int:
        """Write some rows: lists have no views. Raises ValueError for a row that cannot be kept."""
        known = ListRow.objects.in_bulk([row.entity for row in rows if row.entity is not None])
        if self._last < 0:
            self._last = self.list.rows.aggregate(last=Max("position"))["last"] or 0
        made, moved, notes = [], [], []
        for told in rows:
            row = known.get(told.entity) if told.entity is not None else None
            if row is None:
                self._last += 1
                row = ListRow(list=self.list, position=self._last, version=0)
                made.append(row)
            else:
                row.list = self.list
                moved.append(row)
            notes.append((told, row, *self._change(row, told)))
        ListRow.objects.bulk_create(made, batch_size=BATCH)
        ListRow.objects.bulk_update(
            moved, ["cells", "key", "name", "has_owner", "removed_at", "version", "updated_at"], batch_size=BATCH
        )
        self._note(notes)
        return len(rows)

    def _change(self, row: ListRow, told: Told) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Carry a change out on a row that is not saved yet; gives what was done, and the columns before and after."""
        before = dict(row.cells)
        row.version, row.updated_at = row.version + 1, timezone.now()
        if told.action == Action.REMOVED:
            row.removed_at = timezone.now()
            return Work.REMOVED, before, {}
        for column, value in told.values.items():
            row.set_column(column, value)
        kind = self.list.kind
        if wrong := problems_of(kind, row.cells):
            raise ValueError(f"{wrong[0][1]} / {wrong[0][2]}")
        row.key, row.name, row.has_owner = key_of(kind, row.cells), name_of(kind, row.cells), has_owner(row.cells)
        self._keys.add(row.key)
        if told.entity is None:
            return Work.ADDED, {}, {"list_id": self.list.pk, **row.cells}
        changed = [c for c in row.record_columns() if before.get(c) != row.cells.get(c)]
        return Work.CHANGED, {c: before.get(c) for c in changed}, {c: row.cells.get(c) for c in changed}

    def _note(self, notes: Sequence[tuple[Told, ListRow, str, dict[str, Any], dict[str, Any]]]) -> None:
        changes = [
            WorkChange(
                kind="listrow",
                row=row.pk,
                root_kind="list",
                root_id=self.list.pk,
                version=row.version,
                action=action,
                before=before,
                after=after,
                by=self.changes.by,
                at=self.changes.at,
                reason=told.where or self.changes.why,
            )
            for told, row, action, before, after in notes
        ]
        WorkChange.objects.bulk_create(changes, batch_size=BATCH)
        kind = self.list.list_kind
        RowChange.objects.bulk_create(
            [
                RowChange(
                    changes=self.changes,
                    change=change,
                    name=row.name,
                    action=told.action,
                    before=told.before,
                    after={c: told_cell(kind, c, value) for c, value in told.values.items()},
                )
                for (told, row, *_), change in zip(notes, changes, strict=True)
            ],
            batch_size=BATCH,
        )

    def finish(self, step: Callable[[int], None] = lambda n: None) -> None:
        """Refuse what would leave two rows that are one. Raises ValueError."""
        _refuse_twins(self.list.pk, self._keys)


def _refuse_twins(list_id: int, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for part in batches(sorted(keys)):
        rows = ListRow.objects.filter(list_id=list_id, removed_at=None, key__in=part)
        for key, name in rows.values_list("key", "name"):
            if key in seen:
                raise ValueError(f"清单里会有两行都是“{name}” / two rows of the list would be {name}")
            seen.add(key)


def take_back(changes: ChangeSet, by: str) -> None:
    """Take a set of changes of list rows back. A cell that somebody changed later stays as it is now.

    Raises ValueError when two rows of the list would be one.
    """
    now = timezone.now()
    keys: dict[int, set[str]] = defaultdict(set)
    rows = list(changes.rows.select_related("change").order_by("-pk"))
    for part in batches(rows, BATCH):
        known = ListRow.objects.select_related("list").in_bulk([r.change.row for r in part if r.change is not None])
        undone, notes, moved = [], [], []
        for one in part:
            change = one.change
            row = known.get(change.row) if change is not None else None
            if change is None or row is None or change.undone_at is not None:
                continue
            done = _undo(row, change)
            if done is None:
                continue
            action, before, after = done
            row.version, row.updated_at = row.version + 1, now
            kind = row.list.kind
            row.key, row.name, row.has_owner = key_of(kind, row.cells), name_of(kind, row.cells), has_owner(row.cells)
            moved.append(row)
            keys[row.list_id].add(row.key)
            change.undone_at, change.undone_by = now, by
            undone.append(change)
            notes.append(
                WorkChange(
                    kind="listrow",
                    row=row.pk,
                    root_kind="list",
                    root_id=row.list_id,
                    version=row.version,
                    action=action,
                    before=before,
                    after=after,
                    by=by,
                    at=now,
                    undoes=change,
                )
            )
        ListRow.objects.bulk_update(
            moved, ["cells", "key", "name", "has_owner", "removed_at", "version", "updated_at"], batch_size=BATCH
        )
        WorkChange.objects.bulk_update(undone, ["undone_at", "undone_by"], batch_size=BATCH)
        WorkChange.objects.bulk_create(notes, batch_size=BATCH)
    for list_id, told in keys.items():
        _refuse_twins(list_id, told)


def _undo(row: ListRow, change: WorkChange) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """Take one change back on a row that is not saved yet; None when nothing of it is left to take back."""
    if change.action == Work.ADDED:
        if row.removed_at is not None or row.version != change.version:
            return None  # somebody worked on it since: the row stays
        row.removed_at = timezone.now()
        return Work.REMOVED, dict(row.cells), {}
    if change.action == Work.REMOVED:
        taken = ListRow.objects.filter(list_id=row.list_id, key=row.key, removed_at=None).exists()
        if row.removed_at is None or taken:
            return None
        row.removed_at = None
        return Work.RESTORED, {}, dict(row.cells)
    columns = [c for c, told in change.after.items() if row.removed_at is None and row.cells.get(c) == told]
    if not columns:
        return None
    for column in columns:
        row.set_column(column, change.before.get(column))
    return (
        Work.CHANGED,
        {c: change.after.get(c) for c in columns},
        {c: change.before.get(c) for c in columns},
    )
