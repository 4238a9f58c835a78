"""Records of every kind that has a level of its own, as short as they can be."""

from __future__ import annotations

from datetime import date
from typing import Any

from liantu.ledger.models import WorkChange
from liantu.ledger.work.kinds import KINDS
from liantu.ledger.work.recording import add_record, change_record

PLACE = {"region_code": "140700", "chain": "光伏"}
DAY = date(2026, 5, 6)
VALUES: dict[str, dict[str, Any]] = {
    "campaign": {"year": 2026, "region_code": "140700"},
    "programme": {"aim": "做强", **PLACE},
    "meeting": {"kind": "other", "title": "专题会", **PLACE},
    "task": {"title": "拿出方案", "owner_unit": "专班", **PLACE},
    "order": {"title": "催办用地", "owner_unit": "专班", "due": DAY, **PLACE},
    "escalation": {
        "subject": "task", "row": 0, "rung": "notice", "due": DAY, "since": DAY, "on": DAY, "overdue": 1, "title": "方案", **PLACE,
    },
    "duty": {"title": "月报", "cadence": "monthly", "rule": "last_working_day", "shift": "before", "owner_unit": "专班", "since": DAY, **PLACE},
    "certificate": {"title": "专精特新", "holder": "某厂", "valid_until": DAY, **PLACE},
    "window": {"title": "技改补助", "closes_on": DAY, **PLACE},
    "target": {"indicator": "产值", "subject_name": "光伏链", "value": 50.0, "bound": ">=", "figure_kind": "level", "unit": "亿元", "basis": "会议", **PLACE},
    "list": {"title": "企业清单", "list_kind": "enterprise", "rhythm": "monthly", **PLACE},
}  # fmt: skip
"""What a record of each kind needs."""
HOME: dict[str, Any] = {"region": "140700", "chains": ["光伏"]}


def kept(kind: str, **more: Any) -> Any:
    """A record of a kind, entered the usual way."""
    values = VALUES[kind] | more
    if kind == "escalation" and not values["row"]:
        values["row"] = kept("task", secrecy=more.get("secrecy", 0)).pk
    return KINDS[kind]._base_manager.get(pk=add_record(kind, values, "clerk").row)


def again(row: Any) -> Any:
    """The row as it stands."""
    return type(row)._base_manager.get(pk=row.pk)


def raised(row: Any, level: int, by: str = "chief") -> WorkChange:
    """The row at another level."""
    kind = next(kind for kind, model in KINDS.items() if model is type(row))
    return change_record(kind, row.pk, again(row).version, {"secrecy": level}, by)
