"""Whether a row belongs to a programme or a person: its region within theirs, its chain one of theirs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from liantu.vocabulary import regions


def within(code: str, region: str) -> bool:
    """Whether the region `code` is `region` or lies in it; without either, no."""
    return bool(code and region) and (code == region or (code in regions() and regions().is_within(code, region)))


def region_prefix_q(region: str, column: str = "region_code") -> Q:
    """Rows whose region is `region` or lies in it, by the digits of their codes; a group of regions stands for its members."""
    gazetteer = regions()
    if region in gazetteer and gazetteer.by_code(region).is_group:
        found = Q(**{column: region})
        for member in gazetteer.by_code(region).members:
            found |= region_prefix_q(member, column)
        return found
    if not region.isdigit():
        return Q(pk__in=())
    if region.endswith("0000"):
        return Q(**{f"{column}__gte": region, f"{column}__lt": f"{int(region[:2]) + 1:02d}0000"})
    if region.endswith("00"):
        return Q(**{f"{column}__gte": region, f"{column}__lt": f"{int(region[:4]) + 1:04d}00"})
    return Q(**{column: region})


def any_place_q(places: Iterable[tuple[str, str]], region: str = "region_code", chain: str = "chain") -> Q:
    """Rows of any of the (region, chain) pairs; an empty chain means every chain of the region. None match no pairs at all."""
    found = Q(pk__in=())
    for code, name in places:
        found |= region_prefix_q(code, region) & (Q(**{chain: name}) if name else Q())
    return found
