"""Zones: one zone behind its many forms."""

from __future__ import annotations

from functools import lru_cache

from liantu.vocabulary.zone_names import ZoneName, parse_zone, zone_aliases
from liantu.vocabulary.zones import find_zone

from .fold import fold
from .model import Comparison, Named
from .places import code_of_place, codes_agree


def key(name: str) -> str:
    """What a zone's name is indexed by."""
    return fold(name)


def compare(a: Named, b: Named) -> Comparison:
    """How likely `a` and `b` are one zone."""
    return max((_compare_forms(x, y, a, b) for x in a.forms for y in b.forms), key=lambda c: c.score)


@lru_cache(maxsize=8192)
def _forms(name: str) -> frozenset[str]:
    return frozenset(fold(form) for form in zone_aliases(name))


def _compare_forms(left: str, right: str, a: Named, b: Named) -> Comparison:
    x, y = fold(left), fold(right)
    one, other = find_zone(x), find_zone(y)
    if one is not None and other is not None:
        if one is other:
            return Comparison(0.98, f"都是“{one.name}”", f"both are {one.name}", "same")
        return Comparison(
            0.02, f"“{one.name}”与“{other.name}”是两个区", f"{one.name} and {other.name} are two zones", "different"
        )
    parsed = parse_zone(x), parse_zone(y)
    if parsed[0] is None or parsed[1] is None:
        if x == y:
            return Comparison(0.98, "名称完全相同", "the same name")
        return Comparison(0.1, "其中一个不是开发区名称", "one of them is not a zone's name")
    return _compare_parsed(x, y, parsed[0], parsed[1], a, b)


def _compare_parsed(x: str, y: str, one: ZoneName, other: ZoneName, a: Named, b: Named) -> Comparison:
    for name in (one, other):
        if not (name.within or name.province or name.places or name.core):
            return Comparison(0.3, "只有“开发区”等通称，须看上下文", "a bare class word; the context must tell")
    if x == y:
        return Comparison(0.98, "名称完全相同", "the same name")
    if bool(one.within) != bool(other.within) and one.core == other.core and one.places != other.places:
        return Comparison(0.05, "一个是另一个之内的园区", "one is a park inside the other", "different")
    if _forms(x) & _forms(y):
        if _places_conflict(one, other) or _contexts_conflict(a, b):
            return Comparison(0.1, "名称同形，所在地不同", "the same form in different places", "different")
        return Comparison(0.92, "全称与通行简称对应", "a full name and its usual short form")
    if one.core and one.core == other.core and one.kind == other.kind and not _places_conflict(one, other):
        return Comparison(0.7, "专名与类别相同，写法不同", "same own name and kind, another wording")
    return Comparison(0.1, "专名、所在地或类别不同", "another own name, place or kind")


def _places_conflict(one: ZoneName, other: ZoneName) -> bool:
    if not one.places or not other.places:
        return False
    codes = code_of_place("".join(one.places)), code_of_place("".join(other.places))
    if not all(codes):
        return one.places[-1] != other.places[-1]
    return not codes_agree(*codes)


def _contexts_conflict(a: Named, b: Named) -> bool:
    return not codes_agree(*(code_of_place(n.context.get("region", "")) for n in (a, b)))
