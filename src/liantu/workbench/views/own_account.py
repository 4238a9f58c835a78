"""What everybody does with the own account: open an invitation, change the password, ask why something may or may not be done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import authenticate, get_user_model, login, update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from liantu.ledger.people import accounts
from liantu.ledger.people.auditing import Kind, note
from liantu.ledger.people.logins import is_locked, note_failure
from liantu.ledger.rights import Action, Decision, Place, Viewer, may
from liantu.ledger.rights.deciding import place_of
from liantu.workbench.audit_trail import SHOWS, address_of
from liantu.workbench.correcting import in_language
from liantu.workbench.rights import explained, for_anyone, for_everyone, need_of
from liantu.workbench.rights_words import ACTION_WORDS, REASON_WORDS, grant_words, place_words
from liantu.workbench.sessions import MUST_CHANGE


@for_anyone
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link: its owner sets the password and is logged in. A used or old link says so."""
    address = address_of(request)
    if is_locked(f"invitation {address}", address):
        return render(request, "workbench/invitation.html", {"closed": _("尝试次数过多，请五分钟后再试。")}, status=429)
    found = accounts.invited(token)
    if found is None:
        note_failure(f"invitation {address}", address)
        closed = _("链接已用过或已过期，请管理员重新发一个。")
        return render(request, "workbench/invitation.html", {"closed": closed}, status=404)
    problems: list[str] = []
    if request.method == "POST":
        first, second = request.POST.get("password", ""), request.POST.get("again", "")
        if first != second:
            problems = [_("两次填写的密码不一样。")]
        else:
            try:
                user = accounts.accept(token, first)
            except ValidationError as error:
                problems = error.messages
            except ValueError as error:
                problems = [in_language(error)]
            else:
                login(request, authenticate(request, username=user.get_username(), password=first))
                note(Kind.LOGIN, "经邀请链接登录", who=user.get_username(), address=address)
                return redirect("overview")
    context = {"user_name": found.user.get_username(), "problems": problems, "rules": password_validators_help_texts()}
    response = render(request, "workbench/invitation.html", context, status=422 if problems else 200)
    response.headers["Cache-Control"] = "no-store"
    # Not `no-referrer`: browsers then send no origin with the form either, and it would be refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@for_everyone
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Changing the own password; other sessions of the account end."""
    problems: list[str] = []
    if request.method == "POST":
        name, address = request.user.get_username(), address_of(request)
        first, second = request.POST.get("password", ""), request.POST.get("again", "")
        if is_locked(name, address):
            problems = [_("尝试次数过多，请五分钟后再试。")]
        elif not request.user.check_password(request.POST.get("old", "")):
            note_failure(name, address)
            problems = [_("原密码不对。")]
        elif first != second:
            problems = [_("两次填写的密码不一样。")]
        else:
            try:
                accounts.set_password(request.user, first, by=name)
            except ValidationError as error:
                problems = [in_language(ValueError(told)) for told in error.messages]
            else:
                update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
                request.session[MUST_CHANGE] = False
                messages.success(request, _("密码已改，其他地方的登录已失效。"))
                return redirect("rights")
    context = {"problems": problems, "rules": password_validators_help_texts()}
    return render(request, "workbench/password.html", context, status=422 if problems else 200)


@for_everyone
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """The own rights; and for an address (`at`) why one may or may not open it. Administrators ask for others (`user`)."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    administers = may(viewer, Action.ADMINISTER).allowed
    asked, who = request.GET.get("at", "").strip(), request.GET.get("user", "").strip()
    subject = viewer
    if who and who != request.user.get_username():
        if not administers:
            raise Http404
        user = get_user_model().objects.filter(username=who).first()
        if user is None:
            messages.error(request, _("没有这个账号。"))
        else:
            subject = Viewer(user)
    context: dict[str, Any] = {
        "subject": subject.user,
        "administers": administers,
        "at": asked,
        "grants": [grant_words(grant) for grant in subject.grants],
        "users": get_user_model().objects.order_by("username")[:500] if administers else [],
        "answers": _answers(viewer, subject, asked) if asked else [],
        "unknown": bool(asked) and _view_of(asked) is None,
        "whom": accounts.administrators(),
    }
    return render(request, "workbench/rights.html", context)


def _view_of(address: str) -> Any:
    try:
        return resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None


def _answers(asker: Viewer, subject: Viewer, address: str) -> list[dict[str, Any]]:
    """What reading and changing at an address needs, and whether the subject may; nothing that the asker may not know."""
    match = _view_of(address)
    if match is None:
        return []
    need = need_of(match.func, match.namespaces)
    row = _row(need, match)
    if isinstance(row, Model) and not may(asker, Action.READ, row).allowed:
        row = None if asker.user == subject.user else row
        if row is None:
            return [{"hidden": True}]
    found = []
    for method, label in (("GET", _("打开")), ("POST", _("提交"))):
        action = need.of(method)
        if action is None or need.anyone:
            decision = Decision(subject.user.is_active, "everyone", Action.READ)
        else:
            decision = may(subject, action, row)
            if decision.allowed and isinstance(row, Model | Place) and action != Action.READ and isinstance(row, Model):
                decision = may(subject, Action.READ, row) if not may(subject, Action.READ, row).allowed else decision
        place = place_of(row) if isinstance(row, Model) else row
        found.append(
            {
                "label": label,
                "action": ACTION_WORDS[action.value] if action is not None else "",
                "reason": REASON_WORDS[decision.reason],
                "place": place_words(place) if place is not None else [],
                **explained(decision),
            }
        )
        if need.of("POST") == need.of("GET"):
            break
    return found


def _row(need: Any, match: Any) -> Model | Place | None:
    if need.on is not None:
        found: Model | Place | None = need.on(**match.kwargs)
        return found
    shown = SHOWS.get(match.view_name)
    return (
        shown._base_manager.filter(pk=match.kwargs.get("pk") or match.kwargs.get("entity")).first() if shown else None
    )
