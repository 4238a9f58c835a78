"""Alerts, what people did with them, the runs of the rules, and the office's own rules."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.rights.managing import Guarded


class Alert(models.Model):
    """One rule met by one thing. It is kept for ever under `key`: runs bring it up to date, people answer it."""

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", _("待处理")
        SNOOZED = "snoozed", _("缓办")
        CLOSED = "closed", _("已关闭")
        RESOLVED = "resolved", _("已自行解除")

    key = models.CharField(max_length=32, unique=True)  # hash of the rule and the thing
    rule = models.CharField(_("规则"), max_length=48)
    watch = models.CharField(max_length=16)
    row_key = models.CharField(max_length=64)  # project:12, permit:7 …
    name = models.CharField(_("对象"), max_length=255)
    level = models.CharField(_("级别"), max_length=8)
    gravity = models.SmallIntegerField(default=0)  # 1 blue, 2 yellow, 3 red
    measure = models.FloatField()
    threshold = models.FloatField()
    numbers = models.JSONField(default=dict)  # by column, days as texts
    evidence = models.JSONField(default=list)  # [kind, id]
    text = models.TextField()
    text_en = models.TextField(blank=True)
    fix = models.TextField(_("建议措施"), blank=True)
    fix_en = models.TextField(blank=True)
    stage = models.CharField(max_length=16, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    chain = models.CharField(_("产业链"), max_length=64, blank=True)
    owner = models.CharField(_("责任人或单位"), max_length=128, blank=True)
    project = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")
    due = models.DateField(_("期限"), null=True)
    since = models.DateField(_("起始"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    until = models.DateField(_("缓办到"), null=True)
    answered = models.CharField(max_length=8, blank=True)  # the level at which a person snoozed or closed it
    first_on = models.DateField()  # day of the run that first saw it
    last_on = models.DateField()  # of the last run that saw it
    mark = models.CharField(max_length=32, blank=True)  # hash of what it tells, days gone by left out
    secrecy = models.PositiveSmallIntegerField(default=0)  # level of confidentiality: that of what it is about
    objects = Guarded()

    class Meta:
        verbose_name = _("预警")
        indexes: ClassVar = [
            models.Index(fields=["state", "-gravity", "since", "id"], name="alert_state"),
            models.Index(fields=["rule", "state"], name="alert_rule"),
            models.Index(fields=["city_code", "state"], name="alert_city"),
            models.Index(fields=["chain", "state"], name="alert_chain"),
            models.Index(fields=["owner", "state"], name="alert_owner"),
            models.Index(fields=["project", "state"], name="alert_project"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.name} {self.level}"


class AlertEvent(models.Model):
    """Something that happened to an alert. `by` is empty for what a run of the rules found."""

    class Action(models.TextChoices):
        """What happened."""

        RAISED = "raised", _("新出现")
        WORSENED = "worsened", _("加重")
        EASED = "eased", _("减轻")
        RESOLVED = "resolved", _("自行解除")
        RETURNED = "returned", _("再次出现")
        WOKE = "woke", _("重新提醒")
        SNOOZED = "snoozed", _("缓办")
        CLOSED = "closed", _("关闭")
        REOPENED = "reopened", _("重新打开")
        NOTED = "noted", _("备注")

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="events")
    action = models.CharField(max_length=8, choices=Action.choices)
    before = models.CharField(max_length=8, blank=True)
    after = models.CharField(max_length=8, blank=True)
    on = models.DateField()  # the clock of the run or of the person
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True)
    until = models.DateField(null=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("预警经过")
        indexes: ClassVar = [
            models.Index(fields=["on", "action"], name="alertevent_on"),
            models.Index(fields=["alert", "-id"], name="alertevent_alert"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.action} {self.on}"


class AlertRun(models.Model):
    """One run of the rules: as of which day, over which state of the ledger, what came out."""

    on = models.DateField()
    at = models.DateTimeField()
    revision = models.BigIntegerField()
    rules = models.CharField(max_length=32)  # digest of the rules in force
    rows = models.IntegerField()
    found = models.IntegerField()
    changed = models.IntegerField()
    seconds = models.FloatField()
    objects = Guarded()

    class Meta:
        verbose_name = _("预警运行")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.found}"


class OwnAlertRule(WorkRecord):
    """A rule of the office's own, or its version of a shipped one; switched off, none of that id runs."""

    rule = models.CharField(_("代号"), max_length=48)
    watch = models.CharField(_("看什么"), max_length=16)
    when = models.CharField(_("条件"), max_length=400, blank=True)
    measure = models.CharField(_("量什么"), max_length=400)
    compare = models.CharField(_("比较"), max_length=2, default=">=")
    blue = models.CharField(_("蓝"), max_length=16, blank=True)
    yellow = models.CharField(_("黄"), max_length=16, blank=True)
    red = models.CharField(_("红"), max_length=16, blank=True)
    unit = models.CharField(_("单位"), max_length=16)
    since = models.CharField(_("起始日期列"), max_length=32, blank=True)
    title_zh = models.CharField(_("名称"), max_length=64)
    title_en = models.CharField(_("英文名称"), max_length=96, blank=True)
    text_zh = models.TextField(_("预警文字"))
    text_en = models.TextField(_("英文预警文字"), blank=True)
    fix_zh = models.TextField(_("建议措施"), blank=True)
    fix_en = models.TextField(_("英文建议措施"), blank=True)
    source = models.CharField(_("依据"), max_length=255)
    off = models.BooleanField(_("停用"), default=False)
    COLUMNS = (
        "rule", "watch", "when", "measure", "compare", "blue", "yellow", "red", "unit", "since", "title_zh", "title_en",
        "text_zh", "text_en", "fix_zh", "fix_en", "source", "off",
    )  # fmt: skip
    PARENT = ""

    class Meta:
        verbose_name = _("预警规则")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule"], condition=Q(removed_at=None), name="ownalertrule_once"),
        ]
