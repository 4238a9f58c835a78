"""Work in progress: reading a folder or an upload, file by file; and the count of changes to the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class Job(models.Model):
    """One run over a folder or a set of uploads."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")
        STOPPED = "stopped", _("已停止")  # by a person

    kind = models.CharField(max_length=16)  # folder, upload, reread, propose, import
    folder = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    message = models.TextField(blank=True)
    by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("任务")
        indexes: ClassVar = [models.Index(fields=["state", "-created_at"], name="job_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.done}/{self.total}"


class IngestItem(models.Model):
    """One file of a job."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("等待")
        READING = "reading", _("读取中")
        ADDED = "added", _("已入库")
        CHANGED = "changed", _("已更新")
        UNCHANGED = "unchanged", _("未变")
        DUPLICATE = "duplicate", _("与已有文件相同")
        FAILED = "failed", _("未能读取")
        MISSING = "missing", _("文件已不在原处")

    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    path = models.TextField()
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")
    problems = models.JSONField(default=list)
    seconds = models.FloatField(default=0.0)
    objects = Guarded()

    class Meta:
        verbose_name = _("文件")
        indexes: ClassVar = [models.Index(fields=["job", "state", "id"], name="ingestitem_job")]

    def __str__(self) -> str:
        return f"{self.path} {self.state}"


class Revision(models.Model):
    """One row that counts the changes to the ledger: what was computed at one number holds until the next.

    `tables` has the number of the last change of each table, and under `*` that of the last one of which no table is known; see
    `ledger.writing`.
    """

    number = models.BigIntegerField(default=0)
    tables = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.number)
