"""What people owe each other: meetings and their decisions, tasks, supervision orders, escalations, duties that come back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.lists import ChainList, InstalledKit
from liantu.ledger.models.programmes import ChainProgramme, Person
from liantu.ledger.models.project_work import ProjectProblem
from liantu.ledger.models.records import ChainField, CodeField, EvidenceField, GradedRecord, RegionField, WorkRecord


class Meeting(GradedRecord):
    """One meeting. What it decided are rows of their own, which become tasks."""

    kind = CodeField(_("会议种类"), words="meeting_kind")
    title = models.CharField(_("会议名称"), max_length=255)
    held_on = models.DateField(_("日期"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=128, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主持人"))
    programme = models.ForeignKey(
        ChainProgramme, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("链长工作")
    )
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    minutes = models.TextField(_("会议内容"), blank=True)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    COLUMNS = (
        "kind",
        "title",
        "held_on",
        "venue",
        "chair",
        "programme",
        "region_code",
        "chain",
        "secrecy",
        "minutes",
        "basis",
    )
    PARENT = ""

    class Meta:
        verbose_name = _("会议")
        indexes: ClassVar = [models.Index(fields=["-held_on", "-id"], name="meeting_day")]


class MeetingAttendee(WorkRecord):
    """Who was asked to a meeting, and whether they came."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees", verbose_name=_("会议"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人员"))
    unit = models.CharField(_("单位"), max_length=128, blank=True)
    presence = CodeField(_("到会"), words="presence", default="present")
    note = models.CharField(_("说明"), max_length=255, blank=True)
    COLUMNS = ("person", "unit", "presence", "note")
    PARENT = "meeting"

    class Meta:
        verbose_name = _("参会")


class MeetingDecision(WorkRecord):
    """One thing that a meeting decided."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("会议"))
    order = models.PositiveSmallIntegerField(_("次序"))
    text = models.TextField(_("议定事项"))
    COLUMNS = ("order", "text")
    PARENT = "meeting"

    class Meta:
        verbose_name = _("议定事项")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "order"], condition=Q(removed_at=None), name="meetingdecision_once"
            ),
        ]


class Task(GradedRecord):
    """Something that somebody has to do by a day. Its state moves by steps alone (`tracking/data/steps.csv`)."""

    title = models.CharField(_("事项"), max_length=255)
    aim = models.TextField(_("要求"), blank=True)
    level = CodeField(_("协调层级"), words="problem_level", blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("责任人")
    )
    owner_unit = models.CharField(_("责任单位"), max_length=128, blank=True)
    support_units = models.CharField(_("配合单位"), max_length=255, blank=True)
    due = models.DateField(_("期限"), null=True, blank=True)
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    programme = models.ForeignKey(
        ChainProgramme, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("链长工作")
    )
    decision = models.ForeignKey(
        MeetingDecision, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("议定事项")
    )
    problem = models.ForeignKey(
        ProjectProblem, models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=pgettext_lazy("record", "问题"),
    )  # fmt: skip
    project = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("台账项目")
    )
    basis = models.TextField(_("依据"), blank=True)
    evidence = EvidenceField(_("出处"))
    state = CodeField(_("状态"), words="task_state", default="open")
    COLUMNS = (
        "title", "aim", "level", "owner", "owner_unit", "support_units", "due", "region_code", "chain", "secrecy", "programme",
        "decision", "problem", "project", "basis", "evidence", "state",
    )  # fmt: skip
    PARENT = ""
    LOCKED = ("state",)
    HIDDEN = ("decision", "problem", "project")

    class Meta:
        verbose_name = pgettext_lazy("record", "任务")
        indexes: ClassVar = [
            models.Index(fields=["state", "due", "id"], name="task_state"),
            models.Index(fields=["owner", "due"], name="task_owner"),
        ]


class TaskNote(WorkRecord):
    """How far a task has come, on a day."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes", verbose_name=pgettext_lazy("record", "任务"))
    on = models.DateField(_("日期"))
    text = models.TextField(_("进展"))
    percent = models.PositiveSmallIntegerField(_("完成百分比"), null=True, blank=True)
    COLUMNS = ("on", "text", "percent")
    PARENT = "task"

    class Meta:
        verbose_name = _("进展")
        indexes: ClassVar = [models.Index(fields=["task", "-on"], name="tasknote_task")]


