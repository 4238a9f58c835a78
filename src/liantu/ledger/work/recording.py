"""Adding, changing and removing records; taking a change back; refusing an edit that would overwrite another one unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from liantu.ledger.models import WorkChange
from liantu.ledger.models.records import GradedRecord, WorkRecord
from liantu.ledger.work.doers import refuse_own_verification
from liantu.ledger.work.kinds import KINDS
from liantu.ledger.work.people import PEOPLE, named_by
from liantu.ledger.work.rules import check
from liantu.ledger.work.secrecy import hide_alerts, raise_what_names, settle
from liantu.ledger.work.standings import stand_anew
from liantu.ledger.writing import writing

Action = WorkChange.Action


class StaleEditError(ValueError):
    """Somebody changed the record since it was opened. `current` is the record now, `base` as it was opened, by column."""

    def __init__(self, current: WorkRecord, base: Mapping[str, Any], since: list[WorkChange]) -> None:
        super().__init__(
            "别人刚改过这一条，请看两边再保存 / somebody has changed this record meanwhile: compare both and save again"
        )
        self.current, self.base, self.since = current, base, since


def add_record(
    kind: str,
    values: Mapping[str, Any],
    by: str,
    reason: str = "",
    as_it_stands: Mapping[str, Any] | None = None,
) -> WorkChange:
    """A new record. `values` holds its columns and, under the name of its parent with `_id`, what it belongs to.

    `as_it_stands` gives columns that steps alone change, for what is brought in from elsewhere as far as it had come.

    Raises ValueError, in both languages, for what cannot be kept.
    """
    model = KINDS[kind]
    with writing():
        row = model.begun(values)
        for column, value in (as_it_stands or {}).items():
            setattr(row, column, value)
        settle(row)
        check(row)
        row.save(force_insert=True)
        beside = {c: told for c in as_it_stands or {} if (told := row.column_value(c)) not in ("", None, False)}
        return _note(kind, row, Action.ADDED, {}, row.kept() | beside, by, reason)


def change_record(kind: str, pk: int, version: int, values: Mapping[str, Any], by: str, reason: str = "") -> WorkChange:
    """Change columns of a record that was opened at `version`.

    Raises ValueError when nothing changes or something cannot be kept, StaleEditError when the record changed meanwhile, and
    the model's DoesNotExist for one that is not there or was removed.
    """
    with writing():
        row = open_record(kind, pk)
        refuse_stale(kind, row, version)
        before = {c: row.column_value(c) for c in row.record_columns()}
        for column in (c for c in row.record_columns() if c not in row.LOCKED):
            for name in (column, f"{column}_id"):
                if name in values:
                    row.set_column(column, values[name])
        settle(row, before.get("secrecy"))
        check(row)
        after = {c: row.column_value(c) for c in row.record_columns()}
        changed = [c for c in row.record_columns() if before[c] != after[c]]
        if not changed:
            raise ValueError("没有改动任何一栏 / nothing was changed")
        if kind == "problem" and "verified_on" in changed and after["verified_on"]:
            refuse_own_verification(kind, row, by)
        return saved(kind, row, Action.CHANGED, _only(before, changed), _only(after, changed), by, reason)


def remove_record(kind: str, pk: int, version: int, by: str, reason: str = "") -> WorkChange:
    """Take a record off; it can be put back. Raises as `change_record` does."""
    with writing():
        row = open_record(kind, pk)
        refuse_stale(kind, row, version)
        row.removed_at = timezone.now()
        before = {c: told for c in row.record_columns() if (told := row.column_value(c)) not in ("", None, False)}
        return saved(kind, row, Action.REMOVED, before, {}, by, reason)


def undo_change(change_id: int, by: str) -> WorkChange:
    """Take one change back by a further one.

    Raises ValueError when it was taken back already, or when a later change stands on it: that one goes first.
    """
    with writing():
        change = WorkChange.objects.get(pk=change_id)
        if change.undone_at is not None:
            raise ValueError("这处改动已经撤回过 / this change was taken back already")
        row = KINDS[change.kind]._default_manager.get(pk=change.row)
        _refuse_undoing_step(change, row, by)
        made = _undone(change, row, by)
        change.take_back(by)
        return made


def _undone(change: WorkChange, row: WorkRecord, by: str) -> WorkChange:
    removed = row.removed_at is not None
    if change.action in (Action.ADDED, Action.RESTORED):
        if removed or row.version != change.version:
            raise _stands_on(row)
        row.removed_at = timezone.now()
        return saved(change.kind, row, Action.REMOVED, change.after, {}, by, "", change)
    if change.action == Action.REMOVED:
        if not removed:
            raise _stands_on(row)
        row.removed_at = None
        settle(row, getattr(row, "secrecy", None))
        check(row)
        return saved(change.kind, row, Action.RESTORED, {}, change.before, by, "", change)
    if removed or any(row.column_value(column) != told for column, told in change.after.items()):
        raise _stands_on(row)
    level = getattr(row, "secrecy", None)
    for column, told in change.before.items():
        row.set_column(column, told)
    settle(row, level, own=change.by == by)
    check(row)
    return saved(change.kind, row, Action.CHANGED, change.after, change.before, by, "", change)


def _refuse_undoing_step(change: WorkChange, row: WorkRecord, by: str) -> None:
    """A step is taken back by whoever took it, before anything follows; anybody else takes the step that leads back."""
    if change.action != Action.CHANGED or not any(column in row.LOCKED for column in change.after):
        return
    if change.by != by:
        raise ValueError(
            f"这一步是 {change.by} 办的，只能由本人撤回；要退回请用办理步骤 / "
            f"{change.by} took this step and alone may take it back; use a step of the procedure instead"
        )
    if row.version != change.version:
        raise _stands_on(row)


def _stands_on(row: WorkRecord) -> ValueError:
    return ValueError(
        "这一条后来又改过，请先撤回后面的改动 / the record was changed again later: take the later change back first"
    )


def history_of(kind: str, pk: int) -> list[WorkChange]:
    """The changes of one record, newest first."""
    return list(WorkChange.objects.filter(kind=kind, row=pk).order_by("-id"))


def _only(values: Mapping[str, Any], columns: list[str]) -> dict[str, Any]:
    return {column: values[column] for column in columns}


def open_record(kind: str, pk: int) -> WorkRecord:
    """A record that was not removed. Raises the model's DoesNotExist."""
    return KINDS[kind]._default_manager.get(pk=pk, removed_at=None)


