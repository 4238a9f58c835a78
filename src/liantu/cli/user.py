"""`liantu user`: accounts from the command line, for when nobody can log in to the pages, or there is no hurry to open them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from liantu.cli.messages import stop
from liantu.cli.spaces import choose_ledger

FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)


@click.group("user")
def command() -> None:
    """账号：新建、列出、停用、启用、重设密码。授权和单位在网页“账号与权限”里管理。

    Accounts: add, list, shut, open, set a password. Grants and offices are on the page of accounts.
    """


def _user(name: str) -> Any:
    from django.contrib.auth import get_user_model

    found = get_user_model()._default_manager.filter(username=name).first()
    if found is None:
        stop(f"没有账号“{name}”，请用 liantu user list 查看", f"there is no account {name}; see liantu user list")
    return found


def _tell_link(user: Any) -> None:
    from liantu.ledger.people import accounts

    token, made = accounts.invite(user, "liantu user")
    click.echo(
        f"链接（只能用一次，接在工作台地址后面） / link, once, behind the workbench's address: /invitation/{token}"
    )
    click.echo(f"有效期至 / until {made.expires_at:%Y-%m-%d %H:%M} UTC")


def _refused(error: ValueError) -> None:
    zh, _, en = str(error).partition(" / ")
    stop(zh, en or zh)


@command.command("add")
@click.argument("name")
@click.option("--full-name", default="", help="姓名 / the person's name")
@click.option("--role", default="", help="角色代号，如 reader、chain_office / code of a role")
@click.option("--region", default="", help="地区代码，含下辖；不填为全部 / region code; empty: everywhere")
@click.option("--chain", "chains", multiple=True, help="产业链，可多次；不填为全部 / chain, several times; none: all")
@click.option("--level", default=0, show_default=True, help="最高密级：0 公开 1 内部 2 敏感 / highest level")
@FOLDER
def add(
    name: str, full_name: str, role: str, region: str, chains: tuple[str, ...], level: int, folder: Path | None
) -> None:
    """新建账号，可同时授权，并给出设置密码的链接。

    Adds an account, grants it a role if asked, and prints the link with which its owner sets the password.
    """
    choose_ledger(folder)
    from django.db import transaction

    from liantu.ledger.models import Role
    from liantu.ledger.people import accounts

    known = Role.objects.filter(value=role).first() if role else None
    if role and known is None:
        stop(
            f"没有角色“{role}”，可用：{'、'.join(Role.objects.values_list('value', flat=True))}",
            f"there is no role {role}",
            code=2,
        )
    try:
        with transaction.atomic():
            user = accounts.add_user(name, "liantu user", full_name=full_name)
            if known is not None:
                accounts.give_grant(known, "liantu user", user=user, region=region, chains=chains, level=level)
    except ValueError as error:
        _refused(error)
    click.echo(f"已建账号 {name} / added")
    _tell_link(user)


@command.command("list")
@FOLDER
def listed(folder: Path | None) -> None:
    """列出账号和授权。

    Lists accounts and what each is granted.
    """
    choose_ledger(folder)
    from django.contrib.auth import get_user_model

    from liantu.ledger.rights.scopes import grants_of

    for user in get_user_model()._default_manager.order_by("username"):
        state = "" if user.is_active else "（已停用 / shut）"
        grants = [
            f"{g.role.value}@{g.region_code or '*'}:{'|'.join(g.chains) or '*'}:{g.level}" for g in grants_of(user)
        ]
        told = ["system administrator"] if user.is_superuser else []
        click.echo(f"{user.get_username()}{state}\t{' '.join([*told, *grants]) or '-'}")


def _set_active(name: str, folder: Path | None, *, active: bool) -> None:
    choose_ledger(folder)
    from liantu.ledger.people import accounts

    try:
        accounts.set_active(_user(name), "liantu user", active=active)
    except ValueError as error:
        _refused(error)
    click.echo(f"{name}：{'已启用 / open' if active else '已停用 / shut'}")


@command.command("deactivate")
@click.argument("name")
@FOLDER
def deactivate(name: str, folder: Path | None) -> None:
    """停用账号；最后一位管理员不能停用。

    Shuts an account; the last administrator stays.
    """
    _set_active(name, folder, active=False)


@command.command("activate")
@click.argument("name")
@FOLDER
def activate(name: str, folder: Path | None) -> None:
    """重新启用账号。

    Opens an account again.
    """
    _set_active(name, folder, active=True)


@command.command("password")
@click.argument("name")
@FOLDER
def password(name: str, folder: Path | None) -> None:
    """给出重设密码的链接，只能用一次。

    Prints a link, for once, with which the account's owner sets a new password.
    """
    choose_ledger(folder)
    try:
        _tell_link(_user(name))
    except ValueError as error:
        _refused(error)
