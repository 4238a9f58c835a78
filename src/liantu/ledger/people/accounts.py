"""Accounts and what they may do: every change is checked, done and noted in one transaction.

`by` is the administrator who does it, empty for the command line. Errors are sentences for people, in both languages. Who administers
some regions only is held to them (`people.administering`), whatever page it came from.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from liantu.ledger.models import Account, Grant, Invitation, Office, Role
from liantu.ledger.people.administering import (
    ensure_account,
    ensure_grant,
    ensure_joining,
    ensure_lasting,
    ensure_office,
    ensure_place,
)
from liantu.ledger.people.auditing import Kind, note
from liantu.ledger.rights.scopes import Cell, cell_of
from liantu.vocabulary.access import ACTIONS, confidentiality
from liantu.vocabulary.regions import regions


def add_user(username: str, by: str, *, full_name: str = "", office: Office | None = None, post: str = "") -> Any:
    """A new account without a password: an invitation lets its owner set one. Raises ValueError."""
    username = username.strip()
    users = get_user_model()
    if not username or len(username) > 150 or any(c.isspace() for c in username):
        raise ValueError("请填写用户名，其中不能有空格 / fill in a user name without spaces")
    ensure_joining(office)
    with transaction.atomic():
        if users.objects.filter(username__iexact=username).exists():
            raise ValueError(
                f"已有账号“{username}”，请换一个用户名 / there is an account {username}: choose another name"
            )
        user = users.objects.create_user(username)
        Account.objects.create(user=user, full_name=full_name[:64], office=office, post=post[:64])
        note(Kind.ACCOUNT, f"新建账号 {username}", who=by, detail={"office": str(office or "")})
    return user


def change_user(user: Any, by: str, *, full_name: str, office: Office | None, post: str) -> None:
    """Write name, office and post of an account anew."""
    ensure_account(user)
    ensure_joining(office)
    with transaction.atomic():
        account, _made = Account.objects.get_or_create(user=user)
        before = {"full_name": account.full_name, "office": str(account.office or ""), "post": account.post}
        account.full_name, account.office, account.post = full_name[:64], office, post[:64]
        account.save(update_fields=["full_name", "office", "post"])
        after = {"full_name": account.full_name, "office": str(office or ""), "post": account.post}
        note(Kind.ACCOUNT, f"修改账号 {user.get_username()}", who=by, detail={"before": before, "after": after})


def set_active(user: Any, by: str, *, active: bool) -> None:
    """Shut an account, which ends its sessions at once, or open it again. Raises ValueError for the last administrator."""
    ensure_account(user)
    with transaction.atomic():
        _locked()
        if not active:
            _refuse_last(user)
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            Invitation.objects.filter(user=user, used_at=None).update(withdrawn_at=timezone.now())
        note(Kind.ACCOUNT, f"{'启用' if active else '停用'}账号 {user.get_username()}", who=by)


def give_grant(
    role: Role, by: str, *, user: Any = None, office: Office | None = None, region: str = "", chains: Sequence[str] = (),
    level: int = 0, until: date | None = None, reason: str = "",
) -> Grant:  # fmt: skip
    """Grant a role to an account or to all of an office. Raises ValueError for what there is not."""
    if region and region not in regions():
        raise ValueError(f"没有这个地区代码：{region} / there is no such region code: {region}")
    if level not in confidentiality():
        raise ValueError("没有这一密级 / there is no such level of confidentiality")
    if until is not None and until < timezone.localdate():
        raise ValueError("有效期已过，请填今天或以后的日期 / the end lies in the past: give today or a later day")
    if (user is None) == (office is None):
        raise ValueError("请选择授予一个账号或一个单位 / choose one account or one office")
    names = sorted({c.strip() for c in chains if c.strip()})
    cell = Cell(region, tuple(names) or None, level)
    ensure_grant(role, office or user, cell)
    ensure_lasting(role, cell, until)
    with transaction.atomic():
        grant = Grant.objects.create(
            role=role, user=user, office=office, region_code=region, chains=names, level=level, until=until, by=by, reason=reason[:255],
        )  # fmt: skip
        note(Kind.ACCOUNT, f"授权 {_holder(grant)}：{role.name_zh}", who=by, detail=told(grant))
    return grant


def end_grant(grant: Grant, by: str) -> None:
    """End a grant. Raises ValueError when nobody could administer afterwards."""
    ensure_grant(grant.role, grant.office or grant.user, cell_of(grant))
    with transaction.atomic():
        _locked()
        if grant.ended_at is not None:
            return
        grant.ended_at, grant.ended_by = timezone.now(), by
        grant.save(update_fields=["ended_at", "ended_by"])
        if not administrators():
            raise ValueError(LAST)
        note(Kind.ACCOUNT, f"收回 {_holder(grant)}：{grant.role.name_zh}", who=by, detail=told(grant))


LAST = (
    "这是最后一位管理员，停用或收回之后就没有人能管理账号了；请先另设一位管理员 / "
    "this is the last administrator: make another one first"
)


def administrators() -> list[Any]:
    """The active accounts that may administer everything."""
    users = {u.pk: u for u in get_user_model().objects.filter(is_superuser=True, is_active=True)}
    grants = Grant.objects.filter(ended_at=None, role__actions__contains="|administer|").select_related(
        "user", "office"
    )
    for grant in grants:
        # One that ends some day is not counted: after that day there might be nobody.
        if grant.until is not None or not cell_of(grant).covers(WHOLE):
            continue
        held = [grant.user] if grant.user is not None else [
            a.user for a in Account.objects.filter(office=grant.office, office__closed_at=None).select_related("user")
        ]  # fmt: skip
        users.update({u.pk: u for u in held if u.is_active})
    return list(users.values())


WHOLE: Cell = Cell(level=max(confidentiality()))


def _locked() -> None:
    """Let nobody else change administrators meanwhile: two who remove one another at once would leave none."""
    list(get_user_model().objects.select_for_update().filter(is_active=True).values_list("pk", flat=True)[:1000])


def _refuse_last(user: Any) -> None:
    if [each.pk for each in administrators()] == [user.pk]:
        raise ValueError(LAST)


def save_office(
    by: str,
    *,
    name: str,
    short: str = "",
    region: str = "",
    contact: str = "",
    office: Office | None = None,
    level: int = 0,
) -> Office:
    """Add an office, or write one anew. Raises ValueError."""
    name = name.strip()[:128]
    if not name:
        raise ValueError("请填写单位名称 / fill in the office's name")
    if region and region not in regions():
        raise ValueError(f"没有这个地区代码：{region} / there is no such region code: {region}")
    if level not in confidentiality():
        raise ValueError("没有这一密级 / there is no such level of confidentiality")
    if Office.objects.filter(name=name).exclude(pk=office.pk if office else 0).exists():
        raise ValueError(f"已有单位“{name}” / there is an office {name} already")
    ensure_place(region)
    if office is not None:
        ensure_office(office)
    with transaction.atomic():
        found = office or Office()
        found.name, found.short, found.region_code, found.contact = name, short[:32], region, contact[:128]
        found.level = level
        found.save()
        detail = {"region": region, "level": level}
        note(Kind.ACCOUNT, f"{'修改' if office else '新建'}单位 {name}", who=by, detail=detail)
    return found


def save_role(
    by: str, *, value: str, name: str, actions: Sequence[str], meaning: str = "", role: Role | None = None
) -> Role:
    """Add a role, or write one anew; reading belongs to each. Raises ValueError, also when nobody could administer afterwards."""
    if not name.strip():
        raise ValueError("请填写角色名称 / fill in the role's name")
    chosen = [action for action in ACTIONS if action == "read" or action in actions]
    if role is None and (not value or Role.objects.filter(value=value).exists()):
        raise ValueError("请换一个角色代号 / choose another code for the role")
    with transaction.atomic():
        _locked()
        found = role or Role(value=value[:32])
        before = found.allowed
        found.name_zh, found.meaning_zh, found.actions = name.strip()[:64], meaning[:255], f"|{'|'.join(chosen)}|"
        found.save()
        if not administrators():
            raise ValueError(LAST)
        note(Kind.ACCOUNT, f"角色 {found.name_zh}", who=by, detail={"before": list(before), "after": chosen})
    return found


def invite(user: Any, by: str) -> tuple[str, Invitation]:
    """A new one-time link for an account: its token, which is kept nowhere, and the invitation. Earlier ones no longer hold.

    Raises ValueError for an account that is shut.
    """
    if not user.is_active:
        raise ValueError("账号已停用，请先启用再邀请 / the account is shut: open it first")
    ensure_account(user)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        now = timezone.now()
        Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        made = Invitation.objects.create(
            user=user, digest=_digest(token), by=by, expires_at=now + timedelta(hours=settings.INVITATION_HOURS)
        )
        note(
            Kind.ACCOUNT, f"邀请 {user.get_username()} 设置密码", who=by, detail={"until": made.expires_at.isoformat()}
        )
    return token, made


def invited(token: str) -> Invitation | None:
    """The invitation of a link that still holds."""
    found = (
        Invitation.objects.select_related("user").filter(digest=_digest(token), used_at=None, withdrawn_at=None).first()
    )
    return found if found is not None and found.expires_at > timezone.now() and found.user.is_active else None


def accept(token: str, password: str) -> Any:
    """Set the password of an invited account; the link holds no longer. Raises ValueError (link), ValidationError (password)."""
    with transaction.atomic():
        found = invited(token)
        # The update decides: of two who open the link at once one comes too late.
        if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=timezone.now()):
            raise ValueError(
                "链接已用过或已过期，请管理员重新发一个 / the link was used or has expired: ask for a new one"
            )
        set_password(found.user, password, by=found.user.get_username())
    return found.user


def set_password(user: Any, password: str, by: str) -> None:
    """Give an account a password; its other sessions end. Raises ValidationError with sentences on what is wrong."""
    if user.has_usable_password() and user.check_password(password):
        raise ValidationError("新密码与原密码相同，请换一个 / the new password is the old one: choose another")
    validate_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        Account.objects.update_or_create(user=user, defaults={"must_change": False, "password_at": timezone.now()})
        note(Kind.ACCOUNT, f"设置密码 {user.get_username()}", who=by)


def told(grant: Grant) -> dict[str, Any]:
    """A grant as the log keeps it."""
    return {
        "role": grant.role.value,
        "region": grant.region_code,
        "chains": grant.chains,
        "level": grant.level,
        "until": grant.until.isoformat() if grant.until else "",
        "reason": grant.reason,
    }


def _holder(grant: Grant) -> str:
    return grant.user.get_username() if grant.user is not None else str(grant.office)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
