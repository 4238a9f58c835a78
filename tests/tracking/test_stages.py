"""Where a project stands, from events in whatever order they come."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking import StageEvent, implied_by, progress
from liantu.vocabulary import stages

NAMES = list(stages())
events = st.lists(
    st.builds(
        StageEvent,
        st.sampled_from([*NAMES, "paused"]),
        st.none() | st.dates(date(2020, 1, 1), date(2025, 12, 31)),
        st.text("abcdef", min_size=1, max_size=3),
    ),
    max_size=12,
)


def test_stages_in_order_with_the_days_between() -> None:
    found = progress(
        [
            StageEvent("signed", date(2023, 3, 1), "a"),
            StageEvent("started", date(2023, 9, 1), "b"),
            StageEvent("in_production", date(2024, 12, 1), "c"),
        ]
    )
    assert (found.stage, found.since) == ("in_production", date(2024, 12, 1))
    assert [(t.before, t.after, t.days, t.forward) for t in found.transitions] == [
        ("signed", "started", 184, True),
        ("started", "in_production", 457, True),
    ]
    assert found.transitions[0].statements == ("a", "b")


def test_land_before_approval_is_told_and_not_corrected() -> None:
    found = progress([StageEvent("land", date(2024, 2, 1)), StageEvent("approved", date(2024, 5, 1))])
    assert found.stage == "land"
    assert [t.forward for t in found.transitions] == [False]


def test_production_implies_the_start_but_no_paper() -> None:
    found = progress([StageEvent("in_production", None)])
    assert found.has_reached("started") and not found.has_reached("approved") and not found.has_reached("signed")
    assert implied_by("at_target") == {"in_production", "started"}
    # An undated report says nothing of a day.
    assert not found.has_reached("started", by=date(2030, 1, 1))


def test_plans_and_later_events_reach_nothing() -> None:
    said = [
        StageEvent("started", date(2024, 3, 1)),
        StageEvent("in_production", date(2025, 2, 15)),
        StageEvent("at_capacity", None, status="plan"),
    ]
    assert progress(said, as_of=date(2024, 12, 31)).stage == "started"
    assert progress(said).stage == "in_production"


def test_a_pause_overlays_the_stage_until_work_goes_on() -> None:
    said = [StageEvent("building", date(2023, 5, 1)), StageEvent("paused", date(2023, 11, 1))]
    assert (progress(said).stage, progress(said).side) == ("building", "paused")
    assert progress([*said, StageEvent("completed", date(2024, 8, 1))]).side == ""


def test_a_report_after_the_end_is_a_contradiction_for_a_person() -> None:
    found = progress([StageEvent("cancelled", date(2023, 5, 1), "x"), StageEvent("started", date(2024, 1, 1), "y")])
    assert (found.stage, found.side, found.contradictions) == ("started", "cancelled", ("y",))


def test_phases_have_stages_of_their_own() -> None:
    said = [StageEvent("in_production", date(2024, 1, 1), phase="一期"), StageEvent("building", None, phase="二期")]
    assert [progress(said, phase=p).stage for p in ("一期", "二期", "")] == ["in_production", "building", ""]


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="no such stage: dreaming"):
        progress([StageEvent("dreaming", None)])


@given(events, st.randoms(use_true_random=False))
def test_the_order_in_which_it_was_said_does_not_matter(said: list[StageEvent], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = progress(said), progress(shuffled)
    assert (one.stage, one.since, one.side, one.reached) == (other.stage, other.since, other.side, other.reached)
    assert [(t.before, t.after, t.on) for t in one.transitions] == [
        (t.before, t.after, t.on) for t in other.transitions
    ]


@given(events)
def test_more_time_never_takes_a_stage_back(said: list[StageEvent]) -> None:
    order = {name: at for at, name in enumerate(NAMES)}
    stands = [progress(said, as_of=date(year, 12, 31)).stage for year in range(2019, 2027)]
    reached = [order.get(stage, -1) for stage in stands]
    assert reached == sorted(reached)
