"""The register of coded phrases: slogans whose numbers are names (“五张牌”, “156”战略)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.rights.managing import Guarded


class PhraseView(models.Model):
    """One coded phrase of one city or province, over all documents that name it."""

    class State(models.TextChoices):
        """How far its members are known."""

        COMPLETE = "complete", _("成员齐全")
        OPEN = "open", _("成员不全")
        NOT_PUBLISHED = "not_published", _("成员未见")
        DIFFERS = "differs", _("与名称不符")

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(_("提法"), max_length=255)
    label = models.CharField(max_length=255)  # with its quotation marks and the noun behind it
    kind = models.CharField(max_length=16)
    number = models.CharField(_("名中数字"), max_length=64, blank=True)
    counted = models.CharField(_("所指"), max_length=64, blank=True)  # what it counts: 牌 of 五张牌
    expected = models.IntegerField(_("应有"), null=True)
    members = models.JSONField(default=list)  # [name, statement id] of each member, in text order
    others = models.JSONField(default=list)  # the same for members that other documents name in other words
    missing = models.JSONField(default=list)  # names of missing members, as far as the register knows them
    n_members = models.IntegerField(_("已见"), default=0)
    n_missing = models.IntegerField(_("缺"), null=True)
    n_documents = models.IntegerField(_("文件"), default=0)  # reprints left out
    n_sources = models.IntegerField(_("独立来源"), default=0)
    state = models.CharField(max_length=16, choices=State.choices)
    register = models.CharField(max_length=255, blank=True)  # the phrase of the vocabulary that it is
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    recency = models.IntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality
    objects = Guarded()

    class Meta:
        verbose_name = _("数字提法")
        indexes: ClassVar = [
            models.Index(fields=["-recency", "id"], name="phrase_recency"),
            models.Index(fields=["city_code", "-recency", "id"], name="phrase_city"),
            models.Index(fields=["region_code", "-recency", "id"], name="phrase_region"),
            models.Index(fields=["name", "id"], name="phrase_name"),
        ]

    def __str__(self) -> str:
        return self.label
