"""An administrator's pages: accounts, offices, roles, grants, invitations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger.models import Account, Grant, Invitation, Office, Role
from liantu.ledger.people import accounts
from liantu.ledger.people.administering import administered, everywhere, holds_place, in_force
from liantu.ledger.rights import Action, Viewer
from liantu.ledger.writing import alone
from liantu.vocabulary.access import ACTIONS, highest_level
from liantu.vocabulary.chains import chains as known_chains
from liantu.vocabulary.regions import regions
from liantu.workbench.correcting import in_language
from liantu.workbench.opened import Told, met
from liantu.workbench.rights import needs
from liantu.workbench.rights_words import ACTION_WORDS, grant_words, level_choices, level_words, role_name

SHOWN = 500


@needs(Action.ADMINISTER, partly=True)
@require_safe
def accounts_page(request: HttpRequest) -> HttpResponse:
    """Accounts, offices and roles."""
    asked = request.GET.get("q", "").strip()
    users = get_user_model().objects.select_related("account__office").order_by("-is_active", "username")
    if asked:
        users = users.filter(
            Q(username__icontains=asked)
            | Q(account__full_name__icontains=asked)
            | Q(account__office__name__icontains=asked)
        )
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = administered(viewer, users)[:SHOWN]
    held: dict[int, list[Grant]] = {user.pk: [] for user in found}
    for grant in in_force().filter(user__in=found):
        held[grant.user_id or 0].append(grant)
    offices = _offices(viewer, Office.objects.annotate(n=Count("accounts")).order_by("closed_at", "name"))
    context = {
        "rows": [(user, getattr(user, "account", None), [grant_words(g) for g in held[user.pk]]) for user in found],
        "offices": offices,
        "roles": [(role, role_name(role), actions_of(role)) for role in Role.objects.all()],
        "actions": [(action, ACTION_WORDS[action]) for action in ACTIONS],
        "regions": region_options(viewer),
        "whole": everywhere(viewer),
        "q": asked,
    }
    return render(request, "workbench/accounts.html", context)


def region_options(viewer: Viewer) -> list[tuple[str, str]]:
    """Provinces, cities, counties and virtual regions that somebody may administer, and so give a grant for."""
    return [
        (r.code, f"{r.name}（{r.code}）" if not r.is_group else r.name)
        for r in regions()
        if everywhere(viewer) or holds_place(viewer, r.code)
    ]


def _offices(viewer: Viewer, offices: Iterable[Office]) -> list[Office]:
    return [each for each in offices if everywhere(viewer) or holds_place(viewer, each.region_code)]


def _level(text: str, found: Office | None) -> int:
    """The level that a form asks for; as it is where it does not say."""
    return int(text) if text.isdecimal() and len(text) < 4 else found.level if found is not None else 0


def _person(request: HttpRequest, pk: int) -> Any:
    """An account that the reader administers; whoever does not learns not that it is there."""
    user = get_object_or_404(get_user_model().objects.select_related("account__office"), pk=pk)
    if not administered(request.viewer, [user]):  # type: ignore[attr-defined]
        raise Http404
    return user


def _done(request: HttpRequest, what: Callable[[], Any], said: str) -> Any:
    """Does something that may be refused; either way says so. Gives what came of it, None when it was refused."""
    try:
        made = what()
    except ValueError as error:
        messages.error(request, in_language(error))
        return None
    messages.success(request, said)
    return made


@needs(Action.ADMINISTER, partly=True)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A new account; next its grants, and the link to hand over."""
    said = request.POST
    made = _done(
        request,
        lambda: accounts.add_user(
            said.get("username", ""), request.user.get_username(), full_name=said.get("full_name", "").strip(),
            office=_office(said.get("office", "")), post=said.get("post", "").strip(),
        ),
        _("已建账号。请在下面授权，再发邀请链接。"),
    )  # fmt: skip
    return redirect("account", pk=made.pk) if made is not None else redirect("accounts")


def _office(pk: str) -> Office | None:
    return Office.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() else None


