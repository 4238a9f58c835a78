"""Statements, entities, and what people and the resolver said of them. Rows are added, never edited.

Only these columns ever change: `Entity.canonical` (re-pointed by judgements), `Statement.retired` and `kept` (set when its
source is read again), `Statement.clean_sentence` (filled in by a later reading), the places of what people said when a file's text is laid
out anew, the `undone_*` columns that take a judgement, review or pairing back, and `dropped_*`, which lay one aside.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class Entity(models.Model):
    """A thing with a name. Two of them are one thing when they share `canonical`."""

    kind = models.CharField(max_length=16)  # extraction.model.MentionKind
    name = models.CharField(_("名称"), max_length=255)
    folded = models.CharField(max_length=255)
    scope = models.CharField(max_length=32, blank=True)  # tells namesakes apart: a prefecture code, or a strong key
    canonical = models.ForeignKey("self", models.CASCADE, null=True, related_name="members", db_index=False)
    region_code = models.CharField(max_length=40, blank=True)  # of a region: its code in the gazetteer
    context = models.JSONField(default=dict)  # what its first source knew of it: uscc, project_code, owner, place
    created_at = models.DateTimeField(auto_now_add=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("实体")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "folded", "scope"], name="entity_identity"),
        ]
        indexes: ClassVar = [models.Index(fields=["canonical", "id"], name="entity_canonical")]

    def __str__(self) -> str:
        return self.name


class EntityName(models.Model):
    """A form of an entity's name, and the source that used it."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="names")
    name = models.CharField(max_length=255)
    folded = models.CharField(max_length=255)
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")
    objects = Guarded()

    class Meta:
        verbose_name = _("名称")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entity", "name", "source"], name="entityname_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["folded", "entity"], name="entityname_folded")]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """Somebody said, somewhere, that a thing has a property with a value. `id` hashes content and evidence."""

    class Kind(models.TextChoices):
        """What sort of finding it came from."""

        FIGURE = "figure", _("数字")
        PROJECT = "project", _("项目")
        ENTERPRISE = "enterprise", _("企业")
        CHAIN = "chain", _("产业链")
        RELATION = "relation", _("关系")
        EVENT = "event", _("事件")
        PHRASE = "phrase", _("数字提法")
        CELL = "cell", _("单元格")
        MANUAL = "manual", _("手工录入")

    id = models.CharField(primary_key=True, max_length=32)
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="statements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject_name = models.CharField(max_length=255)
    subject = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="statements", db_index=False)
    property = models.CharField(max_length=255)
    object_name = models.CharField(max_length=255, blank=True)
    object = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="object_statements", db_index=False)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=32, blank=True)
    bound = models.CharField(max_length=2, blank=True)
    figure_kind = models.CharField(max_length=8, blank=True)
    status = models.CharField(max_length=8, blank=True)
    modality = models.CharField(max_length=16, blank=True)
    period = models.CharField(max_length=32, blank=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    text_value = models.TextField(blank=True)  # a number as written, a stage, a role, a cell's text
    payload = models.JSONField(default=dict)
    number_start = models.IntegerField(null=True)
    number_end = models.IntegerField(null=True)
    evidence_start = models.IntegerField(null=True)
    evidence_end = models.IntegerField(null=True)
    sentence = models.TextField(blank=True)
    # The sentence in clean text, where that reads differently, and where the number stands in it.
    clean_sentence = models.TextField(blank=True)
    clean_at = models.IntegerField(null=True)
    locator = models.CharField(max_length=255, blank=True)
    confidence = models.FloatField(default=1.0)
    reader_version = models.CharField(max_length=32, blank=True)
    # The reading it belongs to: reading a source again with another date retires the statements of the last reading.
    retired = models.BooleanField(default=False)
    # No reading says it any longer; it stands because a person accepted it.
    kept = models.BooleanField(default=False)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    objects = Guarded()

    class Meta:
        verbose_name = _("陈述")
        indexes: ClassVar = [
            models.Index(fields=["subject", "kind"], name="statement_subject"),
            models.Index(fields=["object", "property"], name="statement_object"),
            models.Index(fields=["source", "kind", "number_start"], name="statement_source"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name} · {self.property} · {self.text_value}"


class TakenBack(models.Model):
    """What a person said can be taken back; the row stays, and says who took it back and when."""

    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        abstract = True

    def take_back(self, by: str) -> None:
        """Note that it holds no longer, and by whose word."""
        self.undone_at, self.undone_by = timezone.now(), by
        self.save(update_fields=["undone_at", "undone_by"])


class Judgement(TakenBack):
    """That two entities are the same, different, or perhaps the same; it can be taken back."""

    class Verdict(models.TextChoices):
        """What was decided."""

        SAME = "same", _("同一")
        DIFFERENT = "different", _("不同")
        UNSURE = "unsure", _("待定")

    left = models.ForeignKey(Entity, models.CASCADE, related_name="judged_left")
    right = models.ForeignKey(Entity, models.CASCADE, related_name="judged_right")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    origin = models.CharField(max_length=4)  # auto, user
    score = models.FloatField(default=1.0)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    objects = Guarded()

    class Meta:
        verbose_name = _("判定")
        indexes: ClassVar = [models.Index(fields=["verdict", "undone_at", "-score", "id"], name="judgement_queue")]

    def __str__(self) -> str:
        return f"{self.left_id} {self.verdict} {self.right_id}"


class Review(TakenBack):
    """What a person said of a statement. The latest one not taken back holds."""

    class Verdict(models.TextChoices):
        """What was said."""

        ACCEPTED = "accepted", _("采信")
        CORRECTED = "corrected", _("更正")
        REJECTED = "rejected", _("不采信")
        ADDED = "added", _("补录")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    replacement = models.ForeignKey(Statement, models.SET_NULL, null=True, related_name="replaces")
    # A later reading found something at the same place: the person's word, made on an earlier reading, holds for it too.
    carried_from = models.ForeignKey("self", models.CASCADE, null=True, related_name="carried")
    agrees = models.BooleanField(default=False)  # of a carried one: the later reading says what the person said
    # The file changed and the same sentence stands in its new version: the word on the old version that this one repeats.
    moved_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="moved")
    # A new version of the file has no such sentence: a person has seen that the word could not be moved.
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.CharField(max_length=150, blank=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("审核")

    def __str__(self) -> str:
        return f"{self.statement_id} {self.verdict}"


class Pairing(TakenBack):
    """A person's word that two figures speak of the same thing, or of different things, whatever their wording."""

    left = models.ForeignKey(Statement, models.CASCADE, related_name="paired_left")
    right = models.ForeignKey(Statement, models.CASCADE, related_name="paired_right")
    verdict = models.CharField(max_length=10, choices=Judgement.Verdict.choices)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    # A new version of a file no longer says one of them: a person has seen that the word could not be moved.
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.CharField(max_length=150, blank=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("数字并读")

    def __str__(self) -> str:
        return f"{self.left_id} {self.verdict} {self.right_id}"
