"""Tasks, supervision orders and recurring duties that are not done, as rows that rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liantu.ledger.alerts.row_parts import city_of, owner_of, refs_of
from liantu.ledger.duties.due import live_duties, owing
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.models import SupervisionOrder, Task
from liantu.tracking.alerts import Ref, Row, Value

TASK_DONE = ("verifying", "closed", "cancelled")
ORDER_DONE = ("replied", "verifying", "closed", "withdrawn")


def duty_rows(today: date) -> Iterator[Row]:
    """What somebody still has to do: tasks and orders that are open, and the periods of duties that have begun."""
    tasks = Task.objects.filter(removed_at=None).exclude(state__in=TASK_DONE).select_related("owner").order_by("pk")
    for task in tasks.iterator():
        yield _row("task", task, "", task.due, task.state, f"task:{task.pk}")
    orders = SupervisionOrder.objects.filter(removed_at=None).exclude(state__in=ORDER_DONE).select_related("owner")
    for order in orders.order_by("pk").iterator():
        yield _row("order", order, "", order.due, order.state, f"order:{order.pk}")
    for owed in owing(live_duties(), today, today, office_calendar()):
        if owed.state in ("done", "done_late"):
            continue
        key = owed.instance.period.key
        yield _row("duty", owed.duty, key, owed.instance.due, owed.state, f"duty:{owed.duty.pk}:{key}")


def _row(kind: str, record: object, period: str, due: date | None, state: str, key: str) -> Row:
    region: str = record.region_code  # type: ignore[attr-defined]
    title: str = record.title  # type: ignore[attr-defined]
    values: dict[str, Value] = {"kind": kind, "title": title, "period": period, "due": due, "state": state}
    return Row(
        key, title[:255], values, region, city_of(region),
        chain=record.chain, owner=owner_of(record.owner, record.owner_unit), due=due,  # type: ignore[attr-defined]
        secrecy=record.secrecy,  # type: ignore[attr-defined]
        evidence=refs_of(Ref(kind, str(record.pk))),  # type: ignore[attr-defined]
    )  # fmt: skip
