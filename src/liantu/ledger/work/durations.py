"""How long it takes from signing to start: the median by zone and quarter, for projects approved at signing apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Q

from liantu.ledger.models import ProjectDetail, ProjectView, StageEntry
from liantu.ledger.standing import batches
from liantu.ledger.work.told_stages import same_things


@dataclass(frozen=True, slots=True)
class Duration:
    """One zone, way of approval and quarter of start: how many projects, and their median of days from signing to start."""

    zone: str
    mode: str
    quarter: str  # 2025Q1
    projects: int
    days: float


def durations(where: Q) -> list[Duration]:
    """Out of officials' entries that have both days; the newest quarter first. Projects of several signings count their first."""
    signed, started = _days("signed"), _days("started")
    both = [pk for pk in signed if pk in started and started[pk] >= signed[pk]]
    home = same_things(both)
    live: set[int] = set()
    for part in batches(sorted({home[pk] for pk in both})):
        live.update(ProjectView.objects.filter(where, pk__in=part).values_list("pk", flat=True))
    details = {row.project_id: row for row in ProjectDetail.objects.filter(removed_at=None)}
    groups: dict[tuple[str, str, str], list[int]] = {}
    for pk in both:
        if home[pk] not in live:
            continue
        detail, day = details.get(pk), started[pk]
        key = (detail.zone if detail else "", detail.approval_mode if detail else "", _quarter(day))
        groups.setdefault(key, []).append((day - signed[pk]).days)
    found = [Duration(*key, len(days), float(median(days))) for key, days in groups.items()]
    return sorted(found, key=lambda d: (d.quarter, d.projects, d.zone), reverse=True)


def _days(stage: str) -> dict[int, date]:
    found: dict[int, date] = {}
    rows = StageEntry.objects.filter(stage=stage, planned=False, phase="", removed_at=None, on__isnull=False)
    for pk, on in rows.values_list("project_id", "on"):
        if on is not None:
            found[pk] = min(found.get(pk, on), on)
    return found


def _quarter(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"
