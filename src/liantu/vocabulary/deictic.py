"""Words that point at something named elsewhere (我市, 该公司)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table, split


@dataclass(frozen=True, slots=True)
class Deictic:
    """A pointing word.

    `points_to` holds mention kinds (region, zone, town, enterprise, project, chain); `level` is the region's level
    (national, province, city, county) or `""`. `scope` says where to look: `document` (the document's own place or subject)
    or `last_mentioned`.
    """

    word: str
    points_to: tuple[str, ...]
    level: str
    scope: str
    source: str


@cache
def deictics() -> MappingProxyType[str, Deictic]:
    """Pointing words by their form."""
    table = read_table("deictic.csv", ("word", "points_to", "level", "scope", "source"))
    table.require_unique("word")
    table.require_known("points_to", ("region", "zone", "town", "enterprise", "project", "chain"), many=True)
    table.require_known("level", ("national", "province", "city", "county"))
    table.require_known("scope", ("document", "last_mentioned"))
    return MappingProxyType(
        {
            r["word"]: Deictic(r["word"], split(r["points_to"]), r["level"], r["scope"], r["source"])
            for _, r in table.rows
        }
    )
