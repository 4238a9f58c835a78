"""What recurring duties ask for, period by period: handed in, late, due now. Missed ones stay until they come in or are excused."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from liantu.ledger.models import Duty, DutyDelivery, ListVersion, WorkChange
from liantu.ledger.work.duty_rules import rule_of
from liantu.tracking import Instance, WorkingCalendar, instances
from liantu.tracking.cadence import Kind, periods


@dataclass(frozen=True, slots=True)
class Owing:
    """One period of one duty, with the record of its delivery if there is one."""

    duty: Duty
    instance: Instance
    state: str
    delivery: DutyDelivery | None


def owing(duties: Iterable[Duty], today: date, until: date, calendar: WorkingCalendar) -> list[Owing]:
    """All periods that the duties ask for up to `until`, excused ones left out, in the order of their days.

    Four queries at most. A duty that keeps a list current is handed in on the first day from the period's first on that the list
    was confirmed or published, so that one look at a neglected list makes up for all periods before.
    """
    kept = list(duties)
    given = _deliveries([duty.pk for duty in kept])
    confirmed = _confirmations({duty.of_list_id for duty in kept if duty.of_list_id is not None}, today)
    found = []
    for duty in kept:
        rows = given.get(duty.pk, {})
        handed = _by_list(duty, confirmed.get(duty.of_list_id or 0, ()), until)
        handed |= {key: row.on for key, row in rows.items() if row.on is not None}
        excused = {key for key, row in rows.items() if row.excused}
        for instance in instances(
            cast(Kind, duty.cadence), rule_of(duty), duty.since, until, calendar, duty.until, handed, excused
        ):
            found.append(Owing(duty, instance, instance.state(today), rows.get(instance.period.key)))
    return sorted(found, key=lambda o: (o.instance.due, o.duty.pk))


def live_duties() -> Sequence[Duty]:
    """All duties that are kept, with their owners."""
    return list(Duty.objects.filter(removed_at=None).select_related("owner", "programme").order_by("pk"))


def _deliveries(duties: list[int]) -> dict[int, dict[str, DutyDelivery]]:
    found: dict[int, dict[str, DutyDelivery]] = {}
    for row in DutyDelivery.objects.filter(duty__in=duties, removed_at=None):
        found.setdefault(row.duty_id, {})[row.period] = row
    return found


def _by_list(duty: Duty, confirmed: Sequence[date], until: date) -> dict[str, date]:
    """The day on which each period's look at a list was taken, by the period's key; `confirmed` in order."""
    if not confirmed:
        return {}
    found = {}
    for period in periods(cast(Kind, duty.cadence), duty.since, min(until, confirmed[-1])):
        at = bisect_left(confirmed, period.first)
        if at < len(confirmed):
            found[period.key] = confirmed[at]
    return found


def _confirmations(lists: set[int], today: date) -> dict[int, list[date]]:
    """The days up to `today` on which lists were published or confirmed, in order, by list."""
    if not lists:
        return {}
    days: dict[int, set[date]] = {}
    for pk, on in ListVersion.objects.filter(list_id__in=lists).values_list("list_id", "published_on"):
        days.setdefault(pk, set()).add(on)
    changes = WorkChange.objects.filter(kind="list", row__in=lists, undone_at=None)
    for pk, after in changes.exclude(action=WorkChange.Action.REMOVED).values_list("row", "after"):
        if on := after.get("confirmed_on"):
            days.setdefault(pk, set()).add(date.fromisoformat(on))
    return {pk: sorted(day for day in known if day <= today) for pk, known in days.items()}
