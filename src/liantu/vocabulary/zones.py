"""Development zones: those of Shanxi by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .regions import regions
from .tables import read_table, split
from .zone_names import parse_zone, zone_aliases


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone. `aliases` holds the published forms and those that follow by rule.

    `level` is `national`, `provincial` or `""` (not checked); `status` tells how sure the row is: `standard` (GB/T 37028),
    `published` (named in public documents), `unconfirmed` (common name; title and level not checked).
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    region: str
    level: str
    kind: str
    status: str
    source: str


@cache
def zones() -> tuple[Zone, ...]:
    """The zones known by name. A published form belongs to one zone only; forms that follow by rule give way to it."""
    table = read_table("zones.csv", ("code", "name", "aliases", "region", "level", "status", "source"))
    table.require_unique("code")
    table.require_unique("name")
    table.require_known("region", (r.code for r in regions()))
    table.require_known("level", ("national", "provincial"))
    table.require_known("status", ("standard", "published", "unconfirmed"))
    owner: dict[str, str] = {row["name"]: row["name"] for _, row in table.rows}
    for line, row in table.rows:
        for alias in split(row["aliases"]):
            if owner.setdefault(alias, row["name"]) != row["name"]:
                raise table.error(
                    line, f"“{alias}”已属于“{owner[alias]}”", f"{alias} already belongs to {owner[alias]}"
                )
    derived: dict[str, list[str]] = {}
    for _, row in table.rows:
        for form in zone_aliases(row["name"])[1:]:
            derived.setdefault(form, []).append(row["name"])
    return tuple(_zone(row, owner, derived) for _, row in table.rows)


def _zone(row: dict[str, str], owner: dict[str, str], derived: dict[str, list[str]]) -> Zone:
    by_rule = [form for form, names in derived.items() if names == [row["name"]] and form not in owner]
    parsed = parse_zone(row["name"])
    return Zone(
        row["code"],
        row["name"],
        (*split(row["aliases"]), *by_rule),
        row["region"],
        row["level"],
        parsed.kind if parsed else "",
        row["status"],
        row["source"],
    )


@cache
def _by_form() -> dict[str, Zone]:
    return {form: zone for zone in zones() for form in (zone.name, *zone.aliases)}


def find_zone(name: str) -> Zone | None:
    """The zone that bears `name` in full or for short, else None."""
    return _by_form().get(name)
