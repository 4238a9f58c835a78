"""Who does what: roles of the chain-leader system, and roles of firms on a chain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table, split


@dataclass(frozen=True, slots=True)
class GovernanceRole:
    """A role in the chain-leader system, with the names it goes by."""

    value: str
    name_zh: str
    name_en: str
    names: tuple[str, ...]
    duties_zh: str
    source: str


@dataclass(frozen=True, slots=True)
class EnterpriseRole:
    """A firm's role on a chain; `reader_role` is the value the reader reports, `""` for none."""

    value: str
    reader_role: str
    name_zh: str
    cues: tuple[str, ...]
    source: str


@cache
def governance_roles() -> MappingProxyType[str, GovernanceRole]:
    """Governance roles by value."""
    table = read_table("governance_roles.csv", ("role", "name_zh", "name_en", "names", "duties_zh", "source"))
    table.require_unique("role")
    return MappingProxyType(
        {
            r["role"]: GovernanceRole(
                r["role"], r["name_zh"], r["name_en"], split(r["names"]), r["duties_zh"], r["source"]
            )
            for _, r in table.rows
        }
    )


@cache
def enterprise_roles() -> MappingProxyType[str, EnterpriseRole]:
    """Enterprise roles by value, the strongest first."""
    table = read_table("enterprise_roles.csv", ("role", "reader_role", "name_zh", "cues", "source"))
    table.require_unique("role")
    table.require_known("reader_role", ("chain_master", "chain_core", "leading", "supporting"))
    return MappingProxyType(
        {
            r["role"]: EnterpriseRole(r["role"], r["reader_role"], r["name_zh"], split(r["cues"]), r["source"])
            for _, r in table.rows
        }
    )
