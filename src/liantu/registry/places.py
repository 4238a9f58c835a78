"""From an address, or the columns of a place, to a region code.

A county is taken from an address only under its full name: 太原市迎泽大街 is a street, 迎泽区 is the district. The digits of the
registration authority in the credit code tell the rest, as far as they do not contradict the address.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from liantu.vocabulary import find_zone, regions
from liantu.vocabulary.regions import Region

from .model import RegionFrom

_STREET = re.compile("[东西南北中]?(?:大?街|路|巷|大道|胡同|道)")
_LEVELS = ("province", "city", "county", "group")


@cache
def _forms() -> dict[str, tuple[Region, ...]]:
    """Names as addresses write them: every full name and alias, and the short names of provinces and cities."""
    forms: dict[str, list[Region]] = {}
    for region in regions():
        if region.is_group:
            continue
        names = [region.name, *region.aliases]
        if region.level != "county" and not region.needs_suffix:
            names.append(region.short)
        for name in dict.fromkeys(names):
            forms.setdefault(name, []).append(region)
    return {name: tuple(found) for name, found in forms.items()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the names that begin with two given characters, longest first."""
    found: dict[str, set[int]] = {}
    for form in _forms():
        found.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@lru_cache(maxsize=65_536)
def _within(code: str, ancestor: str) -> bool:
    return regions().is_within(code, ancestor)


@lru_cache(maxsize=65_536)
def region_of_address(address: str, within: str = "") -> str:
    """The finest region that the beginning of `address` names, as a code; `""` for none.

    `within` (a code) is what is known already: only regions inside it are taken, and its own name or one above it is passed
    over. Names are followed from the left, each inside the last: 山西省晋中市寿阳县北大街 → 140725.
    """
    text = address.lstrip(" 　（(")
    found, at = within, 0
    named = False
    while step := _step(text, at, found):
        found, at = step
        named = True
    return found if named else ""


def _step(text: str, at: int, found: str) -> tuple[str, int] | None:
    """The region reached by the name at `at`, and where that name ends; None when no name of a fitting region stands there."""
    for length in _lengths().get(text[at : at + 2], ()):
        form = text[at : at + length]
        candidates = _forms().get(form)
        if not candidates:
            continue
        if found:
            if any(_within(found, r.code) for r in candidates):
                return found, at + length
            candidates = tuple(r for r in candidates if _within(r.code, found))
        else:
            # 吉林 is the province before it is the city; two counties of one name say nothing.
            top = min(_LEVELS.index(r.level) for r in candidates)
            candidates = tuple(r for r in candidates if _LEVELS.index(r.level) == top)
        if len(candidates) != 1:
            continue
        if form != candidates[0].short or form == candidates[0].name or not _STREET.match(text, at + length):
            return candidates[0].code, at + length
    return None


@lru_cache(maxsize=8_192)
def region_of_columns(province: str, city: str, county: str, place: str) -> str:
    """The finest region that the columns of a place name, as a code; `""` for none. A county column may hold a zone."""
    found = ""
    for name in (province, city, place, county):
        if not name:
            continue
        region = regions().by_name(name, found or None)
        zone = find_zone(name) if region is None else None
        code = (
            region.code if region is not None else zone.region if zone is not None else region_of_address(name, found)
        )
        if code and (not found or _within(code, found)):
            found = code
    return found


def locate(address: str, columns: tuple[str, str, str, str], issued: str) -> tuple[str, RegionFrom]:
    """Region code of an enterprise and what told it.

    Args:
        address: as registered.
        columns: province, city, county and place, each may be empty.
        issued: digits of the registration authority in a valid credit code (the third to the eighth), else empty.

    The columns bound the address. A code that lies inside what was found makes it finer; one that contradicts it is ignored:
    a firm may move, its registration authority's digits stay.
    """
    told = region_of_columns(*columns)
    found = region_of_address(address, told)
    how: RegionFrom = "address" if found else "place" if told else ""
    found = found or told
    finer = _known_part(issued)
    if finer and finer != found and (not found or _within(finer, found)):
        return finer, "code"
    return found, how


@lru_cache(maxsize=8_192)
def _known_part(code: str) -> str:
    """`code`, or the city or province of its first digits when districts have been renamed since."""
    return next((c for c in (code, code[:4] + "00", code[:2] + "0000") if c in regions()), "") if code else ""
