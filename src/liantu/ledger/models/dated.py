"""What an office must not let pass: recognitions of firms that run out, and the times in which support can be applied for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.programmes import Person
from liantu.ledger.models.records import ChainField, CodeField, EvidenceField, GradedRecord, RegionField


class Certificate(GradedRecord):
    """A recognition or certificate that a firm (a zone, a town) holds, until when, and how far its renewal is."""

    title = models.CharField(_("称号或证书"), max_length=128)
    holder = models.CharField(_("持有者"), max_length=128)
    level = CodeField(_("级别"), words="level", blank=True)
    number = models.CharField(_("证书编号"), max_length=64, blank=True)
    issuer = models.CharField(_("认定部门"), max_length=128, blank=True)
    issued_on = models.DateField(_("认定日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    renewal = CodeField(_("复核进展"), words="renewal_state", blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任人"))
    owner_unit = models.CharField(_("责任单位"), max_length=128, blank=True)
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    evidence = EvidenceField(_("出处"))
    COLUMNS = (
        "title", "holder", "level", "number", "issuer", "issued_on", "valid_until", "renewal", "owner", "owner_unit",
        "region_code", "chain", "secrecy", "basis", "evidence",
    )  # fmt: skip
    PARENT = ""

    class Meta:
        verbose_name = _("称号与证书")
        indexes: ClassVar = [
            models.Index(fields=["valid_until", "id"], name="certificate_until"),
            models.Index(fields=["holder", "id"], name="certificate_holder"),
        ]


class PolicyWindow(GradedRecord):
    """The days in which a policy's support can be applied for, and whether the office has organised the application."""

    title = models.CharField(_("政策或申报事项"), max_length=255)
    document_number = models.CharField(_("文号"), max_length=64, blank=True)
    department = models.CharField(_("受理部门"), max_length=128, blank=True)
    opens_on = models.DateField(_("申报开始"), null=True, blank=True)
    closes_on = models.DateField(_("申报截止"))
    who = models.CharField(_("适用对象"), max_length=255, blank=True)
    amount = models.CharField(_("支持标准"), max_length=128, blank=True)
    applied_on = models.DateField(_("组织申报日期"), null=True, blank=True)
    waived = models.BooleanField(_("本地不申报"), default=False)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任人"))
    owner_unit = models.CharField(_("责任单位"), max_length=128, blank=True)
    region_code = RegionField(_("地区"))
    chain = ChainField(_("产业链"))
    note = models.TextField(_("说明"), blank=True)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    evidence = EvidenceField(_("出处"))
    COLUMNS = (
        "title", "document_number", "department", "opens_on", "closes_on", "who", "amount", "applied_on", "waived",
        "owner", "owner_unit", "region_code", "chain", "secrecy", "note", "basis", "evidence",
    )  # fmt: skip
    PARENT = ""

    class Meta:
        verbose_name = _("政策申报窗口")
        indexes: ClassVar = [models.Index(fields=["closes_on", "id"], name="policywindow_closes")]
