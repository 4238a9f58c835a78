"""Rules that an office writes itself, values it knows that no document says, and results it has published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.records import CodeField, MeasureField, RegionField, SecrecyField, WorkRecord
from liantu.ledger.rights.managing import Guarded


class OfficeRules(WorkRecord):
    """A criteria set or a scorecard of the office's own, as the YAML it was written in."""

    rule_kind = CodeField(_("种类"), words="rule_kind")
    key = models.CharField(_("代号"), max_length=64)
    text = models.TextField("YAML")
    COLUMNS = ("rule_kind", "key", "text")
    PARENT = ""

    class Meta:
        verbose_name = _("自定规则")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule_kind", "key"], condition=Q(removed_at=None), name="officerules_once"),
        ]


class KnownValue(WorkRecord):
    """What an office knows of a firm, town or zone for a condition: a number, a word, yes or no, with what it rests on."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    field = models.CharField(_("字段"), max_length=64)
    value = MeasureField(_("数值"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    word = models.CharField(_("文字"), max_length=64, blank=True)
    yes = CodeField(_("是否"), words="yes_no", blank=True)
    on = models.DateField(_("截至"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=255)
    COLUMNS = ("field", "value", "unit", "word", "yes", "on", "basis")
    PARENT = "entity"
    HIDDEN = ("field",)

    class Meta:
        verbose_name = _("已知情况")
        indexes: ClassVar = [models.Index(fields=["entity", "field"], name="knownvalue_entity")]


class ScoreEntry(WorkRecord):
    """A value that a scorecard asks a person for: of one item, one unit scored, one period."""

    card = models.CharField(_("考核表"), max_length=64)
    item = models.CharField(_("考核项"), max_length=64)
    unit_key = models.CharField(_("被考核单位"), max_length=80)
    period = models.CharField(_("时期"), max_length=32)
    value = MeasureField(_("数值"))
    basis = models.CharField(_("依据"), max_length=255)
    region_code = RegionField(_("地区代码"))
    COLUMNS = ("card", "item", "unit_key", "period", "value", "basis", "region_code")
    PARENT = ""
    HIDDEN = ("card", "item", "unit_key", "period", "region_code")

    class Meta:
        verbose_name = _("考核数据")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["card", "item", "unit_key", "period"], condition=Q(removed_at=None), name="scoreentry_once"
            ),
        ]


class PublishedScores(models.Model):
    """A scorecard's results as they were published: the card's text and every figure, frozen. Never changed, never deleted."""

    card = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    period = models.CharField(max_length=32)
    region_code = RegionField()
    text = models.TextField()  # the card as it stood
    rows = models.JSONField()  # units with their items, points, raw values and evidence
    digest = models.CharField(max_length=64)  # SHA-256 of text and rows
    note = models.TextField(blank=True)
    secrecy = SecrecyField(_("密级"))  # the highest of what the results were made from
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    objects = Guarded()

    class Meta:
        verbose_name = _("已发布的考核结果")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["card", "-id"], name="publishedscores_card")]

    def __str__(self) -> str:
        return f"{self.title} {self.period}"
