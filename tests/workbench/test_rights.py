"""Nobody sees or changes anything without logging in; nothing on a page comes from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLResolver, get_resolver
from tests.workbench.conftest import PASSWORD
from tests.workbench.routes_and_rights import ANYBODY, EVERYBODY, REFUSED, ROUTES
from tests.workbench.routes_and_rights import addresses as named_addresses

from liantu.workbench.rights import UNDECLARED, need_of
from liantu.workbench.security import POLICY

OPEN = {"login", "language", "invitation"}
SAMPLES = {"int": "1", "str": "x", "word": "x"}


def addresses(patterns: list[Any] | None = None, before: str = "/") -> list[tuple[str, str]]:
    """Name and an address of every page, and of everything under them, with stand-ins for its arguments."""
    found = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES[m[1] or "str"], str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        else:
            found.append((pattern.name or route, route))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), addresses())
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_asks_to_log_in(client: Client, name: str, address: str, method: str) -> None:
    response = getattr(client, method)(address)
    if name in OPEN:
        assert response.status_code in {200, 302, 403, 404, 405}
    elif address.startswith("/api/") and response.status_code != 302:  # programs are told, not led to a form
        assert response.status_code in {401, 405}, name
    else:
        assert response.status_code == 302, name
        assert response.headers["Location"].startswith("/login?next=")


@pytest.mark.django_db
def test_the_pages_that_change_things_refuse_a_plain_visit(clerk: Client) -> None:
    for address in ("/logout", "/documents/upload", "/documents/1/date", "/statements/x/review", "/review/pairs/1"):
        assert clerk.get(address).status_code == 405, address


@pytest.mark.django_db
def test_a_form_from_another_site_is_refused(user: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post("/documents/1/remove").status_code == 403


@pytest.mark.django_db
def test_logging_in_and_out(client: Client, user: object) -> None:
    assert client.post("/login", {"username": "clerk", "password": "wrong"}).status_code == 403
    response = client.post("/login", {"username": "clerk", "password": PASSWORD, "next": "/figures"})
    assert response.headers["Location"] == "/figures"
    client.post("/logout")
    assert client.get("/").status_code == 302


@pytest.mark.django_db
def test_guessing_passwords_is_stopped_for_a_while(client: Client, user: object) -> None:
    for _try in range(settings.LOGIN_FAILURES_OF_ACCOUNT):
        client.post("/login", {"username": "clerk", "password": "wrong"})
    assert client.post("/login", {"username": "clerk", "password": PASSWORD}).status_code == 429
    assert client.get("/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_logging_in_leads_nowhere_else(client: Client, user: object, target: str) -> None:
    response = client.post("/login", {"username": "clerk", "password": PASSWORD, "next": target})
    assert response.headers["Location"] == "/"


PAGES = (
    "/", "/documents", "/figures", "/targets", "/projects", "/enterprises", "/chains", "/chains/甲醇经济", "/zones", "/conflicts",
    "/review", "/review/history",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_nothing_inline_and_nothing_foreign(filled: object, clerk: Client, address: str) -> None:
    response = clerk.get(address)
    html = response.content.decode()
    assert response.headers["Content-Security-Policy"] == POLICY
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"\son\w+=", html)
    links = re.findall(r'(?:src|href|action|hx-get|hx-post)="([^"]+)"', html)
    assert links
    assert not [link for link in links if re.match(r"\w+:|//", link)]


def test_words_from_documents_are_never_markup(db: None, clerk: Client) -> None:
    from tests.ledger.making import document, figure, findings

    from liantu.ledger import services

    nasty = "<img src=x onerror=alert(1)>"
    text = f"{nasty}产值5亿元。"
    made = document(text, f"{nasty}.txt", nasty)
    source = services.add_findings(made, findings(made, [figure(text, "5亿", 5e8, "元", "产值", subject=nasty)])).source
    statement = source.statements.get()
    for address in ("/", "/figures", "/documents", f"/documents/{source.pk}", f"/statements/{statement.pk}"):
        assert "<img" not in clerk.get(address).content.decode(), address


@pytest.mark.django_db
def test_there_is_one_administrator_model(user: object) -> None:
    assert get_user_model().objects.filter(is_superuser=True).count() == 1


@pytest.mark.django_db
def test_when_a_session_has_lapsed_the_login_page_does_not_land_in_a_panel(client: Client) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:8000/figures?q=x"}
    response = client.get("/statements/x", headers=asked)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/login?next=%2Ffigures%3Fq%3Dx"


def test_no_address_is_left_out_and_none_is_told_twice() -> None:
    """A new page must be added to the table of routes_and_rights.py, with what it is meant to need."""
    known = {name for name, _view in named_addresses()}
    assert known == set(ROUTES)


@pytest.mark.parametrize(("name", "view"), list(named_addresses()))
def test_a_page_says_it_needs_what_the_table_says(name: str, view: Any) -> None:
    need = need_of(view, name.split(":")[:-1])
    assert need is not UNDECLARED, f"put @needs(Action.…) of workbench/rights.py above the view of {name}"
    route = ROUTES[name]
    assert need.partly == route.partly, name
    for method, told in (("GET", route.get), ("POST", route.post)):
        if told != REFUSED:
            said = need.of(method)
            assert (ANYBODY if need.anyone else EVERYBODY if said is None else said.value) == told, (name, method)
