"""Every address × everybody who may come: what the page says it needs, what the table says, and what happens, are the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.ledger.people import account
from tests.workbench.routes_and_rights import (
    ADMINISTER,
    ANYBODY,
    EVERYBODY,
    REFUSED,
    ROUTES,
)
from tests.workbench.worlds import World, all_worlds, rows_of

from liantu.ledger.models import Office, Revision

HOME = {"region": "140700", "chains": ["光伏"], "level": 0}
ROLES = {"no right": (), "read": ("reader",), "edit": ("liaison",), "approve": ("chain_leader",)}
"""Of the one who approves it is told that approving does not bring editing along."""
ALLOWS = {"no right": set(), "read": {"read"}, "edit": {"read", "edit"}, "approve": {"read", "approve"}}


@pytest.fixture
def worlds(ledger: str, tmp_path: Path) -> dict[str, World]:
    return all_worlds(tmp_path)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=True)


def calls(world: World) -> Iterator[tuple[str, str, str, str]]:
    """Name, address, method and needed action of every call that the table allows, with rows of a world."""
    for name, route in ROUTES.items():
        for arguments in route.arguments(world)[:3]:
            for method, action in (("get", route.get), ("post", route.post)):
                if action != REFUSED:
                    yield name, reverse(name, kwargs=arguments), method, action


def answer(client: Client, method: str, address: str) -> int:
    """The status of an answer; whatever it changed is taken back."""
    with transaction.atomic():
        status = int(getattr(client, method)(address).status_code)
        transaction.set_rollback(True)
    return status


def counts() -> dict[str, int]:
    """Rows of every table that holds the office's work; the log of what was refused is not of it."""
    return {m.__name__: rows_of(m) for m in apps.get_app_config("ledger").get_models() if m.__name__ != "AuditEntry"}


def test_nobody_is_let_in_without_logging_in(worlds: dict[str, World], client: Client) -> None:
    for name, address, method, action in calls(worlds["home"]):
        status = answer(client, method, address)
        if action == ANYBODY:
            assert status in {200, 302, 403, 404}, name
        else:
            assert status in {302, 401}, (name, method, status)


@pytest.mark.parametrize("who", ROLES)
def test_each_right_opens_what_it_is_for_and_no_more(worlds: dict[str, World], client: Client, who: str) -> None:
    client.force_login(user := account("someone", *ROLES[who], **HOME))
    own_rows(user, worlds["home"])
    before, number = counts(), Revision.objects.get().number
    for name, address, method, action in calls(worlds["home"]):
        status = answer(client, method, address)
        client.force_login(user)
        if action in {ANYBODY, EVERYBODY}:
            assert status != 403 or name == "login", (name, method)
        elif name in OWN_RULES:
            assert status < 500, (name, method, status)
        elif action in ALLOWS[who] and name not in LIMITLESS:
            assert status not in {401, 403} and status < 500, (name, method, status)
        else:
            assert status in {403, 404}, (name, method, status)
    assert counts() == before and Revision.objects.get().number == number


OWN_RULES = {"work-step", "record-new", "list-new", "list-edit", "kit-install"}
"""What the step or the kind of record decides: tests of their own ask for each."""
LIMITLESS = {
    "kit-keep",
    "scheme-own",
    "outline-edit",
    "outline-undo",
    "ladder-own",
    "criteria-edit",
    "scorecard-edit",
    "bulletin-kind",
}
"""What is one for all regions: a grant for a region does not open it, whatever its role."""


def own_rows(user: Any, world: World) -> None:
    """Jobs and imports are their owner's: in the home world they are this one's."""
    from liantu.ledger.models import ChangeSet, Import, Job

    Job.objects.filter(pk__in=world.rows["job"]).update(by=user.username)
    Import.objects.filter(pk__in=world.rows["import"]).update(by=user.username)
    ChangeSet.objects.filter(pk__in=world.rows["changeset"]).update(by=user.username)


@pytest.mark.parametrize("other", ["region", "chain", "secret"])
def test_rows_of_another_world_are_not_there(worlds: dict[str, World], client: Client, other: str) -> None:
    """Not 403: whoever may not see a row does not learn that it is there."""
    client.force_login(account("someone", "chain_office", **HOME))
    before, number = counts(), Revision.objects.get().number
    asked = 0
    for name, address, method, action in calls(worlds[other]):
        if ROUTES[name].row and action != ADMINISTER:
            asked += 1
            status = getattr(client, method)(address).status_code
            assert status == 404, (name, method, address, status)
    assert asked > 40
    assert counts() == before and Revision.objects.get().number == number


def test_the_administrator_is_let_in_everywhere(
    worlds: dict[str, World], client: Client, django_user_model: Any
) -> None:
    administrator = django_user_model.objects.create_superuser("chief")
    for world in worlds.values():
        for name, address, method, _action in calls(world):
            client.force_login(administrator)
            status = answer(client, method, address)
            assert (status not in {401, 403} and status < 500) or name == "login", (name, method, status)


def test_an_administrator_of_a_region_comes_in_where_the_table_says_and_to_nothing_else(
    worlds: dict[str, World], client: Client, django_user_model: Any
) -> None:
    """The accounts of the tests are those of nobody's region: they are not there. What is one for all is refused."""
    regional = account("regional", "administrator", region="140700", level=1)
    other = account("other", "reader", region="140100")
    elsewhere = Office.objects.create(name="别处的单位", region_code="140100")
    before = counts()
    for name, route in ROUTES.items():
        for method, action in (("get", route.get), ("post", route.post)):
            if action != ADMINISTER:
                continue
            given = route.arguments(worlds["home"])[:1]
            arguments = {**given[0]} if given else {}
            if "pk" in arguments and route.partly:
                arguments["pk"] = elsewhere.pk if name == "office" else other.pk
            if name == "grant-end":
                arguments["pk"] = other.grants.get().pk
            client.force_login(regional)
            status = answer(client, method, reverse(name, kwargs=arguments))
            if not route.partly:
                assert status == 403, (name, method, status)
            elif "pk" in arguments:
                assert status == 404, (name, method, status)
            else:
                assert status < 400 or name == "grant", (name, method, status)
    assert counts() == before
