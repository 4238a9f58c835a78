"""Which version of a scheme's conditions holds on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .model import CriterionSet


def set_on(sets: Iterable[CriterionSet], scheme: str, day: date) -> CriterionSet | None:
    """The set of a scheme that holds on `day`: the one that began last; None when none holds.

    A set without a beginning holds until one with a beginning does.
    """
    holding = [
        s
        for s in sets
        if s.scheme == scheme
        and (s.effective_from is None or s.effective_from <= day)
        and (s.effective_to is None or day <= s.effective_to)
    ]
    return max(holding, key=lambda s: (s.effective_from or date.min, s.id), default=None)
