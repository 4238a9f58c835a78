"""Accounts with rights, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model

from liantu.ledger.models import Account, Grant, Office, Role
from liantu.vocabulary.access import highest_level


def grant(
    user: Any, role: str = "chain_office", region: str = "", chains: Sequence[str] = (), level: int | None = None
) -> Grant:
    """One more grant; without limits when nothing else is said."""
    return Grant.objects.create(
        user=user,
        role=Role.objects.get(value=role),
        region_code=region,
        chains=list(chains),
        level=highest_level() if level is None else level,
        by="test",
    )


def account(
    name: str, *roles: str, region: str = "", chains: Sequence[str] = (), level: int | None = None, password: str = ""
) -> Any:
    """An account with these roles, all with the same limits."""
    user = get_user_model().objects.create_user(name, password=password or None)
    for role in roles:
        grant(user, role, region, chains, level)
    return user


def office(name: str, region: str = "", *members: Any) -> Office:
    """An office with its members."""
    made = Office.objects.create(name=name, region_code=region)
    for user in members:
        Account.objects.update_or_create(user=user, defaults={"office": made})
    return made
