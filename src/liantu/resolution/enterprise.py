"""Firms: rules that decide above any string, and the alignment of a short name with a full one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .alignment import START, align
from .calibration import probability_of_pair
from .enterprise_name import EnterpriseName, parts_of, strip_market_marks, trade_mask
from .index import GramIndex, grams
from .model import Comparison, Named
from .places import code_of_place, places_agree, same_city
from .uscc import clean_uscc, is_uscc
from .words import abbreviations

Weight = Callable[[str], float]

_VARIANT_COST = 0.03
_GROUP_CREDIT = 0.05
_OWN_LEFT = 0.25
_OTHER_CITY = 0.75
REFUSED = 0.5
"""Held below this by a rule, a firm is no rival to others."""
_COSINE = 0.3
_ROUNDING = 1e-9
"""Sums of the same shares in another order may differ by less than this."""
_PRIOR = GramIndex()
"""Weighs characters by the word lists alone, for pairs compared outside an index."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a short name lies in a long one.

    `score` ranks candidates (up to 1.55); `matched` and `cosine` are features of `calibration`; `at` are the positions of
    the long name that the short one uses.
    """

    score: float
    matched: float
    cosine: float
    at: tuple[int, ...]


def key(name: str) -> str:
    """What a firm's name is indexed by: place and core without legal form, brackets and market marks."""
    parsed = parse(name)
    return parsed.text + parsed.other


def compare(a: Named, b: Named, weight: Weight | None = None) -> Comparison:
    """How likely `a` and `b` are one firm. Where both have registered names, those alone decide."""
    decided = strong_key(a, b)
    if decided is not None:
        return decided
    pairs = registered_pairs(a, b) or [(x, y) for x in a.forms for y in b.forms]
    best = max((compare_forms(x, y, weight or _PRIOR.weight) for x, y in pairs), key=lambda c: c.score)
    return with_regions(best, a, b)


def registered_pairs(a: Named, b: Named) -> list[tuple[str, str]]:
    """The pairs of registered names of two firms, empty where one of them has only short names."""
    left, right = ([form for form in n.forms if parse(form).is_full] for n in (a, b))
    return [(x, y) for x in left for y in right]


@lru_cache(maxsize=65536)
def parse(name: str) -> EnterpriseName:
    """A firm's name in parts, the exchange's marks taken off."""
    return parts_of(strip_market_marks(name))


def strong_key(a: Named, b: Named) -> Comparison | None:
    """The verdict of two valid credit codes, None where one is missing or wrong."""
    one, other = (clean_uscc(n.context.get("uscc", "")) for n in (a, b))
    if not (is_uscc(one) and is_uscc(other)):
        return None
    if one == other:
        return Comparison(1.0, f"统一社会信用代码相同（{one}）", f"same unified social credit code ({one})", "same")
    return Comparison(
        0.0, "统一社会信用代码不同，不是同一企业", "different valid credit codes: not the same firm", "different"
    )


def compare_forms(left: str, right: str, weight: Weight, fit: Fit | None = None) -> Comparison:
    """How likely two written names mean one firm; `fit` saves aligning them again."""
    a, b = parse(left), parse(right)
    if a.folded == b.folded:
        return Comparison(0.98, "名称完全相同", "the same name")
    if a.is_full and b.is_full:
        return _compare_full(a, b)
    short, long = by_length(a, b)
    fit = fit or fit_of(short, long, weight)
    unused = leftover(long, fit, weight)
    cap, reason_zh, reason_en = ceiling(short, long, unused)
    score = probability_of_pair(fit.matched, fit.cosine, unused)
    alike = short.text == long.text
    if max(score, 0.9 if alike else 0.0) > cap:
        return Comparison(cap, reason_zh, reason_en, basis="limit")
    if alike:
        return Comparison(0.92, "字号相同，只差公司形式", "the same core, only the legal form is left out")
    zh = f"“{short.folded}”按序落在“{long.folded}”中"
    return Comparison(score, zh, f"{short.folded} lies in order inside {long.folded}", basis="alignment")


