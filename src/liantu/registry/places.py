"""From an address, or the columns of a place, to a region code.

A county is taken from an address under its full name, or its short name behind its city: 太原市迎泽大街 is a street, 迎泽区 is the
district, 忻州原平 is the county of 忻州. Counties that were renamed, merged or raised since are known by their former names and codes
(`data/former_regions.csv`). What the address leaves open the firm's own name may tell (临猗县某某合作社), and last the digits of
the registration authority in the credit code, as far as they do not contradict the address.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from liantu.vocabulary import find_zone, regions
from liantu.vocabulary.regions import Region
from liantu.vocabulary.tables import read_table

from .model import RegionFrom

_STREET = re.compile("[东西南北中]?(?:大?街|路|巷|大道|胡同|道)")
_LEVELS = ("province", "city", "county", "group")
_AFTER_FIRM = re.compile("(?:公司|合作社|银行|集团|厂)")
_HEAD = re.compile("^.{0,22}[省市区县旗州盟].{0,4}|^.{0,14}")


@cache
def former_codes() -> dict[str, str]:
    """Codes of GB/T 2260 that are no longer in use → the code of the county that took their place."""
    return {row["code"]: row["now"] for row in _former()}


@cache
def _former() -> tuple[dict[str, str], ...]:
    table = read_table("former_regions.csv", ("code", "name", "now", "changed", "source"), package=__package__)
    table.require_unique("code")
    table.require_known("now", (region.code for region in regions()))
    return tuple(row for _, row in table.rows)


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
    for row in _former():
        forms.setdefault(row["name"], []).append(regions().by_code(row["now"]))
    return {name: tuple(dict.fromkeys(found)) for name, found in forms.items()}


@cache
def _short_counties() -> dict[str, tuple[Region, ...]]:
    """Short names of counties, as they stand behind the name of their city; ordinary words are left out."""
    forms: dict[str, list[Region]] = {}
    for region in regions():
        if (
            region.level == "county"
            and not region.needs_suffix
            and len(region.short) > 1
            and region.short != region.name
        ):
            forms.setdefault(region.short, []).append(region)
    return {name: tuple(found) for name, found in forms.items() if name not in _forms()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the names that begin with two given characters, longest first."""
    found: dict[str, set[int]] = {}
    for form in _forms():
        found.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@cache
def _short_starts() -> frozenset[str]:
    return frozenset(name[:2] for name in _short_counties())


@cache
def _starts() -> frozenset[str]:
    """The first two characters of every name of a region, short names of counties too."""
    return _short_starts() | _lengths().keys()


@lru_cache(maxsize=65_536)
def _within(code: str, ancestor: str) -> bool:
    return regions().is_within(code, ancestor)


def region_of_address(address: str, within: str = "") -> str:
    """The finest region that the beginning of `address` names, as a code; `""` for none.

    `within` (a code) is what is known already: only regions inside it are taken, and its own name or one above it is passed
    over. Names are followed from the left, each inside the last: 山西省晋中市寿阳县北大街 → 140725.
    """
    if not address:
        return ""
    # Addresses of one street share their beginning, and the beginning is all that is looked at.
    head = _HEAD.match(address.lstrip(" 　（("))
    return _region_of_head(head.group(), within) if head else ""


@lru_cache(maxsize=131_072)
def _region_of_head(text: str, within: str) -> str:
    return _follow(text, within)


def _follow(text: str, within: str) -> str:
    return _reach(text, within)[0]


def _reach(text: str, within: str) -> tuple[str, int]:
    """The region that the names at the beginning of `text` lead to, empty for none, and where they end."""
    found, at = within, 0
    while step := _step(text, at, found):
        found, at = step
    return (found if at else ""), at


@lru_cache(maxsize=131_072)
def _reach_of_head(text: str) -> int:
    return _reach(text, "")[1]


def behind_regions(address: str) -> str:
    """What stands in `address` behind the names of province, city and county."""
    text = address.lstrip(" 　（(")
    head = _HEAD.match(text)
    return text[_reach_of_head(head.group()) :] if head else text


def _step(text: str, at: int, found: str) -> tuple[str, int] | None:
    """The region reached by the name at `at`, and where that name ends; None when no name of a fitting region stands there."""
    forms = _forms()
    for length in _lengths().get(text[at : at + 2], ()):
        form = text[at : at + length]
        if form not in forms:
            continue
        code, is_short = _meant(form, found)
        if code and not (is_short and _STREET.match(text, at + length)):
            return code, at + length
    return _short_step(text, at, found) if found else None


@lru_cache(maxsize=65_536)
def _meant(form: str, found: str) -> tuple[str, bool]:
    """The region that a name of `_forms` means behind `found`, empty for none, and whether that is its short name, which streets have
    as well. A name of `found` or of what lies above it leads no further."""
    candidates = _forms()[form]
    if found:
        if any(_within(found, r.code) for r in candidates):
            return found, False
        candidates = tuple(r for r in candidates if _within(r.code, found))
    else:
        # 吉林 is the province before it is the city; two counties of one name say nothing.
        top = min(_LEVELS.index(r.level) for r in candidates)
        candidates = tuple(r for r in candidates if _LEVELS.index(r.level) == top)
    if len(candidates) != 1:
        return "", False
    [region] = candidates
    return region.code, form == region.short and form != region.name


def _short_step(text: str, at: int, found: str) -> tuple[str, int] | None:
    """The county whose short name stands behind the name of its city (忻州原平); a street named after it is none."""
    if text[at : at + 2] not in _short_starts():
        return None
    for length in (4, 3, 2):
        inside = [r for r in _short_counties().get(text[at : at + length], ()) if _within(r.code, found)]
        if len(inside) == 1 and inside[0].code != found and not _STREET.match(text, at + length):
            return inside[0].code, at + length
    return None


@cache
def _is_county(code: str) -> bool:
    return regions().by_code(code).level == "county"


def region_of_name(name: str, within: str) -> str:
    """The county inside `within` that a firm's name begins with, or that stands behind 公司 in a branch's name; `""` for none."""
    known = _starts()
    last = len(name) - 1
    starts = [0, *(end for found in _AFTER_FIRM.finditer(name) if (end := found.end()) < last)]
    for start in reversed(starts):
        head = name[start : start + 16].lstrip("（(")
        if head[:2] not in known:
            continue
        found = _follow(head, within)
        if found and found != within and _is_county(found):
            return found
    return ""


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


def locate(address: str, columns: tuple[str, str, str, str], issued: str, name: str = "") -> tuple[str, RegionFrom]:
    """Region code of an enterprise and what told it.

    Args:
        address: as registered.
        columns: province, city, county and place, each may be empty.
        issued: digits of the registration authority in a valid credit code (the third to the eighth), else empty.
        name: the firm's, which may name the county that the address leaves open.

    The columns bound the address. A code that lies inside what was found makes it finer; one that contradicts it is ignored:
    a firm may move, its registration authority's digits stay.
    """
    told = region_of_columns(*columns)
    found = region_of_address(address, told)
    how: RegionFrom = "address" if found else "place" if told else ""
    found = found or told
    if name and not (found and _is_county(found)):
        own = region_of_name(name, found)
        if own:
            return own, "name"
    finer = _known_part(issued)
    if finer and finer != found and (not found or _within(finer, found)):
        return finer, "code"
    return found, how


@lru_cache(maxsize=8_192)
def _known_part(code: str) -> str:
    """`code`, or the city or province of its first digits when districts have been renamed since."""
    if not code:
        return ""
    now = former_codes().get(code, code)
    return next((c for c in (now, code[:4] + "00", code[:2] + "0000") if c in regions()), "")
