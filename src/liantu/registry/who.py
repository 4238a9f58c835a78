"""Which firm of the registry a ledger's name means: automatic, for a person, or none; rather none than a wrong one.

A valid credit code decides above any name: a firm with another valid code is never so much as offered. Without a code the names
decide by the rules of the resolution room (the band `auto` needs a calibrated score and a lead over the second).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from liantu.resolution import Band, Bands, Candidate, Named, best_match, default_bands, fold
from liantu.resolution.enterprise import compare_forms, key, parse
from liantu.resolution.frozen import FrozenNames
from liantu.resolution.places import same_city
from liantu.resolution.uscc import clean_uscc, is_uscc

OFFERED = 5
"""Candidates that a person is shown at most."""
_NEAR = 0.35
"""Below this a candidate is not worth showing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody of the ledger: all names, all credit codes that any source gives, and the region where that is stated."""

    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    region: str = ""

    @property
    def valid(self) -> tuple[str, ...]:
        """The codes whose check character is right."""
        cleaned = (clean_uscc(code) for code in self.codes)
        return tuple(dict.fromkeys(code for code in cleaned if is_uscc(code)))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who it is. `firm` is set for `auto` alone; `candidates` are those that a person may choose from, best first."""

    band: Band
    firm: str
    score: float
    reason_zh: str
    reason_en: str
    candidates: tuple[Candidate, ...] = field(default=())


def who_is(
    asked: Asked,
    names: FrozenNames,
    *,
    refused: Collection[str] = (),
    taken_back: Collection[str] = (),
    bands: Bands | None = None,
) -> Answer:
    """The firm of `names` that is meant.

    Args:
        refused: firms that a person said it is not: never offered again.
        taken_back: firms whose link a person took back: offered, but no longer taken without asking.
    """
    codes = asked.valid
    if len(codes) > 1:
        found = [_by_code(asked, code, names) for code in codes if code in names and code not in refused]
        return Answer(
            "review",
            "",
            0.0,
            f"各来源给出的信用代码不同（{'、'.join(codes)}），须先核对",
            f"its sources give different credit codes ({', '.join(codes)}): check them first",
            tuple(found),
        )
    if codes and codes[0] in names:
        firm = _by_code(asked, codes[0], names)
        if firm.entity_id in refused:
            return Answer(
                "new", "", 0.0, "有人认定不是该代码的企业", "a person said that it is not the firm with its code"
            )
        if firm.entity_id in taken_back:
            return Answer("review", "", 1.0, firm.reason_zh, firm.reason_en, (firm,))
        return Answer("auto", firm.entity_id, 1.0, firm.reason_zh, firm.reason_en, (firm,))
    answer = _by_name(asked, codes, names, bands or default_bands())
    left = tuple(c for c in answer.candidates if c.entity_id not in refused)
    if answer.band == "auto" and answer.firm not in refused and answer.firm not in taken_back and not codes:
        return Answer("auto", answer.firm, answer.score, answer.reason_zh, answer.reason_en, left)
    best = max((c.score for c in left), default=0.0)
    zh, en = answer.reason_zh, answer.reason_en
    if len(left) < len(answer.candidates):
        zh, en = "最相近的已被认定不是", "a person said that it is not the nearest one"
    if codes:
        zh = f"登记库里没有它的信用代码（{codes[0]}），只有没有代码的企业可能是它"
        en = f"its credit code ({codes[0]}) is not in the registry: only a firm without a code can be it"
    floor = (bands or default_bands()).review
    if best < floor:
        if codes:
            zh, en = f"登记库里没有它的信用代码（{codes[0]}）", f"its credit code ({codes[0]}) is not in the registry"
        return Answer("new", "", best, zh, en, left)
    return Answer("review", "", best, zh, en, left)


def _by_code(asked: Asked, code: str, names: FrozenNames) -> Candidate:
    """The firm with a code, and whether its name is like any of the asked ones."""
    named = names.named(code)
    weight = names.grams.weight
    pairs = [(a, b) for a in (asked.name, *asked.aliases) for b in named.forms]
    score, form = max((compare_forms(a, b, weight).score, b) for a, b in pairs)
    zh, en = f"统一社会信用代码相同（{code}）", f"same unified social credit code ({code})"
    if score < default_bands().review:
        zh, en = zh + f"，但登记名称是“{named.name}”", en + f", but it is registered as {named.name}"
    elif form != named.name:
        zh, en = zh + f"，用的是曾用名“{form}”", en + f", by its former name {form}"
    return Candidate(code, form, 1.0, zh, en)


def _by_name(asked: Asked, codes: tuple[str, ...], names: FrozenNames, bands: Bands) -> Answer:
    exact = _same_name(asked, names) if not codes else None
    if exact is not None:
        return exact
    context = {"region": asked.region} if asked.region else {}
    if codes:
        context["uscc"] = codes[0]
    found = best_match("enterprise", Named(asked.name, asked.aliases, context), names, bands)
    near = sorted(
        found.candidates, key=lambda c: -c.score
    )  # for people by certainty, not by likeness of characters alone
    candidates = tuple(c for c in near if c.score >= _NEAR)[:OFFERED]
    band = found.band
    zh, en = found.reason_zh, found.reason_en
    if band == "auto" and found.candidates[0].form != names.named(found.entity_id).name:
        # A short name that fits a former name well may be the present name of somebody else who is not listed.
        band, zh, en = "review", zh + "，但那是曾用名", en + ", but that is a former name"
    return Answer(band, found.entity_id if band == "auto" else "", found.score, zh, en, candidates)


def _same_name(asked: Asked, names: FrozenNames) -> Answer | None:
    """The one firm that has a registered name exactly as it is asked for; None where there is none, or several, or the names
    lead to several, or it lies in another city than is said."""
    full = [form for form in (asked.name, *asked.aliases) if parse(form).is_full]
    found: dict[str, str] = {}
    for name in full:
        folded = fold(name)
        for form in names.grams.exact(key(name)):
            if fold(form.name) == folded:
                found.setdefault(form.entity_id, form.name)
    if len(found) != 1 or len(full) != 1:
        return None
    [(firm, written)] = found.items()
    named = names.named(firm)
    if not same_city(asked.region, named.context.get("region", "")):
        return None
    zh, en = "登记名称完全相同", "the same registered name"
    if fold(written) != fold(named.name):
        zh, en = f"与曾用名完全相同，现名“{named.name}”", f"the same as a former name; it is called {named.name} now"
    return Answer("auto", firm, 0.98, zh, en, (Candidate(firm, written, 0.98, zh, en),))
