"""What a page offers its reader to do: by the same rights, of the same routes, that the door would ask for.

A button that only leads to a refusal is none. Templates ask with `{% may 'route' … %}`; the answer is that of `workbench.rights`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.http import HttpRequest
from django.urls import resolve

from liantu.ledger.models import Source
from liantu.ledger.rights import Action, Place, Viewer, may, visible
from liantu.workbench.rights import Need, lets_in, need_of


def offered(request: HttpRequest, address: str = "", *, on: Model | Place | None = None, action: str = "") -> bool:
    """Whether whoever asks would be let through with a form for an address, or to its page where it only answers visits.

    Args:
        address: of what is offered; the page's own without one.
        on: what it is about, where the address does not say.
        action: what it is, where the form decides that and not the route.
    """
    match = resolve(urlsplit(address).path) if address else request.resolver_match
    if match is None:
        return False
    need = need_of(match.func, match.namespaces)
    wanted = Action(action) if action else need.of("POST")
    if need.anyone or wanted is None:
        return True
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not lets_in(viewer, need, wanted).allowed:
        return False
    about = on if on is not None else _subject(need, viewer, wanted, match.kwargs)
    return about is None or may(viewer, wanted, about).allowed


def _subject(need: Need, viewer: Viewer, action: Action, arguments: dict[str, Any]) -> Model | Place | None:
    """What a route is about; not looked for where what may be seen may be done: what a page shows is seen."""
    if need.on is None:
        return None
    if not getattr(need.on, "gives_place", False) and viewer.scope(action) == viewer.scope(Action.READ):
        return None
    return need.on(**arguments)


def opens_document(request: HttpRequest, source: int | None, beside: Iterable[int | None] = ()) -> bool:
    """Whether the reader may open a document whole. `beside` are those that the page will ask for next: one query tells of all."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if source is None or viewer.scope().everything:
        return source is not None
    known: dict[int, bool] = request.__dict__.setdefault("open_documents", {})
    if source not in known:
        asked = {source, *(pk for pk in beside if pk is not None)} - set(known)
        there = set(visible(viewer, Source.objects.filter(pk__in=asked)).values_list("pk", flat=True))
        known.update({pk: pk in there for pk in asked})
    return known[source]


def place_to_enter(request: HttpRequest) -> Place:
    """The region and the chain where the reader may enter things, as far as there is only one: what a new form begins with."""
    cells = request.viewer.scope(Action.EDIT).cells  # type: ignore[attr-defined]
    if len(cells) != 1:
        return Place()
    chains = cells[0].chains or ()
    return Place(cells[0].region if cells[0].region.isdigit() else "", chains if len(chains) == 1 else ())
