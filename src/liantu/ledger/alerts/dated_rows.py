"""Recognitions that run out and times to apply in, as rows that rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from liantu.ledger.alerts.row_parts import city_of, owner_of, refs_of
from liantu.ledger.models import Certificate, PolicyWindow
from liantu.tracking.alerts import Ref, Row, Value
from liantu.tracking.terms import expiry

SETTLED = ("renewed", "dropped")
"""States of renewal after which nothing is left to do."""
LOOK_BACK = timedelta(days=365)
"""Windows that closed longer ago are history."""


def certificate_rows(_today: date) -> Iterator[Row]:
    """Recognitions whose renewal is not settled and of which is known, or follows from a rule, until when they hold."""
    rows = Certificate.objects.filter(removed_at=None).exclude(renewal__in=SETTLED).select_related("owner")
    for row in rows.order_by("pk").iterator():
        until = expiry(row.title, row.issued_on, row.valid_until)
        if until is None:
            continue
        values: dict[str, Value] = {
            "title": row.title, "holder": row.holder, "issued_on": row.issued_on, "until": until, "renewal": row.renewal,
            "assumed": float(row.valid_until is None),
        }  # fmt: skip
        yield _row("certificate", row, f"{row.holder}：{row.title}", values, until)


def window_rows(today: date) -> Iterator[Row]:
    """Times to apply in that are not over for long, and for which nobody has applied or said that nobody will."""
    rows = PolicyWindow.objects.filter(removed_at=None, applied_on=None, waived=False, closes_on__gte=today - LOOK_BACK)
    for row in rows.select_related("owner").order_by("pk").iterator():
        values: dict[str, Value] = {
            "title": row.title, "department": row.department, "opens_on": row.opens_on, "closes_on": row.closes_on,
        }  # fmt: skip
        yield _row("window", row, row.title, values, row.closes_on)


def _row(kind: str, row: Certificate | PolicyWindow, name: str, values: dict[str, Value], due: date) -> Row:
    return Row(
        f"{kind}:{row.pk}", name[:255], values, row.region_code, city_of(row.region_code), chain=row.chain,
        owner=owner_of(row.owner, row.owner_unit), due=due, secrecy=row.secrecy, evidence=refs_of(Ref(kind, str(row.pk))),
    )  # fmt: skip
