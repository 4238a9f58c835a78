"""Chains: 特钢材料产业链, 特钢材料 and 特钢 are one."""

from __future__ import annotations

from liantu.vocabulary.chains import chain_stems, find_chain

from .fold import fold
from .model import Comparison, Named


def key(name: str) -> str:
    """What a chain's name is indexed by: the industry's name where the lexicon knows it, else the name without its endings."""
    folded = fold(name)
    found = find_chain(folded)
    return fold(found.name) if found is not None else chain_stems(folded)[-1]


def compare(a: Named, b: Named) -> Comparison:
    """How likely `a` and `b` are one industry or chain."""
    return max((_compare_forms(fold(x), fold(y)) for x in a.forms for y in b.forms), key=lambda c: c.score)


def _compare_forms(x: str, y: str) -> Comparison:
    if x == y:
        return Comparison(0.98, "名称完全相同", "the same name")
    one, other = find_chain(x), find_chain(y)
    if one is not None and other is not None:
        if one is other:
            return Comparison(0.95, f"词表中都是“{one.name}”", f"both are {one.name} in the lexicon", "same")
        return Comparison(
            0.05, f"词表中是“{one.name}”与“{other.name}”两项", f"two entries: {one.name} and {other.name}", "different"
        )
    if set(chain_stems(x)) & set(chain_stems(y)):
        return Comparison(0.93, "只差“产业链”“集群”等词尾", "only endings such as 产业链 differ")
    if x in y or y in x:
        return Comparison(0.3, "一个名称包含另一个，多为上下位", "one holds the other: more often a kind of it")
    return Comparison(0.05, "名称不同", "different names")
