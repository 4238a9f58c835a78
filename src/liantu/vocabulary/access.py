"""Who may do what: actions, the roles that allow them, and levels of confidentiality."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table, split

ACTIONS = ("read", "edit", "approve", "administer")
"""From the least to the most; a role names each of its own: whoever may approve may not edit for that."""


@dataclass(frozen=True, slots=True)
class AccessRole:
    """A role that an account is granted, and what it allows."""

    value: str
    name_zh: str
    name_en: str
    actions: tuple[str, ...]
    meaning_zh: str
    meaning_en: str
    source: str


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """A level of confidentiality; `level` orders them, 0 being open to all who may read."""

    value: str
    level: int
    name_zh: str
    name_en: str
    meaning_zh: str
    meaning_en: str
    source: str


@cache
def access_roles() -> MappingProxyType[str, AccessRole]:
    """The roles an installation begins with, by value; offices add their own."""
    table = read_table(
        "access_roles.csv", ("role", "name_zh", "name_en", "actions", "meaning_zh", "meaning_en", "source")
    )
    table.require_unique("role")
    found = {}
    for line, r in table.rows:
        actions = split(r["actions"])
        if not actions or not set(actions) <= set(ACTIONS) or "read" not in actions:
            raise table.error(
                line,
                f"权限应取自 {'、'.join(ACTIONS)}，且含 read",
                f"actions must be among {', '.join(ACTIONS)} and hold read",
            )
        found[r["role"]] = AccessRole(
            r["role"], r["name_zh"], r["name_en"], actions, r["meaning_zh"], r["meaning_en"], r["source"]
        )
    return MappingProxyType(found)


@cache
def confidentiality() -> MappingProxyType[int, Confidentiality]:
    """Levels of confidentiality by their order, the most open first."""
    table = read_table(
        "confidentiality.csv", ("value", "level", "name_zh", "name_en", "meaning_zh", "meaning_en", "source")
    )
    table.require_unique("value")
    table.require_unique("level")
    for at, (line, r) in enumerate(table.rows):
        if r["level"] != str(at):
            raise table.error(line, "级别应从 0 起逐行加一", "levels must be 0, 1, 2 … line by line")
    return MappingProxyType(
        {
            level: Confidentiality(
                r["value"], level, r["name_zh"], r["name_en"], r["meaning_zh"], r["meaning_en"], r["source"]
            )
            for level, (_, r) in enumerate(table.rows)
        }
    )


def level_named(text: str) -> int:
    """The level that a word (内部, internal) or its number names. Raises ValueError for anything else."""
    plain = text.strip().lower()
    for level, each in confidentiality().items():
        if plain in {str(level), each.value, each.name_zh, each.name_en.lower()}:
            return level
    known = "、".join(each.name_zh for each in confidentiality().values())
    english = ", ".join(each.name_en for each in confidentiality().values())
    raise ValueError(f"没有“{text}”这一密级，可填：{known} / {text!r} is no level; use one of: {english}")


def highest_level() -> int:
    """The most confidential level there is."""
    return max(confidentiality())
