"""How development zones are named: parts of a zone's name, and the shorter forms people write for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .chains import find_chain
from .regions import regions
from .tables import read_table, split

_TITLES = ("国家级", "国家", "省级", "市级", "县级")
_HOLDERS = frozenset({"reform_demonstration", "economic", "hightech", "integrated_economic", "agricultural_hightech"})
_REFORM = ("转型", "综合改革", "综改")


@dataclass(frozen=True, slots=True)
class ZoneType:
    """A kind of zone: the full ending of its name and the endings written for short, longest first."""

    ending: str
    short_forms: tuple[str, ...]
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone's name in parts: 山西 (`province`) · 太原 (`places`) · 中北 (`core`) · 高新技术产业开发区 (`ending`).

    `within` is the zone that holds it (山西转型综改示范区 in 山西转型综改示范区阳曲产业园区).
    """

    within: str
    province: str
    places: tuple[str, ...]
    core: str
    ending: str
    kind: str


@cache
def zone_types() -> tuple[ZoneType, ...]:
    """All kinds of zone, longest ending first."""
    table = read_table("zone_types.csv", ("ending", "short_forms", "kind", "source"))
    table.require_unique("ending")
    types = [ZoneType(r["ending"], split(r["short_forms"]), r["kind"], r["source"]) for _, r in table.rows]
    return tuple(sorted(types, key=lambda t: -len(t.ending)))


@cache
def _endings() -> tuple[tuple[str, ZoneType], ...]:
    pairs = {form: t for t in zone_types() for form in (*t.short_forms, t.ending)}
    pairs |= {t.ending: t for t in zone_types()}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def parse_zone(name: str) -> ZoneName | None:
    """`name` in parts, or None when it does not end like a zone's name.

    Short endings are understood too: 太原中北高新区 has the ending 高新技术产业开发区.
    """
    found = next(((form, t) for form, t in _endings() if name.endswith(form)), None)
    if found is None:
        return None
    form, zone_type = found
    rest = name[: len(name) - len(form)]
    for title in _TITLES:
        rest = rest.removesuffix(title)
    within, rest = _split_outer_zone(rest)
    provinces, rest = _split_places(rest, ("province",))
    places, core = _split_places(rest, ("city", "county"))
    return ZoneName(within, "".join(provinces), places, core, zone_type.ending, zone_type.kind)


def _split_outer_zone(text: str) -> tuple[str, str]:
    """山西转型综改示范区阳曲 → (山西转型综改示范区, 阳曲)."""
    for form, zone_type in _endings():
        at = text.find(form)
        if zone_type.kind in _HOLDERS and at >= 2 and len(text) > at + len(form):
            return text[: at + len(form)], text[at + len(form) :]
    return "", text


def _split_places(text: str, levels: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The region names that `text` begins with, outermost first, and what follows them."""
    found: list[str] = []
    while True:
        place = next(
            (text[:end] for end in range(min(len(text), 12), 1, -1) if _is_place(text[:end], levels, found)), ""
        )
        if not place:
            return tuple(found), text
        found.append(place)
        text = text[len(place) :]


def _is_place(text: str, levels: tuple[str, ...], outer: list[str]) -> bool:
    named = [r for r in regions().all_named(text) if r.level in levels]
    if outer:
        above = {r.code for r in regions().all_named(outer[-1])}
        named = [r for r in named if any(p.code in above for p in regions().parents(r.code))]
    return bool(named)


def _short(place: str) -> str:
    return next((r.short for r in regions().all_named(place)), place)


def zone_aliases(name: str) -> tuple[str, ...]:
    """Every form people write for the zone `name`, `name` first; only `name` when it is not a zone's name.

    太原中北高新技术产业开发区 gives 太原中北高新区, 中北高新技术产业开发区, 中北高新区 and others. A place is dropped only where a
    name of the zone's own remains, and a trade is no such name: 太原不锈钢产业园区 keeps 太原, and a bare 高新区 is never a form.
    """
    parsed = parse_zone(name)
    if parsed is None:
        return (name,)
    zone_type = next(t for t in zone_types() if t.ending == parsed.ending)
    forms: dict[str, None] = {name: None}
    for front in _fronts(parsed):
        for ending in (zone_type.ending, *zone_type.short_forms):
            forms[front + ending] = None
    if parsed.within:
        inner = list(forms)[1:]
        outer = zone_aliases(parsed.within)
        forms |= {o + i: None for o in outer for i in inner[: len(zone_type.short_forms) + 1]}
    return tuple(forms)


def _fronts(parsed: ZoneName) -> Iterator[str]:
    places = {"".join(parsed.places): None, "".join(_short(p) for p in parsed.places): None}
    if parsed.places:
        places |= {parsed.places[-1]: None, _short(parsed.places[-1]): None}
        if parsed.core:
            places[_short(parsed.places[0])] = None
    provinces = {parsed.province: None, _short(parsed.province): None}
    if parsed.places or _is_own_name(parsed.core):
        provinces[""] = None
    for province in provinces:
        for place in places:
            if province or place:
                yield province + place + parsed.core
    if _is_own_name(parsed.core):
        yield parsed.core


def _is_own_name(core: str) -> bool:
    return len(core) >= 2 and not core.startswith(_REFORM) and find_chain(core) is None
