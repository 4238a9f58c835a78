"""Who is who: the ledger's enterprises and the firms of the loaded registry; what waits for a person; deciding and taking back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, Entity, RegistryLink, RegistryMatch, WorkChange
from liantu.ledger.models.registry_links import STANDING
from liantu.ledger.rights import Action
from liantu.ledger.standing import batches
from liantu.ledger.whois.counting import counts
from liantu.ledger.work.choosing import There
from liantu.ledger.writing import alone
from liantu.registry import RegistryError
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import per_revision, revision
from liantu.workbench.correcting import in_language
from liantu.workbench.deciding import told_of_link
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import chosen, region_q, words_q
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.listing import listing
from liantu.workbench.opened import met
from liantu.workbench.registry_firms import LONGEST_WORDS
from liantu.workbench.registry_rows import about_registry, firms_seen, found_by
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer
from liantu.workbench.whois_pages import found_rivals, items_of

SHOWN = 30
SORTS = {
    "weight": "entity__registry_match__weight",
    "name": "name",
    "statements": "n_statements",
    "score": "entity__registry_match__score",
}
Row = tuple[EnterpriseView, "RegistryMatch | None", "RegistryLink | None", str]


def registry_q(params: QueryDict) -> Q:
    """The enterprises that a page address asks for, by where they stand with the registry."""
    found = region_q(chosen(params, "region")) & words_q(chosen(params, "q"), "name")
    state = chosen(params, "state", labels.LINK_STATE)
    links = RegistryLink.objects.filter(entity__canonical=OuterRef("pk"), removed_at=None)
    confirmed = Q(There(links.filter(how="confirmed"), "confirmed"))
    band = {"automatic": "linked", "confirmed": "linked"}.get(state, state)
    if state in ("automatic", "confirmed", "review", "new"):
        found &= Q(entity__registry_match__band=band)
    if state == "confirmed":
        found &= confirmed
    elif state == "automatic":
        found &= ~confirmed
    elif state == "flagged":
        found &= Q(There(links.exclude(flag=""), "flagged"))
    elif state == "waiting":
        found &= Q(entity__registry_match=None)
    return found


@needs(Action.READ)
@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """The enterprises with the firm of the registry that each is, and how that is known."""
    at = revision()
    told = per_revision("registry-counts", counts, at)
    page = listing(
        request,
        EnterpriseView.objects.all(),
        registry_q(request.GET),
        name="registry",
        sorts=SORTS,
        default="-weight",
        last="entity",
        at=at,
    )
    context = {
        "listing": page,
        "rows": rows_of(page.rows),
        "about": about_registry(),
        "counts": told,
        "states": [(code, word, getattr(told, code)) for code, word in labels.LINK_STATE.items()],
        "regions": region_choices(EnterpriseView, at),
        "params": request.GET,
    }
    return answer(request, "workbench/registry.html", "workbench/parts/registry_rows.html", "results", context)


def rows_of(views: Iterable[EnterpriseView]) -> list[Row]:
    """Enterprises with their comparison, their link and their state (a key of `labels.LINK_STATE`): two queries for any number."""
    shown = list(views)
    ids = [view.pk for view in shown]
    matches = RegistryMatch.objects.in_bulk(ids)
    links: dict[int, RegistryLink] = {}
    kept = RegistryLink.objects.filter(entity__canonical__in=ids, removed_at=None).exclude(how="rejected")
    for link in kept.select_related("entity").order_by("pk"):
        whole = link.entity.canonical_id or link.entity_id
        if whole not in links or link.how in STANDING:
            links[whole] = link
    return [(v, matches.get(v.pk), links.get(v.pk), _state(matches.get(v.pk), links.get(v.pk))) for v in shown]


def _state(match: RegistryMatch | None, link: RegistryLink | None) -> str:
    if link is not None and link.flag:
        return "flagged"
    if match is None:
        return "waiting"
    return link.how if match.band == RegistryMatch.Band.LINKED and link is not None else match.band


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All of them as a file."""
    columns = [
        Column(_("企业"), 36),
        Column(_("地区"), 14),
        Column(_("对应情况"), 14),
        Column(_("登记企业"), 36),
        Column(_("统一社会信用代码"), 22),
        Column(_("须再看"), 30),
        Column(_("把握"), 8, "0.00"),
        Column(_("依据"), 60),
        Column(_("登记库版本"), 28),
        Column(_("陈述数"), 8),
    ]
    found = EnterpriseView.objects.filter(registry_q(request.GET)).order_by("-entity__registry_match__weight", "entity")
    note = _("“自动对应”由程序按名称和信用代码认定，未经人工核对；信用代码不同的从不对应。")
    return file_answer(form, _("企业与登记库"), columns, _cells(found), [note])


