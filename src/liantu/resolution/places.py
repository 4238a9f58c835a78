"""Places as they stand in names and contexts."""

from __future__ import annotations

from liantu.vocabulary.regions import regions

from .words import place_forms


def code_of_place(place: str) -> str:
    """The region code of a place in a name (太原, 太原市, 山西忻州) or of a code itself; `""` when unknown or ambiguous."""
    if place in regions():
        return place
    if place in place_forms():
        return place_forms()[place]
    region = regions().by_name(place) if place else None
    return region.code if region is not None else ""


def codes_agree(one: str, other: str) -> bool:
    """Whether two codes may be one place: one of them unknown, or one inside the other."""
    return not one or not other or regions().is_within(one, other) or regions().is_within(other, one)


def places_agree(a: str, b: str) -> bool:
    """Whether one place may be the other: equal, one of them not said, or one inside the other."""
    if not a or not b or a == b:
        return True
    codes = code_of_place(a), code_of_place(b)
    if not all(codes):
        return a.startswith(b) or b.startswith(a)
    return codes_agree(*codes)


def same_city(one: str, other: str) -> bool:
    """Whether two codes lie in one prefecture, or one inside the other, or one is unknown."""
    return codes_agree(one, other) or regions().city_of(one) == regions().city_of(other)
