"""Who may do what: offices, accounts, roles, grants, invitations; and what was done by whom.

Django's user is the account that logs in. Rows here are never deleted: a grant ends, an office closes, an entry of the audit
log stays until `liantu audit prune` may take it.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """An organisation: a chain office, an investment bureau, a zone's committee."""

    name = models.CharField(_("单位名称"), max_length=128, unique=True)
    short = models.CharField(_("简称"), max_length=32, blank=True)
    region_code = models.CharField(_("所在地区"), max_length=40, blank=True)  # virtual regions too
    contact = models.CharField(_("联系人和电话"), max_length=128, blank=True)
    level = models.PositiveSmallIntegerField(_("上传文件的密级"), default=0)  # that uploads of its people begin with
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("单位")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return str(self.name)


class Account(models.Model):
    """What Django's user does not say of a person: the office, the post, and whether the password must be changed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="account")
    full_name = models.CharField(_("姓名"), max_length=64, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="accounts")
    post = models.CharField(_("职务"), max_length=64, blank=True)
    must_change = models.BooleanField(_("下次登录须改密码"), default=False)
    password_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.full_name or self.user.get_username()


class Role(models.Model):
    """A set of actions under a name. The first ones come from `access_roles.csv`; an office adds its own."""

    value = models.CharField(max_length=32, unique=True)
    name_zh = models.CharField(_("角色"), max_length=64)
    name_en = models.CharField(max_length=64, blank=True)
    actions = models.CharField(_("权限"), max_length=64)  # of `vocabulary.access.ACTIONS`, between bars: |read|edit|
    meaning_zh = models.CharField(_("说明"), max_length=255, blank=True)
    meaning_en = models.CharField(max_length=255, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name = _("角色")
        ordering: ClassVar = ["order", "value"]

    def __str__(self) -> str:
        return str(self.name_zh)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The actions as a tuple."""
        return tuple(action for action in self.actions.split("|") if action)


class Grant(models.Model):
    """A role for one account or for all of an office: where, for which chains, up to which level of confidentiality."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="grants")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    region_code = models.CharField(_("地区"), max_length=40, blank=True)  # empty: everywhere
    chains = models.JSONField(_("产业链"), default=list, blank=True)  # empty: every chain
    level = models.PositiveSmallIntegerField(_("最高密级"), default=0)
    until = models.DateField(_("有效期至"), null=True, blank=True)  # the last day on which it holds
    by = models.CharField(_("谁授予"), max_length=150)
    at = models.DateTimeField(_("何时"), auto_now_add=True)
    reason = models.CharField(_("依据"), max_length=255, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("授权")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user=None, office__isnull=False) | Q(user__isnull=False, office=None), name="grant_to_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "ended_at"], name="grant_user"),
            models.Index(fields=["office", "ended_at"], name="grant_office"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.region_code or '*'} {'|'.join(self.chains) or '*'} {self.level}"


class Invitation(models.Model):
    """A link that lets one person set the first (or a new) password of an account, once. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("邀请")

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at}"


class LoginFailure(models.Model):
    """A login that failed. Kept in the database: starting anew does not give a guesser another round."""

    account = models.CharField(max_length=150)  # as typed, folded
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("登录失败")
        indexes: ClassVar = [
            models.Index(fields=["account", "at"], name="loginfailure_account"),
            models.Index(fields=["address", "at"], name="loginfailure_address"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.address}"


class AuditEntry(models.Model):
    """Who did what, when, from where. Rows are only added; `ledger.auditing.prune` alone takes old ones."""

    class Kind(models.TextChoices):
        """What sort of event it was."""

        LOGIN = "login", _("登录")
        LOGOUT = "logout", _("退出")
        LOGIN_FAILED = "failed", _("登录失败")
        REFUSED = "refused", _("越权被拒")
        VIEW = "view", _("查看敏感内容")
        EXPORT = "export", _("导出")
        WRITE = "write", _("写入")
        ACCOUNT = "account", _("账号和授权")
        PRUNED = "pruned", _("清理日志")

    at = models.DateTimeField(_("时间"))
    kind = models.CharField(_("事项"), max_length=8, choices=Kind.choices)
    who = models.CharField(_("账号"), max_length=150, blank=True)
    address = models.CharField(_("来自"), max_length=64, blank=True)
    what = models.CharField(_("做了什么"), max_length=255)
    path = models.CharField(_("页面"), max_length=512, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("审计日志")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="auditentry_at"),
            models.Index(fields=["who", "-at"], name="auditentry_who"),
            models.Index(fields=["kind", "-at"], name="auditentry_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.what}"