def _cells(found: QuerySet[EnterpriseView]) -> Iterator[list[Cell]]:
    for part in batches(found.iterator(chunk_size=500), 500):
        for view, match, link, state in rows_of(part):
            said = link or match
            yield [
                view.name,
                region_name(view.region_code or view.city_code),
                labels.word(labels.LINK_STATE, state),
                link.firm_name if link is not None else "",
                link.uscc if link is not None else "",
                labels.word(labels.LINK_FLAG, link.flag) if link is not None and link.flag else "",
                float(link.score) if link is not None and link.score is not None else None,
                (said.reason_zh if chinese() else said.reason_en) if said is not None else "",
                said.registry if said is not None else "",
                view.n_statements,
            ]


@needs(Action.EDIT)
@require_POST
def resolve(request: HttpRequest) -> HttpResponse:
    """Lets the enterprises be compared with the registry; the reader's process does it."""
    by = request.user.get_username()
    made = services.ask_to_resolve(by, everything=bool(request.POST.get("everything")))
    if made.by != by:
        messages.info(request, _("正在比对，由别人发起；稍后刷新即可看到结果。"))
        return redirect("registry")
    return redirect("job-page", pk=made.pk)


@needs(Action.READ)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What waits for a person: much said of it, large sums and almost certain ones first."""
    waiting = RegistryMatch.objects.filter(band=RegistryMatch.Band.REVIEW).order_by("-weight", "entity")
    items = items_of(list(waiting[:SHOWN]))
    told = per_revision("registry-counts", counts)
    context = {"items": items, "about": about_registry(), "total": told.review, "counts": told}
    return answer(request, "workbench/registry_review.html", "workbench/registry_review.html", "", context)


@needs(Action.READ, on=Entity)
@require_safe
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Firms of the registry by a part of a name or by code, for an enterprise whose firm is not among the candidates."""
    view = get_object_or_404(EnterpriseView, pk=pk)
    words = chosen(request.GET, "q")[:LONGEST_WORDS]
    context = {
        "view": view,
        "words": words,
        "rivals": found_rivals(found_by(words), view),
        "about": about_registry(),
    }
    return answer(request, "workbench/registry_find.html", "workbench/parts/registry_found.html", f"find-{pk}", context)


@needs(Action.APPROVE, on=Entity)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """It is this firm (`same KEY`), it is not (`not KEY`), or it is none of the registry's (`none`)."""
    view = get_object_or_404(EnterpriseView, pk=pk)
    verdict, _space, firm = request.POST.get("say", "").partition(" ")
    if verdict not in ("same", "not", "none") or (verdict == "none") == bool(firm):
        raise Http404(_("请选择：是这家、不是，或登记库里没有。"))
    if firm and firm not in firms_seen([firm]) and not any(link.firm == firm for link in services.links_of(pk)):
        raise Http404(_("登记库里没有这家企业，或者它不在您的权限之内。"))
    by, reason = request.user.get_username(), request.POST.get("reason", "").strip()[:500]
    try:
        with alone():
            told, since = told_of_link(pk, verdict, firm)
            if (met_page := met(request, view.name, reverse("enterprise", args=[pk]), told, since=since)) is not None:
                return met_page
            if verdict == "same":
                change = services.confirm_link(pk, firm, by, reason)
            elif verdict == "not":
                change = services.refuse_link(pk, firm, by, reason)
            else:
                change = services.say_unlisted(pk, by, reason)
    except (ValueError, RegistryError) as error:
        return _decided(request, view, None, in_language(error))
    link = RegistryLink.objects.get(pk=change.row)
    words = {
        "same": _("“%(name)s”就是登记库中的“%(firm)s”。"),
        "not": _("“%(name)s”不是“%(firm)s”，不再提示这一家。"),
        "none": _("“%(name)s”在登记库里没有。"),
    }
    return _decided(request, view, change, words[verdict] % {"name": view.name, "firm": link.firm_name})


def _decided(request: HttpRequest, view: EnterpriseView, change: WorkChange | None, said: str) -> HttpResponse:
    """A line in place of the buttons, with the way back; without htmx the page that it came from."""
    if request.headers.get("HX-Request"):
        context: dict[str, Any] = {"said": said, "change": change, "view": view}
        return render(request, "workbench/parts/registry_decided.html", context)
    (messages.success if change is not None else messages.error)(request, said)
    if request.POST.get("next") == "review":
        return redirect("registry-review")
    return redirect("enterprise", pk=view.pk)


def link_change(pk: int, **_rest: Any) -> WorkChange | None:
    """The change of a link that an address names."""
    return WorkChange._base_manager.filter(pk=pk, kind="link").first()


@needs(Action.APPROVE, on=link_change)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one decision back; nothing of it is deleted."""
    change = get_object_or_404(WorkChange, pk=pk, kind="link")
    try:
        services.undo_change(pk, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已撤回，可以重新认定。"))
    return redirect("entity", pk=change.root_id)
