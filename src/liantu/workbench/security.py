"""Headers that keep every request on this machine, and a simple brake on guessing passwords."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
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


FAILURES_ALLOWED = 8
LOCKED_SECONDS = 300


class ContentSecurityPolicy:
    """Adds the policy to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


def _key(request: HttpRequest) -> str:
    return f"login-failures:{request.META.get('REMOTE_ADDR', '')}"


def is_locked(request: HttpRequest) -> bool:
    """Whether this address has failed too often of late."""
    return int(cache.get(_key(request), 0)) >= FAILURES_ALLOWED


def note_failure(request: HttpRequest) -> None:
    """Counts a failed login; the count lapses after `LOCKED_SECONDS` without another."""
    key = _key(request)
    cache.add(key, 0, LOCKED_SECONDS)
    try:
        cache.incr(key)
        cache.touch(key, LOCKED_SECONDS)
    except ValueError:  # lapsed between the two calls
        cache.set(key, 1, LOCKED_SECONDS)


def forget_failures(request: HttpRequest) -> None:
    """Clears the count after a good login."""
    cache.delete(_key(request))
