"""The digest of a stretch of days: what is new, worse, resolved, and what stands open, by region, chain or owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from liantu.ledger.models import Alert, AlertEvent

NEW = frozenset({"raised", "returned"})
GROUPS = {"region": "city_code", "chain": "chain", "owner": "owner"}
PARTS = ("new", "worsened", "resolved")


@dataclass(slots=True)
class Group:
    """One region, chain or owner: its alerts of the days, and how many stand open by level."""

    key: str
    new: list[Alert] = field(default_factory=list)
    worsened: list[Alert] = field(default_factory=list)
    resolved: list[Alert] = field(default_factory=list)
    standing: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Digest:
    """From `first` to `last`, both included."""

    first: date
    last: date
    by: str
    groups: tuple[Group, ...]

    def count(self, part: str) -> int:
        """How many alerts are new, worsened or resolved in all."""
        return sum(len(getattr(group, part)) for group in self.groups)

    @property
    def standing(self) -> Mapping[str, int]:
        """Open alerts by level, all groups together."""
        total: dict[str, int] = defaultdict(int)
        for group in self.groups:
            for level, count in group.standing.items():
                total[level] += count
        return total


def digest(last: date, days: int, by: str = "region", where: Q | None = None) -> Digest:
    """The digest of `days` days up to `last`.

    What came up and went away again within the days is neither new nor resolved: only where it stands now counts.

    Args:
        by: `region`, `chain` or `owner`.
        where: which alerts, all when None.
    """
    first = last - timedelta(days=days - 1)
    chosen = where if where is not None else Q()
    column = GROUPS[by]
    groups: dict[str, Group] = {}

    def group_of(alert: Alert) -> Group:
        key = getattr(alert, column)
        return groups.setdefault(key, Group(key))

    happened: dict[int, set[str]] = defaultdict(set)
    events = AlertEvent.objects.filter(on__gte=first, on__lte=last).order_by("pk")
    for alert_id, action in events.values_list("alert_id", "action"):
        happened[alert_id].add(action)
    live = (Alert.State.OPEN, Alert.State.SNOOZED)
    alerts = Alert.objects.filter(chosen).filter(Q(state__in=live) | Q(pk__in=events.values("alert_id")))
    for alert in alerts.order_by("-gravity", "since", "pk"):
        group, actions = group_of(alert), happened.get(alert.pk, set())
        if alert.state == Alert.State.RESOLVED:
            if "resolved" in actions and "raised" not in actions:
                group.resolved.append(alert)
            continue
        if alert.state == Alert.State.OPEN:
            group.standing[alert.level] += 1
        if actions & NEW:
            group.new.append(alert)
        elif "worsened" in actions:
            group.worsened.append(alert)
    filled = [g for g in groups.values() if g.standing or g.new or g.worsened or g.resolved]
    graver = sorted(filled, key=lambda g: (-g.standing.get("red", 0), -g.standing.get("yellow", 0), -len(g.new), g.key))
    return Digest(first, last, by, tuple(graver))
