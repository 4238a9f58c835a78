"""Regions: a name leads to a code, and codes decide."""

from __future__ import annotations

from liantu.vocabulary.regions import Region, regions

from .fold import fold
from .model import Comparison, Named
from .places import code_of_place, codes_agree


def key(name: str) -> str:
    """What a region's name is indexed by: its code where the name has one, the folded name otherwise."""
    region = regions().by_name(fold(name))
    return region.code if region is not None else fold(name)


def find_region(named: Named) -> Region | None:
    """The one region that `named` means, its context's region helping where the name is shared."""
    within = code_of_place(named.context.get("region", "")) or None
    found = (regions().by_name(fold(form), within) for form in named.forms)
    return next((region for region in found if region is not None), None)


def compare(a: Named, b: Named) -> Comparison:
    """How likely `a` and `b` are one region. Ambiguous names (鼓楼区) need a person unless the context settles them."""
    one, other = find_region(a), find_region(b)
    if one is not None and other is not None:
        if one.code == other.code:
            return Comparison(0.98, f"都是{one.name}（{one.code}）", f"both are {one.name} ({one.code})", "same")
        return Comparison(
            0.02, f"{one.name}与{other.name}是两个地方", f"{one.name} and {other.name} are two places", "different"
        )
    if {fold(f) for f in a.forms} & {fold(f) for f in b.forms}:
        contexts = [code_of_place(n.context.get("region", "")) for n in (a, b)]
        if not codes_agree(*contexts):
            return Comparison(0.1, "同名，但所在地不同", "the same name in different places", "different")
        return Comparison(0.7, "同名，但有几个地方叫这个名字", "the same name, which several places bear")
    return Comparison(0.05, "名称不同", "different names")
