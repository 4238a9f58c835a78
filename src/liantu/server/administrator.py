"""The one account there is at first, made at the first start with a random password."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

USERNAME = "admin"
FILE_NAME = "administrator.txt"

# No 0 and o, no 1 and l and i: passwords are read aloud and typed from paper.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP_LENGTH = 4, 4  # 79 bits


@dataclass(frozen=True, slots=True)
class Login:
    """How to log in. `password` is None once it has been changed: then only its owner knows it."""

    username: str
    password: str | None
    file: Path
    is_new: bool


def ensure_administrator(space: Path) -> Login:
    """The login of the administrator, who is made when nobody can log in yet.

    The password stands in `administrator.txt` in the ledger's folder, readable by its owner alone, so that a later
    start can show it again; the file goes when the password in it no longer opens the account.
    """
    from django.contrib.auth import get_user_model

    file = space / FILE_NAME
    administrators = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    known = administrators.filter(username=USERNAME).first() or administrators.order_by("pk").first()
    if known is None:
        return _make(file)
    password = _read(file)
    if password and known.get_username() == USERNAME and known.check_password(password):
        return Login(USERNAME, password, file, is_new=False)
    file.unlink(missing_ok=True)
    return Login(known.get_username(), None, file, is_new=False)


def _make(file: Path) -> Login:
    from django.contrib.auth import get_user_model

    password = new_password()
    user, _ = get_user_model()._default_manager.get_or_create(username=USERNAME)
    user.is_active = user.is_staff = user.is_superuser = True
    user.set_password(password)
    _write(file, password)
    user.save()
    return Login(USERNAME, password, file, is_new=True)


def new_password() -> str:
    """A random password such as `k7mw-3hxq-vv2p-9ncd`."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _write(file: Path, password: str) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(f"{USERNAME}\n{password}\n")


def _read(file: Path) -> str | None:
    try:
        lines = file.read_text(encoding="utf-8").split()
    except OSError:
        return None
    return lines[1] if len(lines) == 2 else None
