"""Codes that officials choose from when they keep a project: its nature, factors, blockers, roles of officials, batch kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table


@dataclass(frozen=True, slots=True)
class WorkWord:
    """One choice of a set, in both languages."""

    code: str
    name_zh: str
    name_en: str
    source: str


@cache
def work_words() -> MappingProxyType[str, MappingProxyType[str, WorkWord]]:
    """The sets by name (`blocker_kind`, `factor_kind` …), each as its words by code, in order."""
    table = read_table("work_words.csv", ("set", "order", "code", "name_zh", "name_en", "source"))
    table.require_unique("set", "code")
    table.require_unique("set", "order")
    found: dict[str, list[tuple[int, WorkWord]]] = {}
    for _, r in table.rows:
        word = WorkWord(r["code"], r["name_zh"], r["name_en"], r["source"])
        found.setdefault(r["set"], []).append((int(r["order"]), word))
    return MappingProxyType(
        {
            name: MappingProxyType({word.code: word for _order, word in sorted(rows, key=lambda pair: pair[0])})
            for name, rows in found.items()
        }
    )
