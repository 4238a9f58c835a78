"""What people do with an alert: put it off, close it with a note, open it again, write something down."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from liantu.ledger.models import Alert, AlertEvent
from liantu.ledger.writing import writing
from liantu.tracking.alerts import Event, Standing, close, note, reopen, snooze

ANSWERS = ("snooze", "close", "reopen", "note")


def answer_alert(pk: int, answer: str, by: str, today: date, *, why: str = "", until: date | None = None) -> AlertEvent:
    """Answer an alert as a person; gives what was written down.

    Raises:
        ValueError: in both languages, for an answer that the alert's state does not allow.
        Alert.DoesNotExist: no such alert.
    """
    with writing():
        row = Alert.objects.select_for_update().get(pk=pk)
        now = Standing(row.state, row.level, row.since, row.until, row.answered)  # type: ignore[arg-type]
        after, event = _answered(now, answer, why, until, today)
        row.state, row.until, row.answered = after.state, after.until, after.answered
        row.save(update_fields=["state", "until", "answered"])
        return AlertEvent.objects.create(
            alert=row, action=event.action, before=event.before, after=event.after, on=today, at=timezone.now(), by=by,
            note=why.strip(), until=after.until,
        )  # fmt: skip


def _answered(now: Standing, answer: str, why: str, until: date | None, today: date) -> tuple[Standing, Event]:
    if answer == "snooze":
        if until is None:
            raise ValueError("请写缓办到哪一天 / say until which day")
        return snooze(now, until, today)
    if answer == "close":
        return close(now, why)
    if answer == "reopen":
        return reopen(now)
    if answer == "note":
        return note(now, why)
    raise ValueError(f"没有这种处理：{answer} / no such answer: {answer}")
