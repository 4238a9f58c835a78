"""What belongs to one chain's programme in different places: Taiyuan's seven parts, Zhengzhou's five …"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table, split
from .work_words import work_words


@dataclass(frozen=True, slots=True)
class ProgrammeKit:
    """The parts that a place keeps for each chain; `parts` are codes of the set `programme_part`."""

    value: str
    name_zh: str
    name_en: str
    parts: tuple[str, ...]
    source: str


@cache
def programme_kits() -> MappingProxyType[str, ProgrammeKit]:
    """The kits by value, in order."""
    table = read_table("programme_kits.csv", ("kit", "order", "name_zh", "name_en", "parts", "source"))
    table.require_unique("kit")
    table.require_known("parts", work_words()["programme_part"], many=True)
    rows = sorted((r for _, r in table.rows), key=lambda r: int(r["order"]))
    return MappingProxyType(
        {r["kit"]: ProgrammeKit(r["kit"], r["name_zh"], r["name_en"], split(r["parts"]), r["source"]) for r in rows}
    )
