"""Logging in for the first time, and every time after."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from liantu.server.administrator import ensure_administrator

pytestmark = pytest.mark.django_db


def test_the_first_start_makes_one_administrator(tmp_path: Path, django_user_model) -> None:
    login = ensure_administrator(tmp_path)
    assert login.is_new
    [user] = django_user_model.objects.all()
    assert user.username == login.username == "admin"
    assert user.is_superuser and user.check_password(login.password)


def test_only_its_owner_can_read_the_password_file(tmp_path: Path) -> None:
    login = ensure_administrator(tmp_path)
    assert login.password in login.file.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert stat.S_IMODE(login.file.stat().st_mode) == 0o600


def test_a_later_start_shows_the_same_login(tmp_path: Path) -> None:
    first = ensure_administrator(tmp_path)
    second = ensure_administrator(tmp_path)
    assert (second.username, second.password, second.is_new) == (first.username, first.password, False)


def test_a_changed_password_is_no_longer_shown(tmp_path: Path, django_user_model) -> None:
    login = ensure_administrator(tmp_path)
    user = django_user_model.objects.get()
    user.set_password("由本人改过的口令2024")
    user.save()
    later = ensure_administrator(tmp_path)
    assert later.password is None
    assert not login.file.exists()
    user.refresh_from_db()
    assert user.check_password("由本人改过的口令2024")


def test_passwords_differ_between_installations(tmp_path: Path, django_user_model) -> None:
    first = ensure_administrator(tmp_path).password
    django_user_model.objects.all().delete()
    assert ensure_administrator(tmp_path).password != first


def test_nobody_is_added_where_another_administrator_can_log_in(tmp_path: Path, django_user_model) -> None:
    django_user_model.objects.create_superuser("chief", password="another-long-one")
    login = ensure_administrator(tmp_path)
    assert (login.username, login.password) == ("chief", None)
    assert not django_user_model.objects.filter(username="admin").exists()
