"""Duties that come back: periods tile the time, days of duty keep to working days, missed ones stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking import DueRule, due_day, instances, office_day, period_named, period_of, periods, shipped_calendar
from liantu.tracking.cadence import KINDS, RULES, SHIFTS
from liantu.tracking.working_days import Stretch, WorkingCalendar, parse_stretches
from liantu.vocabulary.tables import VocabularyError

CALENDAR = shipped_calendar()
DAYS = st.dates(date(1999, 1, 1), date(2101, 1, 1))
NOTICE = "某年通知"


@given(st.sampled_from(KINDS), DAYS, st.integers(0, 900))
def test_periods_tile_the_time_without_gap_or_overlap(kind, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = list(periods(kind, first, last))
    assert found[0].first <= first <= found[0].last and found[-1].first <= last <= found[-1].last
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(days=1)
    assert len({period.key for period in found}) == len(found)


@given(st.sampled_from(KINDS), DAYS)
def test_every_day_of_a_period_names_the_same_period(kind, day: date) -> None:
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert period_of(kind, period.first) == period_of(kind, period.last) == period


@pytest.mark.parametrize(
    ("kind", "day", "key", "first", "last"),
    [
        ("weekly", date(2026, 1, 1), "2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("weekly", date(2027, 1, 3), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("ten_day", date(2024, 2, 29), "2024-02-X3", date(2024, 2, 21), date(2024, 2, 29)),
        ("ten_day", date(2025, 2, 20), "2025-02-X2", date(2025, 2, 11), date(2025, 2, 20)),
        ("ten_day", date(2025, 1, 31), "2025-01-X3", date(2025, 1, 21), date(2025, 1, 31)),
        ("monthly", date(2100, 2, 28), "2100-02", date(2100, 2, 1), date(2100, 2, 28)),  # no leap year
        ("quarterly", date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("half_yearly", date(2026, 6, 30), "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("yearly", date(2024, 2, 29), "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_ends_of_weeks_months_and_years(kind, day: date, key: str, first: date, last: date) -> None:
    assert period_of(kind, day) == type(period_of(kind, day))(first, last, key)


@pytest.mark.parametrize(
    ("kind", "day", "rule", "due"),
    [
        # 31 January 2026 is a Saturday; the last working day is the 30th.
        ("monthly", date(2026, 1, 9), DueRule(), date(2026, 1, 30)),
        # 28 February 2026 is a Saturday that is worked for the Spring Festival.
        ("monthly", date(2026, 2, 9), DueRule(), date(2026, 2, 28)),
        (
            "monthly",
            date(2026, 9, 9),
            DueRule("after_working_day", 3),
            date(2026, 10, 10),
        ),  # after the national holiday
        ("monthly", date(2026, 4, 9), DueRule("after_day", 5, "after"), date(2026, 5, 6)),
        ("monthly", date(2026, 4, 9), DueRule("after_day", 5, "before"), date(2026, 4, 30)),
        ("monthly", date(2026, 4, 9), DueRule("after_day", 5, "none"), date(2026, 5, 5)),
        ("monthly", date(2025, 2, 9), DueRule("day", 31, "none"), date(2025, 2, 28)),
        # The whole week is off: the first working day after it.
        ("weekly", date(2026, 2, 18), DueRule(), date(2026, 2, 24)),
        ("ten_day", date(2026, 10, 3), DueRule("working_day", 2), date(2026, 10, 9)),
        ("yearly", date(2026, 5, 1), DueRule("last_day", 1, "none"), date(2026, 12, 31)),
    ],
)
def test_the_day_of_duty_keeps_to_working_days(kind, day: date, rule: DueRule, due: date) -> None:
    assert due_day(period_of(kind, day), rule, CALENDAR) == due


RULE = st.builds(DueRule, st.sampled_from(RULES), st.integers(1, 366), st.sampled_from(SHIFTS))


@given(st.sampled_from(KINDS), RULE, st.dates(date(2023, 1, 1), date(2028, 1, 1)))
def test_a_later_period_is_never_due_earlier_and_working_rules_give_working_days(
    kind, rule: DueRule, day: date
) -> None:
    one = period_of(kind, day)
    two = period_of(kind, one.last + timedelta(days=1))
    first, second = due_day(one, rule, CALENDAR), due_day(two, rule, CALENDAR)
    assert first <= second
    if "working" in rule.rule or rule.shift != "none":
        assert CALENDAR.is_working(first)
    if rule.rule.startswith("after"):
        assert first > one.last or rule.shift == "before"


@given(st.sampled_from(KINDS), RULE, st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.integers(0, 400), st.data())
def test_missed_instances_stay_visible_and_none_comes_twice(kind, rule: DueRule, starts, length: int, data) -> None:
    until = starts + timedelta(days=length)
    found = instances(kind, rule, starts, until, CALENDAR)
    keys = [instance.period.key for instance in found]
    assert len(set(keys)) == len(keys) and all(instance.due >= starts for instance in found)
    given_in = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
    again = instances(kind, rule, starts, until, CALENDAR, handed=dict.fromkeys(given_in, starts))
    assert {i.period.key for i in again if i.handed is None} == set(keys) - given_in
    late = {i.period.key for i in again if i.state(until) == "late"}
    assert late == {i.period.key for i in found if i.due < until} - given_in
    # Looking further ahead changes nothing of what was owed before.
    assert [i.period.key for i in instances(kind, rule, starts, until + timedelta(days=40), CALENDAR)][
        : len(keys)
    ] == keys


def test_what_is_due_from_its_start_to_its_end() -> None:
    handed = {"2026-03": date(2026, 3, 31), "2026-04": date(2026, 5, 8)}
    found = instances("monthly", DueRule(), date(2026, 2, 10), date(2026, 7, 15), CALENDAR, date(2026, 6, 30), handed)
    states = {instance.period.key: instance.state(date(2026, 6, 30)) for instance in found}
    assert states == {"2026-02": "late", "2026-03": "done", "2026-04": "done_late", "2026-05": "late", "2026-06": "due"}
    excused = instances("monthly", DueRule(), date(2026, 2, 1), date(2026, 3, 31), CALENDAR, excused={"2026-02"})
    assert [i.period.key for i in excused] == ["2026-03"]


def test_daily_duties_rest_on_days_off() -> None:
    found = instances("daily", DueRule("last_day"), date(2026, 9, 30), date(2026, 10, 12), CALENDAR)
    assert [i.due.day for i in found] == [30, 8, 9, 10, 12]  # 1 to 7 off, 10 October worked, 11 a Sunday


def test_the_shipped_years_and_what_their_notices_say() -> None:
    assert {2024, 2025, 2026} == CALENDAR.years and not CALENDAR.knows(date(2027, 1, 1))
    off = {year: sum(_is_free_weekday(day) for day in _days_of(year)) for year in CALENDAR.years}
    worked = {year: sum(_is_worked_weekend(day) for day in _days_of(year)) for year in CALENDAR.years}
    assert off == {2024: 19, 2025: 18, 2026: 19}
    assert worked == {2024: 8, 2025: 5, 2026: 6}
    assert CALENDAR.told(date(2026, 2, 16)).name == "春节" and "国务院办公厅" in CALENDAR.told(date(2026, 2, 16)).source


def _days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(days=n)).year == year
    ]


def _is_free_weekday(day: date) -> bool:
    return day.weekday() < 5 and not CALENDAR.is_working(day)


def _is_worked_weekend(day: date) -> bool:
    return day.weekday() >= 5 and CALENDAR.is_working(day)


@given(st.dates(date(2023, 12, 1), date(2027, 2, 1)), st.integers(-60, 60))
def test_counting_working_days_forth_and_back(day: date, number: int) -> None:
    there = CALENDAR.shifted(day, number)
    earlier, later = min(day, there), max(day, there)
    if number > 0:
        assert CALENDAR.between(day, there) == number and CALENDAR.is_working(there)
    if number < 0:
        assert CALENDAR.between(earlier, later) in {-number, -number - 1 + CALENDAR.is_working(day)}
    assert CALENDAR.on_or_before(day) <= day <= CALENDAR.on_or_after(day)


def test_an_offices_own_days_follow_the_shipped_ones() -> None:
    own = Stretch(date(2026, 10, 8), date(2026, 10, 8), "off", "本地安排", NOTICE)
    both = WorkingCalendar([*(CALENDAR.told(date(2026, 10, d)) for d in (1, 10)), own])
    assert not both.is_working(date(2026, 10, 8)) and both.is_working(date(2026, 10, 10))


@pytest.mark.parametrize(
    "row",
    [
        "2026-13-01,2026-13-01,off,元旦,通知",
        "2026-01-03,2026-01-01,off,元旦,通知",
        "2026-01-01,2026-01-01,half,元旦,通知",
    ],
)
def test_a_wrong_row_of_days_is_named(row: str) -> None:
    with pytest.raises(VocabularyError, match="第2行"):
        parse_stretches("own.csv", f"first,last,kind,name_zh,source\n{row}\n")


def test_the_day_is_that_of_chinese_offices() -> None:
    assert office_day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert office_day(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    with pytest.raises(ValueError, match="时区"):
        office_day(datetime(2026, 11, 22))


def test_rules_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="第几天"):
        DueRule("day", 0)
    with pytest.raises(ValueError, match="没有这样的周期"):
        period_of("fortnightly", date(2026, 1, 1))  # type: ignore[arg-type]


@given(st.sampled_from(KINDS), DAYS)
def test_a_period_is_found_again_by_its_name(kind, day: date) -> None:
    period = period_of(kind, day)
    assert period_named(kind, period.key) == period


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("monthly", "2026-13"),
        ("weekly", "2026-W54"),
        ("ten_day", "2026-02-X4"),
        ("daily", "2026-02-30"),
        ("yearly", "二〇二六"),
    ],
)
def test_a_name_of_no_period_is_refused(kind, key: str) -> None:
    with pytest.raises(ValueError, match="没有叫"):
        period_named(kind, key)
