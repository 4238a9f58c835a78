"""What becomes of an alert, whatever happens to it in whatever order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking.alerts import LEVELS, Standing, close, note, reopen, seen, snooze

START = date(2025, 1, 1)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.sampled_from(["", *LEVELS])),
        st.tuples(st.sampled_from(["snooze", "close", "reopen", "note"]), st.just("")),
    ),
    max_size=30,
)


def actions(events: list[object]) -> list[str]:
    return [event.action for event in events]  # type: ignore[attr-defined]


def test_an_alert_is_raised_once_and_worsens_and_eases() -> None:
    now, events = seen(None, "blue", None, START)
    assert now is not None and (now.state, now.since, actions(events)) == ("open", START, ["raised"])
    now, events = seen(now, "red", None, START + timedelta(5))
    assert now is not None and (now.since, actions(events)) == (START, ["worsened"])
    now, events = seen(now, "yellow", None, START + timedelta(6))
    assert actions(events) == ["eased"]


def test_what_was_put_off_wakes_on_its_day_or_when_it_gets_worse() -> None:
    now = Standing("open", "blue", START)
    put_off, _event = snooze(now, START + timedelta(10), START)
    still, events = seen(put_off, "blue", None, START + timedelta(9))
    assert still == put_off and not events
    awake, events = seen(put_off, "blue", None, START + timedelta(10))
    assert awake is not None and awake.state == "open" and actions(events) == ["woke"]
    awake, events = seen(put_off, "red", None, START + timedelta(1))
    assert awake is not None and awake.state == "open" and actions(events) == ["worsened", "woke"]


def test_what_was_closed_stays_closed_until_it_is_graver_than_what_was_closed() -> None:
    closed, _event = close(Standing("open", "yellow", START), "已核实")
    for level in ("yellow", "blue", "yellow"):
        closed, _events = seen(closed, level, None, START)  # type: ignore[assignment]
        assert closed.state == "closed"
    opened, events = seen(closed, "red", None, START)
    assert opened is not None and opened.state == "open" and "woke" in actions(events)


def test_what_went_away_resolves_and_comes_back_open() -> None:
    closed, _event = close(Standing("open", "yellow", START), "已核实")
    gone, events = seen(closed, "", None, START)
    assert gone is not None and gone.state == "resolved" and actions(events) == ["resolved"]
    assert seen(gone, "", None, START) == (gone, [])
    back, events = seen(gone, "blue", None, START + timedelta(30))
    assert back is not None and (back.state, back.since, actions(events)) == (
        "open",
        START + timedelta(30),
        ["returned"],
    )


@pytest.mark.parametrize(
    ("state", "done"),
    [("closed", "snooze"), ("resolved", "snooze"), ("resolved", "close"), ("open", "reopen"), ("resolved", "reopen")],
)
def test_answers_that_a_state_does_not_allow_are_refused(state: str, done: str) -> None:
    now = Standing(state, "red", START)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=" / "):
        _answer(now, done, START)


def test_closing_and_noting_need_words_and_a_snooze_a_day_to_come() -> None:
    now = Standing("open", "red", START)
    for broken in (lambda: close(now, " "), lambda: note(now, ""), lambda: snooze(now, START, START)):
        with pytest.raises(ValueError, match=" / "):
            broken()


def _answer(now: Standing, done: str, today: date) -> Standing:
    if done == "snooze":
        return snooze(now, today + timedelta(3), today)[0]
    if done == "close":
        return close(now, "说明")[0]
    return (reopen(now) if done == "reopen" else note(now, "备注"))[0]


@given(MOVES)
def test_a_second_run_of_the_same_day_changes_nothing(moves: list[tuple[str, str]]) -> None:
    now: Standing | None = None
    for day, (move, level) in enumerate(moves):
        today = START + timedelta(day)
        if move == "run":
            now, _events = seen(now, level, None, today)
            assert seen(now, level, None, today) == (now, [])
            if now is not None:
                assert (now.state == "resolved") == (level == "")
        elif now is not None:
            try:
                now = _answer(now, move, today)
            except ValueError:
                continue
            assert bool(now.answered) == (now.state in ("snoozed", "closed"))
