"""Firms of the loaded registry one by one: what the lists say of them, where each is written, and who is like them but another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from liantu.resolution.enterprise import parse

from .name_index import firms_named
from .shelf import Atlas

Kin = Literal["branch", "group", "member", "namesake"]
_COLUMNS = (
    "firm, name, uscc, uscc_valid, scope, products, address, capital_written, capital_yuan, established, region_code, "
    "city_code, province_code, source, row, as_of"
)


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as the newest list that has it says: `source` and `row` are where. `former` names come with the day until which."""

    firm: str
    name: str
    uscc: str
    uscc_valid: bool
    scope: str
    products: str
    address: str
    capital_written: str
    capital_yuan: float | None
    established: date | None
    region_code: str
    city_code: str
    province_code: str
    source: str
    row: int
    as_of: date
    former: tuple[tuple[str, date | None], ...] = ()
    chains: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The credit code where it is valid, else nothing."""
        return self.uscc if self.uscc_valid else ""


@dataclass(frozen=True, slots=True)
class Relative:
    """A firm that is near to another by name and still another legal person: a branch, its group, a member of the group, or one
    whose name differs in the place or legal form alone."""

    firm: Firm
    kin: Kin


def firms_of(atlas: Atlas, keys: Collection[str], where: str = "true", given: Sequence[Any] = ()) -> dict[str, Firm]:
    """The firms with these keys, as far as the registry has them.

    Args:
        where, given: a further condition on `firms` with its parameters, such as what a reader may see.
    """
    asked = f"list_contains(?::VARCHAR[], firm) AND {where}"
    return {firm.firm: firm for firm in _firms(atlas, asked, [sorted(set(keys)), *given])}


def find_firms(atlas: Atlas, words: str, where: str = "true", given: Sequence[Any] = (), limit: int = 8) -> list[Firm]:
    """Firms by a part of their present or a former name, or by credit code; the shortest names first.

    `where` and `given` as of `firms_of`.
    """
    asked = words.strip()
    if len(asked) < 2:
        return []
    formerly = [
        firm for (firm,) in atlas.query("SELECT DISTINCT firm FROM former_names WHERE contains(name, ?)", [asked])
    ]
    table, values = firms_named(atlas, [asked], formerly)
    return _firms(atlas, where, [*values, *given], limit, table)


def kept_apart(
    atlas: Atlas, firm: Firm, where: str = "true", given: Sequence[Any] = (), limit: int = 12
) -> list[Relative]:
    """Firms that are easily taken for `firm`: its branches, its group, members of it as a group, other places or forms.

    `where` and `given` as of `firms_of`.
    """
    own = parse(firm.name)
    stem = own.text
    if len(own.core) < 2:
        return []
    asked = f"(starts_with(name, ?) OR starts_with(name, ?)) AND firm <> ? AND {where}"
    near = _firms(atlas, asked, [firm.name, stem, firm.firm, *given], 60)
    found = [Relative(other, _kin(firm, other)) for other in near]
    order: dict[Kin, int] = {"group": 0, "branch": 1, "member": 2, "namesake": 3}
    return sorted(found, key=lambda r: (order[r.kin], r.firm.name, r.firm.firm))[:limit]


def _kin(firm: Firm, other: Firm) -> Kin:
    own, its = parse(firm.name), parse(other.name)
    if other.name.startswith(firm.name) or (its.text == own.text and its.branch != own.branch):
        return "branch"
    if its.is_group and not own.is_group:
        return "group"
    return "member" if own.is_group else "namesake"


def _firms(
    atlas: Atlas, where: str, given: Sequence[Any], limit: int | None = None, table: str = "firms"
) -> list[Firm]:
    bound = f"LIMIT {int(limit)}" if limit is not None else ""
    rows = atlas.query(f"SELECT {_COLUMNS} FROM {table} WHERE {where} ORDER BY length(name), name, firm {bound}", given)
    keys = [row[0] for row in rows]
    former: dict[str, list[tuple[str, date | None]]] = {}
    chains: dict[str, list[str]] = {}
    if keys:
        for key, name, until in atlas.query(
            "SELECT firm, name, until FROM former_names WHERE list_contains(?::VARCHAR[], firm) ORDER BY until DESC, name",
            [keys],
        ):
            former.setdefault(key, []).append((name, until))
        for key, chain in atlas.query(
            "SELECT DISTINCT firm, chain FROM placements WHERE state = 'placed' AND list_contains(?::VARCHAR[], firm) "
            "ORDER BY chain",
            [keys],
        ):
            chains.setdefault(key, []).append(chain)
    return [_firm(row, former, chains) for row in rows]


def _firm(row: tuple[Any, ...], former: dict[str, list[tuple[str, date | None]]], chains: dict[str, list[str]]) -> Firm:
    told: dict[str, Any] = {n: v if v is not None or n in _MAY_LACK else "" for n, v in zip(_NAMES, row, strict=True)}
    return Firm(former=tuple(former.get(told["firm"], ())), chains=tuple(chains.get(told["firm"], ())), **told)


_NAMES = tuple(_COLUMNS.split(", "))
_MAY_LACK = {"capital_yuan", "established"}
