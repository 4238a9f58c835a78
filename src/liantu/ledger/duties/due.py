"""What recurring duties ask for, period by period: handed in, late, due now. Missed ones stay until they come in or are excused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from liantu.ledger.models import Duty, DutyDelivery
from liantu.ledger.work.duty_rules import rule_of
from liantu.tracking import Instance, WorkingCalendar, instances
from liantu.tracking.cadence import Kind


@dataclass(frozen=True, slots=True)
class Owing:
    """One period of one duty, with the record of its delivery if there is one."""

    duty: Duty
    instance: Instance
    state: str
    delivery: DutyDelivery | None


def owing(duties: Iterable[Duty], today: date, until: date, calendar: WorkingCalendar) -> list[Owing]:
    """All periods that the duties ask for up to `until`, excused ones left out, in the order of their days. Two queries at most."""
    kept = list(duties)
    given = _deliveries([duty.pk for duty in kept])
    found = []
    for duty in kept:
        rows = given.get(duty.pk, {})
        handed = {key: row.on for key, row in rows.items() if row.on is not None}
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
