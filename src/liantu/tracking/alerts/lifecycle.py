"""What becomes of an alert: open, snoozed, closed with a note, resolved by itself, back again.

Pure steps: run the rules twice on the same day over the same rows and the second run changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from .rules import LEVELS

State = Literal["open", "snoozed", "closed", "resolved"]
Action = Literal[
    "raised", "worsened", "eased", "resolved", "returned", "woke", "snoozed", "closed", "reopened", "noted"
]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an alert stands. `answered` is the level at which a person snoozed or closed it."""

    state: State
    level: str
    since: date
    until: date | None = None  # of a snoozed one
    answered: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an alert; `before` and `after` are levels where these changed."""

    action: Action
    before: str = ""
    after: str = ""


def _gravity(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def seen(before: Standing | None, level: str, since: date | None, today: date) -> tuple[Standing | None, list[Event]]:
    """An alert after a run of the rules in which it came out at `level` (empty: its condition does not hold any more).

    `since` is the day that the rows tell; without one it is the day of the first run that saw it.
    """
    if not level:
        if before is None or before.state == "resolved":
            return before, []
        return replace(before, state="resolved", until=None, answered=""), [Event("resolved", before.level, "")]
    if before is None:
        return Standing("open", level, since or today), [Event("raised", "", level)]
    if before.state == "resolved":
        # What went away and came back is a new story with the old notes: a former answer no longer holds.
        return Standing("open", level, since or today), [Event("returned", "", level)]
    events: list[Event] = []
    now = replace(before, level=level, since=since or before.since)
    if level != before.level:
        events.append(Event("worsened" if _gravity(level) > _gravity(before.level) else "eased", before.level, level))
    if before.state in ("snoozed", "closed") and _gravity(level) > _gravity(before.answered):
        events.append(Event("woke", before.answered, level))
        return replace(now, state="open", until=None, answered=""), events
    if before.state == "snoozed" and before.until is not None and before.until <= today:
        events.append(Event("woke", before.answered, level))
        return replace(now, state="open", until=None, answered=""), events
    return now, events


def snooze(now: Standing, until: date, today: date) -> tuple[Standing, Event]:
    """Put off until a day to come. Raises ValueError for a day that is not, or for what is not open."""
    if now.state not in ("open", "snoozed"):
        raise ValueError("只有未处理的预警可以缓办 / only an open alert can be put off")
    if until <= today:
        raise ValueError("缓办日期要在今天之后 / put it off to a day after today")
    return replace(now, state="snoozed", until=until, answered=now.level), Event("snoozed", now.level, now.level)


def close(now: Standing, why: str) -> tuple[Standing, Event]:
    """Close with a note; it stays closed while its condition holds at no graver level. Raises ValueError without a note."""
    if not why.strip():
        raise ValueError("关闭要写明理由 / closing needs a note")
    if now.state not in ("open", "snoozed"):
        raise ValueError("这条预警已经不在处理中 / this alert is not open")
    return replace(now, state="closed", until=None, answered=now.level), Event("closed", now.level, now.level)


def reopen(now: Standing) -> tuple[Standing, Event]:
    """Take a snooze or a closing back. Raises ValueError for what is open or has resolved by itself."""
    if now.state not in ("snoozed", "closed"):
        raise ValueError("只有缓办或关闭的预警可以重新打开 / only what was put off or closed can be opened again")
    return replace(now, state="open", until=None, answered=""), Event("reopened", now.level, now.level)


def note(now: Standing, why: str) -> tuple[Standing, Event]:
    """Write something down; the state stays. Raises ValueError for an empty note."""
    if not why.strip():
        raise ValueError("备注是空的 / the note is empty")
    return now, Event("noted", now.level, now.level)
