"""Which documents are copies of which: the index that finds them, the relation, and people's word against it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class TextKey(models.Model):
    """What the search for copies keeps of one text: its size, a digest of its key, and how much of it is indexed.

    Only documents that stand have one.
    """

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="text_key")
    digest = models.CharField(max_length=32, db_index=True)  # equal for texts that differ in script and marks alone
    length = models.IntegerField()  # characters of the key
    n_shingles = models.IntegerField()
    n_numbers = models.IntegerField()

    def __str__(self) -> str:
        return f"key of {self.source_id}"


class Fingerprint(models.Model):
    """One sampled piece of one text: documents that share several are compared in full, no others."""

    pk = models.CompositePrimaryKey("value", "source_id")
    value = models.BigIntegerField()  # of five characters below 2**32, of a telling number above
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.value} in {self.source_id}"


class Copy(models.Model):
    """One document repeats passages of an earlier one. A view: made of the texts, their dates, and people's words."""

    class Kind(models.TextChoices):
        """What sort of copy it is, as `resolution.duplicates` tells them apart."""

        IDENTICAL = "identical", _("全文相同")
        REPOST = "repost", _("转载")
        EXCERPT = "excerpt", _("节选或合编")
        SPUN = "spun", _("改写")

    source = models.ForeignKey(Source, models.CASCADE, related_name="copied_from")
    original = models.ForeignKey(Source, models.CASCADE, related_name="copies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    share = models.FloatField()  # of the copy's text that stands in the original, 0 to 1
    original_share = models.FloatField()  # of the original's text that stands in the copy
    # Raw offsets of each passage: [start, end) in the copy, [start, end) in the original.
    passages = models.JSONField(default=list)
    objects = Guarded()

    class Meta:
        verbose_name = _("转载关系")
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "original"], name="copy_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.original_id}"


class CopyWord(models.Model):
    """A person's word that a document is no copy of another: it speaks for itself, however much it reads alike."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="copy_words")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("转载判定")

    def __str__(self) -> str:
        return f"{self.source_id} own"
