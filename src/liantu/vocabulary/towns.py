"""Specialty towns (专业镇) of Shanxi."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .chains import chain_stems
from .regions import regions
from .tables import read_table, split


@dataclass(frozen=True, slots=True)
class Town:
    """A specialty town: a county and the trade it lives on.

    `tier` is `provincial`, `city`, `county` or `""` (not published); `batch` is the month of its listing (`2022-09`) or `""`.
    `status` is `published`, or `unconfirmed` where only the common name is known.
    """

    name: str
    aliases: tuple[str, ...]
    trade: str
    region: str
    tier: str
    batch: str
    status: str
    source: str

    @property
    def full_name(self) -> str:
        return self.name + "专业镇"


@cache
def towns() -> tuple[Town, ...]:
    """All specialty towns known by name."""
    table = read_table("towns.csv", ("name", "aliases", "trade", "region", "tier", "batch", "status", "source"))
    table.require_unique("name")
    table.require_known("region", (r.code for r in regions()))
    table.require_known("tier", ("provincial", "city", "county"))
    table.require_known("status", ("published", "unconfirmed"))
    return tuple(
        Town(r["name"], split(r["aliases"]), r["trade"], r["region"], r["tier"], r["batch"], r["status"], r["source"])
        for _, r in table.rows
    )


@cache
def _by_form() -> dict[str, Town]:
    return {form: town for town in towns() for form in (town.name, *town.aliases)}


def find_town(name: str) -> Town | None:
    """The town called `name`, with or without 专业镇 behind, else None."""
    return next((_by_form()[stem] for stem in chain_stems(name) if stem in _by_form()), None)
