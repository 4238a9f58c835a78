"""A target broken down (分解) to regions, offices, months or quarters: do the parts add up to the whole?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from liantu.vocabulary.units import comparable, convert

SumState = Literal["equal", "short", "over", "not_additive", "empty"]
_NOT_ADDED = frozenset({"%", "‰", "百分点", "倍", "位"})


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit has to reach in one period; `period` is empty for the whole period of the target."""

    unit_name: str
    period: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class SumCheck:
    """The parts of one period against the whole. `difference` is parts less whole."""

    period: str
    state: SumState
    total: Decimal
    whole: Decimal
    difference: Decimal
    parts: int


def check_sum(whole: Decimal, unit: str, bound: str, parts: Iterable[Part]) -> SumCheck:
    """Whether parts of one period add up to the whole; more than the whole is no fault where the target says `at least`.

    Shares and growth do not add up, and are said so. Raises ValueError for a part in a unit that does not convert.
    """
    found = list(parts)
    period = found[0].period if found else ""
    total = Decimal(0)
    for part in found:
        if not comparable(part.unit, unit):
            raise ValueError(
                f"{part.unit_name}的单位“{part.unit}”与目标的单位“{unit}”不能换算 / "
                f"{part.unit_name}: {part.unit} does not convert to {unit}"
            )
        total += part.value if part.unit == unit else Decimal(str(convert(float(part.value), part.unit, unit)))
    difference = total - whole
    if not found:
        return SumCheck(period, "empty", total, whole, difference, 0)
    if unit in _NOT_ADDED:
        return SumCheck(period, "not_additive", total, whole, difference, len(found))
    state: SumState = "equal" if not difference else "short" if difference < 0 else "over"
    if (state == "over" and bound in (">", ">=")) or (state == "short" and bound in ("<", "<=")):
        state = "equal"
    return SumCheck(period, state, total, whole, difference, len(found))