def refuse_stale(kind: str, row: WorkRecord, version: int) -> None:
    """Raises StaleEditError when the record is no longer at the version it was opened at."""
    if row.version == version:
        return
    since = list(WorkChange.objects.filter(kind=kind, row=row.pk, version__gt=version).order_by("-id"))
    base = {column: row.column_value(column) for column in row.record_columns()}
    for change in since:
        base |= {column: told for column, told in change.before.items() if column in base}
    raise StaleEditError(row, base, since)


def saved(
    kind: str,
    row: WorkRecord,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: str,
    reason: str,
    undoes: WorkChange | None = None,
) -> WorkChange:
    """Saves a row, one version on, and notes the change."""
    row.version += 1
    row.save()
    made = _note(kind, row, action, before, after, by, reason, undoes)
    if isinstance(row, GradedRecord) and after.get("secrecy", 0) > before.get("secrecy", 0):
        hide_alerts(kind, row)
        raise_what_names(by)
    return made


def _note(
    kind: str,
    row: WorkRecord,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: str,
    reason: str,
    undoes: WorkChange | None = None,
) -> WorkChange:
    change = noted(kind, row, action, before, after, by, reason, undoes)
    change.save(force_insert=True)
    project = change.project_id
    if project is not None:
        stand_anew(project)
    if kind == "link":
        from liantu.ledger.whois.standing import stand_again  # late: it reads what is recorded through here

        stand_again([row.root[1] or 0])
    if kind in PEOPLE:
        column = PEOPLE[kind][0]
        told = (str(said.get(column) or "") for said in (before, after))
        from liantu.ledger.search.keeping import (
            index_people,  # late: the search reads views, which are refreshed through here
        )

        index_people({*told, *named_by(kind, row)})
    return change


def noted(
    kind: str,
    row: WorkRecord,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: str,
    reason: str = "",
    undoes: WorkChange | None = None,
) -> WorkChange:
    """The note of a change of a row, not saved yet: many are saved at once."""
    project = getattr(row, "project_id", None) if row.PARENT == "project" else None
    root_kind, root_id = row.root
    campaign = row.pk if kind == "campaign" else getattr(row, "event_id", None)
    return WorkChange(
        kind=kind,
        row=row.pk,
        project_id=project,
        campaign=campaign,
        root_kind=root_kind,
        root_id=root_id,
        version=row.version,
        action=action,
        before=dict(before),
        after=dict(after),
        by=by,
        at=timezone.now(),
        reason=reason,
        undoes=undoes,
    )
