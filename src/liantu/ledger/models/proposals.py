"""What a language model proposes. It counts nowhere: a person who accepts it makes a statement of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Review, Statement
from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class Proposal(models.Model):
    """One finding that a model proposed, at an exact place of the raw text. `id` hashes source, content and place.

    It waits until a person accepts it (`review` holds, until that is taken back) or refuses it.
    """

    id = models.CharField(primary_key=True, max_length=32)
    source = models.ForeignKey(Source, models.CASCADE, related_name="proposals")
    origin = models.CharField(_("提议者"), max_length=150)  # name of the model
    kind = models.CharField(max_length=12, choices=Statement.Kind.choices)
    columns = models.JSONField(default=dict)  # as `ledger.corrections` names them
    start = models.IntegerField()  # raw offsets of the number, or of the name
    end = models.IntegerField()
    evidence_start = models.IntegerField()
    evidence_end = models.IntegerField()
    sentence = models.TextField()
    at = models.DateTimeField()
    review = models.ForeignKey(Review, models.SET_NULL, null=True, related_name="proposals")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=150, blank=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("模型提议")
        indexes: ClassVar = [models.Index(fields=["source", "start", "id"], name="proposal_source")]

    def __str__(self) -> str:
        about = "property" if self.kind == Statement.Kind.FIGURE else "object_name"
        return " · ".join(filter(None, (self.columns.get("subject_name"), self.columns.get(about))))
