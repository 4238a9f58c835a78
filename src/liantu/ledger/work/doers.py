"""Whoever did the work does not verify it."""

from __future__ import annotations

from collections.abc import Sequence

from liantu.ledger.models import PersonAccount, SupervisionOrder, Task, WorkChange
from liantu.ledger.models.records import WorkRecord


def doers(kind: str, row: WorkRecord) -> set[str]:
    """Accounts that may not verify a record: whoever reported it done last, and those of the person who answers for it."""
    return doers_of(kind, [row])[row.pk]


def doers_of(kind: str, rows: Sequence[WorkRecord]) -> dict[int, set[str]]:
    """The same for many records of one kind, in two queries."""
    found: dict[int, set[str]] = {row.pk: set() for row in rows}
    column, told = ("solved_on", None) if kind == "problem" else ("state", "verifying")
    said = WorkChange.objects.filter(kind=kind, row__in=list(found), undone_at=None, after__has_key=column)
    for pk, after, by in said.order_by("-id").values_list("row", "after", "by"):
        if not found[pk] and after[column] is not None and (told is None or after[column] == told):
            found[pk].add(by)
    owners = {row.pk: row.owner_id for row in rows if isinstance(row, Task | SupervisionOrder)}
    accounts = PersonAccount.objects.filter(person__in={pk for pk in owners.values() if pk}, removed_at=None)
    for person, account in accounts.values_list("person_id", "account"):
        for pk, owner in owners.items():
            if owner == person:
                found[pk].add(account)
    return found


def refuse_own_verification(kind: str, row: WorkRecord, by: str) -> None:
    """Raises ValueError when `by` did the work that is to be verified."""
    if by in doers(kind, row):
        raise ValueError(
            "办理人不能核验自己办的事，请由另一个人核验 / whoever did the work cannot verify it: somebody else must"
        )
