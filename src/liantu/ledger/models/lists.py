"""Lists that an office keeps: a list, its rows with typed cells, and its published versions, which never change.

`cells` of a row hold the columns of its kind (`vocabulary/data/list_columns.csv`) as the ledger stores them: texts, numbers
(money in yuan), times as `2025`, `2025-06` or `2025-06-30`, codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity, TakenBack
from liantu.ledger.models.records import CodeField, GradedRecord, WorkRecord
from liantu.ledger.rights.managing import Guarded
from liantu.vocabulary.lists import ListKind, list_kinds

_NO_COLUMNS = list  # the name `list` means a link inside the classes below


class FrozenVersionError(ValueError):
    """Somebody tried to change a published version of a list."""

    def __init__(self) -> None:
        super().__init__(
            "已发布的版本不能改，请改清单后发布新的版本 / a published version never changes: change the list and publish anew"
        )


class OwnKit(WorkRecord):
    """A kit that an office wrote itself, as its YAML text."""

    kit_id = models.CharField(_("代号"), max_length=48)
    text = models.TextField(_("内容"))
    COLUMNS = ("kit_id", "text")
    PARENT = ""

    class Meta:
        verbose_name = _("自有模板")


class InstalledKit(WorkRecord):
    """A kit in use for one chain in one region. `content` is the kit as it was then: its charts, views and duties."""

    kit_id = models.CharField(_("模板"), max_length=48)
    title = models.CharField(_("名称"), max_length=128)
    region_code = models.CharField(_("地区"), max_length=6, blank=True)
    chain = models.CharField(_("产业链"), max_length=64, blank=True)
    content = models.JSONField(default=dict)
    COLUMNS = ("kit_id", "title", "region_code", "chain")
    PARENT = ""
    BESIDE = ("content",)

    class Meta:
        verbose_name = _("模板安装")


class ChainList(GradedRecord):
    """A list of one kind, for one chain and region, with who keeps it and how often it is to be confirmed."""

    title = models.CharField(_("清单名称"), max_length=128)
    list_kind = CodeField(_("清单种类"), words="list_kind")
    region_code = models.CharField(_("地区"), max_length=6, blank=True)
    chain = models.CharField(_("产业链"), max_length=64, blank=True)
    owner_unit = models.CharField(_("责任单位"), max_length=128, blank=True)
    owner_person = models.CharField(_("责任人"), max_length=64, blank=True)
    rhythm = CodeField(_("更新周期"), words="rhythm")
    confirmed_on = models.DateField(_("最近确认"), null=True, blank=True)
    fill_role = CodeField(_("只收的企业角色"), words="enterprise_role", blank=True)
    note = models.TextField(_("说明"), blank=True)
    shown = models.JSONField(default=_NO_COLUMNS)  # columns that a kit chose, in its order; empty: all of the kind
    kit = models.ForeignKey(InstalledKit, models.SET_NULL, null=True, related_name="lists")
    COLUMNS = (
        "title", "list_kind", "region_code", "chain", "secrecy", "owner_unit", "owner_person", "rhythm", "confirmed_on",
        "fill_role", "note",
    )  # fmt: skip
    PARENT = ""
    BESIDE = ("shown", "kit_id")

    class Meta:
        verbose_name = _("清单")
        indexes: ClassVar = [
            models.Index(fields=["list_kind", "region_code", "chain"], name="chainlist_kind"),
            models.Index(fields=["chain", "region_code"], name="chainlist_chain"),
        ]

    @property
    def kind(self) -> ListKind:
        """Its kind, with the columns of its rows."""
        return list_kinds()[self.list_kind]

    @property
    def columns(self) -> tuple[str, ...]:
        """Keys of the columns that its pages and files show, in order; those every row carries come last."""
        known = [column.key for column in self.kind.all_columns]
        if not self.shown:
            return tuple(known)
        chosen = [key for key in self.shown if key in known]
        return (*chosen, *(c for c in known if c not in chosen and c not in self.kind.columns))


class ListRow(WorkRecord):
    """A row of a list. `key`, `name` and `has_owner` are computed from its cells; evidence is an entity or a statement."""

    list = models.ForeignKey(ChainList, models.PROTECT, related_name="rows")
    cells = models.JSONField(default=dict)
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    has_owner = models.BooleanField(default=False)
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="list_rows")
    statement = models.CharField(max_length=32, blank=True)
    position = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    COLUMNS = ()
    PARENT = "list"

    class Meta:
        verbose_name = _("清单行")
        indexes: ClassVar = [
            models.Index(fields=["list", "removed_at", "position", "id"], name="listrow_order"),
            models.Index(fields=["list", "key"], name="listrow_key"),
            models.Index(fields=["list", "removed_at", "has_owner"], name="listrow_owner"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def record_columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.list.kind.all_columns)

    def column_value(self, column: str) -> Any:
        return self.cells.get(column)

    def set_column(self, column: str, told: Any) -> None:
        if told in (None, ""):
            self.cells.pop(column, None)
        else:
            self.cells[column] = told

    @classmethod
    def begun(cls, values: Any) -> ListRow:
        own = {name: values[name] for name in ("list_id", "entity_id", "statement", "position") if name in values}
        row = cls(**own)
        row.cells = {c: values[c] for c in row.record_columns() if values.get(c) not in (None, "")}
        return row

    def kept(self) -> dict[str, Any]:
        return {"list_id": self.list_id, **{c: self.cells[c] for c in self.record_columns() if c in self.cells}}


class _Frozen(models.QuerySet):  # type: ignore[type-arg]
    def update(self, **columns: Any) -> NoReturn:
        raise FrozenVersionError

    def delete(self) -> NoReturn:
        raise FrozenVersionError

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        raise FrozenVersionError

    def update_or_create(self, *args: Any, **columns: Any) -> NoReturn:
        raise FrozenVersionError


class _FrozenRow(models.Model):
    """A row that is written once."""

    objects = Guarded.from_queryset(_Frozen)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise FrozenVersionError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise FrozenVersionError


class ListVersion(_FrozenRow):
    """A published version: everything as it stood then, and what had changed against the one before."""

    list = models.ForeignKey(ChainList, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    title = models.CharField(max_length=128)
    list_kind = CodeField(words="list_kind")
    region_code = models.CharField(max_length=6, blank=True)
    chain = models.CharField(max_length=64, blank=True)
    owner_unit = models.CharField(max_length=128, blank=True)
    owner_person = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=_NO_COLUMNS)
    published_on = models.DateField(_("发布日期"))
    by = models.CharField(_("谁"), max_length=150)
    at = models.DateTimeField(_("何时"))
    note = models.TextField(_("说明"), blank=True)
    n_rows = models.PositiveIntegerField()
    n_added = models.PositiveIntegerField(default=0)
    n_removed = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)  # of its head and rows: whoever alters the database shows

    class Meta:
        verbose_name = _("清单版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["list", "number"], name="listversion_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def kind(self) -> ListKind:
        """Its kind."""
        return list_kinds()[self.list_kind]

    @property
    def net(self) -> int:
        """Rows more than in the version before; of the first one all of them."""
        return int(self.n_added) - int(self.n_removed)


class ListVersionRow(_FrozenRow):
    """A row of a published version."""

    version = models.ForeignKey(ListVersion, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    row = models.BigIntegerField()  # the list's row that it was made from
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    entity = models.BigIntegerField(null=True)  # no link: nothing that happens to an entity alters a version
    statement = models.CharField(max_length=32, blank=True)
    cells = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("版本中的一行")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="listversionrow_position"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class FillWord(TakenBack):
    """A person's word that a suggestion for a list is not to be followed, so that it is not made again."""

    list = models.ForeignKey(ChainList, models.CASCADE, related_name="fill_words")
    digest = models.CharField(max_length=32)  # of what was suggested
    said = models.TextField()  # the suggestion in words
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("不采纳的建议")
        indexes: ClassVar = [models.Index(fields=["list", "digest"], name="fillword_list")]

    def __str__(self) -> str:
        return str(self.said)
