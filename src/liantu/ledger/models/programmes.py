"""The people of the chain-leader system and their chain programmes: who leads which chain of which region, with whom, since when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.records import ChainField, CodeField, EvidenceField, GradedRecord, RegionField, WorkRecord
from liantu.ledger.rights.managing import Guarded
from liantu.vocabulary import regions


class Person(WorkRecord):
    """An official: somebody who leads, owns or verifies. Not an account of the program; see `PersonAccount`."""

    name = models.CharField(_("姓名"), max_length=64)
    unit = models.CharField(_("单位"), max_length=128, blank=True)
    post = models.CharField(_("职务"), max_length=128, blank=True)
    telephone = models.CharField(_("电话"), max_length=32, blank=True)
    region_code = RegionField(_("地区"))
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("name", "unit", "post", "telephone", "region_code", "note")
    PARENT = ""

    class Meta:
        verbose_name = _("人员")
        indexes: ClassVar = [models.Index(fields=["unit", "name", "id"], name="person_unit")]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.name, self.unit, self.post) if part)


class PersonAccount(WorkRecord):
    """The account with which a person logs in. One account is one person's; administrators alone say whose."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts", verbose_name=_("人员"))
    account = models.CharField(_("账号"), max_length=150)
    COLUMNS = ("account",)
    PARENT = "person"

    class Meta:
        verbose_name = _("登录账号")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], condition=Q(removed_at=None), name="personaccount_once"),
        ]

    def __str__(self) -> str:
        return self.account


class ChainProgramme(GradedRecord):
    """One key chain of one region over a time, with the kit of things that belongs to it."""

    region_code = RegionField(_("地区"), blank=False)
    chain = ChainField(_("产业链"), blank=False)
    since = models.DateField(_("起"), null=True, blank=True)
    until = models.DateField(_("止"), null=True, blank=True)
    kit = CodeField(_("配套制式"), words="programme_kit", blank=True)
    aim = models.TextField(_("目标与任务"), blank=True)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("region_code", "chain", "secrecy", "since", "until", "kit", "aim", "basis", "note")
    PARENT = ""

    class Meta:
        verbose_name = _("链长工作")
        indexes: ClassVar = [models.Index(fields=["region_code", "chain", "id"], name="programme_place")]

    def __str__(self) -> str:
        known = self.region_code in regions()
        return f"{regions().by_code(self.region_code).name if known else self.region_code} · {self.chain}"


class ProgrammeMember(WorkRecord):
    """Somebody, or a unit, in one role of a programme from a day to a day. Those who left stay, with their days."""

    programme = models.ForeignKey(ChainProgramme, models.PROTECT, related_name="members", verbose_name=_("链长工作"))
    role = CodeField(_("身份"), words="programme_role")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("人员")
    )
    unit = models.CharField(_("单位"), max_length=128, blank=True)
    post = models.CharField(_("职务"), max_length=128, blank=True)
    since = models.DateField(_("起"), null=True, blank=True)
    until = models.DateField(_("止"), null=True, blank=True)
    basis = models.TextField(_("依据"), blank=True)
    evidence = EvidenceField(_("出处"))
    COLUMNS = ("role", "person", "unit", "post", "since", "until", "basis", "evidence")
    PARENT = "programme"

    class Meta:
        verbose_name = _("成员与单位")
        indexes: ClassVar = [
            models.Index(fields=["programme", "role"], name="programmemember_role"),
            models.Index(fields=["person", "role"], name="programmemember_person"),
        ]


class ProgrammePart(WorkRecord):
    """One part of a programme's kit (a policy pack, a fund …) that exists: what it is and where to find it."""

    programme = models.ForeignKey(ChainProgramme, models.PROTECT, related_name="parts", verbose_name=_("链长工作"))
    part = CodeField(_("哪一项"), words="programme_part")
    title = models.CharField(_("名称"), max_length=255)
    issued_on = models.DateField(_("日期"), null=True, blank=True)
    place = models.CharField(_("在哪里"), max_length=255, blank=True)
    basis = models.TextField(_("依据"), blank=True)
    evidence = EvidenceField(_("出处"))
    COLUMNS = ("part", "title", "issued_on", "place", "basis", "evidence")
    PARENT = "programme"

    class Meta:
        verbose_name = _("配套内容")
        indexes: ClassVar = [models.Index(fields=["programme", "part"], name="programmepart_part")]


class PostRefusal(models.Model):
    """A person's word that a post read in a document is not to be offered again for a programme."""

    programme = models.ForeignKey(ChainProgramme, models.PROTECT, related_name="refusals")
    evidence = models.CharField(max_length=96)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    objects = Guarded()

    class Meta:
        verbose_name = _("不采用的任职线索")
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "evidence"], name="postrefusal_once")]

    def __str__(self) -> str:
        return self.evidence
