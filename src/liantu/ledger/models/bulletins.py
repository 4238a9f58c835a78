"""Bulletins: drafts that follow the ledger, and published ones that are frozen with the rows behind every figure."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liantu.ledger.rights.managing import Guarded


class Bulletin(models.Model):
    """One issue. `body` is its tables and generated prose; `prose` what people made of the prose, by section."""

    class State(models.TextChoices):
        """How it stands."""

        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        DROPPED = "dropped", _("已作废")

    definition = models.CharField(max_length=48)
    title = models.CharField(_("标题"), max_length=128)
    issuer = models.CharField(_("发文单位"), max_length=128, blank=True)
    period = models.CharField(_("期别"), max_length=8)  # 2025-05, 2025Q2
    period_end = models.DateField()
    region_code = models.CharField(max_length=6, blank=True)
    chain = models.CharField(_("产业链"), max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("第几期"), null=True)  # given when it is published
    body = models.JSONField(default=dict)
    prose = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    revision = models.BigIntegerField(default=0)  # of the ledger, when it was last worked out
    computed_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    published_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("通报")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["definition", "region_code", "chain", "year", "number"],
                condition=Q(number__isnull=False),
                name="bulletin_number",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-period_end", "-id"], name="bulletin_period")]

    def __str__(self) -> str:
        return f"{self.title} {self.period}"


class BulletinFigure(models.Model):
    """One number of a bulletin with the rows behind it: `[kind, id, name, numerator, denominator]` each."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="figures")
    name = models.CharField(max_length=160)  # how prose links to it
    indicator = models.CharField(max_length=48)
    shown = models.CharField(max_length=48)
    value = models.FloatField(null=True)
    top = models.FloatField(null=True)
    bottom = models.FloatField(null=True)
    left_out = models.IntegerField(default=0)
    rows = models.JSONField(default=list)
    objects = Guarded()

    class Meta:
        verbose_name = _("通报中的数")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "name"], name="bulletinfigure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.shown}"


class BulletinEvent(models.Model):
    """What was done with a bulletin."""

    class Action(models.TextChoices):
        """What was done."""

        MADE = "made", _("起草")
        COMPUTED = "computed", _("重算")
        EDITED = "edited", _("改文字")
        PUBLISHED = "published", _("发布")
        DROPPED = "dropped", _("作废")

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="events")
    action = models.CharField(max_length=9, choices=Action.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    detail = models.JSONField(default=dict)
    objects = Guarded()

    class Meta:
        verbose_name = _("通报经过")
        indexes: ClassVar = [models.Index(fields=["bulletin", "-id"], name="bulletinevent_bulletin")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.action}"
