"""When a session ends: after a while without a request, and after a longer while in any case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

BEGAN = "liantu_began"
MUST_CHANGE = "liantu_must_change"
SEEN = "liantu_seen"
SALT = "liantu.seen"
ROUNDED = 60  # seconds


def begin(sender: Any, request: HttpRequest, user: Any, **_rest: Any) -> None:
    """Note when a session began, and whether its password must be changed first."""
    request.session[BEGAN] = int(timezone.now().timestamp())
    account = getattr(user, "account", None)
    request.session[MUST_CHANGE] = bool(account is not None and account.must_change)


user_logged_in.connect(begin, dispatch_uid="liantu-session-begins")


class Expiry:
    """Ends sessions that are over.

    The last request is noted in a signed cookie, not in the session: writing to the database with every page would make
    readers wait for whoever imports.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = int(timezone.now().timestamp())
        began = request.session.get(BEGAN)
        seen = self._seen(request, began)
        over = False
        if began is not None and request.user.is_authenticated:
            over = now - began > settings.SESSION_COOKIE_AGE or now - max(seen, began) > settings.SESSION_IDLE_SECONDS
            if over:
                logout(request)
        response = self.get_response(request)
        began = request.session.get(BEGAN)
        if began is not None and (now - seen >= ROUNDED or seen < began):
            told = signing.dumps([began, now], salt=SALT)
            response.set_cookie(SEEN, told, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        elif over:
            response.delete_cookie(SEEN)
        return response

    def _seen(self, request: HttpRequest, began: int | None) -> int:
        """When this session was last seen; 0 when the cookie is missing, forged or another session's."""
        try:
            of, seen = signing.loads(request.COOKIES.get(SEEN, ""), salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return 0
        return int(seen) if of == began else 0
