"""People whom the records of officials' work name, as a search finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from liantu.ledger.models.records import WorkRecord
from liantu.ledger.work.kinds import KINDS

PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "official": ("name", ("unit", "post")),
    "person": ("name", ("unit", "post")),
}
"""Kinds of records that name a person: the column of the name, and columns that say who that is."""


def people(names: Iterable[str]) -> dict[str, list[str]]:
    """Those of the given names that some record bears, each with the units and posts told beside it."""
    wanted = list(names)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, (column, beside) in PEOPLE.items():
        rows = KINDS[kind]._default_manager.filter(removed_at=None, **{f"{column}__in": wanted})
        for name, *told in rows.order_by(column, *beside).values_list(column, *beside).distinct():
            found[name] |= dict.fromkeys(word for word in told if word)
    return {name: list(told) for name, told in sorted(found.items())}


def named_by(kind: str, row: WorkRecord) -> set[str]:
    """The person whom a record names now."""
    if kind not in PEOPLE:
        return set()
    name = str(getattr(row, PEOPLE[kind][0]))
    return {name} if name else set()


def all_names() -> list[str]:
    """Every name that a record bears."""
    found: set[str] = set()
    for kind, (column, _) in PEOPLE.items():
        rows = KINDS[kind]._default_manager.filter(removed_at=None)
        found.update(rows.order_by().values_list(column, flat=True).distinct())
    return sorted(found - {""})
