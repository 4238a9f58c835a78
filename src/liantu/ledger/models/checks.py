"""Comparisons between a document's own figures, and what people said of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class Check(models.Model):
    """One comparison that the reader made inside one document (`extraction.checks`); made anew with every reading.

    `place` is what was compared in words, so that a person's word on it holds when the text is laid out anew.
    """

    class Verdict(models.TextChoices):
        """What came of it."""

        OK = "ok", _("相符")
        DIFFERS = "differs", _("对不上")
        SUSPICIOUS = "suspicious", _("请留意")

    id = models.CharField(primary_key=True, max_length=32)
    source = models.ForeignKey(Source, models.CASCADE, related_name="checks")
    rule = models.CharField(max_length=24)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    place = models.CharField(max_length=32)
    spans = models.JSONField(default=list)  # raw [start, end) of the numbers, the stated one last
    computed = models.FloatField(null=True)
    stated = models.FloatField(null=True)
    unit = models.CharField(max_length=32, blank=True)
    tolerance = models.FloatField(default=0.0)
    message_zh = models.TextField()
    message_en = models.TextField()
    sentence = models.TextField(blank=True)
    evidence_start = models.IntegerField(null=True)
    evidence_end = models.IntegerField(null=True)
    locator = models.CharField(max_length=255, blank=True)
    weight = models.IntegerField(default=0)  # how much it asks for a person's eye; 0: not, or dismissed
    objects = Guarded()

    class Meta:
        verbose_name = _("算术核对")
        indexes: ClassVar = [
            models.Index(fields=["-weight", "id"], name="check_weight"),
            models.Index(fields=["source", "place"], name="check_place"),
        ]

    def __str__(self) -> str:
        return self.message_zh


class CheckWord(models.Model):
    """A person's word that a comparison needs no further look. It holds for the place, over every further reading."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="check_words")
    place = models.CharField(max_length=32)
    message_zh = models.TextField()  # what the comparison said when the person spoke
    message_en = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("核对判定")
        indexes: ClassVar = [models.Index(fields=["source", "place"], name="checkword_place")]

    def __str__(self) -> str:
        return self.message_zh
