"""Which right each page needs, and the door that asks for it.

Every view says what it needs (`@needs`, `@for_everyone`, `@for_anyone`); one that says nothing is open to administrators only,
and a test fails. The middleware `Rights` asks for the right before the view runs, and notes the reader for all queries
the view makes (`ledger.rights.ambient`), those of a file that leaves piece by piece included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from liantu.ledger.people.accounts import administrators
from liantu.ledger.rights import Action, Decision, Place, RefusedError, Viewer, as_viewer, may
from liantu.vocabulary.access import highest_level
from liantu.workbench.rights_words import ACTION_WORDS, MISSING_WORDS, REASON_WORDS, grant_words
from liantu.workbench.sessions import MUST_CHANGE

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)
S = TypeVar("S", bound=Callable[..., "Place | None"])
Subject = Callable[..., "Model | Place | None"]
"""Finds, by the arguments of an address, the row that a view is about; None when it is about none."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a view asks of whoever comes. `action` None: to be logged in, or (`anyone`) not even that."""

    action: Action | None = None
    post: Action | None = None  # for POST, where that needs more
    on: Subject | None = None
    anyone: bool = False
    partly: bool = False  # a right for some regions is enough to come in: the view shows and does what lies in them

    def of(self, method: str) -> Action | None:
        """The action that a request of this method is."""
        return self.post if method == "POST" and self.post is not None else self.action


UNDECLARED = Need(Action.ADMINISTER)
INTERFACE = Need(Action.READ)
"""What every operation of the interface for programs asks: it only reads."""


def needs(
    action: Action, *, post: Action | None = None, on: Subject | type[Model] | None = None, partly: bool = False
) -> Callable[[V], V]:
    """The view needs this action (POST: `post`, where given) by some grant, and for the row it is about, where `on` finds one.

    `on` is a model whose row the argument `pk` names, or a function of the view's arguments. Which rows the page then
    shows is not its business: the managers narrow them.
    """
    found = row_of(on) if isinstance(on, type) else on

    def declare(view: V) -> V:
        view.need = Need(action, post, found, partly=partly)  # type: ignore[attr-defined]
        return view

    return declare


def for_everyone(view: V) -> V:
    """The view is for whoever is logged in, with or without a grant: the own password, leaving."""
    view.need = Need()  # type: ignore[attr-defined]
    return view


def for_anyone(view: V) -> V:
    """The view is for whoever comes: logging in, the language of pages."""
    view.need = Need(anyone=True)  # type: ignore[attr-defined]
    return login_not_required(view)


def lets_in(viewer: Viewer, need: Need, action: Action) -> Decision:
    """Whether somebody may come in at all; which rows are then open is another question."""
    decision = may(viewer, action)
    if need.partly and not decision.allowed and viewer.scope(action).cells:
        return replace(decision, allowed=True, reason="granted", missing=())
    return decision


def row_of(model: type[Model]) -> Subject:
    """The row of a model that the argument `pk` names."""

    def found(pk: Any, **_rest: Any) -> Model | None:
        return model._base_manager.filter(pk=pk).first()

    return found


def need_of(view: Any, namespaces: list[str] | None = None) -> Need:
    """What a view asks for."""
    declared = getattr(view, "need", None)
    if isinstance(declared, Need):
        return declared
    return INTERFACE if namespaces and namespaces[0] == "api" else UNDECLARED


class Rights:
    """Notes who is being answered, and lets nobody past a door without the right for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with as_viewer(request.user) as viewer:
            request.viewer = viewer  # type: ignore[attr-defined]
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _answered(viewer, response.streaming_content)  # type: ignore[arg-type]
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuses with a page that says what is missing."""
        match = request.resolver_match
        need = need_of(view, match.namespaces if match else None)
        if need.anyone or not request.user.is_authenticated:
            return None  # the login middleware, or the interface itself, asks to log in
        action = need.of(request.method or "GET")
        if action is None:
            return None
        if request.session.get(MUST_CHANGE):
            return redirect("password")
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        decision = lets_in(viewer, need, action)
        if decision.allowed and need.on is not None:
            row = need.on(**kwargs)
            if row is not None:
                if isinstance(row, Model) and not may(viewer, Action.READ, row).allowed:
                    raise Http404  # whoever may not see it does not learn that it is there
                decision = may(viewer, action, row)
        return None if decision.allowed else refusal(request, decision)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """What the ledger itself refuses gets the same page."""
        return refusal(request, exception.decision) if isinstance(exception, RefusedError) else None


def refusal(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The page that says what is missing and whom to ask."""
    match = request.resolver_match
    if match is not None and match.namespaces[:1] == ["api"]:
        said = "您的账号没有查看的权限，请找管理员授权 / your account holds no right to read: ask the administrator"
        return JsonResponse({"detail": said}, status=403)
    context = {
        "reason": REASON_WORDS[decision.reason],
        "action": ACTION_WORDS[decision.action.value],
        "whom": administrators(),
        "at": request.path,
        **explained(decision),
    }
    return render(request, "workbench/refused.html", context, status=403)


def explained(decision: Decision) -> dict[str, Any]:
    """A decision in words: whether, which grant allows it or comes nearest, and what that one lacks."""
    nearest = decision.tried[0] if decision.tried else None
    return {
        "allowed": decision.allowed,
        "missing": [MISSING_WORDS[each] for each in decision.missing],
        "nearest": grant_words(nearest.grant) if nearest is not None else None,
        "tried": [(grant_words(t.grant), [MISSING_WORDS[each] for each in t.missing]) for t in decision.tried],
    }


def _answered(viewer: Viewer, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A stream whose every piece is made while its reader is noted: a file leaves long after the view has returned."""
    rows = iter(pieces)
    while True:
        with as_viewer(viewer):
            try:
                piece = next(rows)
            except StopIteration:
                return
        yield piece


def gives_place(subject: S) -> S:
    """Says of a subject that it is a place, and no row that a page shows."""
    subject.gives_place = True  # type: ignore[attr-defined]
    return subject


@gives_place
def everywhere(**_given: Any) -> Place:
    """What is one for the whole installation: a grant without limits opens it."""
    return Place(level=highest_level())
