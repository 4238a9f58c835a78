"""Thresholds, partitions and words of the checks: data with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import alternatives, read_table, split, words_by_role

_PACKAGE = "liantu.extraction.checks"


@dataclass(frozen=True, slots=True)
class Partition:
    """A whole and its parts: the cue words of each part in their usual order, and the words that name the whole."""

    family: str
    parts: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    source: str


@cache
def thresholds() -> dict[str, float]:
    """Thresholds by name (`data/thresholds.csv`).

    Raises:
        VocabularyError: a row without source, a name twice, or a value that is no number.
    """
    table = read_table("thresholds.csv", ("name", "value", "source"), _PACKAGE)
    table.require_unique("name")
    found = {}
    for line, row in table.rows:
        try:
            found[row["name"]] = float(row["value"])
        except ValueError:
            raise table.error(line, f"“{row['value']}”不是数", f"{row['value']!r} is no number") from None
    return found


@cache
def partitions() -> tuple[Partition, ...]:
    """The partitions (`data/partitions.csv`), one row a part.

    Raises:
        VocabularyError: a row without source, or a part twice.
    """
    table = read_table("partitions.csv", ("family", "member", "cues", "total", "source"), _PACKAGE)
    table.require_unique("family", "member")
    families: dict[str, list[dict[str, str]]] = {}
    for _, row in table.rows:
        families.setdefault(row["family"], []).append(row)
    return tuple(
        Partition(name, tuple(split(r["cues"]) for r in rows), split(rows[0]["total"]), rows[0]["source"])
        for name, rows in families.items()
    )


def words(role: str) -> tuple[str, ...]:
    """The words of one role (`data/words.csv`), longest first.

    Raises:
        KeyError: no such role.
    """
    return words_by_role("words.csv", _PACKAGE)[role]


@cache
def one_of(*roles: str) -> str:
    """The words of the roles as one regular-expression alternation, longest first."""
    return f"(?:{alternatives({word for role in roles for word in words(role)})})"
