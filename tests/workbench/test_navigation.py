"""The head line: every page once, and every page told where it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.test import Client
from django.urls import reverse
from tests.ledger.people import account
from tests.workbench.routes_and_rights import REFUSED, ROUTES
from tests.workbench.worlds import all_worlds

from liantu.workbench.context import ADMINISTRATION, GROUPS, SECTIONS

PAGES = [name for _label, members in (*GROUPS, ADMINISTRATION) for name, _word in members]
OWN = {"search", "rights", "password", "api:api-root"}
"""Pages of no group: the search of the head line, what concerns the reader alone, and the answers for programs."""


def test_every_page_of_the_head_stands_there_once() -> None:
    assert [name for name, times in Counter(PAGES).items() if times > 1] == []


def test_pages_below_belong_to_pages_that_are_there() -> None:
    assert set(SECTIONS.values()) <= set(PAGES)
    assert set(SECTIONS) <= {name.rpartition(":")[2] for name in ROUTES}


def test_every_page_shows_where_it_is(ledger: str, tmp_path: Path, client: Client) -> None:
    world = all_worlds(tmp_path)["home"]
    client.force_login(account("someone", "chain_office", "administrator"))
    lost = set()
    for name, route in ROUTES.items():
        if route.get == REFUSED or name in OWN:
            continue
        for arguments in route.arguments(world)[:1]:
            answer = client.get(reverse(name, kwargs=arguments))
            shown = b"" if answer.streaming else answer.content
            if b'class="nav"' in shown and b'aria-current="true"' not in shown:
                lost.add(name)
    assert sorted(lost) == []
