"""Slips of the unit or the decimal point: the same digits at another size, one value far from its siblings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from .model import CheckResult
from .settings import thresholds
from .sheet import Sheet, Spot

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FEWEST_DIGITS = 3
_SURE_DIGITS = 4  # so many equal digits are no chance even in different periods
_FEWEST_SIBLINGS = 3


def check_slips(sheet: Sheet) -> Iterator[CheckResult]:
    """The same figure twice at different sizes, and columns of a table with one value of another size."""
    yield from _same_digits(sheet)
    yield from _siblings(sheet)


def _significant(spot: Spot) -> str:
    match = _DIGITS.search(spot.figure.number)
    return match[0].replace(",", "").replace(".", "").strip("0") if match else ""


def _same_digits(sheet: Sheet) -> Iterator[CheckResult]:
    """312.6亿元 and 312.6万元, 221.9亿元 and 22.19亿元, of one subject and indicator."""
    groups: dict[tuple[str, str, str, str], list[Spot]] = defaultdict(list)
    for spot in sheet.spots:
        digits = _significant(spot)
        if spot.level and len(digits) >= _FEWEST_DIGITS and not sheet.is_row(spot.block):
            groups[(digits, spot.unit, spot.figure.indicator, spot.figure.subject)].append(spot)
    for group in groups.values():
        first = group[0]
        for spot in group[1:]:
            other_period = spot.figure.period != first.figure.period
            if spot.value == first.value or (other_period and len(_significant(spot)) < _SURE_DIGITS):
                continue
            zh = f"同一指标两处数字相同而大小不同：{first}与{spot}，请核对单位和小数点"
            en = f"The same digits at two sizes for one indicator: {first} and {spot}; check unit and decimal point"
            yield sheet.result(
                "unit_slip", "suspicious", [first, spot], first.value, spot.value, spot.unit, 0.0, zh, en
            )


def _siblings(sheet: Sheet) -> Iterator[CheckResult]:
    limits = thresholds()
    columns: dict[tuple[str, str, str | None], list[Spot]] = defaultdict(list)
    for spot in sheet.spots:
        if sheet.is_row(spot.block) and spot.level and spot.value > 0:
            columns[(spot.figure.indicator, spot.unit, spot.figure.period)].append(spot)
    for column in columns.values():
        column.sort(key=lambda s: s.value)
        if len(column) <= _FEWEST_SIBLINGS:
            continue
        for spot, others in ((column[0], column[1:]), (column[-1], column[:-1])):
            if others[-1].value > limits["sibling_spread"] * others[0].value:
                continue
            middle = median(s.value for s in others)
            if limits["slip_ratio"] > spot.value / middle > 1 / limits["slip_ratio"]:
                continue
            zh = f"{spot}与同列其余各值相差三个数量级以上，请核对单位"
            en = f"{spot} is more than three orders of magnitude from the rest of its column; check the unit"
            yield sheet.result("unit_slip", "suspicious", [spot], middle, spot.value, spot.unit, 0.0, zh, en)
