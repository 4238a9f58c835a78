"""The audit log: who did what, when, from where. Entries are added and read; old ones go only here, and only when old enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from liantu.ledger.models import AuditEntry
from liantu.ledger.storable import storable

KEPT_DAYS = 184
"""Six months: what is younger is never taken. The Cybersecurity Law of the PRC, article 21 (3), asks for no fewer."""
Kind = AuditEntry.Kind


def note(
    kind: str, what: str, *, who: str = "", address: str = "", path: str = "", detail: Mapping[str, Any] | None = None
) -> AuditEntry:
    """One more entry."""
    return AuditEntry.objects.create(
        at=timezone.now(),
        kind=kind,
        who=storable(who)[:150],
        address=address[:64],
        what=storable(what)[:255],
        path=storable(path)[:512],
        detail=dict(detail or {}),
    )


def prune(days: int, by: str, *, dry: bool = False) -> int:
    """Take entries older than `days`; gives how many. The taking is itself noted.

    Raises ValueError for fewer days than the law allows.
    """
    if days < KEPT_DAYS:
        raise ValueError(
            f"审计日志至少保留 {KEPT_DAYS} 天（六个月），不能只留 {days} 天 / "
            f"the audit log is kept for {KEPT_DAYS} days (six months) at least, not {days}"
        )
    before: datetime = timezone.now() - timedelta(days=days)
    old = AuditEntry.objects.filter(at__lt=before)
    count = old.count()
    if count and not dry:
        old.delete()
        note(
            Kind.PRUNED, f"清理 {count} 条 {before:%Y-%m-%d} 以前的日志", who=by, detail={"count": count, "days": days}
        )
    return count
