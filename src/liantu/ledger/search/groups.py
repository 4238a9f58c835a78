"""The groups of what can be searched, and the ids that say which group and which day an entry is of."""

from __future__ import annotations

from datetime import date

GROUPS = {
    "enterprise": 1,
    "project": 2,
    "chain": 3,
    "segment": 4,
    "zone": 5,
    "town": 6,
    "person": 7,
    "region": 8,
    "organisation": 9,
    "other": 10,
    "sentence": 11,
    "document": 12,
}
"""Kinds that are searched, by the number with which their ids begin. Never give a number to another kind: it is in the ids."""

_KINDS = frozenset(GROUPS)
_FIRST_DAY = date(1900, 1, 1).toordinal()
_DAY_BITS, OWN_BITS = 17, 42


def group_of(kind: str) -> str:
    """The group in which a kind of entity is found."""
    return kind if kind in _KINDS else "other"


def span_of(group: str) -> tuple[int, int]:
    """The ids of a group, as [low, high)."""
    first = GROUPS[group] << (_DAY_BITS + OWN_BITS)
    return first, first + (1 << (_DAY_BITS + OWN_BITS))


def entry_id(group: str, recency: int, own: int) -> int:
    """An id out of the group, the day (`recency`, yyyymmdd or 0) and a number of the thing's own."""
    days = 0
    if recency:
        year, month, day = recency // 10000, recency // 100 % 100, recency % 100
        days = min(max(date(year, month, day).toordinal() - _FIRST_DAY, 0), (1 << _DAY_BITS) - 1)
    return span_of(group)[0] | days << OWN_BITS | own % (1 << OWN_BITS)
