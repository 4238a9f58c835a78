"""Targets over time: profiles, states, the traps of ranges, growth and missing openings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking import Measured, Scope, Target
from liantu.tracking.course import course
from liantu.tracking.profiles import profiles, usual_profile
from liantu.tracking.targets import Bound

ONE = Scope("")
START, DUE = date(2025, 1, 1), date(2025, 12, 31)


def goal(
    value: float, profile: str = "accrual", bound: Bound = ">=", base: float | None = None, upper: float | None = None
) -> Target:
    return Target(Measured("x", value, "户", ONE, DUE, bound, "", upper), START, base, profiles()[profile])


def figure(value: float, on: date, bound: Bound = "=") -> Measured:
    return Measured("x", value, "户", ONE, on, bound)


@pytest.mark.parametrize(
    ("target", "actual", "today", "state", "reason"),
    [
        (goal(100), figure(100, date(2025, 5, 1)), date(2025, 6, 1), "reached", ""),
        (goal(100), figure(50, date(2025, 7, 1)), date(2025, 7, 2), "on_course", ""),
        (goal(100), figure(49, date(2025, 7, 2)), date(2025, 7, 2), "behind", ""),
        (goal(100), figure(99, DUE), date(2026, 1, 5), "late", ""),
        (goal(100), figure(99, date(2025, 11, 30)), date(2026, 1, 5), "no_data", "awaiting_final"),
        (goal(100), None, date(2025, 7, 1), "no_data", "no_actual"),
        (goal(100), figure(90, date(2024, 6, 1)), date(2025, 7, 1), "no_data", "before_period"),
        (goal(800, "stock"), figure(790, date(2025, 7, 1)), date(2025, 7, 1), "no_data", "no_base"),
        (goal(800, "stock", base=774), figure(790, date(2025, 7, 1)), date(2025, 7, 1), "on_course", ""),
        (goal(800, "stock", base=774), figure(780, date(2025, 7, 2)), date(2025, 7, 2), "behind", ""),
        (goal(8, "growth"), figure(7.9, date(2025, 3, 31)), date(2025, 4, 1), "behind", ""),
        (goal(1, "at_end"), figure(0, date(2025, 7, 1)), date(2025, 7, 1), "no_data", "not_before_end"),
        (goal(5, bound="..", upper=6), figure(5.5, DUE), date(2026, 1, 1), "reached", ""),
        (goal(5, bound="..", upper=6), figure(6.5, DUE), date(2026, 1, 1), "late", ""),
        (goal(5, bound="..", upper=6), figure(5.5, date(2025, 7, 1)), date(2025, 7, 1), "on_course", ""),
        (goal(100), figure(99, DUE, ">"), date(2026, 1, 1), "no_data", "bound_open"),
    ],
)
def test_where_a_target_stands(target: Target, actual: Measured | None, today: date, state: str, reason: str) -> None:
    found = course(target, actual, today)
    assert (found.state, found.reason) == (state, reason)


def test_a_figure_is_judged_at_its_own_day() -> None:
    june = figure(50, date(2025, 7, 1))
    assert course(goal(100), june, date(2025, 12, 1)).state == "on_course"
    assert course(goal(100), june, date(2025, 12, 1)).elapsed == pytest.approx(0.497, abs=0.001)


def test_another_scope_never_counts() -> None:
    ten = replace(figure(100, DUE), scope=Scope("条产业链", 10))
    target = Target(replace(goal(100).goal, scope=Scope("条产业链", 16)), START)
    assert course(target, ten, date(2026, 1, 1)).reason == "scope_differs"


def test_a_range_needs_both_ends_in_order() -> None:
    with pytest.raises(ValueError, match="区间"):
        Measured("x", 6, "%", ONE, None, "..", "", 5)
    with pytest.raises(ValueError, match="区间"):
        Measured("x", 6, "%", ONE, None, "..")


@given(st.sampled_from(sorted(profiles())), st.floats(0, 1), st.floats(0, 1))
def test_a_profile_never_goes_back_and_ends_whole(profile: str, one: float, other: float) -> None:
    way = profiles()[profile]
    low, high = sorted((one, other))
    assert 0 <= way.done_by(low) <= way.done_by(high) <= 1
    assert way.done_by(1.0) == pytest.approx(1.0)


ORDER = {"late": 0, "behind": 0, "no_data": 0, "on_course": 1, "reached": 2}


@given(
    st.floats(1, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.integers(0, 364), st.sampled_from(["accrual", "growth"])
)
def test_more_is_never_worse(value: float, one: float, other: float, day: int, profile: str) -> None:
    on = START + timedelta(days=day)
    low, high = sorted((one, other))
    states = [course(goal(value, profile), figure(v, on), on).state for v in (low, high)]
    assert ORDER[states[0]] <= ORDER[states[1]]


@pytest.mark.parametrize(
    ("indicator", "unit", "kind", "profile"),
    [
        ("规上工业增加值增长", "%", "change", "growth"),
        ("链上企业", "户", "level", "stock"),
        ("省级重点产业链营业收入", "元", "level", "accrual"),
        ("新增加氢站", "座", "change", "accrual"),
        ("本地配套率", "%", "share", "stock"),
    ],
)
def test_the_usual_profile_of_an_indicator(indicator: str, unit: str, kind: str, profile: str) -> None:
    assert usual_profile(indicator, unit, kind) == profile