def held_down(name: str, firm: Named) -> Comparison | None:
    """What a registered name of `firm` says against `name`, however well another of its short names fits; else None.

    沐邦高科 is 江西沐邦高科技股份有限公司; 山西沐邦高科 is near to 沐邦高科 and still another firm.
    """
    asked = parse(name)
    for registered in (parse(form) for form in firm.forms):
        if registered.is_full and not asked.is_full:
            cap, zh, en = ceiling(asked, registered, 0.0)
            if cap < REFUSED:
                return Comparison(cap, zh, en, basis="limit")
    return None


def by_length(a: EnterpriseName, b: EnterpriseName) -> tuple[EnterpriseName, EnterpriseName]:
    """The shorter and the longer of two names; a name without legal form is the shorter one."""
    if a.is_full != b.is_full:
        return (b, a) if a.is_full else (a, b)
    order = (len(a.text), len(a.folded), a.folded) <= (len(b.text), len(b.folded), b.folded)
    return (a, b) if order else (b, a)


def _compare_full(a: EnterpriseName, b: EnterpriseName) -> Comparison:
    """Two names that each carry a legal form name two legal persons unless they differ in writing only."""
    if a.core != b.core or a.other != b.other:
        return _compare_cores(a, b)
    if a.branch != b.branch:
        return Comparison(
            0.15,
            "括号内地名不同，是分支机构或异地公司",
            "another place in brackets: a branch or a sister firm",
            "different",
        )
    if not places_agree(a.place, b.place):
        return Comparison(0.1, "字号相同、所在地不同", "same core, different place", "different")
    if a.is_group != b.is_group:
        return Comparison(0.3, "集团与成员公司是不同主体", "a group and its member are different firms", "different")
    if a.form != b.form:
        return Comparison(0.6, "字号相同、公司形式不同，可能改制", "same core, other legal form: perhaps converted")
    if a.place != b.place:
        return Comparison(0.9, "字号和形式相同，一方省略地名", "same core and form, one leaves out the place")
    return Comparison(0.97, "名称只有写法差别", "the names differ in writing only")


def _compare_cores(a: EnterpriseName, b: EnterpriseName) -> Comparison:
    slip = len(a.core) == len(b.core) >= 5 and sum(x != y for x, y in zip(a.core, b.core, strict=True)) == 1
    if slip and a.form == b.form and a.branch == b.branch and places_agree(a.place, b.place):
        return Comparison(0.6, "字号只差一字，可能笔误", "one character differs: perhaps a slip of the pen")
    return Comparison(0.1, "登记名称的字号不同", "registered names with different cores")


def ceiling(short: EnterpriseName, long: EnterpriseName, left: float) -> tuple[float, str, str]:
    """The highest score a short name may reach against `long`, and the reason when that is what holds it down.

    `left` is the share of the long name's own weight that the short one leaves unused.
    """
    more = long.is_full or short.text != long.text
    if long.place and short.place not in long.text and not places_agree(short.place, long.place):
        return 0.35, "名称前的地名不同", "another place in front of the name"
    if short.branch and short.branch != long.branch:
        return 0.35, "括号内地名不同，是分支机构或异地公司", "another place in brackets: a branch or a sister firm"
    if short.is_group and not long.is_group and more:
        return 0.45, "集团与成员公司是不同主体", "a group and its member are different firms"
    if short.form == "joint_stock" and "joint_stock" not in long.form and more:
        return 0.45, "股份公司与有限公司是不同形式", "a joint-stock firm and a limited one"
    if all(trade_mask(short.core)):
        return 0.6, "只有行业用词，没有字号", "words of trade only, no name of its own"
    if left > _OWN_LEFT and not long.is_full:
        # 太钢 and 太钢大明: a name that adds a word of its own may well be another firm's.
        return 0.45, "较长的简称另有字号", "the longer short name adds a word of its own"
    if left > _OWN_LEFT and len(short.core) <= 2:
        return 0.7, "全称另有字号", "the full name adds a word of its own"
    return 1.0, "", ""


