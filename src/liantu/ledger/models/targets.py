"""Targets that an office keeps: what is to be reached, what was revised, which figures count, who carries which part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.records import ChainField, CodeField, GradedRecord, MeasureField, RegionField, WorkRecord


class TargetRecord(GradedRecord):
    """One target: a number to be reached by a day, or (without a number) something that a person says has come about.

    `statement` is the id of the statement it was taken from; empty when it was entered by hand, and then `basis` says what
    it rests on. Numbers are kept in base units (元, 户, %), as figures are.
    """

    indicator = models.CharField(_("指标"), max_length=255)
    subject_name = models.CharField(_("主体"), max_length=255)
    value = MeasureField(_("目标值"), null=True, blank=True)
    upper = MeasureField(_("上限（区间时）"), null=True, blank=True)
    bound = CodeField(_("界限"), words="target_bound", default=">=")
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    figure_kind = CodeField(_("性质"), words="figure_kind", default="level")
    start = models.DateField(_("起算日"), null=True, blank=True)
    due = models.DateField(_("期限"), null=True, blank=True)
    profile = CodeField(_("进度算法"), words="progress_profile", blank=True)
    base = MeasureField(_("期初值"), null=True, blank=True)
    base_note = models.CharField(_("期初值依据"), max_length=255, blank=True)
    definition = models.CharField(_("口径"), max_length=255, blank=True)
    target_kind = CodeField(_("约束力"), words="target_kind", blank=True)
    issuer = models.CharField(_("提出者"), max_length=128, blank=True)
    issued_on = models.DateField(_("提出日期"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    region_code = RegionField(_("地区代码"))
    chain = ChainField(_("产业链"))
    state = CodeField(_("定性目标的进展"), words="quality_state", blank=True)
    state_note = models.TextField(_("进展说明"), blank=True)
    state_basis = models.CharField(_("进展依据"), max_length=255, blank=True)
    note = models.TextField(_("说明"), blank=True)
    statement = models.CharField(_("原句"), max_length=64, blank=True)
    subject = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主体"))
    COLUMNS = (
        "indicator", "subject_name", "value", "bound", "upper", "unit", "figure_kind", "start", "due", "profile", "base",
        "base_note", "definition", "target_kind", "issuer", "issued_on", "basis", "region_code", "chain", "secrecy", "state",
        "state_note", "state_basis", "note", "statement", "subject",
    )  # fmt: skip
    PARENT = ""
    HIDDEN = ("statement", "subject")

    class Meta:
        verbose_name = _("目标")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "due"], name="target_region"),
            models.Index(fields=["chain", "due"], name="target_chain"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement"], condition=Q(removed_at=None) & ~Q(statement=""), name="target_statement_once"
            ),
        ]


class TargetRevision(WorkRecord):
    """A person's word on how a target stands to an earlier one: which of the two was revised, and in what."""

    target = models.ForeignKey(TargetRecord, models.PROTECT, related_name="revisions")
    earlier = models.ForeignKey(TargetRecord, models.PROTECT, related_name="revised_by", verbose_name=_("原目标"))
    kind = CodeField(_("调整了什么"), words="revision_kind")
    note = models.TextField(_("理由"), blank=True)
    COLUMNS = ("earlier", "kind", "note")
    PARENT = "target"
    HIDDEN = ("earlier",)

    class Meta:
        verbose_name = _("目标调整")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "earlier"], condition=Q(removed_at=None), name="targetrevision_once"
            ),
        ]


class TargetActual(WorkRecord):
    """A person's word that a figure counts for a target or does not, or a figure entered by hand."""

    target = models.ForeignKey(TargetRecord, models.PROTECT, related_name="actuals")
    statement = models.CharField(_("原句"), max_length=64, blank=True)
    value = MeasureField(_("完成值"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    on = models.DateField(_("截至"), null=True, blank=True)
    verdict = CodeField(_("是否计入"), words="actual_verdict", default="counts")
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("statement", "value", "unit", "on", "verdict", "basis", "note")
    PARENT = "target"
    HIDDEN = ("statement",)

    class Meta:
        verbose_name = _("完成情况")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "statement"],
                condition=Q(removed_at=None) & ~Q(statement=""),
                name="targetactual_once",
            ),
        ]


class TargetPart(WorkRecord):
    """One share of a target: a region or office, a month or quarter, what it has to reach."""

    target = models.ForeignKey(TargetRecord, models.PROTECT, related_name="parts")
    unit_name = models.CharField(_("承担单位"), max_length=128)
    region_code = RegionField(_("地区代码"))
    period = models.CharField(_("时期"), max_length=32, blank=True)
    value = MeasureField(_("分解值"))
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("unit_name", "region_code", "period", "value", "unit", "note")
    PARENT = "target"

    class Meta:
        verbose_name = _("目标分解")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "unit_name", "period"], condition=Q(removed_at=None), name="targetpart_once"
            ),
        ]
