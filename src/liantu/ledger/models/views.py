"""Views: indexed tables that pages read, rebuildable from the statements at any time with the same result.

`recency` is the publication date as yyyymmdd, 0 when unknown: both database engines sort it alike and walk its
indexes, which they do not for a date that may be null. Ids are made of content, so a rebuilt row keeps its address.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.facts import Entity, Statement
from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class Profile(models.Model):
    """What is known of one thing under all its names: how to call it, where it lies, which chain it is of."""

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="profile")
    kind = models.CharField(max_length=16)
    name = models.CharField(_("名称"), max_length=255)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    region_assumed = models.BooleanField(default=False)
    chain_name = models.CharField(_("产业链"), max_length=64, blank=True)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("名录")
        indexes: ClassVar = [models.Index(fields=["kind", "name"], name="profile_name")]

    def __str__(self) -> str:
        return str(self.name)


class Membership(models.Model):
    """One enterprise or project on one chain."""

    id = models.CharField(primary_key=True, max_length=32)
    chain_name = models.CharField(_("产业链"), max_length=64)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="memberships")
    kind = models.CharField(max_length=16)  # enterprise, project
    role = models.CharField(_("角色"), max_length=16, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("链上成员")
        indexes: ClassVar = [
            models.Index(fields=["chain_name", "kind", "city_code"], name="membership_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_name} · {self.entity_id}"


class Fact(models.Model):
    """What all sources together say of one subject, indicator, period, kind and status."""

    class State(models.TextChoices):
        """How the sources stand to each other."""

        SINGLE = "single", _("一个来源")
        AGREED = "agreed", _("多源一致")
        CONFLICT = "conflict", _("说法不一")

    id = models.CharField(primary_key=True, max_length=32)
    subject = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="facts")
    subject_name = models.CharField(_("主体"), max_length=255)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    indicator = models.CharField(_("指标"), max_length=255)
    figure_kind = models.CharField(max_length=8)
    status = models.CharField(max_length=8)
    period = models.CharField(_("时期"), max_length=32, blank=True)
    value = models.FloatField(_("数值"))
    value_low = models.FloatField()
    value_high = models.FloatField()
    unit = models.CharField(max_length=32, blank=True)
    bound = models.CharField(max_length=2)
    n_statements = models.IntegerField()
    n_documents = models.IntegerField(_("文件"))
    n_sources = models.IntegerField(_("独立来源"))  # one original publisher counts once
    n_reprints = models.IntegerField(_("转载"), default=0)  # documents that repeat what another one said
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=24, blank=True)  # value_differs, scope_differs, target_revised, copy_differs
    recency = models.IntegerField(default=0)
    chain_name = models.CharField(max_length=64, blank=True)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("事实")
        indexes: ClassVar = [
            models.Index(fields=["state", "-recency", "id"], name="fact_state"),
            models.Index(fields=["city_code", "state", "region_code", "chain_name", "level"], name="fact_city"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name} · {self.indicator}"


class FigureView(models.Model):
    """One figure statement that stands."""

    statement = models.OneToOneField(Statement, models.CASCADE, primary_key=True, related_name="figure_view")
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+", db_index=False)
    # The document whose words these are: of a passage that was copied, the one it was copied from.
    origin = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+", db_index=False)
    repeats = models.BooleanField(default=False)  # copied, and its fact holds what it was copied from: counted there
    fact = models.ForeignKey(Fact, models.DO_NOTHING, db_constraint=False, related_name="figures")
    subject = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="+", db_index=False)
    subject_name = models.CharField(_("主体"), max_length=255)
    subject_kind = models.CharField(max_length=16, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    region_assumed = models.BooleanField(default=False)  # taken from the document, not from the subject
    chain_name = models.CharField(_("产业链"), max_length=64, blank=True)
    indicator = models.CharField(_("指标"), max_length=255)
    number = models.CharField(_("原文数字"), max_length=64, blank=True)
    value = models.FloatField(_("数值"))
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    bound = models.CharField(max_length=2)
    figure_kind = models.CharField(max_length=8)
    status = models.CharField(max_length=8)
    period = models.CharField(_("时期"), max_length=32, blank=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    published = models.DateField(_("发布日期"), null=True)
    recency = models.IntegerField(default=0)
    confidence = models.FloatField()
    review = models.CharField(max_length=10, blank=True)
    attention = models.IntegerField(default=0)  # how much it asks for a person's eye; 0: not at all (`attention.csv`)
    key = models.CharField(max_length=32)  # same key: same subject, indicator, period, kind, status and measure
    value_key = models.CharField(max_length=32, blank=True)  # same: equal values of one measure of one subject
    pair_key = models.CharField(max_length=32, blank=True)  # same: equal values of one measure, whoever the subject
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("数字")
        ordering: ClassVar = ["-recency", "statement"]
        indexes: ClassVar = [
            models.Index(fields=["-recency", "statement"], name="figure_recency"),
            models.Index(fields=["city_code", "-recency", "statement"], name="figure_city"),
            models.Index(fields=["region_code", "-recency", "statement"], name="figure_region"),
            models.Index(fields=["chain_name", "-recency", "statement"], name="figure_chain"),
            models.Index(fields=["indicator", "-recency", "statement"], name="figure_indicator"),
            models.Index(fields=["status", "-recency", "statement"], name="figure_status"),
            models.Index(fields=["period_end", "period_start", "-recency", "statement"], name="figure_period"),
            models.Index(fields=["source", "-recency", "statement"], name="figure_source"),
            models.Index(fields=["subject", "-recency", "statement"], name="figure_subject"),
            models.Index(
                fields=["repeats", "city_code", "status", "chain_name", "region_code", "level"], name="figure_counted"
            ),
            models.Index(fields=["-value", "statement"], name="figure_value"),
            models.Index(fields=["confidence", "statement"], name="figure_confidence"),
            models.Index(fields=["-attention", "statement"], name="figure_attention"),
            models.Index(fields=["key"], name="figure_key"),
            models.Index(fields=["value_key"], name="figure_value_key"),
            models.Index(fields=["pair_key"], name="figure_pair_key"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name} · {self.indicator} · {self.number}{self.unit}"


class Pair(models.Model):
    """Two facts that may be one: equal figures, kindred indicators, other subjects. A person decides."""

    id = models.CharField(primary_key=True, max_length=32)
    left = models.ForeignKey(FigureView, models.DO_NOTHING, db_constraint=False, related_name="pairs_left")
    right = models.ForeignKey(FigureView, models.DO_NOTHING, db_constraint=False, related_name="pairs_right")
    likeness = models.FloatField()
    pair_key = models.CharField(max_length=32, db_index=True)
    objects = Guarded()

    class Meta:
        verbose_name = _("疑似同一事实")

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"

    @property
    def both(self) -> tuple[FigureView, FigureView]:
        """Its two figures."""
        return self.left, self.right


class ProjectView(models.Model):
    """One project."""

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="project_view")
    name = models.CharField(_("项目"), max_length=255)
    stage = models.CharField(_("阶段"), max_length=16, blank=True)
    stage_order = models.SmallIntegerField(default=0)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    region_assumed = models.BooleanField(default=False)
    place = models.CharField(_("地点"), max_length=255, blank=True)
    owner = models.CharField(_("建设单位"), max_length=255, blank=True)
    owner_entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")
    chain_name = models.CharField(_("产业链"), max_length=64, blank=True)
    investment = models.FloatField(_("总投资（元）"), null=True)
    n_statements = models.IntegerField()
    n_sources = models.IntegerField()
    conflict = models.CharField(max_length=64, blank=True)  # columns on which sources differ, comma-separated
    recency = models.IntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("项目")
        ordering: ClassVar = ["-recency", "entity"]
        indexes: ClassVar = [
            models.Index(fields=["-recency", "entity"], name="project_recency"),
            models.Index(fields=["city_code", "-recency", "entity"], name="project_city"),
            models.Index(fields=["region_code", "-recency", "entity"], name="project_region"),
            models.Index(fields=["chain_name", "-recency", "entity"], name="project_chain"),
            models.Index(fields=["stage_order", "-recency", "entity"], name="project_stage"),
            models.Index(fields=["-investment", "entity"], name="project_investment"),
            models.Index(fields=["name"], name="project_name"),
            models.Index(
                fields=["city_code", "stage", "region_code", "chain_name", "level", "investment"], name="project_counts"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class EnterpriseView(models.Model):
    """One enterprise."""

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="enterprise_view")
    name = models.CharField(_("企业"), max_length=255)
    role = models.CharField(_("角色"), max_length=16, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    region_assumed = models.BooleanField(default=False)
    chains = models.TextField(_("产业链"), blank=True)  # names between bars: |光伏|氢能|
    n_statements = models.IntegerField()
    n_sources = models.IntegerField()
    recency = models.IntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("企业")
        ordering: ClassVar = ["-recency", "entity"]
        indexes: ClassVar = [
            models.Index(fields=["-recency", "entity"], name="enterprise_recency"),
            models.Index(fields=["city_code", "-recency", "entity"], name="enterprise_city"),
            models.Index(fields=["region_code", "-recency", "entity"], name="enterprise_region"),
            models.Index(fields=["role", "-recency", "entity"], name="enterprise_role"),
            models.Index(fields=["name"], name="enterprise_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def chain_names(self) -> list[str]:
        """Its chains as a list."""
        return [name for name in self.chains.split("|") if name]


class ChainView(models.Model):
    """One chain at one holder."""

    id = models.CharField(primary_key=True, max_length=32)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="chain_views")
    name = models.CharField(_("产业链"), max_length=64)
    holder = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="held_chains")
    holder_name = models.CharField(_("所在"), max_length=255)
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    role = models.CharField(_("地位"), max_length=8, blank=True)
    n_statements = models.IntegerField()
    n_sources = models.IntegerField()
    n_enterprises = models.IntegerField(default=0)
    n_projects = models.IntegerField(default=0)
    recency = models.IntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)  # of confidentiality: that of what it is made of
    objects = Guarded()

    class Meta:
        verbose_name = _("产业链")
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [
            models.Index(fields=["name", "id"], name="chain_name"),
            models.Index(fields=["city_code", "name"], name="chain_city"),
            models.Index(fields=["region_code", "name"], name="chain_region"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.holder_name}）"
