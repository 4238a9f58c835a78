"""Versions of a list: what leads from one to the next, carried out, gives the next; and what is counted as a net change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liantu.tracking.list_versions import VersionRow, applied, difference

ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
COLUMNS = ("name", "revenue", "owner_unit")
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["甲厂", "乙厂", ""]),
        "revenue": st.sampled_from([None, 0, 1.5, 2]),
        "owner_unit": st.text(max_size=2),
    },
)


@st.composite
def versions(draw: Any) -> list[VersionRow]:
    keys = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6))
    numbers = draw(st.lists(st.integers(1, 8), unique=True, min_size=len(keys), max_size=len(keys)))
    return [VersionRow(number, key, key.upper(), draw(CELLS)) for number, key in zip(numbers, keys, strict=True)]


def plain(rows: list[VersionRow]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (row.key, {c: row.cells.get(c) or None if row.cells.get(c) == "" else row.cells.get(c) for c in COLUMNS})
        for row in rows
    ]


@ANY_SPEED
@given(first=versions(), second=versions())
def test_a_difference_carried_out_gives_the_later_version(first: list[VersionRow], second: list[VersionRow]) -> None:
    change = difference(first, second, COLUMNS)
    assert plain(applied(change, first)) == plain(second)
    assert change.net == len(second) - len(first)
    assert len(second) == len(first) + len(change.added) - len(change.removed)


@ANY_SPEED
@given(first=versions(), second=versions(), third=versions())
def test_differences_in_a_row_lead_to_the_last_version(
    first: list[VersionRow], second: list[VersionRow], third: list[VersionRow]
) -> None:
    one, two = difference(first, second, COLUMNS), difference(second, third, COLUMNS)
    assert plain(applied(two, applied(one, first))) == plain(third)
    assert one.net + two.net == difference(first, third, COLUMNS).net


@ANY_SPEED
@given(rows=versions())
def test_nothing_changes_between_a_version_and_itself(rows: list[VersionRow]) -> None:
    assert difference(rows, rows, COLUMNS).is_empty


def test_a_renamed_row_is_changed_and_not_replaced() -> None:
    before = [VersionRow(7, "示例钢铁", "示例钢铁", {"name": "示例钢铁"})]
    after = [VersionRow(7, "示例特钢", "示例特钢", {"name": "示例特钢"})]
    change = difference(before, after, COLUMNS)
    assert (change.net, change.added, change.removed) == (0, (), ())
    assert change.changed[0].columns == {"name": ("示例钢铁", "示例特钢")}


def test_a_change_of_another_list_is_refused() -> None:
    before, after = [VersionRow(1, "甲", "甲", {})], [VersionRow(2, "乙", "乙", {})]
    with pytest.raises(ValueError, match="没有这一行：甲"):
        applied(difference(before, after, COLUMNS), after)
    with pytest.raises(ValueError, match="有两行是同一个"):
        difference(before, [*after, *after], COLUMNS)
