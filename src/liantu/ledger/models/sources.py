"""Files as the ledger knows them: by content, with every path they were seen at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.rights.managing import Guarded


class Source(models.Model):
    """One file or workbook, known by the digest of its bytes. Its text is in `SourceText`: lists need not carry it."""

    class State(models.TextChoices):
        """Where a source stands."""

        READY = "ready", _("已入库")
        FAILED = "failed", _("未能读取")
        REMOVED = "removed", _("已移除")
        SUPERSEDED = "superseded", _("已被新版本取代")
        UNPACKED = "unpacked", _("已拆开逐份入库")  # an archive: what it held are sources of their own

    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    name = models.CharField(_("文件名"), max_length=255)
    media = models.CharField(_("格式"), max_length=16)
    size = models.BigIntegerField(_("字节数"), default=0)
    title = models.TextField(_("标题"), blank=True)
    publisher = models.CharField(_("原发布者"), max_length=255, blank=True)
    host = models.CharField(_("转载于"), max_length=255, blank=True)
    published = models.DateField(_("发布日期"), null=True, blank=True)
    published_by = models.CharField(_("日期由谁给出"), max_length=150, blank=True)
    published_start = models.IntegerField(null=True, blank=True)
    published_end = models.IntegerField(null=True, blank=True)
    grade = models.CharField(_("来源等级"), max_length=1, blank=True)
    language = models.CharField(max_length=8, default="zh")
    region_code = models.CharField(_("文件所属地区"), max_length=6, blank=True)
    problems = models.JSONField(_("问题"), default=list, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.READY)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    reader_version = models.CharField(max_length=32, blank=True)
    added_by = models.CharField(_("录入者"), max_length=150, blank=True)
    read_at = models.DateTimeField(_("读取时间"))
    n_figures = models.IntegerField(_("数字"), default=0)
    n_projects = models.IntegerField(_("项目"), default=0)
    n_enterprises = models.IntegerField(_("企业"), default=0)
    n_chains = models.IntegerField(_("产业链"), default=0)
    n_relations = models.IntegerField(_("关系"), default=0)
    n_events = models.IntegerField(_("事件"), default=0)
    n_cells = models.IntegerField(_("单元格"), default=0)
    level = models.PositiveSmallIntegerField(_("密级"), default=0)  # of `vocabulary.access.confidentiality`
    office = models.ForeignKey("ledger.Office", models.SET_NULL, null=True, blank=True, related_name="sources")
    objects = Guarded()

    class Meta:
        verbose_name = _("来源")
        indexes: ClassVar = [
            models.Index(fields=["state", "-published", "id"], name="source_state_published"),
            models.Index(fields=["-read_at", "id"], name="source_read_at"),
            models.Index(fields=["publisher"], name="source_publisher"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def is_live(self) -> bool:
        """Whether its statements count in the views."""
        return self.state == self.State.READY


class SourceText(models.Model):
    """The text of a source and what reading made of it; `services.document_of` turns it back into a `Document`."""

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="text")
    raw = models.TextField()
    cleaned = models.TextField()
    offsets = models.BinaryField()  # both offset arrays of reading.model.Text, packed
    blocks = models.JSONField(default=list)  # [kind, start, end, level, locator]
    sentences = models.JSONField(default=list)  # [start, end, block]
    tables = models.JSONField(default=list)
    places = models.BinaryField(default=bytes)  # where its lines stand on their pages, packed; empty for other formats
    objects = Guarded()

    def __str__(self) -> str:
        return f"text of {self.source_id}"


class SourcePath(models.Model):
    """A place where a source was seen, with what tells cheaply whether the file there has changed."""

    path = models.TextField(unique=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="paths")
    container = models.TextField(blank=True, default="", db_index=True)  # path of the archive or e-mail it lies in
    size = models.BigIntegerField(default=0)
    mtime_ns = models.BigIntegerField(default=0)
    missing = models.BooleanField(_("文件已不在原处"), default=False)
    seen_at = models.DateTimeField()
    objects = Guarded()

    class Meta:
        verbose_name = _("路径")

    def __str__(self) -> str:
        return self.path
