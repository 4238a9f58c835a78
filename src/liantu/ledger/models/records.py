"""What the records of officials' work have in common: a version, an author of every change, and no row that is ever deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity, TakenBack
from liantu.ledger.rights.managing import Guarded


class CodeField(models.CharField):  # type: ignore[type-arg]
    """One of the codes of a set: `words` is a set of `vocabulary.work_words`, or `stage`, `side`, `plan_bucket`."""

    def __init__(self, *args: Any, words: str = "", **kwargs: Any) -> None:
        self.words = words
        kwargs.setdefault("max_length", 24)
        super().__init__(*args, **kwargs)


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """Yuan, to the cent; forms show and take it in 万元."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 20, "decimal_places": 2, "null": True, "blank": True}
        super().__init__(*args, **kwargs)


class RegionField(models.CharField):  # type: ignore[type-arg]
    """The six digits of a region, or nothing; forms show and take its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 6, "blank": True} | kwargs)


class ChainField(models.CharField):  # type: ignore[type-arg]
    """A chain by the vocabulary's name, or nothing; forms take any form of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 128, "blank": True} | kwargs)


class EvidenceField(models.CharField):  # type: ignore[type-arg]
    """Where it is said: `statement:ID`, or `source:ID:START-END` for raw characters of a document; forms carry it along unseen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 96, "blank": True} | kwargs)


class MeasureField(models.DecimalField):  # type: ignore[type-arg]
    """A number in whatever unit stands beside it, which may be below zero; forms show and take it with 万, 亿."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 24, "decimal_places": 6}
        super().__init__(*args, **kwargs)


class WorkRecord(models.Model):
    """A row that officials keep. `version` grows with every change; a removed row stays and can be put back."""

    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    objects = Guarded()

    class Meta:
        abstract = True

    COLUMNS: ClassVar[tuple[str, ...]] = ()
    """What a person fills in, in the order of the form."""
    PARENT: ClassVar[str] = "project"
    """The column that says what the row belongs to; empty when it stands by itself."""
    LOCKED: ClassVar[tuple[str, ...]] = ()
    """Columns that steps alone change (`work.stepping`): no form shows them."""
    HIDDEN: ClassVar[tuple[str, ...]] = ()
    """Links that a form carries along without showing a choice of them."""

    @property
    def root(self) -> tuple[str, int | None]:
        """Kind and id of the record whose page shows this one and its changes; nothing for those of projects and campaigns."""
        if self.PARENT in ("project", "event"):
            return "", None
        if self.PARENT:
            return self.PARENT, getattr(self, f"{self.PARENT}_id")
        name = PAGED.get(type(self).__name__, "")
        return name, self.pk if name else None

    def __str__(self) -> str:
        said = (getattr(self, column) for column in self.COLUMNS)
        return " · ".join(str(value) for value in said if value not in (None, "", False))[:120]


PAGED = {
    "Person": "person",
    "ChainProgramme": "programme",
    "Meeting": "meeting",
    "Task": "task",
    "SupervisionOrder": "order",
    "Duty": "duty",
    "Escalation": "escalation",
    "TargetRecord": "target",
    "OfficeRules": "rules",
    "ScoreEntry": "score",
}
"""Records with a page of their own, and the kind they go by."""


class ProjectRecord(WorkRecord):
    """A row about one project. The entity is the one it was entered for: it follows it when names are merged."""

    project = models.ForeignKey(Entity, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class WorkChange(TakenBack):
    """One change of a record: who, when, before, after, why."""

    class Action(models.TextChoices):
        """What was done."""

        ADDED = "added", _("新增")
        CHANGED = "changed", _("修改")
        REMOVED = "removed", _("删除")
        RESTORED = "restored", _("恢复")

    kind = models.CharField(max_length=16)
    row = models.BigIntegerField()
    project = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    campaign = models.BigIntegerField(null=True)
    root_kind = models.CharField(max_length=16, blank=True)  # `WorkRecord.root`
    root_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField()  # of the row, after the change
    action = models.CharField(max_length=8, choices=Action.choices)
    before = models.JSONField(default=dict)  # the columns that changed, as texts
    after = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="undone_through")
    objects = Guarded()

    class Meta:
        verbose_name = _("改动")
        indexes: ClassVar = [
            models.Index(fields=["project", "-id"], name="workchange_project"),
            models.Index(fields=["campaign", "-id"], name="workchange_campaign"),
            models.Index(fields=["kind", "row", "-id"], name="workchange_row"),
            models.Index(fields=["root_kind", "root_id", "-id"], name="workchange_root"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.action}"
