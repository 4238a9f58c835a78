"""Headers that keep every request on this machine, and the way to the login page for htmx."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
"""Nothing inline, nothing from elsewhere: a page can load and send only to where it came from."""


class LoginForHtmx:
    """When a session has lapsed, htmx is told to load the login page instead of being given it for a panel."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if response.status_code == 302 and request.headers.get("HX-Request"):
            target = response.headers.get("Location", "")
            if urlsplit(target).path == login:
                page = urlsplit(request.headers.get("HX-Current-URL", ""))
                back = urlencode({"next": page.path + (f"?{page.query}" if page.query else "")})
                return HttpResponse(status=204, headers={"HX-Redirect": f"{login}?{back}"})
        return response


class WithoutNul:
    """Takes the character NUL out of whatever a page is asked with: no clerk types it, and PostgreSQL keeps none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """The fields of a form, when its body is read for a view anyway."""
        if request.method == "POST" and any("\0" in text for texts in request.POST.lists() for text in texts[1]):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(fields: QueryDict) -> QueryDict:
    cleaned = fields.copy()
    for name, texts in fields.lists():
        cleaned.setlist(name, [str(text).replace("\0", "") for text in texts])
    return cleaned


class ContentSecurityPolicy:
    """Adds the policy to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response
