"""What officials keep of a project: stages entered by hand, phases, plans, months, problems, factors, permits, people.

Facts that the reader finds stay statements; nothing here is mixed with them. Money is in yuan.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liantu.ledger.models.facts import Entity
from liantu.ledger.models.records import CodeField, MoneyField, ProjectRecord
from liantu.ledger.rights.managing import Guarded


def _once(name: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=fields, condition=Q(removed_at=None), name=name)


class ProjectDetail(ProjectRecord):
    """One row a project: what its ledger says of it as a whole."""

    project_code = models.CharField(_("项目代码"), max_length=32, blank=True)
    project_type = CodeField(_("项目类型"), words="project_type", blank=True)
    build_nature = CodeField(_("建设性质"), words="build_nature", blank=True)
    level = CodeField(_("级别"), words="level", blank=True)
    owner_unit = models.CharField(_("责任单位"), max_length=128, blank=True)
    zone = models.CharField(pgettext_lazy("record", "开发区"), max_length=128, blank=True)
    total_investment = MoneyField(_("总投资"))
    contract_investment = MoneyField(_("合同投资"))
    funding_source = models.CharField(_("资金来源"), max_length=128, blank=True)
    expected_output = MoneyField(_("计划年产值"))
    actual_output = MoneyField(_("实际年产值"))
    newly_attracted = models.BooleanField(_("新引进项目"), default=False)
    approval_mode = CodeField(_("审批方式"), words="approval_mode", blank=True)
    dispatch_status = CodeField(_("调度状态"), words="dispatch_status", blank=True)
    blocker = CodeField(_("堵点"), words="blocker_kind", blank=True)
    physical_progress = models.CharField(_("形象进度"), max_length=255, blank=True)
    next_step = models.TextField(_("下一步"), blank=True)
    next_step_due = models.DateField(_("下一步期限"), null=True, blank=True)
    COLUMNS = (
        "project_code", "project_type", "build_nature", "level", "owner_unit", "zone", "total_investment",
        "contract_investment", "funding_source", "expected_output", "actual_output", "newly_attracted", "approval_mode",
        "dispatch_status", "blocker", "physical_progress", "next_step", "next_step_due",
    )  # fmt: skip

    class Meta:
        verbose_name = _("台账信息")
        constraints: ClassVar = [_once("projectdetail_once", "project")]


class StageEntry(ProjectRecord):
    """A stage or side state that an official enters: reached on a day, or planned for one."""

    stage = CodeField(_("阶段"), words="stage")
    on = models.DateField(_("日期"), null=True, blank=True)
    planned = models.BooleanField(_("是计划"), default=False)
    phase = models.CharField(_("期次"), max_length=32, blank=True)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("stage", "on", "planned", "phase", "basis", "note")

    class Meta:
        verbose_name = _("阶段")
        indexes: ClassVar = [models.Index(fields=["project", "on"], name="stageentry_project")]


class ProjectPhase(ProjectRecord):
    """一期, 二期 …: its stage comes from the entries and sentences that name it."""

    name = models.CharField(_("期次"), max_length=32)
    content = models.TextField(_("建设内容"), blank=True)
    investment = MoneyField(_("投资"))
    COLUMNS = ("name", "content", "investment")

    class Meta:
        verbose_name = _("分期")
        constraints: ClassVar = [_once("projectphase_once", "project", "name")]


class YearPlan(ProjectRecord):
    """What a year is to bring, and what stood at its beginning."""

    year = models.PositiveSmallIntegerField(_("年份"))
    bucket = CodeField(_("计划分类"), words="plan_bucket", blank=True)
    invest = MoneyField(_("年度计划投资"))
    carried_completed = MoneyField(_("截至上年底累计完成投资"))
    carried_received = MoneyField(_("截至上年底累计到位资金"))
    carried_paid = MoneyField(_("截至上年底累计支付资金"))
    carried_allocated = MoneyField(_("截至上年底累计下达投资"))
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = (
        "year", "bucket", "invest", "carried_completed", "carried_received", "carried_paid", "carried_allocated", "note",
    )  # fmt: skip

    class Meta:
        verbose_name = _("年度计划")
        constraints: ClassVar = [_once("yearplan_once", "project", "year")]


class MonthlyReport(ProjectRecord):
    """One month: what was completed, came in and was paid in that month alone."""

    year = models.PositiveSmallIntegerField(_("年份"))
    month = models.PositiveSmallIntegerField(_("月份"))
    completed = MoneyField(_("本月完成投资"))
    civil = MoneyField(_("其中土建"))
    equipment = MoneyField(_("其中设备"))
    other = MoneyField(_("其中其他"))
    received = MoneyField(_("本月到位资金"))
    paid = MoneyField(_("本月支付资金"))
    allocated = MoneyField(_("本月下达投资"))
    progress = models.CharField(_("形象进度"), max_length=255, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = (
        "year", "month", "completed", "civil", "equipment", "other", "received", "paid", "allocated", "progress", "note",
    )  # fmt: skip

    class Meta:
        verbose_name = _("月报")
        constraints: ClassVar = [_once("monthlyreport_once", "project", "year", "month")]


class OfficialAssignment(ProjectRecord):
    """Who looks after a project."""

    role = CodeField(_("身份"), words="official_role")
    name = models.CharField(_("姓名"), max_length=64)
    unit = models.CharField(_("单位"), max_length=128, blank=True)
    post = models.CharField(_("职务"), max_length=128, blank=True)
    telephone = models.CharField(_("电话"), max_length=32, blank=True)
    since = models.DateField(_("起"), null=True, blank=True)
    until = models.DateField(_("止"), null=True, blank=True)
    COLUMNS = ("role", "name", "unit", "post", "telephone", "since", "until")

    class Meta:
        verbose_name = _("包联人员")
        indexes: ClassVar = [models.Index(fields=["project", "role"], name="official_project")]


class FactorNeed(ProjectRecord):
    """Land, energy, capital …: how much is needed, how much is there."""

    factor = CodeField(_("要素"), words="factor_kind")
    needed = models.DecimalField(_("需要"), max_digits=18, decimal_places=4, null=True, blank=True)
    met = models.DecimalField(_("已保障"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=16, blank=True)
    owner = models.CharField(_("责任单位"), max_length=128, blank=True)
    due = models.DateField(_("期限"), null=True, blank=True)
    met_on = models.DateField(_("保障到位日期"), null=True, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("factor", "needed", "met", "unit", "owner", "due", "met_on", "note")

    class Meta:
        verbose_name = _("要素")
        indexes: ClassVar = [models.Index(fields=["project", "factor"], name="factor_project")]


class ProjectProblem(ProjectRecord):
    """A problem: solved when its owner says so, closed when somebody has verified it (销号)."""

    text = models.TextField(pgettext_lazy("record", "问题"))
    blocker = CodeField(_("堵点"), words="blocker_kind", blank=True)
    level = CodeField(_("协调层级"), words="problem_level", blank=True)
    owner = models.CharField(_("责任人或单位"), max_length=128)
    raised_on = models.DateField(_("提出日期"), null=True, blank=True)
    due = models.DateField(_("解决期限"), null=True, blank=True)
    solved_on = models.DateField(_("报告解决日期"), null=True, blank=True)
    solution = models.TextField(_("怎样解决"), blank=True)
    verified_on = models.DateField(_("核验销号日期"), null=True, blank=True)
    verified_by = models.CharField(_("核验人"), max_length=64, blank=True)
    COLUMNS = (
        "text", "blocker", "level", "owner", "raised_on", "due", "solved_on", "solution", "verified_on", "verified_by",
    )  # fmt: skip

    class Meta:
        verbose_name = pgettext_lazy("record", "问题")
        indexes: ClassVar = [models.Index(fields=["project", "verified_on"], name="problem_project")]

    @property
    def state(self) -> str:
        """`open`, `solved` (waits for verification) or `closed`."""
        return "closed" if self.verified_on else "solved" if self.solved_on else "open"


class Permit(ProjectRecord):
    """One procedure with its owner and its clock. Those of one group run side by side."""

    item = models.CharField(_("手续"), max_length=128)
    group = models.CharField(_("并联组"), max_length=32, blank=True)
    owner = models.CharField(_("责任人或单位"), max_length=128, blank=True)
    started_on = models.DateField(_("受理日期"), null=True, blank=True)
    due = models.DateField(_("办结期限"), null=True, blank=True)
    done_on = models.DateField(_("办结日期"), null=True, blank=True)
    note = models.TextField(_("说明"), blank=True)
    COLUMNS = ("item", "group", "owner", "started_on", "due", "done_on", "note")

    class Meta:
        verbose_name = _("手续")
        indexes: ClassVar = [models.Index(fields=["project", "group"], name="permit_project")]


class ProjectStanding(models.Model):
    """Where a project stands by its officials: computed from their records with every change."""

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="+")
    stage = models.CharField(max_length=16, blank=True)
    stage_order = models.SmallIntegerField(default=0)
    reached = models.CharField(max_length=255, blank=True)  # |signed|started|, those implied included
    side = models.CharField(max_length=16, blank=True)
    open_problems = models.IntegerField(default=0)
    next_due = models.DateField(null=True)  # the earliest deadline of what is still open
    objects = Guarded()

    class Meta:
        verbose_name = _("办理情况")
        indexes: ClassVar = [
            models.Index(fields=["next_due"], name="standing_due"),
            models.Index(fields=["open_problems"], name="standing_problems"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.stage}"
