"""The simplest things that a grant does and does not."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ledger.people import account


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
