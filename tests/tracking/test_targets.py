"""Targets against actuals, and targets against earlier targets."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking import Measured, Scope, Target, assess, compare_targets, growth
from liantu.tracking.targets import Bound

TEN, SIXTEEN = Scope("条省级重点产业链", 10), Scope("条省级重点产业链", 16)
END_2025 = date(2025, 12, 31)


def revenue(value: float, scope: Scope, on: date | None = None, bound: Bound = "=", said: str = "") -> Measured:
    """营业收入 in 亿元."""
    return Measured("营业收入", value, "亿元", scope, on, bound, said)


def year_target(value: float, bound: Bound = ">=", base: float | None = 0.0) -> Target:
    """A target of 2025 that accrues from 1 January."""
    return Target(revenue(value, SIXTEEN, END_2025, bound, "t"), date(2024, 12, 31), base)


def test_8400_over_ten_chains_and_8000_over_sixteen_are_two_scopes() -> None:
    old = Target(revenue(8400, TEN, END_2025, said="old"))
    new = Target(revenue(8000, SIXTEEN, END_2025, said="new"))
    found = compare_targets(old, new)
    assert (found.scope_changed, found.value_changed, found.date_changed) == (True, True, False)
    assert found.change is None and found.statements == ("old", "new")


def test_a_changed_value_over_the_same_scope_is_a_revision() -> None:
    found = compare_targets(Target(revenue(8000, SIXTEEN, END_2025)), Target(revenue(7800, SIXTEEN, END_2025)))
    assert (found.scope_changed, found.value_changed) == (False, True)
    assert found.change == pytest.approx(-2.5)


def test_growth_inside_a_scope_and_none_across_its_change() -> None:
    series = [revenue(3885, TEN), revenue(4751.7, TEN), revenue(7099, SIXTEEN)]
    assert growth(series[0], series[1]) == pytest.approx(22.3, abs=0.05)
    assert growth(series[1], series[2]) is None


def test_equal_numbers_of_other_members_are_another_scope() -> None:
    a = Scope("产业链", 2, frozenset({"光伏", "氢能"}))
    b = Scope("产业链", 2, frozenset({"光伏", "风电装备"}))
    assert a.same_as(b) is False and a.same_as(Scope("产业链", 2)) is True
    assert a.same_as(Scope("产业链")) is None and a.same_as(Scope("专业镇", 2)) is False


@pytest.mark.parametrize(
    ("value", "bound", "on", "state"),
    [
        (8000, "=", END_2025, "met"),
        (8000, ">", END_2025, "met"),
        (7999, "=", END_2025, "missed"),
        (7900, ">", END_2025, "uncertain"),
        (8000, "≈", END_2025, "uncertain"),
        (7000, "≈", END_2025, "missed"),
        (8100, "=", date(2025, 6, 30), "met"),
        (4100, "=", date(2025, 7, 1), "on_pace"),
        (3800, "=", date(2025, 7, 1), "behind"),
        (3900, ">", date(2025, 7, 1), "uncertain"),
    ],
)
def test_at_least_8000_by_the_end_of_the_year(value: float, bound: Bound, on: date, state: str) -> None:
    assert assess(year_target(8000), revenue(value, SIXTEEN, on, bound)).state == state


@pytest.mark.parametrize(
    ("value", "on", "state"),
    [
        (400, date(2025, 7, 1), "on_pace"),
        (600, date(2025, 7, 1), "behind"),
        (1001, date(2025, 7, 1), "missed"),
        (1000, END_2025, "met"),
        (1001, END_2025, "missed"),
    ],
)
def test_a_ceiling_is_read_the_other_way(value: float, on: date, state: str) -> None:
    assert assess(year_target(1000, "<="), revenue(value, SIXTEEN, on)).state == state


def test_half_a_year_expects_half_and_shows_it() -> None:
    found = assess(year_target(730), revenue(400, SIXTEEN, date(2025, 7, 1)))
    assert found.expected == pytest.approx(730 * 182 / 365)
    assert found.share == pytest.approx(400 / 730) and found.statements == ("t",)


def test_what_cannot_be_compared_says_why() -> None:
    target = year_target(8000)
    assert assess(target, None).state == "no_data"
    assert assess(target, revenue(7000, TEN, END_2025)).reason == "scope_differs"
    assert assess(target, revenue(7000, Scope("条省级重点产业链"), END_2025)).reason == "scope_unknown"
    assert assess(target, Measured("营业收入", 7e11, "元", SIXTEEN, END_2025)).reason == "unit_differs"
    assert assess(year_target(8000, base=None), revenue(7000, SIXTEEN, date(2025, 7, 1))).reason == "no_base"
    with pytest.raises(ValueError, match="不同"):
        compare_targets(target, Target(Measured("企业数", 800, "家", SIXTEEN)))


@given(st.floats(1, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_more_is_never_worse_for_a_floor(goal: float, a: float, b: float, on: date) -> None:
    order = {"missed": 0, "behind": 1, "on_pace": 2, "met": 3}
    low, high = sorted((a, b))
    states = [assess(year_target(goal), revenue(v, SIXTEEN, on)).state for v in (low, high)]
    assert order[states[0]] <= order[states[1]]
