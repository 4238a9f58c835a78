"""Escalation over time by a given day, steps that are allowed and those that are not, and what comes first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking import Rung, allowed, find_step, ladder, owed, shipped_calendar, shipped_ladder, steps, urgency
from liantu.tracking.steps import ENDED, MACHINES

CALENDAR = shipped_calendar()
DUE = date(2026, 9, 24)  # a Thursday; the Mid-Autumn holiday follows, then four days of work and the National holiday


@pytest.mark.parametrize(
    ("today", "rungs"),
    [
        (date(2026, 9, 24), []),
        (date(2026, 9, 27), []),  # the holiday counts no day
        (date(2026, 9, 28), ["reminder"]),
        (date(2026, 9, 30), ["reminder", "notice"]),
        (date(2026, 10, 7), ["reminder", "notice"]),
        (date(2026, 10, 12), ["reminder", "notice", "order"]),  # 28, 29, 30, 8, 9, 10 and 12: seven days of work
        (date(2026, 10, 22), ["reminder", "notice", "order", "report"]),
    ],
)
def test_a_late_task_climbs_rung_by_rung(today: date, rungs: list[str]) -> None:
    assert [o.rung.rung for o in owed(shipped_ladder(), "task", DUE, today, CALENDAR)] == rungs


def test_what_is_recorded_is_not_owed_again_and_the_day_is_that_of_the_rung() -> None:
    found = owed(shipped_ladder(), "task", DUE, date(2026, 10, 20), CALENDAR, {"reminder", "notice"})
    assert [(o.rung.rung, o.since) for o in found] == [("order", date(2026, 10, 12))]


@given(
    st.dates(date(2024, 1, 1), date(2026, 6, 1)),
    st.integers(0, 90),
    st.sampled_from(["task", "problem", "order", "duty"]),
)
def test_escalating_day_by_day_or_all_at_once_comes_to_the_same(due: date, length: int, subject: str) -> None:
    last, seen = due + timedelta(days=length), {}
    for at in range(length + 1):
        for found in owed(shipped_ladder(), subject, due, due + timedelta(days=at), CALENDAR, seen):
            assert found.since == due + timedelta(days=at)  # found on its very day
            seen[found.rung.rung] = found.since
    assert {o.rung.rung: o.since for o in owed(shipped_ladder(), subject, due, last, CALENDAR)} == seen


def test_a_ladder_out_of_order_is_refused() -> None:
    def rung(name: str, days: int) -> Rung:
        return Rung("task", days, "working", name, "责任人", "本单位")

    with pytest.raises(ValueError, match="应晚于"):
        ladder([rung("reminder", 5), rung("notice", 3)])
    with pytest.raises(ValueError, match="有两级"):
        ladder([rung("reminder", 5), rung("reminder", 7)])


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_leads_to_an_end_and_only_verification_closes(machine: str) -> None:
    rows = steps()[machine].values()
    states = {state for step in rows for state in (*step.before, step.after)}
    for state in states:
        seen, edge = {state}, {state}
        while edge:
            edge = {step.after for at in edge for step in allowed(machine, at)} - seen
            seen |= edge
        assert seen & ENDED, state
    closing = [step for step in rows if step.after == "closed"]
    assert [step.before for step in closing] == [("verifying",)] and all(step.who == "other" for step in closing)


def test_a_step_that_does_not_lead_on_is_refused_with_what_can_be_done() -> None:
    with pytest.raises(ValueError, match="不能“核验销号”，可以：派发、开始办理、取消"):
        find_step("task", "open", "verify")
    with pytest.raises(ValueError, match="没有“burn”这一步"):
        find_step("task", "open", "burn")


@given(st.lists(st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 31))), max_size=12))
def test_what_is_late_comes_first_and_the_longest_late_before_all(dues: list[date | None]) -> None:
    today = date(2026, 6, 17)
    ranked = sorted(dues, key=lambda due: urgency(due, today))
    days = [due for due in ranked if due is not None]
    assert days == sorted(days)
    if None in ranked and days:
        this_week = [due for due in days if due <= date(2026, 6, 21)]
        assert ranked.index(None) == len(this_week)


def test_the_reason_says_how_late_or_how_long() -> None:
    today = date(2026, 6, 17)  # a Wednesday
    found = [urgency(today + timedelta(days=n), today) for n in (-3, 0, 4, 5)]
    assert [(u.code, u.days) for u in found] == [("late", 3), ("today", 0), ("this_week", 4), ("later", 5)]
