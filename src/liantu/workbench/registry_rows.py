"""Firms of the loaded registry as a reader may see them: those of the regions and chains that the grants name.

What is counted of them (firms on a segment at a place) is open to all readers, as a published statistic is; the rows behind the
number are not (`docs/rights.md`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from liantu.ledger.home import registry_folder
from liantu.ledger.rights import Scope, current_scope
from liantu.registry import Atlas, Shelf
from liantu.registry.firms import Firm, Relative, find_firms, firms_of, kept_apart
from liantu.vocabulary import regions
from liantu.workbench.diagnosing import atlas_now

Condition = tuple[str, list[Any]]


def seen() -> Condition:
    """The firms that the reader may see: a condition on the columns of `firms` (as they are, or joined), and its parameters."""
    scope = current_scope()
    return ("true", []) if scope is None or scope.everything else _of_scope(scope)


def _of_scope(scope: Scope) -> Condition:
    told, given = [], []
    for cell in scope.cells:
        here, values = of_region(cell.region)
        if cell.chains is not None:
            here += (
                " AND firm IN (SELECT p.firm FROM placements p WHERE p.state = 'placed' "
                "AND list_contains(?::VARCHAR[], p.chain))"
            )
            values = [*values, list(cell.chains)]
        told.append(f"({here})")
        given += values
    return (f"({' OR '.join(told)})", given) if told else ("false", [])


def of_region(code: str) -> Condition:
    """The firms of a place, or of all places of a group, as `seen` says them."""
    if not code:
        return "true", []
    if code in regions() and regions().by_code(code).is_group:
        members = [of_region(member) for member in regions().by_code(code).members]
        return f"({' OR '.join(where for where, _ in members)})", [value for _, values in members for value in values]
    if code.endswith("0000"):
        return "province_code = ?", [code]
    return ("city_code = ?" if code.endswith("00") else "region_code = ?"), [code]


def firms_seen(keys: Collection[str]) -> dict[str, Firm]:
    """Firms by their keys, those that the reader may see."""
    atlas = atlas_now()
    if atlas is None or not keys:
        return {}
    return firms_of(atlas, keys, *seen())


def found_by(words: str, limit: int = 8) -> list[Firm]:
    """Firms by a part of a name or by code, those that the reader may see."""
    atlas = atlas_now()
    return [] if atlas is None else find_firms(atlas, words, *seen(), limit=limit)


def near_to(firm: Firm) -> list[Relative]:
    """Branches, group and namesakes of a firm, those that the reader may see."""
    atlas = atlas_now()
    return [] if atlas is None else kept_apart(atlas, firm, *seen())


@dataclass(frozen=True, slots=True)
class About:
    """The loaded registry: how many firms, and the date of its newest list."""

    firms: int
    as_of: date | None


def about_registry() -> About | None:
    """What is loaded; None while nothing is."""
    version = Shelf(registry_folder()).version
    return _about(version) if version is not None else None


@lru_cache(maxsize=2)
def _about(version: Path) -> About:
    with Atlas(version) as atlas:
        [(as_of,)] = atlas.query("SELECT max(as_of) FROM loads")
        return About(atlas.count(), as_of)
