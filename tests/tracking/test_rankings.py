"""Ranks with ties and gaps, streaks, growth from small bases, time elapsed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from liantu.tracking.rankings import elapsed_share, guarded_growth, holding, moved, printed, rank, streak

NAMES = st.text("abcdefgh", min_size=1, max_size=3)
VALUES = st.dictionaries(NAMES, st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=12)


def test_equal_prints_share_a_rank_and_the_next_counts_on() -> None:
    found = rank({"甲": 50.004, "乙": 50.0, "丙": 60, "丁": 10, "戊": None})
    assert [(p.key, p.rank, p.last, p.tied) for p in found.places] == [
        ("丙", 1, 4, False), ("乙", 2, 2, True), ("甲", 2, 2, True), ("丁", 4, 1, False),
    ]  # fmt: skip
    assert found.missing == ("戊",)


def test_a_tie_at_the_last_rank_named_names_all_of_it() -> None:
    found = rank({"甲": 5, "乙": 4, "丙": 3, "丁": 3, "戊": 2, "己": 1, "庚": 1})
    assert [p.key for p in found.top(3)] == ["甲", "乙", "丁", "丙"] or {p.key for p in found.top(3)} == set("甲乙丙丁")
    assert {p.key for p in found.bottom(1)} == {"己", "庚"}


def test_nobody_is_among_the_first_and_the_last() -> None:
    found = rank({"甲": 5, "乙": 4, "丙": 3, "丁": 2})
    assert [p.key for p in found.bottom(3)] == ["丁"]
    assert rank({"甲": 5, "乙": 5}).bottom(3) == ()


def test_the_smallest_can_be_the_best() -> None:
    assert [p.key for p in rank({"甲": 3, "乙": 0, "丙": None}, falling=True).places] == ["乙", "甲"]


@given(VALUES, st.booleans(), st.integers(0, 3))
def test_every_member_with_a_value_has_one_place(values: dict[str, float | None], falling: bool, decimals: int) -> None:
    found = rank(values, falling=falling, decimals=decimals)
    assert sorted([p.key for p in found.places] + list(found.missing)) == sorted(values)
    for place in found.places:
        others = [p.value for p in found.places]
        better = sum(1 for v in others if (v < place.value if falling else v > place.value))
        worse = sum(1 for v in others if (v > place.value if falling else v < place.value))
        assert (place.rank, place.last) == (better + 1, worse + 1)
        assert place.tied == (others.count(place.value) > 1)


@given(VALUES, st.integers(0, 5))
def test_first_and_last_never_overlap_and_hold_all_of_a_tie(values: dict[str, float | None], n: int) -> None:
    found = rank(values)
    top, bottom = {p.key for p in found.top(n)}, {p.key for p in found.bottom(n)}
    assert not top & bottom
    for place in found.places:
        for other in found.places:
            if place.value == other.value:
                assert (place.key in top) == (other.key in top) and (place.key in bottom) == (other.key in bottom)


@given(VALUES)
def test_the_order_of_what_comes_in_does_not_matter(values: dict[str, float | None]) -> None:
    assert rank(values) == rank(dict(reversed(values.items())))


@given(st.dictionaries(NAMES, st.floats(0, 1e6), min_size=1))
def test_ranks_that_stay_have_not_moved(values: dict[str, float]) -> None:
    found = rank(values)  # type: ignore[arg-type]
    assert set(moved(found, found).values()) == {0}


def test_moves_are_of_members_ranked_both_times() -> None:
    now, before = rank({"甲": 3, "乙": 2, "丙": 1}), rank({"乙": 9, "丙": 8, "甲": None})
    assert moved(now, before) == {"乙": -1, "丙": -1}


@pytest.mark.parametrize(
    ("series", "direction", "steps"),
    [
        ([1, 2, 3], "up", 2),
        ([3, 2, 1], "down", 2),
        ([9, 1, 2, 3], "up", 2),
        ([1, 2, 2], "", 0),
        ([1, None, 2, 3], "up", 1),
        ([1, 2, None], "", 0),
        ([1.001, 1.002], "", 0),
        ([5], "", 0),
        ([], "", 0),
    ],
)
def test_a_streak_counts_steps_up_to_now(series: list[float | None], direction: str, steps: int) -> None:
    found = streak(series)
    assert (found.direction, found.steps) == (direction, steps)


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=15))
def test_a_streak_is_as_long_as_it_holds_and_no_longer(series: list[int | None]) -> None:
    found = streak([float(v) if v is not None else None for v in series])
    tail = series[len(series) - found.steps - 1 :] if found.steps else []
    for before, after in pairwise(tail):
        assert before is not None and after is not None and (after > before) == (found.direction == "up")
    at = len(series) - found.steps - 2
    if found.steps and at >= 0 and series[at] is not None:
        assert (series[at + 1] > series[at]) != (found.direction == "up") or series[at + 1] == series[at]  # type: ignore[operator]


def test_a_rank_held_is_counted_to_the_first_gap() -> None:
    assert holding([1, 2, 1, 1]) == 2
    assert holding([1, None, 1]) == 1
    assert holding([2]) == 0


def test_growth_from_a_small_base_is_shown_and_not_ranked() -> None:
    """29 923.9 % has stood in a real bulletin."""
    huge = guarded_growth(100.0, 30023.9, least=1000)
    assert huge.value == pytest.approx(29923.9) and huge.reason == "small_base" and not huge.ranked
    assert guarded_growth(1000.0, 1100, least=1000).ranked
    assert [guarded_growth(base, 5, 0).reason for base in (None, 0, -3)] == ["no_base", "zero_base", "negative_base"]
    assert guarded_growth(5, None, 0).reason == "missing"


@given(st.floats(0.01, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_growth_leads_back_to_the_value(base: float, now: float, least: float) -> None:
    found = guarded_growth(base, now, least)
    assert found.value is not None and found.ranked == (base >= least)
    assert base * (1 + found.value / 100) == pytest.approx(now, abs=1e-6 * max(1.0, base, now))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 4000), st.integers(-100, 5000))
def test_elapsed_time_runs_from_nothing_to_all(start: date, length: int, after: int) -> None:
    end, on = start + timedelta(length), start + timedelta(after)
    share = elapsed_share(on, start, end)
    assert 0 <= share <= 100
    assert (share == 100) == (on >= end) and (share == 0) == (on < start)
    assert share <= elapsed_share(on + timedelta(1), start, end)


def test_elapsed_time_wants_an_end_after_its_start() -> None:
    with pytest.raises(ValueError, match=" / "):
        elapsed_share(date(2025, 1, 1), date(2025, 2, 1), date(2025, 1, 1))


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_printing_is_never_off_by_more_than_half_a_unit(value: float, decimals: int) -> None:
    assume(abs(value) < 1e8)
    assert abs(printed(value, decimals) - value) <= 0.5 * 10.0**-decimals + 1e-6
    assert printed(0.285, 2) == 0.29 and printed(-0.001, 2) == 0
