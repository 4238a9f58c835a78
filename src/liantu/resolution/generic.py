"""Names of kinds without rules of their own: towns by the list, the rest by writing."""

from __future__ import annotations

from liantu.vocabulary.towns import find_town

from .fold import fold
from .model import Comparison, Named


def key(name: str) -> str:
    """What such a name is indexed by."""
    folded = fold(name)
    town = find_town(folded)
    return fold(town.name) if town is not None else folded


def compare(a: Named, b: Named) -> Comparison:
    """How likely `a` and `b` are one thing: the same writing, the same town, or a person must say."""
    return max((_compare_forms(fold(x), fold(y)) for x in a.forms for y in b.forms), key=lambda c: c.score)


def _compare_forms(x: str, y: str) -> Comparison:
    if x == y:
        return Comparison(0.98, "名称完全相同", "the same name")
    one, other = find_town(x), find_town(y)
    if one is not None and other is not None:
        if one is other:
            return Comparison(0.95, f"都是{one.full_name}", f"both are {one.full_name}", "same")
        return Comparison(0.02, "是两个专业镇", "two specialty towns", "different")
    short, long = sorted((x, y), key=len)
    if len(short) >= 4 and short in long:
        share = len(short) / len(long)
        return Comparison(min(0.79, 0.35 + 0.5 * share), "一个名称包含另一个", "one name holds the other")
    return Comparison(0.05, "名称不同", "different names")
