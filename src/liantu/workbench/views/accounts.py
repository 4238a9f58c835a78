"""Logging in and out, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liantu.ledger import services
from liantu.ledger.people import logins
from liantu.ledger.people.auditing import Kind, note
from liantu.ledger.rights import as_viewer
from liantu.workbench.audit_trail import address_of
from liantu.workbench.rights import for_anyone, for_everyone


def _next(request: HttpRequest) -> str:
    """Where to go afterwards, if that is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else settings.LOGIN_REDIRECT_URL


def _first_page(request: HttpRequest) -> str:
    """Where a login leads: the page asked for; else the week of somebody who has duties, and the overview for all others."""
    target = _next(request)
    if target != settings.LOGIN_REDIRECT_URL:
        return target
    with as_viewer(request.user):  # the request came in before anybody was logged in
        mine = services.has_duties(request.user.get_username(), timezone.localdate())
    return reverse("week") if mine else target


@for_anyone
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The login page. Too many failures of one account, or from one address, shut the door for a while."""
    problem, status = "", 200
    if request.method == "POST":
        name, address = request.POST.get("username", ""), address_of(request)
        if logins.is_locked(name, address):
            problem, status = _("尝试次数过多，请五分钟后再试。"), 429
            note(Kind.LOGIN_FAILED, "尝试次数过多，已锁定", who=name, address=address)
        else:
            user = authenticate(
                request, username=request.POST.get("username", ""), password=request.POST.get("password", "")
            )
            if user is not None:
                logins.forget_failures(name)
                login(request, user)
                note(Kind.LOGIN, "登录", who=user.get_username(), address=address)
                return redirect(_first_page(request))
            logins.note_failure(name, address)
            note(Kind.LOGIN_FAILED, "用户名或密码不对", who=name, address=address)
            problem, status = _("用户名或密码不对，请再试一次。"), 403
    elif request.user.is_authenticated:
        return redirect(_first_page(request))
    context = {"problem": problem, "next": _next(request), "username": request.POST.get("username", "")}
    return render(request, "workbench/login.html", context, status=status)


@for_everyone
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    note(Kind.LOGOUT, "退出", who=request.user.get_username(), address=address_of(request))
    logout(request)
    return redirect("login")


@for_anyone
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in a cookie and returns to the page."""
    response = redirect(_next(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86_400, samesite="Lax", httponly=True
        )
    return response
