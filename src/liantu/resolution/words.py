"""Word lists that resolution stands on, loaded once from this room's data files."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from types import MappingProxyType

from liantu.vocabulary.regions import regions
from liantu.vocabulary.tables import Table, read_table

from .fold import fold


def table(file: str, columns: tuple[str, ...]) -> Table:
    """The CSV `file` of this room."""
    return read_table(file, columns, package=__package__)


@cache
def legal_suffixes() -> tuple[tuple[str, str], ...]:
    """(ending, legal form), longest first, endings folded."""
    rows = table("legal_suffixes.csv", ("suffix", "form", "source"))
    rows.require_unique("suffix")
    return tuple(sorted(((fold(r["suffix"]), r["form"]) for _, r in rows.rows), key=lambda pair: -len(pair[0])))


@cache
def market_marks() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Marks that exchanges put before and after a listed firm's short name, longest first, folded."""
    rows = table("market_marks.csv", ("mark", "at", "source"))
    rows.require_unique("mark", "at")
    rows.require_known("at", ("start", "end"))
    starts = [r["mark"].casefold() for _, r in rows.rows if r["at"] == "start"]
    ends = [r["mark"].casefold() for _, r in rows.rows if r["at"] == "end"]
    return tuple(sorted(starts, key=lambda m: -len(m))), tuple(sorted(ends, key=lambda m: -len(m)))


@cache
def abbreviations() -> MappingProxyType[str, tuple[str, ...]]:
    """Short form → the full forms it may stand for."""
    rows = table("abbreviations.csv", ("short", "full", "source"))
    rows.require_unique("short", "full")
    full: dict[str, list[str]] = defaultdict(list)
    for _, r in rows.rows:
        full[fold(r["short"])].append(fold(r["full"]))
    return MappingProxyType({short: tuple(forms) for short, forms in full.items()})


@cache
def trade_words() -> frozenset[str]:
    """Words of trade and organisation that tell one firm little from another."""
    rows = table("trade_words.csv", ("word", "source"))
    rows.require_unique("word")
    return frozenset(fold(r["word"]) for _, r in rows.rows)


@cache
def place_forms() -> MappingProxyType[str, str]:
    """Folded names and short names of provinces, cities and counties → a code (`""` where several regions share the form)."""
    forms: dict[str, str] = {}
    for form, region, _ in regions().names():
        if region.is_group:
            continue
        folded = fold(form)
        forms[folded] = (
            region.code if forms.get(folded, region.code) == region.code else _higher(forms[folded], region.code)
        )
    return MappingProxyType(forms)


def _higher(one: str, other: str) -> str:
    """Of two regions of one name the province, else the city, else neither."""
    if not one:
        return ""
    order = {"province": 0, "city": 1, "county": 2, "group": 3}
    levels = [order[regions().by_code(code).level] for code in (one, other)]
    if levels[0] == levels[1]:
        return ""
    return one if levels[0] < levels[1] else other