class SupervisionOrder(GradedRecord):
    """A formal chase of an assigned matter (督办): to whom, what is wanted, by when."""

    number = models.CharField(_("编号"), max_length=64, blank=True)
    title = models.CharField(_("督办事项"), max_length=255)
    requirement = models.TextField(_("督办要求"), blank=True)
    rank = CodeField(_("督办级别"), words="order_rank", default="ordinary")
    origin = CodeField(_("来源种类"), words="order_origin", blank=True)
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=pgettext_lazy("record", "任务")
    )
    problem = models.ForeignKey(
        ProjectProblem, models.PROTECT, null=True, blank=True, related_name="orders",
        verbose_name=pgettext_lazy("record", "问题"),
    )  # fmt: skip
    issued_on = models.DateField(_("下达日期"), null=True, blank=True)
    issuer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发人")
    )
    issuer_unit = models.CharField(_("下达单位"), max_length=128, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("责任人")
    )
    owner_unit = models.CharField(_("承办单位"), max_length=128)
    due = models.DateField(_("答复期限"))
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    basis = models.TextField(_("依据"), blank=True)
    evidence = EvidenceField(_("出处"))
    state = CodeField(_("状态"), words="order_state", default="issued")
    COLUMNS = (
        "number", "title", "requirement", "rank", "origin", "task", "problem", "issued_on", "issuer", "issuer_unit",
        "owner", "owner_unit", "due", "region_code", "chain", "secrecy", "basis", "evidence", "state",
    )  # fmt: skip
    PARENT = ""
    LOCKED = ("state",)
    HIDDEN = ("task", "problem")

    class Meta:
        verbose_name = _("督办")
        indexes: ClassVar = [
            models.Index(fields=["state", "due", "id"], name="order_state"),
            models.Index(fields=["owner", "due"], name="order_owner"),
        ]


class OrderReply(WorkRecord):
    """What the unit that was chased answers."""

    order = models.ForeignKey(SupervisionOrder, models.PROTECT, related_name="replies", verbose_name=_("督办"))
    on = models.DateField(_("日期"))
    unit = models.CharField(_("答复单位"), max_length=128, blank=True)
    text = models.TextField(_("答复内容"))
    COLUMNS = ("on", "unit", "text")
    PARENT = "order"

    class Meta:
        verbose_name = _("答复")


class Escalation(GradedRecord):
    """One rung of the ladder that something late has come to, and that somebody recorded.

    `subject` and `row` name what is late (a task, problem, order; a duty with its `period`); `due` is the day it was late for, so
    that a new deadline begins a new climb.
    """

    subject = models.CharField(_("什么逾期"), max_length=8)
    row = models.BigIntegerField()
    period = models.CharField(_("周期"), max_length=12, blank=True)
    rung = CodeField(_("催办层级"), words="rung")
    due = models.DateField(_("原期限"))
    since = models.DateField(_("应催办日期"))
    on = models.DateField(_("催办日期"))
    overdue = models.PositiveIntegerField(_("逾期天数"))
    told = models.CharField(_("告知"), max_length=128, blank=True)
    role = CodeField(_("身份"), words="escalation_to", blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("告知谁")
    )
    text = models.TextField(_("催办内容"), blank=True)
    title = models.CharField(_("事项"), max_length=255)
    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("督办")
    )
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    COLUMNS = (
        "subject", "row", "period", "rung", "due", "since", "on", "overdue", "told", "role", "person", "text", "title",
        "order", "region_code", "chain", "secrecy",
    )  # fmt: skip
    PARENT = ""

    class Meta:
        verbose_name = _("催办记录")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "row", "period", "due", "rung"],
                condition=Q(removed_at=None),
                name="escalation_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-on", "-id"], name="escalation_day")]


