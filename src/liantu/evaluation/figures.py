"""How far each found figure agrees with the annotated one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from liantu.evaluation.gold import GoldFigure
from liantu.evaluation.likeness import SAME_NAME, likeness, plain, same_unit

TIERS = ("found", "named", "attributed", "complete")
"""Each tier includes the one before: number, value and unit; indicator; subject; kind, status, bound and period."""

_FRACTION = re.compile(r"分之|/")
_LONGEST_INDICATOR = 24  # characters; or three times the annotated one, whichever is longer


def tier(gold: GoldFigure, said: Mapping[str, Any]) -> int:
    """How many tiers `said` reaches: 0 when its value or unit is wrong, 4 when everything agrees."""
    steps = (_is_found, _is_named, _is_attributed, _is_complete)
    for reached, step in enumerate(steps):
        if not step(gold, said):
            return reached
    return len(steps)


def align(golds: Sequence[GoldFigure], said: Sequence[Mapping[str, Any]]) -> list[tuple[int, int, int]]:
    """(gold index, said index, tier) for every annotated figure that an answer overlaps.

    In text order each takes the best answer still free; between equals the one of the right kind.
    """
    taken: set[int] = set()
    pairs = []
    for index, gold in enumerate(golds):
        rivals = [i for i, answer in enumerate(said) if i not in taken and _overlap(gold.span, answer.get("span"))]
        if not rivals:
            continue
        best = max(rivals, key=lambda i: (tier(gold, said[i]), said[i].get("kind") == gold.kind))
        taken.add(best)
        pairs.append((index, best, tier(gold, said[best])))
    return pairs


def _overlap(ours: tuple[int, int], theirs: Sequence[int] | None) -> bool:
    start, end = theirs or (-1, -1)
    return end > ours[0] and start < ours[1]


def _is_found(gold: GoldFigure, said: Mapping[str, Any]) -> bool:
    value = said.get("value")
    if not isinstance(value, int | float):
        return False
    # A third written as 33.33 must pass, so fractions have more room.
    room = 1e-3 if _FRACTION.search(gold.number) else 1e-6
    return abs(gold.value - value) <= room * max(1.0, abs(gold.value)) and same_unit(gold.unit, said.get("unit"))


def _is_named(gold: GoldFigure, said: Mapping[str, Any]) -> bool:
    indicator = plain(said.get("indicator"))
    if len(indicator) > max(_LONGEST_INDICATOR, 3 * len(gold.indicator)):
        return False
    return all(any(plain(choice) in indicator for choice in must.split("|")) for must in gold.must)


def _is_attributed(gold: GoldFigure, said: Mapping[str, Any]) -> bool:
    subject = said.get("subject") or []
    return likeness([subject] if isinstance(subject, str) else subject, gold.subject) >= SAME_NAME


def _is_complete(gold: GoldFigure, said: Mapping[str, Any]) -> bool:
    return (
        said.get("kind") == gold.kind
        and said.get("status") == gold.status
        and said.get("bound", "=") == gold.bound
        and gold.period in (None, said.get("period"))
    )
