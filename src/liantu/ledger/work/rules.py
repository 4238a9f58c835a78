"""What a record must satisfy before it is kept. Every refusal says, in both languages, which column and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db import models

from liantu.ledger.chain_names import chain_label
from liantu.ledger.lists.rules import check_installed, check_list, check_own_kit, check_row
from liantu.ledger.models import (
    ChainList,
    FactorNeed,
    InstalledKit,
    KnownValue,
    ListRow,
    MonthlyReport,
    OfficeRules,
    OwnAlertRule,
    OwnKit,
    Permit,
    ProjectProblem,
    RegistryLink,
    ScoreEntry,
    StageEntry,
    TargetActual,
    TargetPart,
    TargetRecord,
    TargetRevision,
)
from liantu.ledger.models.records import ChainField, CodeField, EvidenceField, MeasureField, RegionField, WorkRecord
from liantu.ledger.whois.rules import check_link
from liantu.ledger.work.duty_rules import DUTY_RULES, in_order
from liantu.ledger.work.kept_rules import check_known, check_rules, check_score
from liantu.ledger.work.kinds import codes_of
from liantu.ledger.work.target_rules import check_actual, check_part, check_revision, check_target
from liantu.tracking.alerts.rules import RULE_COLUMNS, make_rule
from liantu.vocabulary import regions

FIRST_YEAR, LAST_YEAR = 1990, 2100
EVIDENCE = re.compile(r"statement:[0-9a-f]{8,64}|source:\d+:\d+-\d+")
LARGEST = Decimal(10) ** 14  # no project costs a hundred trillion yuan: a slip of the unit


MOST = Decimal(10) ** 17


def check(row: WorkRecord) -> None:
    """Raises ValueError for what cannot be kept."""
    for column in row.COLUMNS:
        _check_column(row, cast("models.Field[Any, Any]", row._meta.get_field(column)), column)
    if (further := FURTHER.get(type(row))) is not None:
        further(row)
    _check_alone(row)


def _check_column(row: WorkRecord, field: models.Field[Any, Any], column: str) -> None:
    name, value = field.verbose_name, getattr(row, field.attname)
    if isinstance(value, str) and not value.strip() and not field.blank:
        raise ValueError(f"请填写“{name}” / fill in “{name}”")
    if value is None:
        if not field.null:
            raise ValueError(f"请填写“{name}” / fill in “{name}”")
        return
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        raise ValueError(
            f"“{name}”最多 {field.max_length} 个字，现在是 {len(value)} 个 / "
            f"“{name}” holds {field.max_length} characters at most, not {len(value)}"
        )
    if isinstance(field, CodeField) and value and value not in codes_of(field):
        raise ValueError(f"“{name}”没有“{value}”这一项 / {value!r} is none of the choices of “{name}”")
    if isinstance(field, RegionField) and value and value not in regions():
        raise ValueError(f"“{name}”没有代码 {value} / no region has the code {value} (“{name}”)")
    if isinstance(field, ChainField) and value and value != chain_label(value):
        raise ValueError(f"“{name}”请写作“{chain_label(value)}” / “{name}” is called {chain_label(value)}")
    if isinstance(field, EvidenceField) and value and not EVIDENCE.fullmatch(value):
        raise ValueError(f"出处写法不对：{value} / that is no reference to a sentence: {value}")
    if isinstance(field, MeasureField):
        if not Decimal(value).is_finite() or abs(Decimal(value)) >= MOST:
            raise ValueError(f"“{name}”的数太大 / “{name}” is too large")
    elif isinstance(value, Decimal) and (not value.is_finite() or not 0 <= value < LARGEST):
        raise ValueError(
            f"“{name}”的数不对：不能是负数，也不能太大 / “{name}” must be a number from 0, and not that large"
        )
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"“{name}”的年份不对：{value.year} / the year of “{name}” cannot be {value.year}")
    if column == "year" and not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValueError(f"年份要在 {FIRST_YEAR}—{LAST_YEAR} 之间 / the year lies between {FIRST_YEAR} and {LAST_YEAR}")
    if column == "month" and not 1 <= value <= 12:
        raise ValueError("月份是 1 到 12 / the month is 1 to 12")


def _check_alone(row: WorkRecord) -> None:
    """Of some records there is one only: of a year, of a month, of a project."""
    for constraint in row._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or row.removed_at is not None:
            continue
        same = {
            name: getattr(row, cast("models.Field[Any, Any]", row._meta.get_field(name)).attname)
            for name in constraint.fields
        }
        others = type(row)._default_manager.filter(**same, removed_at=None).exclude(pk=row.pk)
        if others.filter(constraint.condition or models.Q()).exists():
            told = "、".join(str(value) for name, value in same.items() if name not in {"project", "event", "target"})
            raise ValueError(
                f"{row._meta.verbose_name} {told} 已经有了，请改那一条 / there is one already ({told}): change that one"
            )


def _stage(row: WorkRecord) -> None:
    assert isinstance(row, StageEntry)
    if row.planned and row.on is None:
        raise ValueError("计划要写日期 / a plan needs its day")


def _month(row: WorkRecord) -> None:
    assert isinstance(row, MonthlyReport)
    parts = [part for part in (row.civil, row.equipment, row.other) if part is not None]
    if row.completed is not None and parts and sum(parts) > row.completed:
        raise ValueError("土建、设备、其他之和多于本月完成投资 / the parts are more than the month's total")


def _problem(row: WorkRecord) -> None:
    assert isinstance(row, ProjectProblem)
    if row.verified_on and not row.solved_on:
        raise ValueError("没有报告解决，不能核验销号 / what is not reported solved cannot be closed")
    if row.verified_on and not row.verified_by.strip():
        raise ValueError("销号要写核验人 / closing needs the name of who verified it")
    in_order(row.raised_on, row.solved_on, "报告解决日期早于提出日期", "it is solved before it was raised")
    in_order(row.solved_on, row.verified_on, "核验销号日期早于报告解决日期", "it is verified before it was solved")


def _permit(row: WorkRecord) -> None:
    assert isinstance(row, Permit)
    in_order(row.started_on, row.done_on, "办结日期早于受理日期", "it is done before it was taken up")


def _factor(row: WorkRecord) -> None:
    assert isinstance(row, FactorNeed)
    if (row.needed is not None or row.met is not None) and not row.unit.strip():
        raise ValueError("写了数量就要写单位，例如 亩、万千瓦时 / a quantity needs its unit")


def _alert_rule(row: WorkRecord) -> None:
    assert isinstance(row, OwnAlertRule)
    _made, wrong = make_rule({name: str(getattr(row, name)) for name in RULE_COLUMNS})
    if wrong:
        fields = {field.name: field.verbose_name for field in row._meta.concrete_fields}
        zh = "；".join(f"“{fields[column]}”：{told}" for column, told, _en in wrong)
        raise ValueError(f"{zh} / " + "; ".join(f"{column}: {told}" for column, _zh, told in wrong))


FURTHER: dict[type[WorkRecord], Callable[[WorkRecord], None]] = {
    ChainList: check_list,
    ListRow: check_row,
    InstalledKit: check_installed,
    OwnKit: check_own_kit,
    StageEntry: _stage,
    MonthlyReport: _month,
    ProjectProblem: _problem,
    Permit: _permit,
    FactorNeed: _factor,
    **DUTY_RULES,
    OfficeRules: check_rules,
    KnownValue: check_known,
    ScoreEntry: check_score,
    RegistryLink: check_link,
    TargetRecord: check_target,
    TargetRevision: check_revision,
    TargetActual: check_actual,
    TargetPart: check_part,
    OwnAlertRule: _alert_rule,
}
