"""Development zones and townships out of addresses.

A zone is one of the gazetteer (`vocabulary.zones`), under a form that people write: 太原高新区, 太原市高新技术开发区, 晋中开发区. Parks
that are on no list are no zones. A township (乡镇, 街道) is what stands behind the county's name; there is no list of them to check with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from liantu.vocabulary import Zone, regions, zones
from liantu.vocabulary.tables import read_table

from .places import behind_regions
from .scan import Scanner, Texts

_TOWN = re.compile(
    "(?P<town>[\u4e00-\u9fff]{1,6}?(?:街道办事处|街道办|街道|办事处|镇|乡))(?!企业|路|街|大|政府街|中路|建设)"
)
_NO_TOWN = re.compile(
    "[路巷号]|街(?!道)|大道|小区|广场|大厦|^(?:城|县|老|故|小城|各|乡|村)[镇乡]$|公司|中心|开发区|园区"
)
_BEFORE_TOWN = re.compile(r"^[\s,，、.]*(?:[(（][^()（）]*[)）])?(?:[\u4e00-\u9fff]{0,6}?[区县市])?")
"""What may stand between the county's name and the township: a bracket, a zone, a district that is no more."""
_NAMED_AFTER = "路街巷桥站"
_REFORM = "山西转型综合改革示范区"


@cache
def _forms() -> tuple[Scanner, tuple[Zone, ...]]:
    """The forms of all zones, longest for their place, and the zone of each: one that two zones share is left out."""
    found: dict[str, set[Zone]] = {}
    by_code = {zone.code: zone for zone in zones()}
    for zone in zones():
        for form in (zone.name, *zone.aliases):
            for written in _written(form, zone):
                found.setdefault(written, set()).add(zone)
    table = read_table("zone_forms.csv", ("form", "zone", "source"), package=__package__)
    table.require_unique("form")
    table.require_known("zone", by_code)
    own = {row["form"]: by_code[row["zone"]] for _, row in table.rows}
    sure = {form: next(iter(owners)) for form, owners in found.items() if len(owners) == 1} | own
    return Scanner(list(sure)), tuple(sure.values())


def _written(form: str, zone: Zone) -> list[str]:
    """`form`, and as people write it as well: 太原市高新区 for 太原高新区, 阳泉经济技术开发区 for 阳泉经济开发区 and the other way round."""
    region = regions().by_code(zone.region)
    said = [form]
    for short, long in (("经济开发区", "经济技术开发区"), ("经济技术开发区", "经济开发区")):
        if form.endswith(short):
            said.append(form[: -len(short)] + long)
    said += [
        region.name + one[len(region.short) :]
        for one in said
        if one.startswith(region.short) and not one.startswith(region.name)
    ]
    return said


def zones_of(
    addresses: Sequence[str], places: Sequence[str], names: Sequence[str], cities: Sequence[str]
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """(codes of zones, what told each) of firms with these addresses, columns of place, names and city codes; empty for none.

    Of several zones in one address the last counts, as parts stand behind the whole (综改示范区阳曲园区). A zone of another city than
    the firm's is none of its.
    """
    code: NDArray[np.object_] = np.full(len(addresses), "", object)
    told: NDArray[np.object_] = np.full(len(addresses), "", object)
    scanner, owners = _forms()
    for how, texts in (("name", names), ("place", places), ("address", addresses)):
        if not any(texts):
            continue
        batch = Texts(texts)
        hits = scanner.find(batch)
        owner = batch.text_of(hits.start)
        for at, firm in enumerate(owner.tolist()):
            end = int(hits.end[at] - batch.starts[firm])
            begin = int(hits.start[at] - batch.starts[firm])
            zone = owners[int(hits.word[at])]
            if how == "name" and begin > 0 and texts[firm][begin - 1] not in "省市":
                continue
            if texts[firm][end : end + 1] and texts[firm][end] in _NAMED_AFTER:
                continue
            if _fits(zone, cities[firm]):
                code[firm], told[firm] = zone.code, how
    return code, told


def _fits(zone: Zone, city: str) -> bool:
    """Whether a zone may lie in the city of a firm: the reform zone reaches from Taiyuan into Jinzhong."""
    if not city or zone.region.endswith("0000") or zone.name.startswith(_REFORM):
        return True
    return _city(zone.region) == city


@lru_cache(maxsize=1024)
def _city(code: str) -> str:
    city = regions().city_of(code)
    return city.code if city is not None else ""


def town_of(address: str) -> str:
    """The township or street office that `address` names behind its county; empty for none. 尧都区吴村镇王曲村 → 吴村镇."""
    rest = behind_regions(address)
    between = _BEFORE_TOWN.match(rest)
    found = _TOWN.match(rest, between.end() if between else 0)
    if found is None or _NO_TOWN.search(found["town"]):
        return ""
    return found["town"]
