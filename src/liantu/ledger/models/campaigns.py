"""Three-batch campaigns (三个一批), and the local words for stages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.records import CodeField, GradedRecord, MoneyField, WorkRecord


class BatchEvent(GradedRecord):
    """One campaign day: the nth of a year, at one place or in all zones at once."""

    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveSmallIntegerField(_("第几次"), null=True, blank=True)
    held_on = models.DateField(_("日期"), null=True, blank=True)
    venue = models.CharField(_("会场"), max_length=128, blank=True)
    region_code = models.CharField(_("地区"), max_length=6, blank=True)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("year", "number", "held_on", "venue", "region_code", "secrecy", "basis", "note")
    PARENT = ""

    class Meta:
        verbose_name = _("三个一批活动")
        indexes: ClassVar = [models.Index(fields=["-year", "-number", "id"], name="batchevent_year")]


class BatchTotal(WorkRecord):
    """What a source says of one batch as a whole; any of the three values may be missing."""

    event = models.ForeignKey(BatchEvent, models.PROTECT, related_name="totals")
    batch_kind = CodeField(_("批次"), words="batch_kind")
    projects = models.PositiveIntegerField(_("项目数"), null=True, blank=True)
    investment = MoneyField(_("总投资"))
    output = MoneyField(_("计划年产值"))
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    COLUMNS = ("batch_kind", "projects", "investment", "output", "basis")
    PARENT = "event"

    class Meta:
        verbose_name = _("公布数")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "batch_kind"], condition=Q(removed_at=None), name="batchtotal_once"
            ),
        ]


class ProjectBatchItem(WorkRecord):
    """One project of a batch. Without a link to a project of the ledger it counts, but nothing is known of its way."""

    event = models.ForeignKey(BatchEvent, models.PROTECT, related_name="items")
    batch_kind = CodeField(_("批次"), words="batch_kind")
    name = models.CharField(_("项目名称"), max_length=255)
    project = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    phase = models.CharField(_("期次"), max_length=32, blank=True)
    investment = MoneyField(_("总投资"))
    output = MoneyField(_("计划年产值"))
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("batch_kind", "name", "project", "phase", "investment", "output", "note")
    PARENT = "event"

    class Meta:
        verbose_name = _("批次项目")
        indexes: ClassVar = [
            models.Index(fields=["event", "batch_kind"], name="batchitem_event"),
            models.Index(fields=["project"], name="batchitem_project"),
        ]


class StageBucket(WorkRecord):
    """One bucket of a local stage scheme, where an office has its own or has changed a shipped one."""

    scheme = models.CharField(_("方案代号"), max_length=64)
    title = models.CharField(_("方案名称"), max_length=128)
    order = models.PositiveSmallIntegerField(_("次序"))
    bucket = models.CharField(_("本地叫法"), max_length=64)
    stage = CodeField(_("对应阶段"), words="canonical_stage")
    source = models.CharField(_("依据"), max_length=255)
    COLUMNS = ("scheme", "title", "order", "bucket", "stage", "source")
    PARENT = ""

    class Meta:
        verbose_name = _("阶段叫法")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "bucket"], condition=Q(removed_at=None), name="stagebucket_once"),
        ]