def fit_of(short: EnterpriseName, long: EnterpriseName, weight: Weight, cosine: float | None = None) -> Fit:
    """The best fit of `short`, its abbreviations written out, inside `long`."""
    best = Fit(0.0, 0.0, 0.0, ())
    long_text = long.text + long.other
    for number, variant in enumerate(variants(short.text)):
        found = align(variant, long_text, len(long.place), weight)
        score = found.score - (_VARIANT_COST if number else 0.0)
        score += _GROUP_CREDIT if short.is_group and long.is_group else 0.0
        if score + _COSINE <= best.score:  # not even with the highest cosine; working it out costs most
            continue
        near = cosine if cosine is not None and number == 0 else _cosine(variant, long_text, weight)
        score += _COSINE * near
        if score > best.score:
            best = Fit(score, found.matched, near, found.at)
    return best


class Bound:
    """The highest score that `fit_of` could give a short name against a long one, told at a glance: most candidates of a search
    need not be aligned to see that they are not among the best."""

    def __init__(self, short: EnterpriseName, weight: Weight) -> None:
        self._shares: list[list[tuple[str, float]]] = []
        for variant in variants(short.text):
            weights = list(map(weight, variant))
            total = sum(weights) or 1.0
            self._shares.append([(char, own / total) for char, own in zip(variant, weights, strict=True)])
        self._credit = _GROUP_CREDIT if short.is_group else 0.0

    def of(self, long: EnterpriseName, cosine: float | None) -> float:
        """`cosine` of the short name's own text where it is known."""
        text = long.text + long.other
        boundary = len(long.place)
        starts = text[:1] + text[boundary : boundary + 1]
        best = 0.0
        for number, shares in enumerate(self._shares):
            near = cosine if cosine is not None and number == 0 else 1.0
            held, start = _COSINE * near, 0.0
            for char, share in shares:
                if char in text:
                    held += share
                    if char in starts:
                        start = START
            best = max(best, held + start)
        return best + self._credit + _ROUNDING


@lru_cache(maxsize=16384)
def variants(text: str) -> tuple[str, ...]:
    """`text`, then `text` with its abbreviations written out, each way (沪 → 上海, 渝农商行 → 重庆农村商业银行)."""
    found = [text]
    for word in sorted((w for w in abbreviations() if len(w) > 1 and w in text), key=len, reverse=True)[:1]:
        found += [text.replace(word, full, 1) for full in abbreviations()[word]]
    if len(text) > 2:
        found += [full + way[1:] for way in tuple(found) for full in abbreviations().get(text[0], ())]
    return tuple(found)


def _cosine(a: str, b: str, weight: Weight) -> float:
    left, right = grams(a), grams(b)
    norms = [math.sqrt(sum(weight(g) ** 2 for g in side)) for side in (left, right)]
    shared = sum(weight(g) ** 2 for g in set(left) & set(right))
    return shared / (norms[0] * norms[1]) if all(norms) else 0.0


def leftover(long: EnterpriseName, fit: Fit, weight: Weight) -> float:
    """The share of the long name's own weight (words of trade and place left out) that the short name does not use."""
    offset = len(long.place)
    total = unused = 0.0
    for i, (char, trade) in enumerate(zip(long.core, trade_mask(long.core), strict=True), offset):
        if not trade:
            own = weight(char)
            total += own
            unused += own if i not in fit.at else 0.0
    return unused / total if total else 0.0


def is_rival(comparison: Comparison) -> bool:
    """Whether a candidate so compared competes with others for a name."""
    return comparison.basis != "limit" or comparison.score >= REFUSED


def with_regions(comparison: Comparison, a: Named, b: Named) -> Comparison:
    """Lower a comparison whose names are known to stand in different cities."""
    codes = [code_of_place(n.context.get("region", "")) for n in (a, b)]
    if comparison.verdict or same_city(*codes):
        return comparison
    return Comparison(
        min(comparison.score, _OTHER_CITY),
        comparison.reason_zh + "，但所在市不同",
        comparison.reason_en + ", but in different cities",
        basis="rule" if comparison.basis == "rule" else "limit",
    )
