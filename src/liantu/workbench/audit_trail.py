"""What requests leave in the audit log: everything written, every file taken out, every confidential thing looked at, refusals."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Exists, Model, Q
from django.http import HttpRequest, HttpResponseBase

from liantu.ledger.models import EnterpriseView, Fact, ProjectView, Revision, Source, Statement
from liantu.ledger.people.auditing import Kind, note
from liantu.ledger.rights.deciding import place_of
from liantu.ledger.work.secrecy import graded
from liantu.workbench.cached import per_revision

SHOWS: dict[str, type[Model]] = {
    "document": Source,
    "document-page": Source,
    "document-gold": Source,
    "statement": Statement,
    "api:statement": Statement,
    "fact": Fact,
    "api:fact": Fact,
    "project": ProjectView,
    "api:project": ProjectView,
    "api:project_records": ProjectView,
    "enterprise": EnterpriseView,
    **graded(),  # their pages are called as the kinds are
}
"""Pages of one thing that may be confidential."""
SILENT = {"login", "logout", "language", "job", "exchange-state"}
"""Pages that note for themselves what happened, or change nothing."""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the proxy is believed only where it is said to be there (`LIANTU_HTTPS`)."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return (forwarded.split(",")[-1].strip() or str(request.META.get("REMOTE_ADDR", "")))[:64]


class Trail:
    """Notes what a request did, after it was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and request.user.is_authenticated and match.view_name not in SILENT:
            kind = self._kind(request, response, match.view_name, match.kwargs)
            if kind:
                asked = {k: v for k, v in request.GET.items() if k != "csrfmiddlewaretoken"}
                note(
                    kind,
                    match.view_name,
                    who=request.user.get_username(),
                    address=address_of(request),
                    path=request.path,
                    detail={
                        "method": request.method,
                        "status": response.status_code,
                        **({"asked": asked} if asked else {}),
                    },
                )
        return response

    def _kind(self, request: HttpRequest, response: HttpResponseBase, name: str, kwargs: dict[str, Any]) -> str:
        if response.status_code == 403:
            return Kind.REFUSED
        if response.status_code >= 400:
            return ""
        if request.method not in {"GET", "HEAD"}:
            return Kind.WRITE
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            return Kind.EXPORT
        return Kind.VIEW if name in SHOWS and self._is_confidential(SHOWS[name], kwargs) else ""

    def _is_confidential(self, model: type[Model], kwargs: dict[str, Any]) -> bool:
        if not per_revision("confidential", _any_confidential):
            return False
        row = model._base_manager.filter(pk=kwargs.get("pk") or kwargs.get("entity")).first()
        return row is not None and place_of(row).level > 0


def _any_confidential() -> bool:
    documents = Source._base_manager.filter(level__gt=0)
    records = (model._base_manager.filter(secrecy__gt=0) for model in graded().values())
    there = [Q(Exists(rows.order_by())) for rows in (documents, *records)]
    return Revision.objects.filter(reduce(or_, there)).exists()  # whatever was kept is of a revision: one query for all
