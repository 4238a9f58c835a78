"""What records of programmes, meetings, tasks, orders and duties must satisfy before they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, cast

from django.contrib.auth import get_user_model

from liantu.ledger.models import (
    Certificate,
    ChainProgramme,
    DayOff,
    Duty,
    DutyDelivery,
    LadderRung,
    MeetingAttendee,
    PersonAccount,
    PolicyWindow,
    ProgrammeMember,
    SupervisionOrder,
    TaskNote,
)
from liantu.ledger.models.records import WorkRecord
from liantu.tracking import DueRule, Rung, ladder, period_named
from liantu.tracking.cadence import NUMBERED, Kind, Rule, Shift
from liantu.tracking.ladder import KINDS, kinds_of
from liantu.vocabulary.work_words import work_words


def in_order(first: date | None, second: date | None, zh: str, en: str) -> None:
    """Raises ValueError when the second day is before the first."""
    if first is not None and second is not None and second < first:
        raise ValueError(f"{zh} / {en}")


def _span(row: WorkRecord) -> None:
    assert isinstance(row, ChainProgramme | ProgrammeMember | Duty)
    in_order(row.since, row.until, "“止”早于“起”", "it ends before it begins")


def _member(row: WorkRecord) -> None:
    assert isinstance(row, ProgrammeMember | MeetingAttendee)
    if row.person_id is None and not row.unit.strip():
        raise ValueError("人员和单位至少写一个 / give a person or a unit")
    if isinstance(row, ProgrammeMember):
        _span(row)


def _account(row: WorkRecord) -> None:
    assert isinstance(row, PersonAccount)
    if row.removed_at is None and not get_user_model().objects.filter(username=row.account).exists():
        raise ValueError(f"没有账号“{row.account}”，请先建账号 / there is no account {row.account!r}; make it first")


def _note(row: WorkRecord) -> None:
    assert isinstance(row, TaskNote)
    if row.percent is not None and not 0 <= row.percent <= 100:
        raise ValueError("完成百分比是 0 到 100 / the percentage is 0 to 100")


def _order(row: WorkRecord) -> None:
    assert isinstance(row, SupervisionOrder)
    in_order(row.issued_on, row.due, "答复期限早于下达日期", "the reply is due before the order was issued")


def rule_of(duty: Duty) -> DueRule:
    """On which day a duty is due. Raises ValueError for what means nothing."""
    return DueRule(cast(Rule, duty.rule), duty.number or 1, cast(Shift, duty.shift))


def _duty(row: WorkRecord) -> None:
    assert isinstance(row, Duty)
    _span(row)
    if row.rule in NUMBERED and not row.number:
        raise ValueError("这条期限规则要写“第几天” / this rule needs the number of the day")
    if row.rule not in NUMBERED and row.number:
        raise ValueError("这条期限规则不用写“第几天” / this rule takes no number of a day")
    rule_of(row)


def _delivery(row: WorkRecord) -> None:
    assert isinstance(row, DutyDelivery)
    period_named(cast(Kind, row.duty.cadence), row.period)
    if row.excused and row.on:
        raise ValueError("免报的一期不写报送日期 / an excused period has no day of delivery")
    if row.excused and not row.note.strip():
        raise ValueError("免报要写明缘由 / say why the period is excused")
    if not row.excused and row.on is None:
        raise ValueError("请填写“报送日期” / fill in the day of delivery")


def as_rung(row: LadderRung) -> Rung:
    """An office's rung as one of the ladder."""
    count: Literal["working", "calendar"] = "working" if row.count == "working" else "calendar"
    return Rung(row.subject, row.days, count, row.rung, row.told, row.basis, row.kind, row.to, row.else_to)


def _rung(row: WorkRecord) -> None:
    assert isinstance(row, LadderRung)
    if row.days < 1:
        raise ValueError("逾期天数从 1 起 / a rung begins with one day overdue")
    if row.kind and row.kind not in kinds_of(row.subject):
        known = "、".join(work_words()[KINDS[row.subject]][kind].name_zh for kind in kinds_of(row.subject))
        raise ValueError(
            f"这一类没有这一种，可选：{known} / the subject has no such kind: {', '.join(kinds_of(row.subject))}"
        )
    same = LadderRung.objects.filter(subject=row.subject, kind=row.kind, removed_at=None)
    others = same.exclude(pk=row.pk).exclude(rung=row.rung)
    if row.removed_at is None:
        ladder([as_rung(row), *(as_rung(other) for other in others)])


def _days(row: WorkRecord) -> None:
    assert isinstance(row, DayOff)
    in_order(row.first, row.last, "末日早于首日", "the last day is before the first")
    if (row.last - row.first).days > 31:
        raise ValueError("一次最多写 32 天，请分几条 / no more than 32 days at once")


def _certificate(row: WorkRecord) -> None:
    assert isinstance(row, Certificate)
    in_order(row.issued_on, row.valid_until, "“有效期至”早于认定日期", "it ends before it was given")
    if row.issued_on is None and row.valid_until is None:
        raise ValueError("认定日期和有效期至少写一个 / give the day it was given, or until when it holds")


def _window(row: WorkRecord) -> None:
    assert isinstance(row, PolicyWindow)
    in_order(row.opens_on, row.closes_on, "申报截止早于开始", "it closes before it opens")
    if row.waived and not row.note.strip():
        raise ValueError("“本地不申报”要在说明里写缘由 / say in the note why nobody applies")


DUTY_RULES: Mapping[type[WorkRecord], Callable[[WorkRecord], None]] = MappingProxyType(
    {
        ChainProgramme: _span,
        ProgrammeMember: _member,
        MeetingAttendee: _member,
        PersonAccount: _account,
        TaskNote: _note,
        SupervisionOrder: _order,
        Duty: _duty,
        DutyDelivery: _delivery,
        LadderRung: _rung,
        DayOff: _days,
        Certificate: _certificate,
        PolicyWindow: _window,
    }
)
