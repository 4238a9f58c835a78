"""Where a thing lies: region codes from names alone, as far as names tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from liantu.extraction.model import Findings
from liantu.vocabulary.regions import Region, regions
from liantu.vocabulary.towns import find_town
from liantu.vocabulary.zone_names import parse_zone
from liantu.vocabulary.zones import find_zone

BRACKETED = re.compile(r"[（(]([^（()）]{2,12})[)）]")


@dataclass(frozen=True, slots=True)
class Place:
    """A region code of GB/T 2260 (empty when unknown) and its prefecture (empty for provinces)."""

    region_code: str = ""
    city_code: str = ""

    def __bool__(self) -> bool:
        return bool(self.region_code)


NOWHERE = Place()


@lru_cache(maxsize=16384)
def place_of_code(code: str) -> Place:
    """Place of a region; a group of regions lies where all its members lie, or in its parent."""
    table = regions()
    if code not in table:
        return NOWHERE
    region = table.by_code(code)
    if region.is_group:
        cities = {city.code for city in map(table.city_of, region.members) if city is not None}
        if len(cities) == 1:
            city = cities.pop()
            return Place(city, city)
        above = table.province_of(code)
        code = above.code if above else region.parent
        return place_of_code(code) if code and not code.startswith("G:") else NOWHERE
    found = table.city_of(code)
    return Place(code, found.code if found else "")


@lru_cache(maxsize=65536)
def find_region(name: str, within: str = "") -> Region | None:
    """The region called `name`, preferring those inside `within`; short names that are ordinary words do not count."""
    table = regions()
    found = table.by_name(name, within or None)
    if found is not None and found.needs_suffix and name == found.short:
        return found if within and table.is_within(found.code, within) else None
    return found


@lru_cache(maxsize=65536)
def place_of_name(name: str, within: str = "") -> Place:
    """Place that a region's, zone's or address-like name tells: 太原中北高新区 lies in 太原, 寿阳县平头镇 in 寿阳县."""
    region = find_region(name, within)
    if region is not None:
        return place_of_code(region.code)
    known = find_zone(name) or find_town(name)
    if known is not None and known.region:
        return place_of_code(known.region)
    zone = parse_zone(name)
    if zone is not None:
        for part in (*reversed(zone.places), zone.within, zone.core, zone.province):
            found = find_region(part, within) if part else None
            if found is not None:
                return place_of_code(found.code)
    return leading_place(name, within)


@lru_cache(maxsize=65536)
def leading_place(name: str, within: str = "") -> Place:
    """Finest place that `name` begins with (太原市杏花岭区… → the district), else none."""
    at, best, inside = 0, NOWHERE, within
    while at < len(name) - 1 and name[at : at + 2] in regions().beginnings:
        for end in range(min(len(name), at + 12), at + 1, -1):
            region = find_region(name[at:end], inside)
            if region is not None and not region.is_group:
                break
        else:
            break
        best, inside, at = place_of_code(region.code), region.code, end
    return best


@lru_cache(maxsize=65536)
def place_of_enterprise(name: str, within: str = "") -> Place:
    """Place in an enterprise's or project's name: the one in brackets first (云南), else the one it begins with.

    A short name at the beginning (泰山玻纤, 和顺玉晶) counts only inside the province of `within`: elsewhere it is more
    likely a brand or an ordinary word.
    """
    for part in BRACKETED.findall(name):
        region = find_region(part, within)
        if region is not None:
            return place_of_code(region.code)
    place = leading_place(name, within)
    if place and regions().by_code(place.region_code).name not in name and place.region_code[:2] != within[:2]:
        return NOWHERE
    return place


def finest(places: Iterable[Place]) -> Place:
    """The place most often given, the finer before the coarser, the lower code on a tie."""
    counts = Counter(place for place in places if place)
    if not counts:
        return NOWHERE
    finer = Counter[Place]()
    for place, n in counts.items():
        # A county also votes for nothing coarser, but a prefecture's votes support a county inside it.
        finer[place] = n + sum(
            m
            for other, m in counts.items()
            if other != place and regions().is_within(place.region_code, other.region_code)
        )
    return min(finer, key=lambda place: (-finer[place], place.region_code))


def document_region(findings: Findings) -> str:
    """Code of the region a document is about: named in its title, else the one most of its figures are about."""
    title = findings.title or ""
    names = [m.key for m in findings.mentions if m.kind == "region"]
    subjects = [f.subject for f in findings.figures if f.subject]
    votes = Counter[str]()
    for name, weight in [*((n, 1) for n in names), *((s, 2) for s in subjects)]:
        region = find_region(name)
        if region is None or region.is_group:
            continue
        bonus = 20 if region.short in title or region.name in title else 0
        votes[region.code] += weight + (bonus if region.code not in votes else 0)
    if not votes:
        return leading_place(title).region_code
    return min(votes, key=lambda code: (-votes[code], code))
