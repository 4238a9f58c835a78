"""What comes back from Excel: a file, its rows beside those of the ledger; and every change of rows kept as history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity, TakenBack
from liantu.ledger.models.records import WorkChange
from liantu.ledger.models.work import Job
from liantu.ledger.rights.managing import Guarded


class ChangeSet(TakenBack):
    """Changes of rows that were made at once, and are taken back at once."""

    kind = models.CharField(max_length=32)  # a list of `exchange.lists`
    why = models.TextField(_("缘由"))
    by = models.CharField(_("谁"), max_length=150)
    at = models.DateTimeField(_("何时"))
    n_added = models.IntegerField(default=0)
    n_changed = models.IntegerField(default=0)
    n_removed = models.IntegerField(default=0)
    objects = Guarded()

    class Meta:
        verbose_name = _("一批改动")

    def __str__(self) -> str:
        return f"{self.why} {self.at:%Y-%m-%d %H:%M}"


class RowChange(models.Model):
    """One row before and after: of a changed one the columns that differ, as people read them."""

    class Action(models.TextChoices):
        """What was done to the row."""

        ADDED = "added", _("新增")
        CHANGED = "changed", _("修改")
        REMOVED = "removed", _("移出")

    changes = models.ForeignKey(ChangeSet, models.CASCADE, related_name="rows")
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="row_changes")
    change = models.ForeignKey(WorkChange, models.CASCADE, null=True, related_name="+")  # of a row of an office's list
    name = models.CharField(max_length=255)
    action = models.CharField(max_length=8, choices=Action.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    statement = models.CharField(
        max_length=32, blank=True
    )  # what was said of it; retired when the change is taken back
    objects = Guarded()

    class Meta:
        verbose_name = _("一行改动")
        indexes: ClassVar = [models.Index(fields=["changes", "action", "id"], name="rowchange_set")]

    def __str__(self) -> str:
        return f"{self.name} {self.action}"


class Import(models.Model):
    """A file or a pasted table that was brought back: first compared, then written as a whole, or not at all."""

    class State(models.TextChoices):
        """How far it is."""

        CHECKING = "checking", _("核对中")
        CHECKED = "checked", _("待确认")
        WRITING = "writing", _("写入中")
        DONE = "done", _("已写入")
        REFUSED = "refused", _("未能读取")
        CANCELLED = "cancelled", _("已取消")

    kind = models.CharField(max_length=32)
    name = models.CharField(_("文件"), max_length=255)
    path = models.TextField()
    sheet = models.CharField(
        _("工作表"), max_length=255, blank=True
    )  # of a workbook of several lists; empty: whichever fits
    book = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="sheets"
    )  # the workbook that it is a sheet of
    by = models.CharField(_("谁"), max_length=150)
    at = models.DateTimeField(_("何时"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    problems = models.JSONField(default=list)  # of the file or of a column: sheet, row, column, value, zh, en
    headers = models.JSONField(default=list)  # sheet, and its headers with the column each one means
    mapping = models.JSONField(default=dict)  # what the person said of headers: plain header → column, or ""
    n_rows = models.IntegerField(default=0)
    n_unchanged = models.IntegerField(default=0)
    remove = models.BooleanField(default=False)  # rows that are in the file no longer leave the list too
    good_only = models.BooleanField(default=False)  # rows with an error are left out and handed back
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    changes = models.ForeignKey(ChangeSet, models.SET_NULL, null=True, related_name="+")
    objects = Guarded()

    class Meta:
        verbose_name = _("导入")

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class ImportRow(models.Model):
    """A row of an import that is not as it is in the ledger."""

    class Action(models.TextChoices):
        """How it differs."""

        ERROR = "error", _("有错")
        CLASH = "clash", _("别人也改了")
        CHANGED = "changed", _("修改")
        ADDED = "added", _("新增")
        REMOVED = "removed", _("表里已删")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.IntegerField()  # of the row in its sheet; 0 for one that is in the file no longer
    sheet = models.CharField(max_length=255, blank=True)
    action = models.CharField(max_length=8, choices=Action.choices)
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="+")
    record = models.BigIntegerField(null=True)  # of an office's list: its row
    name = models.CharField(max_length=255)
    told = models.JSONField(default=dict)  # columns that differ: as stored
    before = models.JSONField(default=dict)  # the same columns as they stand in the ledger, as people read them
    after = models.JSONField(default=dict)
    clashes = models.JSONField(default=list)  # columns that somebody else has changed since the file was made
    seen = models.CharField(max_length=400, blank=True)  # the ledger's version of the row when it was compared
    mine = models.BooleanField(default=False)  # of a clash: what the file says is to hold
    problems = models.JSONField(default=list)
    cells = models.JSONField(default=list)  # of a row with an error: as it came
    objects = Guarded()
    came: Sequence[Any] = ()
    """The cells as they came, while the row is compared."""
    called = ""
    """What the file itself calls the row, while it is compared."""

    class Meta:
        verbose_name = _("导入的一行")
        indexes: ClassVar = [models.Index(fields=["batch", "action", "id"], name="importrow_batch")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number} {self.action}"


class HeaderMeaning(models.Model):
    """What a header means in this office's tables, said once and remembered."""

    kind = models.CharField(max_length=32)
    header = models.CharField(max_length=255)  # plain
    column = models.CharField(max_length=32, blank=True)  # empty: of no concern
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("表头含义")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "header"], name="headermeaning_once")]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
