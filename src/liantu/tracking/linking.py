"""Which actual figures belong to a target: the same thing, the same unit, the period or a later one, and never another scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from liantu.vocabulary.units import comparable

from .scope_words import Covered, Difference, differences

Fit = Literal["fits", "perhaps", "scope_differs", "other"]
LIKE = 0.6
"""Likeness of two indicators from which one is offered for the other. Set by eye on the example region; a person decides."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure, or a target, as far as linking asks: `words` is the indicator without its subject and needless words."""

    words: str
    unit: str
    kind: str
    place: str
    chain: str
    start: date | None
    end: date | None
    covered: Covered


@dataclass(frozen=True, slots=True)
class Link:
    """How a figure fits a target, with the signs that speak against it."""

    fit: Fit
    reasons: tuple[Difference, ...] = ()


def link(target: Candidate, figure: Candidate, likeness: float) -> Link:
    """Whether an actual figure measures what a target aims at.

    Args:
        likeness: of the two indicators, 0 to 1; 1 when their words are the same.

    `fits` asks for the same words and no sign of another scope; anything less is `perhaps` and asks a person.
    """
    same_place = target.place == figure.place and target.chain == figure.chain
    if not same_place or not comparable(target.unit, figure.unit) or target.kind != figure.kind or likeness < LIKE:
        return Link("other")
    if target.start is not None and figure.end is not None and figure.end < target.start:
        return Link("other")
    found = differences(target.covered, figure.covered)
    if found:
        return Link("scope_differs", found)
    same_scope = target.covered.counts == figure.covered.counts or not figure.covered.counts
    return Link("fits" if target.words == figure.words and same_scope else "perhaps")
