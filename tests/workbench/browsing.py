"""Pages as a browser has them: the links and forms on them, and a walk along the links."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from tests.workbench.routes_and_rights import REFUSED, ROUTES
from tests.workbench.worlds import World

Element = Any


class Form(NamedTuple):
    """A form of a page: where it goes, how, and its element."""

    action: str
    method: str
    element: Element


class Page(NamedTuple):
    """An answer to a visit; `tree` is None when it is a file."""

    address: str
    status: int
    response: Any
    tree: Element | None


def tree_of(response: Any) -> Element | None:
    """The elements of a page; None of what is none."""
    if response.streaming or "html" not in response.headers.get("Content-Type", "") or not response.content.strip():
        return None
    return lxml.html.fromstring(response.content.decode())


def forms_in(tree: Element, here: str) -> list[Form]:
    """The forms of a page that lead to this site."""
    return [
        Form(urljoin(here, form.get("action") or here), (form.get("method") or "get").lower(), form)
        for form in tree.iter("form")
    ]


def links_in(tree: Element, here: str) -> list[str]:
    """What a click may ask for."""
    found = []
    for element in tree.iter("a", "button", "div", "form"):
        for name in ("href", "hx-get"):
            to = element.get(name)
            if to and not to.startswith("#"):
                found.append(urljoin(here, to).partition("#")[0])
    return list(dict.fromkeys(found))


def fields_of(form: Element) -> dict[str, list[str]]:
    """The fields of a form as a browser sends them when its first button is pressed."""
    fields: dict[str, list[str]] = {}
    for button in form.xpath(".//button[@name]")[:1]:
        fields[button.get("name")] = [button.get("value", "")]
    for field in form.iter("input", "select", "textarea"):
        name = field.get("name")
        if not name or name == "csrfmiddlewaretoken" or field.get("disabled") or field.get("type") == "file":
            continue
        if field.tag == "select":
            options = list(field.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            fields[name] = [o.get("value", "") for o in chosen]
        elif field.tag == "textarea":
            fields[name] = [field.text or ""]
        elif field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                fields.setdefault(name, []).append(field.get("value", "on"))
        else:
            fields.setdefault(name, []).append(field.get("value", ""))
    return fields


def route_of(address: str) -> tuple[str, dict[str, Any]]:
    """The name and the arguments of the route of an address; an empty name when it leads elsewhere."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return "", {}
    return ":".join((*match.namespaces, match.url_name or "")), match.kwargs


def shape(address: str) -> tuple[Any, ...]:
    """What addresses have in common that lead to pages of one sort: the route and its words, not its numbers."""
    name, arguments = route_of(address)
    words = tuple(value for key, value in sorted(arguments.items()) if key in ("kind", "parent", "form", "key"))
    asked = tuple(sorted(part.partition("=")[0] for part in urlsplit(address).query.split("&") if part))
    return (name, words, asked)


def doors(world: World) -> list[str]:
    """The addresses of all pages of the table of routes, with rows of a world."""
    return [
        reverse(name, kwargs=arguments)
        for name, route in ROUTES.items()
        if route.get != REFUSED and not name.startswith("api:")
        for arguments in route.arguments(world)
    ]


def walk(client: Client, beginnings: Iterable[str], most: int = 2) -> Iterator[Page]:
    """The pages that a client comes to from these along their links; of every sort as many as `most`."""
    ahead, seen, sorts = deque(beginnings), set(), Counter[tuple[Any, ...]]()
    while ahead:
        address = ahead.popleft()
        sort = shape(address)
        if address in seen or not sort[0] or sorts[sort] >= most:
            continue
        seen.add(address)
        sorts[sort] += 1
        response = client.get(address)
        tree = tree_of(response)
        yield Page(address, response.status_code, response, tree)
        if response.status_code in (301, 302):
            ahead.append(urljoin(address, response.headers["Location"]).partition("#")[0])
        elif tree is not None and response.status_code == 200:
            ahead.extend(links_in(tree, address))
