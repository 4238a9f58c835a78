"""What the records of officials' work have in common: a version, an author of every change, and no row that is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

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


class SecrecyField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]
    """A level of confidentiality, of `vocabulary.access.confidentiality`; forms and tables show and take its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", 0)
        super().__init__(*args, **kwargs)


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

    BESIDE: ClassVar[tuple[str, ...]] = ()
    """What is given to a new row beside its columns, and set by no form."""

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

    # What recording asks of a record; records whose columns are no columns of a table answer otherwise.

    def record_columns(self) -> tuple[str, ...]:
        """The columns that a person fills in."""
        return self.COLUMNS

    def column_value(self, column: str) -> Any:
        """A column's value as it is kept in history: JSON's own kinds as they are, days and money as text."""
        field = _field(self, column)
        value = getattr(self, field.attname)
        if isinstance(field, models.DecimalField) and value is not None:
            return str(field.to_python(value).quantize(field.to_python(1).scaleb(-field.decimal_places)))
        return value if value is None or isinstance(value, str | bool | int) else str(value)

    def set_column(self, column: str, told: Any) -> None:
        """Set a column to what `column_value` told of it, or to a value."""
        field = _field(self, column)
        setattr(self, field.attname, field.to_python(told) if isinstance(told, str) else told)

    @classmethod
    def begun(cls, values: Mapping[str, Any]) -> Self:
        """A new record out of its columns and, under the name of its parent with `_id`, what it belongs to."""
        return cls(**{name: values[name] for name in values if name in cls.settable()})

    @classmethod
    def settable(cls) -> list[str]:
        """What a new record may be given."""
        names = [_field(cls, column).attname for column in cls.COLUMNS if column not in cls.LOCKED]
        return [*([f"{cls.PARENT}_id"] if cls.PARENT else []), *names, *cls.BESIDE]

    def kept(self) -> dict[str, Any]:
        """What history keeps of a new record: whatever is filled in."""
        kept = [c for c in self.settable() if c not in self.BESIDE]
        return {c: told for c in kept if (told := self.column_value(c)) not in ("", None, False)}


def _field(of: WorkRecord | type[WorkRecord], column: str) -> models.Field[Any, Any]:
    return cast("models.Field[Any, Any]", of._meta.get_field(column))


PAGED = {
    "Person": "person",
    "ChainProgramme": "programme",
    "Meeting": "meeting",
    "Task": "task",
    "SupervisionOrder": "order",
    "Duty": "duty",
    "Certificate": "certificate",
    "PolicyWindow": "window",
    "Escalation": "escalation",
    "TargetRecord": "target",
    "OfficeRules": "rules",
    "ScoreEntry": "score",
    "ChainList": "list",
}
"""Records with a page of their own, and the kind they go by."""


class GradedRecord(WorkRecord):
    """A row that says itself where it belongs, and how confidential it is.

    It is never more open than what its links lead to (`work.secrecy`), so that a row may be shown with all that it names.
    """

    secrecy = SecrecyField(_("密级"))

    class Meta:
        abstract = True


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
