"""Comparing two names, and finding who a name means among many: the pure functions that the ledger calls."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from types import ModuleType
from typing import Protocol

from . import chain, enterprise, generic, project, region, zone
from .calibration import Bands, default_bands, probability_of_best
from .index import Form, GramIndex
from .model import Band, Candidate, Comparison, Decision, Named
from .project_code import parse_project_code
from .uscc import clean_uscc, is_uscc

_KINDS: dict[str, ModuleType] = {
    "enterprise": enterprise,
    "zone": zone,
    "region": region,
    "project": project,
    "chain": chain,
}
_LIMIT = 20
_COMPARED = 6
"""Of the candidates found by characters, how many are compared by the rules of their kind."""


def compare(kind: str, a: Named, b: Named) -> Comparison:
    """How likely `a` and `b`, both of `kind` (a mention kind), are one thing. Symmetric."""
    comparison = _rules(kind).compare(a, b)
    assert isinstance(comparison, Comparison)
    return comparison


def name_key(kind: str, name: str) -> str:
    """What a name of `kind` is indexed by."""
    key: str = _rules(kind).key(name)
    return key


def _rules(kind: str) -> ModuleType:
    return _KINDS.get(kind, generic)


class Forms(Protocol):
    """Written names by the characters they are made of."""

    def nearest(self, key: str, limit: int = ...) -> list[tuple[float, Form]]: ...

    def exact(self, key: str) -> tuple[Form, ...]: ...

    def weight(self, gram: str, /) -> float: ...


class Known(Protocol):
    """Those whom a name may mean: a growing index, or one frozen on disk (`frozen.FrozenNames`)."""

    @property
    def grams(self) -> Forms: ...

    def named(self, entity_id: str) -> Named: ...

    def by_strong_key(self, key: str) -> str: ...


class NameIndex:
    """The names of one kind of entity, ready for `best_match`; grows by thousands of names a second.

    >>> index = NameIndex("enterprise")
    >>> index.add("e1", Named("一道新能源科技(忻州)有限公司"))
    >>> best_match("enterprise", Named("一道新能"), index).band
    'auto'
    """

    def __init__(self, kind: str, rows: Iterable[tuple[str, Named]] = ()) -> None:
        self.kind = kind
        self.grams = GramIndex()
        self._names: dict[str, Named] = {}
        self._strong: dict[str, str] = {}
        for entity_id, named in rows:
            self.add(entity_id, named)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self._names

    def add(self, entity_id: str, named: Named) -> None:
        """`named` as names of `entity_id`; what was known of it before is kept and added to."""
        for form in named.forms:
            self.grams.add(entity_id, form, name_key(self.kind, form))
        known = self._names.get(entity_id)
        if known is not None:
            named = Named(known.name, (*known.aliases, *named.forms), {**named.context, **known.context})
        self._names[entity_id] = named
        strong = strong_key(self.kind, named)
        if strong:
            self._strong.setdefault(strong, entity_id)

    def discard(self, entity_id: str) -> None:
        """Forget `entity_id`."""
        self.grams.discard(entity_id)
        self._names.pop(entity_id, None)
        self._strong = {key: owner for key, owner in self._strong.items() if owner != entity_id}

    def named(self, entity_id: str) -> Named:
        """All that is indexed of `entity_id`. Raises KeyError for an unknown one."""
        return self._names[entity_id]

    def by_strong_key(self, key: str) -> str:
        """The entity with this credit code or project code, `""` for none."""
        return self._strong.get(key, "")


def strong_key(kind: str, named: Named) -> str:
    """The identifier that decides above any name: a valid credit code or well-formed project code, else `""`."""
    if kind == "enterprise":
        code = clean_uscc(named.context.get("uscc", ""))
        return code if is_uscc(code) else ""
    if kind == "project":
        parsed = parse_project_code(named.context.get("project_code", ""))
        return parsed.code if parsed is not None else ""
    return ""


@dataclass(slots=True)
class _Found:
    """The nearest form of an entity, the form of the asked name it is near to, and how near."""

    score: float
    asked: str
    form: Form
    fit: enterprise.Fit | None = None


def best_match(
    kind: str,
    named: Named,
    index: Known,
    bands: Bands | None = None,
    canonical: Callable[[str], str] = lambda entity_id: entity_id,
) -> Decision:
    """Whom of `index` does `named` mean?

    `canonical` maps an entity to the one it was merged into, so that two names of one thing do not compete. The decision is
    `auto` only when the best candidate reaches `bands.auto` and leads the next by `bands.margin`: two firms that fit equally
    well are for a person.
    """
    bands = bands or default_bands()
    strong = strong_key(kind, named)
    owner = index.by_strong_key(strong) if strong else ""
    if owner:
        comparison = compare(kind, named, index.named(owner))
        candidate = Candidate(owner, index.named(owner).name, 1.0, comparison.reason_zh, comparison.reason_en)
        return Decision(owner, "auto", 1.0, (candidate,), comparison.reason_zh, comparison.reason_en)
    found = _search(kind, named, index)
    ranked = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))[:_COMPARED]
    candidates = _judge(kind, named, index, ranked, bands, canonical)
    return _decide(candidates, bands, canonical)


def _search(kind: str, named: Named, index: Known) -> dict[str, _Found]:
    """The nearest form of each entity that shares characters with a form of `named`."""
    found: dict[str, _Found] = {}
    best: list[float] = []
    for name in named.forms:
        key = name_key(kind, name)
        keys = enterprise.variants(key) if kind == "enterprise" else (key,)
        near: list[tuple[float | None, Form]] = []
        for number, variant in enumerate(keys):
            own = index.grams.nearest(variant, _LIMIT) + [(1.0, form) for form in index.grams.exact(variant)]
            near += [(cosine if number == 0 else None, form) for cosine, form in own]
        for most, cosine, form in _hopeful_first(kind, name, near, index):
            if len(best) == _COMPARED and most <= best[0]:
                break
            here = _measure(kind, name, form, cosine, index)
            known = found.get(form.entity_id)
            if known is None or here.score > known.score:
                found[form.entity_id] = here
            if known is None:
                heappush(best, here.score)
                if len(best) > _COMPARED:
                    heappop(best)
    return found


def _hopeful_first(
    kind: str, name: str, near: list[tuple[float | None, Form]], index: Known
) -> list[tuple[float, float | None, Form]]:
    """The forms with the highest score that each could reach for the short name `name`, highest first: once the best are known, those
    that could not come among them need not be measured. What no bound is known for comes first."""
    if kind != "enterprise" or enterprise.parse(name).is_full:
        return [(math.inf, cosine, form) for cosine, form in near]
    bound = enterprise.Bound(enterprise.parse(name), index.grams.weight)
    bounded = []
    for cosine, form in near:
        long = enterprise.parse(form.name)
        bounded.append((bound.of(long, cosine) if long.is_full else math.inf, cosine, form))
    return sorted(bounded, key=lambda one: -one[0])


def _measure(kind: str, name: str, form: Form, cosine: float | None, index: Known) -> _Found:
    if kind != "enterprise":
        return _Found(cosine or 0.0, name, form)
    short, long = enterprise.by_length(enterprise.parse(name), enterprise.parse(form.name))
    fit = enterprise.fit_of(short, long, index.grams.weight, cosine)
    return _Found(fit.score, name, form, fit)


def _judge(
    kind: str,
    named: Named,
    index: Known,
    ranked: list[tuple[str, _Found]],
    bands: Bands,
    canonical: Callable[[str], str],
) -> list[Candidate]:
    """The ranked entities with calibrated scores, best first; those that a rule excludes are left out."""
    compared = [(entity_id, found, _compare_in(kind, named, index, entity_id, found)) for entity_id, found in ranked]
    refused = {canonical(e) for e, f, c in compared if f.fit is not None and _refuses(f, c)}
    kept = [(entity_id, found, c) for entity_id, found, c in compared if c.verdict != "different"]
    judged = []
    for entity_id, found, comparison in kept:
        score = comparison.score
        if found.fit is not None and comparison.basis != "rule":
            rivals = (f.score for e, f, c in kept if canonical(e) != canonical(entity_id) and enterprise.is_rival(c))
            margin = found.score - max(rivals, default=0.0)
            _, long = enterprise.by_length(enterprise.parse(found.asked), enterprise.parse(found.form.name))
            left = enterprise.leftover(long, found.fit, index.grams.weight)
            probability = probability_of_best(found.fit.matched, left, margin)
            if score >= bands.auto:
                # Fits as well as one could wish; where a rival fits too, a person must choose between them.
                probability = max(probability, bands.review)
            score = probability if comparison.basis == "alignment" else min(score, probability)
            if canonical(entity_id) in refused:
                # Near to a short name of a firm whose registered name says that it is another.
                score = min(score, enterprise.REFUSED - 0.05)
        rank = (enterprise.is_rival(comparison), found.score if found.fit is not None else score, score)
        judged.append((rank, Candidate(entity_id, found.form.name, score, comparison.reason_zh, comparison.reason_en)))
    return [candidate for _, candidate in sorted(judged, key=lambda j: (*(-r for r in j[0]), j[1].entity_id))]


def _refuses(found: _Found, comparison: Comparison) -> bool:
    """Whether a registered name holds the asked one off by rule."""
    by_name = enterprise.held_down(found.asked, Named(found.form.name)) is not None
    return by_name or (enterprise.parse(found.form.name).is_full and comparison.verdict == "different")


def _compare_in(kind: str, named: Named, index: Known, entity_id: str, found: _Found) -> Comparison:
    """`named` against an entity of the index, with the index's own sense of which characters tell names apart."""
    other = index.named(entity_id)
    if kind == "enterprise":
        if enterprise.strong_key(named, other) is not None or enterprise.registered_pairs(named, other):
            return enterprise.compare(named, other, index.grams.weight)
        here = enterprise.compare_forms(found.asked, found.form.name, index.grams.weight, found.fit)
        held = enterprise.held_down(found.asked, other)
        return enterprise.with_regions(min(here, held, key=lambda c: c.score) if held else here, named, other)
    if kind == "project":
        return project.compare(named, other, index.grams.weight)
    return compare(kind, named, other)


def _decide(candidates: list[Candidate], bands: Bands, canonical: Callable[[str], str]) -> Decision:
    if not candidates:
        return Decision("", "new", 0.0, (), "没有相近的名称", "no similar name")
    best = candidates[0]
    second = next((c for c in candidates[1:] if canonical(c.entity_id) != canonical(best.entity_id)), None)
    lead = best.score - (second.score if second is not None else 0.0)
    band: Band = bands.of(best.score, lead)
    zh, en = f"{best.reason_zh}（{best.form}，{best.score:.2f}）", f"{best.reason_en} ({best.form}, {best.score:.2f})"
    if band == "review" and lead < bands.margin and second is not None:
        zh, en = zh + f"，但“{second.form}”同样相近", en + f", but {second.form} is as near"
    elif band == "new":
        best = max(candidates, key=lambda c: c.score)
        zh, en = (
            f"最相近的是“{best.form}”（{best.score:.2f}，{best.reason_zh}），不足以认定",
            f"nearest is {best.form} ({best.score:.2f}, {best.reason_en}), not near enough",
        )
    return Decision(best.entity_id if band == "auto" else "", band, best.score, tuple(candidates), zh, en)
