"""Industries and chains by name: the provincial and city lists, and the broad lexicon that prose draws on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table, split


@dataclass(frozen=True, slots=True)
class ChainTerm:
    """An industry that can be a chain, a cluster or a town's trade.

    `level` is `provincial` or `city` for the published key chains (then `region` says whose), else `""`.
    """

    name: str
    aliases: tuple[str, ...]
    sector: str
    level: str
    region: str
    source: str

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class ChainSuffix:
    """An ending of chain names and the kind it makes of them: chain, cluster, town, industry."""

    suffix: str
    kind: str
    source: str


@cache
def sectors() -> MappingProxyType[str, tuple[str, str]]:
    """Sector → (Chinese name, English name)."""
    table = read_table("sectors.csv", ("sector", "name_zh", "name_en", "source"))
    table.require_unique("sector")
    return MappingProxyType({r["sector"]: (r["name_zh"], r["name_en"]) for _, r in table.rows})


@cache
def chains() -> tuple[ChainTerm, ...]:
    """All industries of the lexicon, the published key chains first. A form belongs to one industry only."""
    table = read_table("chains.csv", ("name", "aliases", "sector", "level", "region", "source"))
    table.require_known("sector", sectors())
    table.require_known("level", ("provincial", "city"))
    owner: dict[str, str] = {}
    terms = []
    for line, row in table.rows:
        term = ChainTerm(row["name"], split(row["aliases"]), row["sector"], row["level"], row["region"], row["source"])
        for form in term.forms:
            if form in owner:
                raise table.error(line, f"“{form}”已属于“{owner[form]}”", f"{form} already belongs to {owner[form]}")
            owner[form] = term.name
        terms.append(term)
    return tuple(terms)


@cache
def chain_suffixes() -> tuple[ChainSuffix, ...]:
    """Endings of chain names, longest first."""
    table = read_table("chain_suffixes.csv", ("suffix", "kind", "source"))
    table.require_unique("suffix")
    table.require_known("kind", ("chain", "cluster", "town", "industry"))
    found = [ChainSuffix(r["suffix"], r["kind"], r["source"]) for _, r in table.rows]
    return tuple(sorted(found, key=lambda s: -len(s.suffix)))


@cache
def generic_chains() -> frozenset[str]:
    """Class words that name no industry of their own (传统产业, 战略性新兴产业)."""
    table = read_table("chain_generic.csv", ("name", "source"))
    table.require_unique("name")
    return frozenset(r["name"] for _, r in table.rows)


@cache
def _by_form() -> MappingProxyType[str, ChainTerm]:
    return MappingProxyType({form: term for term in chains() for form in term.forms})


def chain_kind(name: str) -> str:
    """The kind that the ending of `name` tells: chain, cluster, town, industry, or `""`."""
    return next((s.kind for s in chain_suffixes() if name.endswith(s.suffix) and len(name) > len(s.suffix)), "")


def chain_stems(name: str) -> tuple[str, ...]:
    """`name` and what remains when its endings are taken off one by one: 特钢材料产业链 → itself, 特钢材料."""
    stems = [name]
    while True:
        last = stems[-1]
        suffix = next(
            (s.suffix for s in chain_suffixes() if last.endswith(s.suffix) and len(last) - len(s.suffix) >= 2), None
        )
        if suffix is None:
            return tuple(stems)
        stems.append(last[: -len(suffix)])


def find_chain(name: str) -> ChainTerm | None:
    """The industry that `name` means once 产业链, 产业集群, 专业镇 and the like are taken off, else None."""
    if name in generic_chains():
        return None
    return next((_by_form()[stem] for stem in chain_stems(name) if stem in _by_form()), None)