@needs(Action.ADMINISTER, partly=True)
@require_http_methods(["GET", "POST"])
def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who it is, what it may do and may have done once, its invitations."""
    user = _person(request, pk)
    if request.method == "POST":
        said = request.POST
        with alone():
            if (met_page := _account_met(request, user)) is not None:
                return met_page
            _done(
                request,
                lambda: accounts.change_user(
                    user, request.user.get_username(), full_name=said.get("full_name", "").strip(),
                    office=_office(said.get("office", "")), post=said.get("post", "").strip(),
                ),
                _("已保存。"),
            )  # fmt: skip
        return redirect("account", pk=pk)
    account = Account.objects.filter(user=user).select_related("office").first()
    own = Grant.objects.filter(user=user).select_related("role").order_by("ended_at", "-pk")
    office = account.office if account is not None else None
    shared = in_force().filter(office=office) if office is not None else []
    context = {
        "person": user,
        "account": account,
        "grants": [(grant, grant_words(grant)) for grant in own],
        "shared": [(grant, grant_words(grant)) for grant in shared],
        "invitations": Invitation.objects.filter(user=user).order_by("-pk")[:5],
        "now": timezone.now(),
        "home": reverse("accounts"),
        **_form_words(request.viewer),  # type: ignore[attr-defined]
    }
    return render(request, "workbench/account.html", context)


def _account_met(request: HttpRequest, user: Any) -> HttpResponse | None:
    now = Account.objects.filter(user=user).first() or Account()
    said = request.POST
    names = {str(pk): name for pk, name in Office.objects.values_list("pk", "name")}
    told = [
        Told("full_name", _("姓名"), now.full_name, said.get("full_name", "").strip()),
        Told("office", _("单位"), str(now.office_id or ""), said.get("office", ""), words=lambda pk: names.get(pk, pk)),
        Told("post", _("职务"), now.post, said.get("post", "").strip()),
    ]
    return met(request, user.get_username(), reverse("account", args=[user.pk]), told)


def _office_met(request: HttpRequest, found: Office) -> HttpResponse | None:
    now = Office.objects.get(pk=found.pk)
    said = request.POST
    places = dict(region_options(request.viewer))  # type: ignore[attr-defined]
    told = [
        Told("name", _("单位名称"), now.name, said.get("name", "").strip()),
        Told("short", _("简称"), now.short, said.get("short", "").strip()),
        Told(
            "region", _("所在地区"), now.region_code, said.get("region", ""), words=lambda code: places.get(code, code)
        ),
        Told("contact", _("联系人和电话"), now.contact, said.get("contact", "").strip()),
        Told(
            "level",
            _("上传文件的密级"),
            str(now.level),
            said.get("level", str(now.level)),
            words=lambda n: level_words(int(n)) if n.isdecimal() else n,
        ),
    ]
    return met(request, str(now), reverse("office", args=[found.pk]), told)


def _role_met(request: HttpRequest, known: Role) -> HttpResponse | None:
    now = Role.objects.get(pk=known.pk)
    said = request.POST
    actions = "、".join(str(ACTION_WORDS[a]) for a in ACTIONS if a == "read" or a in said.getlist("actions"))
    told = [
        Told("name", _("角色"), now.name_zh, said.get("name", "").strip(), decision=True),
        Told("meaning", _("说明"), now.meaning_zh, said.get("meaning", "").strip(), decision=True),
        Told("actions", _("权限"), actions_of(now), actions, decision=True),
    ]
    return met(request, str(role_name(now)), f"{reverse('accounts')}#roles", told)


def actions_of(role: Role) -> str:
    """What a role may do, as its form shows it."""
    return "、".join(str(ACTION_WORDS[a]) for a in ACTIONS if a in role.allowed)


def _form_words(viewer: Viewer) -> dict[str, Any]:
    """What the form of a grant offers: nothing that the reader could not give."""
    whole = everywhere(viewer)
    own = {action for action in Action if viewer.scope(action).cells}
    highest = max((cell.level for cell in viewer.scope(Action.ADMINISTER).cells), default=0)
    return {
        "whole": whole,
        "offices": _offices(viewer, Office.objects.filter(closed_at=None)),
        "roles": [(r.value, role_name(r)) for r in Role.objects.all() if whole or own >= set(r.allowed)],
        "levels": [(level, words) for level, words in level_choices() if whole or level <= highest],
        "regions": region_options(viewer),
        "chains": sorted({chain.name for chain in known_chains()}),
    }


@needs(Action.ADMINISTER, partly=True)
@require_POST
def grant(request: HttpRequest) -> HttpResponse:
    """A new grant, of an account (`user`) or an office (`office`)."""
    said = request.POST
    user = get_user_model().objects.filter(pk=int(said["user"])).first() if said.get("user", "").isdigit() else None
    office = _office(said.get("office", ""))
    role = get_object_or_404(Role, value=said.get("role", ""))
    until, level = said.get("until", "").strip(), said.get("level", "")

    def give() -> Grant:
        try:
            last = date.fromisoformat(until) if until else None
        except ValueError:
            raise ValueError("请填写日期，格式为 年-月-日 / give the day as year-month-day") from None
        chains = said.get("chains", "").replace("，", "、").replace(",", "、").split("、")
        return accounts.give_grant(
            role, request.user.get_username(), user=user, office=office, region=said.get("region", ""), chains=chains,
            level=int(level) if level.isdigit() else highest_level() + 1, until=last, reason=said.get("reason", "").strip(),
        )  # fmt: skip

    _done(request, give, _("已授权，立即生效。"))
    return (
        redirect("account", pk=user.pk)
        if user is not None
        else redirect("office", pk=office.pk)
        if office
        else redirect("accounts")
    )


@needs(Action.ADMINISTER, partly=True)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a grant; it stays on record."""
    found = get_object_or_404(Grant.objects.select_related("role", "user", "office"), pk=pk)
    if found.user_id is not None:
        _person(request, found.user_id)
    elif not _offices(request.viewer, [found.office]):  # type: ignore[attr-defined, list-item]
        raise Http404
    _done(request, lambda: accounts.end_grant(found, request.user.get_username()), _("已收回，立即生效。"))
    if found.user_id is not None:
        return redirect("account", pk=found.user_id)
    return redirect("office", pk=found.office_id)


