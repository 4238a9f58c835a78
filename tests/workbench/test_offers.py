"""What pages offer: everybody is shown what they may do, and nothing that would only refuse them.

Each sort of reader walks along all that the pages show, and tries every form on them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.ledger.people import account, grant
from tests.workbench.browsing import doors, fields_of, forms_in, route_of, walk
from tests.workbench.routes_and_rights import APPROVE, EDIT, REFUSED, ROUTES
from tests.workbench.test_rights_matrix import HOME
from tests.workbench.worlds import World, all_worlds


def reads_home(name: str) -> Any:
    return account(name, "reader", **HOME)


def edits_home(name: str) -> Any:
    return account(name, "liaison", **HOME)


def approves_home(name: str) -> Any:
    return account(name, "chain_leader", **HOME)


def works_home(name: str) -> Any:
    return account(name, "chain_office", **HOME)


def reads_all_edits_home(name: str) -> Any:
    """Whom pages show rows that they may not touch, beside rows that they may."""
    user = account(name, "reader")
    grant(user, "chain_office", HOME["region"], HOME["chains"], HOME["level"])
    return user


READERS = (reads_home, edits_home, approves_home, works_home, reads_all_edits_home)


@pytest.fixture
def worlds(db: None, tmp_path: Path) -> dict[str, World]:
    return all_worlds(tmp_path)


def offers(client: Client, user: Any, beginnings: list[str]) -> tuple[set[str], list[str]]:
    """The routes of all forms that a reader is shown, and what would have refused them."""
    client.force_login(user)
    shown, refusals = set(), []
    reached = [address for address in beginnings if client.get(address).status_code == 200]
    for page in walk(client, reached, most=2):
        if page.status in (403, 404):
            refusals.append(f"a link to {page.address}: {page.status}")
        for form in forms_in(page.tree, page.address) if page.tree is not None else ():
            name, _arguments = route_of(form.action)
            if form.method != "post" or not form.element.xpath(".//button|.//input[@type='submit']"):
                continue
            shown.add(name)
            if name in ("logout", "language", "password"):
                continue
            with transaction.atomic():
                status = client.post(form.action, fields_of(form.element)).status_code
                transaction.set_rollback(True)
            client.force_login(user)
            if status in (403, 404):
                refusals.append(f"{name} on {page.address}: {status}")
    return shown, refusals


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_nothing_is_offered_that_would_refuse(worlds: dict[str, World], client: Client, reader: Any) -> None:
    beginnings = doors(worlds["home"])
    if reader is reads_all_edits_home:
        beginnings += doors(worlds["region"])
    shown, refusals = offers(client, reader("someone"), beginnings)
    assert not refusals, "\n".join(sorted(set(refusals)))
    writes = {name for name in shown if ROUTES[name].post in (EDIT, APPROVE)}
    if reader is reads_home:
        assert writes == set()
    else:
        assert len(writes) > (4 if reader is approves_home else 8)  # there is less to decide on than to edit


@pytest.mark.django_db
def test_an_administrator_is_offered_every_form_there_is(worlds: dict[str, World], clerk: Client, user: Any) -> None:
    shown, refusals = offers(clerk, user, doors(worlds["home"]))
    assert not refusals
    assert len([name for name in shown if ROUTES[name].post not in (REFUSED, "read", "everybody", "anybody")]) > 50