class LadderRung(WorkRecord):
    """One rung of an office's own ladder; an office that has rungs for a subject uses these alone."""

    subject = CodeField(_("什么逾期"), words="ladder_subject")
    kind = CodeField(_("只对哪一种"), words="ladder_kind", blank=True)
    rung = CodeField(_("催办层级"), words="rung")
    days = models.PositiveSmallIntegerField(_("逾期几天"))
    count = CodeField(_("怎样数天"), words="day_count")
    to = CodeField(_("先告知"), words="escalation_to", blank=True)
    else_to = CodeField(_("没有时告知"), words="escalation_to", blank=True)
    told = models.CharField(_("告知"), max_length=128, blank=True)
    basis = models.CharField(_("依据"), max_length=255)
    COLUMNS = ("subject", "kind", "rung", "days", "count", "to", "else_to", "told", "basis")
    PARENT = ""

    class Meta:
        verbose_name = _("催办层级")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "kind", "rung"], condition=Q(removed_at=None), name="ladderrung_once"
            ),
        ]


class Duty(GradedRecord):
    """Something owed again and again: what, by whom, to whom, in which cadence, on which day of it.

    One that keeps a list current is handed in by confirming or publishing that list.
    """

    title = models.CharField(_("职责"), max_length=255)
    cadence = CodeField(_("周期"), words="cadence")
    rule = CodeField(_("期限规则"), words="due_rule", default="last_working_day")
    number = models.PositiveSmallIntegerField(_("第几天"), null=True, blank=True)
    shift = CodeField(_("遇休息日"), words="due_shift", default="before")
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("责任人")
    )
    owner_unit = models.CharField(_("责任单位"), max_length=128)
    to_whom = models.CharField(_("报给谁"), max_length=128, blank=True)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)
    programme = models.ForeignKey(
        ChainProgramme, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("链长工作")
    )
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    of_list = models.ForeignKey(
        ChainList, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("更新的清单")
    )
    kit = models.ForeignKey(InstalledKit, models.SET_NULL, null=True, related_name="duties")  # that it was made from
    COLUMNS = (
        "title", "cadence", "rule", "number", "shift", "owner", "owner_unit", "to_whom", "since", "until", "programme",
        "region_code", "chain", "secrecy", "basis", "of_list",
    )  # fmt: skip
    PARENT = ""
    HIDDEN = ("of_list",)
    BESIDE = ("kit_id",)

    class Meta:
        verbose_name = _("周期职责")
        indexes: ClassVar = [models.Index(fields=["owner", "cadence"], name="duty_owner")]


class DutyDelivery(WorkRecord):
    """That one period's duty was handed in, on a day; or that it was excused, and why."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="deliveries", verbose_name=_("周期职责"))
    period = models.CharField(_("周期"), max_length=12)
    on = models.DateField(_("报送日期"), null=True, blank=True)
    excused = models.BooleanField(_("这一期免报"), default=False)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("period", "on", "excused", "note")
    PARENT = "duty"

    class Meta:
        verbose_name = _("报送")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "period"], condition=Q(removed_at=None), name="delivery_once"),
        ]


class DayOff(WorkRecord):
    """Days that the office says are free or worked, over and above the notices shipped."""

    first = models.DateField(_("首日"))
    last = models.DateField(_("末日"))
    kind = CodeField(_("放假或上班"), words="day_kind")
    title = models.CharField(_("名称"), max_length=64)
    basis = models.CharField(_("依据"), max_length=255)
    COLUMNS = ("first", "last", "kind", "title", "basis")
    PARENT = ""

    class Meta:
        verbose_name = _("放假与调休")