@needs(Action.ADMINISTER, partly=True)
@require_POST
def active(request: HttpRequest, pk: int) -> HttpResponse:
    """Shuts an account (`active` empty) or opens it again."""
    user = _person(request, pk)
    wanted = bool(request.POST.get("active"))
    said = _("已启用。") if wanted else _("已停用，已登录的会话随即失效。")
    _done(request, lambda: accounts.set_active(user, request.user.get_username(), active=wanted), said)
    return redirect("account", pk=pk)


@needs(Action.ADMINISTER, partly=True)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a one-time link and shows it, once: it is kept nowhere."""
    user = _person(request, pk)
    try:
        token, made = accounts.invite(user, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("account", pk=pk)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    response = render(request, "workbench/invited.html", {"person": user, "link": link, "invitation": made})
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(Action.ADMINISTER, partly=True)
@require_http_methods(["GET", "POST"])
def office(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """One office: what it is called, its people, its grants. Without a `pk`, POST adds one."""
    found = get_object_or_404(Office, pk=pk) if pk else None
    if found is not None and not _offices(request.viewer, [found]):  # type: ignore[attr-defined]
        raise Http404
    if request.method == "POST":
        said = request.POST
        with alone():
            if found is not None and (met_page := _office_met(request, found)) is not None:
                return met_page
            made = _done(
                request,
                lambda: accounts.save_office(
                    request.user.get_username(), name=said.get("name", ""), short=said.get("short", "").strip(),
                    region=said.get("region", ""), contact=said.get("contact", "").strip(), office=found,
                    level=_level(said.get("level", ""), found),
                ),
                _("已保存。"),
            )  # fmt: skip
        kept = made or found
        return redirect("office", pk=kept.pk) if kept is not None else redirect("accounts")
    if found is None:
        return redirect("accounts")
    grants = Grant.objects.filter(office=found).select_related("role").order_by("ended_at", "-pk")
    context = {
        "office": found,
        "people": found.accounts.select_related("user").order_by("user__username"),
        "grants": [(each, grant_words(each)) for each in grants],
        "home": reverse("accounts"),
        **_form_words(request.viewer),  # type: ignore[attr-defined]
    }
    return render(request, "workbench/office.html", context)


@needs(Action.ADMINISTER)
@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """Writes a role (`value` of one there is) or adds one."""
    said = request.POST
    value = said.get("value", "").strip()
    known = Role.objects.filter(value=value).first() if said.get("known") else None
    with alone():
        if known is not None and (met_page := _role_met(request, known)) is not None:
            return met_page
        _done(
            request,
            lambda: accounts.save_role(
                request.user.get_username(), value=value, name=said.get("name", ""), actions=said.getlist("actions"),
                meaning=said.get("meaning", "").strip(), role=known,
            ),
            _("已保存，持有这一角色的账号立即按新的权限。"),
        )  # fmt: skip
    return redirect(f"{reverse('accounts')}#roles")
