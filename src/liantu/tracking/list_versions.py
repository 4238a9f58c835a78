"""Two versions of a list beside each other: rows added, removed, changed cell by cell; the net change; and a change carried out.

Rows are paired by their key; a row that is left over on both sides under one number was renamed, not replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A row of a version: `number` is that of the row it was made from, `key` what identifies it within the list."""

    number: int
    key: str
    name: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that stands in both versions but reads differently: (before, after) by column, in the order of the columns."""

    before: VersionRow
    after: VersionRow
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What leads from one version to another."""

    added: tuple[VersionRow, ...]
    removed: tuple[VersionRow, ...]
    changed: tuple[RowDifference, ...]
    order: tuple[str, ...]  # keys of the later version, in its order

    @property
    def net(self) -> int:
        """Rows more than before (净增); less than zero when the list has become shorter."""
        return len(self.added) - len(self.removed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added, removed or changed."""
        return not (self.added or self.removed or self.changed)


def difference(before: Sequence[VersionRow], after: Sequence[VersionRow], columns: Sequence[str]) -> Difference:
    """What leads from `before` to `after`.

    Args:
        before, after: rows, each key once.
        columns: the columns that are compared; empty text, None and a missing cell are one.

    Raises ValueError when a key stands twice.
    """
    old, new = _by_key(before), _by_key(after)
    pairs = {key: (old[key], new[key]) for key in new if key in old}
    left = {row.number: row for key, row in old.items() if key not in pairs}
    for key, row in new.items():
        if key not in pairs and row.number in left:
            pairs[key] = (left.pop(row.number), row)
    taken = {former.key for former, _ in pairs.values()}
    changed = []
    for key, row in new.items():
        if key in pairs:
            former = pairs[key][0]
            cells = {
                column: (former.cells.get(column), row.cells.get(column))
                for column in columns
                if not _same(former.cells.get(column), row.cells.get(column))
            }
            if cells or former.key != row.key:
                changed.append(RowDifference(former, row, cells))
    return Difference(
        tuple(row for key, row in new.items() if key not in pairs),
        tuple(row for key, row in old.items() if key not in taken),
        tuple(changed),
        tuple(new),
    )


def applied(change: Difference, before: Sequence[VersionRow]) -> list[VersionRow]:
    """The later version out of the earlier one. Raises ValueError when the change does not belong to it."""
    rows = _by_key(before)
    for gone in change.removed:
        if rows.pop(gone.key, None) is None:
            raise ValueError(f"没有这一行：{gone.name} / there is no row {gone.name}")
    after: dict[str, VersionRow] = {row.key: row for row in change.added}
    for one in change.changed:
        row = rows.pop(one.before.key, None)
        if row is None:
            raise ValueError(f"没有这一行：{one.before.name} / there is no row {one.before.name}")
        cells = dict(row.cells) | {column: told for column, (_, told) in one.columns.items()}
        after[one.after.key] = VersionRow(one.after.number, one.after.key, one.after.name, cells)
    after |= rows
    return [after[key] for key in change.order]


def _by_key(rows: Sequence[VersionRow]) -> dict[str, VersionRow]:
    found = {row.key: row for row in rows}
    if len(found) != len(rows):
        raise ValueError("同一份清单里有两行是同一个 / two rows of one list have the same key")
    return found


def _same(left: Any, right: Any) -> bool:
    return left == right or (left in (None, "") and right in (None, ""))
