"""Every page says which right it needs; one that says nothing is nobody's but the administrator's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.ledger.people import account

from liantu.workbench.rights import UNDECLARED, need_of


def views(patterns: list[object] | None = None, spaces: tuple[str, ...] = ()) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            found += views(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern):
            found.append(
                (":".join((*spaces, pattern.name or str(pattern.pattern))), need_of(pattern.callback, list(spaces)))
            )
    return found


@pytest.mark.parametrize(("name", "need"), views())
def test_every_address_says_what_it_needs(name: str, need: object) -> None:
    assert need is not UNDECLARED, f"{name}: put @needs(Action.…) of workbench/rights.py above its view"


@pytest.mark.django_db
def test_an_account_without_a_grant_sees_nothing(filled: object, client: Client) -> None:
    client.force_login(account("new"))
    assert client.get("/").status_code == 403
    assert client.get("/api/figures").status_code == 403


@pytest.mark.django_db
def test_a_grant_for_a_city_shows_that_city_alone(filled: object, client: Client) -> None:
    client.force_login(account("jinzhong", "reader", region="140700"))
    assert "甲醇加注站" in client.get("/figures").content.decode()
    client.force_login(account("taiyuan", "reader", region="140100"))
    assert "甲醇加注站" not in client.get("/figures").content.decode()
    assert client.post("/documents/upload").status_code == 403
