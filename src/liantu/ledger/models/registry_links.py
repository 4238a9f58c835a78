"""Which firm of the registry an enterprise of the ledger is: what was decided, and what was computed for deciding."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.records import CodeField, WorkRecord
from liantu.ledger.rights.managing import Guarded

STANDING = ("automatic", "confirmed")
"""Of `RegistryLink.how`: those that say who it is."""


class RegistryLink(WorkRecord):
    """An enterprise is a firm of the registry, is not, or is none of them. The entity is the one it was said of.

    What the registry said at the time stays with the link, so that it can be read when the registry has changed; then `flag`
    says what no longer fits.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="registry_links")
    how = CodeField(_("认定方式"), words="link_how")
    firm = models.CharField(_("登记库中的企业"), max_length=255, blank=True)  # its key; empty: none of the registry's
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    firm_name = models.CharField(_("当时的登记名称"), max_length=255, blank=True)
    score = models.DecimalField(_("把握"), max_digits=5, decimal_places=4, null=True, blank=True)
    reason_zh = models.TextField(_("依据"), blank=True)
    reason_en = models.TextField(_("依据（英文）"), blank=True)
    registry = models.CharField(_("登记库版本"), max_length=48, blank=True)
    flag = CodeField(_("须再看"), words="link_flag", blank=True)
    COLUMNS = ("how", "firm", "uscc", "firm_name", "score", "reason_zh", "reason_en", "registry", "flag")
    PARENT = "entity"
    HIDDEN = COLUMNS

    class Meta:
        verbose_name = _("登记企业")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entity", "firm"], condition=models.Q(removed_at=None), name="registrylink_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["firm", "how"], name="registrylink_firm")]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.how} {self.firm_name or self.firm}"


class RegistryMatch(models.Model):
    """What the last comparison of an enterprise with the registry gave; made anew at any time from names and registry."""

    class Band(models.TextChoices):
        """Where it stands."""

        LINKED = "linked", _("已对应")
        REVIEW = "review", _("待认定")
        NEW = "new", _("登记库里没有")

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="registry_match")
    band = models.CharField(max_length=8, choices=Band.choices)
    digest = models.CharField(max_length=32, blank=True)  # of all that was asked; empty: to be asked again
    registry = models.CharField(max_length=48, blank=True)
    score = models.FloatField(default=0.0)
    weight = models.FloatField(default=0.0)  # how much it matters who it is: place in the queue
    candidates = models.JSONField(default=list)  # firm, form, score, zh, en: best first
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    at = models.DateTimeField()
    objects = Guarded()

    class Meta:
        verbose_name = _("登记库比对")
        indexes: ClassVar = [models.Index(fields=["band", "-weight", "entity"], name="registrymatch_queue")]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.band}"
