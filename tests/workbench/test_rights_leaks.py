"""A word that stands in rows of another region, chain or level alone is looked for in everything that a reader is given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.ledger.people import account
from tests.workbench.routes_and_rights import REFUSED, ROUTES
from tests.workbench.test_rights_matrix import own_rows
from tests.workbench.worlds import MARKERS, World, all_worlds

from liantu.ledger.rights import as_viewer
from liantu.ledger.work.secrecy import graded

LIMITS: dict[str, dict[str, Any]] = {
    "region": {"region": "140700"},
    "chain": {"chains": ["光伏"]},
    "secret": {"level": 1},
}
"""For each world that is to stay hidden a grant that lacks just that."""
ASKED = (
    {}, {"q": "能源"}, {"q": "组件"}, {"region": "140000"}, {"region": "140100"}, {"chain": "氢能"}, {"all": "1"},
    {"state": "problems"}, {"kind": "pairs"}, {"sort": "-name"}, {"copies": "1"}, {"map": "140000", "measure": "projects"},
)  # fmt: skip
"""What is added to the address of a list."""


@pytest.fixture
def worlds(ledger: str, tmp_path: Path) -> dict[str, World]:
    cache.clear()
    return all_worlds(tmp_path)


def text_of(response: Any) -> str:
    """All that an answer says, workbooks and archives unpacked."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    text: str = raw.decode("utf-8", "replace")
    return text.encode("utf-8").decode("unicode_escape", "replace") + text if "\\u" in text else text


def pages(worlds: dict[str, World], shown: list[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every address that GET is answered at: lists with all that can be asked of them, rows of the worlds that may be seen."""
    for name, route in ROUTES.items():
        if route.get == REFUSED:
            continue
        if not route.row:
            for arguments in [a for world in worlds.values() for a in route.arguments(world)]:
                address = reverse(name, kwargs=arguments)
                yield from ((name, address, asked) for asked in (ASKED if name in LISTS else ({},)))
        else:
            for world in shown:
                for arguments in route.arguments(worlds[world]):
                    yield name, reverse(name, kwargs=arguments), {}


LISTS = {
    "overview", "documents", "figures", "figures-export", "targets", "conflicts", "projects", "projects-export", "campaigns",
    "rates", "enterprises", "enterprises-export", "chains", "phrases", "phrases-export", "zones", "review", "history",
    "records", "registry", "exchange-export", "search", "api:search", "api:figures", "api:projects", "api:enterprises", "api:registry_links",
}  # fmt: skip


@pytest.mark.parametrize("hidden", LIMITS)
def test_no_answer_holds_a_word_of_what_must_not_be_seen(worlds: dict[str, World], client: Client, hidden: str) -> None:
    administrator = account("chief", "administrator")
    client.force_login(administrator)
    for _name, address, asked in pages(
        worlds, []
    ):  # what is remembered for those who see all must not serve the others
        if not asked:
            text_of(client.get(address))
    reader = account("someone", "chain_office", **LIMITS[hidden])
    own_rows(reader, worlds["home"])
    client.force_login(reader)
    shown = [name for name in worlds if name != hidden]
    seen = leaks = 0
    told: list[str] = []
    for name, address, asked in pages(worlds, shown):
        panel = {"HX-Request": "true", "HX-Target": "panel-body" if ROUTES[name].row else "results"}
        for headers in ({}, panel) if not asked else (panel,):
            response = client.get(address, asked, headers=headers)
            text = text_of(response)
            assert response.status_code < 500, (name, address)
            seen += worlds["home"].marker in text
            if MARKERS[hidden] in text:
                leaks += 1
                at = text.index(MARKERS[hidden])
                told.append(f"{name} {address} {asked} {headers}: …{text[max(0, at - 60) : at + 40]}…")
    assert not leaks, "\n".join(dict.fromkeys(told))
    assert seen > 60  # the reader does see the own world, on many pages


def test_every_kind_with_a_level_is_among_what_must_not_be_seen(worlds: dict[str, World]) -> None:
    for kind, model in graded().items():
        assert model._base_manager.filter(secrecy=2).exists(), f"no row of {kind} in the world `secret`"
        assert worlds["secret"].rows[kind] or kind == "escalation"
    reader = account("someone", "chain_office", level=1)
    with as_viewer(reader):
        for kind, model in graded().items():
            assert model._default_manager.filter(secrecy=0).exists(), kind
            assert not model._default_manager.filter(secrecy__gt=1).exists(), kind


@pytest.mark.parametrize("hidden", LIMITS)
def test_counts_are_those_of_what_is_seen(worlds: dict[str, World], client: Client, hidden: str) -> None:
    client.force_login(account("chief", "administrator"))
    every = client.get("/api/overview").json()
    client.force_login(account("someone", "reader", **LIMITS[hidden]))
    some = client.get("/api/overview").json()
    assert 0 < some["figures"] < every["figures"] and some["projects"] == every["projects"] - 1


@pytest.mark.parametrize("hidden", LIMITS)
def test_an_assistant_is_told_no_more_than_its_user(worlds: dict[str, World], hidden: str) -> None:
    from mcp.server.mcpserver.exceptions import ToolError

    from liantu import mcp

    def ask(
        tool: Any, *args: Any, **given: Any
    ) -> Any:  # without the end of the connection, which the test still needs
        return tool.__wrapped__(*args, **given)

    with as_viewer(account("someone", "reader", **LIMITS[hidden])):
        told = [ask(mcp.search_figures), ask(mcp.list_projects), ask(mcp.search_figures, words="产能")]
        opened = [ask(mcp.open_evidence, pk) for pk in worlds["home"].rows["statement"]]
        for pk in worlds[hidden].rows["statement"]:
            with pytest.raises(ToolError):
                ask(mcp.open_evidence, pk)
    said = "".join(each.model_dump_json() for each in (*told, *opened))
    assert worlds["home"].marker in said and MARKERS[hidden] not in said
