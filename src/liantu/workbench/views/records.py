"""Entering, changing, removing records of projects, campaigns and targets; taking a change back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.duties.escalating import next_number
from liantu.ledger.models import (
    BatchEvent,
    ChainList,
    Duty,
    Entity,
    ListRow,
    MeetingDecision,
    OfficeRules,
    OrderReply,
    ScoreEntry,
    StageEntry,
    SupervisionOrder,
    TargetActual,
    TargetRecord,
    TaskNote,
    WorkChange,
)
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.rights import Action, Place, current_viewer, ensure
from liantu.ledger.work.kinds import KINDS, field_of
from liantu.workbench.candidates import project_choices
from liantu.workbench.correcting import in_language
from liantu.workbench.dossier import members_of
from liantu.workbench.filters import whole
from liantu.workbench.offering import place_to_enter
from liantu.workbench.project_records import changes
from liantu.workbench.record_forms import fields_for, given
from liantu.workbench.record_links import chain_names, link_choices
from liantu.workbench.rights import gives_place, needs

CHANGES_SHOWN = 200
OF_LISTS = {"list": "list-edit", "listrow": "list-row"}
"""Kinds that have forms of their own."""


def record_of(kind: str, pk: int, **_rest: Any) -> WorkRecord | None:
    """The record that an address names."""
    return KINDS[kind]._base_manager.filter(pk=pk).first() if kind in KINDS else None


def parent_of(parent: str, pk: int, **_rest: Any) -> WorkRecord | None:
    """The record that a new one is to belong to."""
    return record_of(parent, pk)


@needs(Action.EDIT, on=Entity)
@require_http_methods(["GET", "POST"])
def add_to_project(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new record of a project."""
    entity = get_object_or_404(Entity, pk=pk, kind="project")
    home = reverse("project", args=[entity.canonical_id or entity.pk])
    return record_form(request, kind, "project", entity.pk, str(entity), home)


@needs(Action.EDIT, on=BatchEvent)
@require_http_methods(["GET", "POST"])
def add_to_campaign(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new item or published total of a campaign."""
    event = get_object_or_404(BatchEvent, pk=pk, removed_at=None)
    return record_form(request, kind, "event", event.pk, campaign_name(event), reverse("campaign", args=[pk]))


@needs(Action.EDIT, on=TargetRecord)
@require_http_methods(["GET", "POST"])
def add_to_target(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new figure or part of a target, entered by hand."""
    row = get_object_or_404(TargetRecord, pk=pk, removed_at=None)
    if kind == "revision":  # a revision is a word on two targets, given on the page of the later one
        raise Http404(_("没有这一类记录。"))
    return record_form(request, kind, "target", row.pk, target_name(row), reverse("target", args=[pk]))


@gives_place
def place_of_new(kind: str, **_rest: Any) -> Place | None:
    """Where a record that has no chain can be entered: in a region that the reader may edit for every chain, and where it has no
    region either, only with a grant for all. Of others the form says where they belong."""
    names = {field.name for field in KINDS[kind]._meta.concrete_fields} if kind in KINDS else {"chain"}
    viewer = current_viewer()
    if "chain" in names or viewer is None:
        return None
    whole = [cell.region for cell in viewer.scope(Action.EDIT).cells if cell.chains is None]
    return Place(whole[0] if whole and "region_code" in names else "")


@needs(Action.EDIT, on=place_of_new)
@require_http_methods(["GET", "POST"])
def add_alone(request: HttpRequest, kind: str) -> HttpResponse:
    """A new record that belongs to nothing else: a campaign, a target, a bucket of a stage scheme."""
    return record_form(request, kind, "", 0, "", reverse(LISTS.get(kind, "schemes")))


@needs(Action.EDIT, on=parent_of)
@require_http_methods(["GET", "POST"])
def add_under(request: HttpRequest, parent: str, pk: int, kind: str) -> HttpResponse:
    """A new record of a programme, meeting, task, order, duty or person."""
    row = get_object_or_404(_kind(parent), pk=pk, removed_at=None)
    return record_form(request, kind, parent, pk, *reversed(_home(row)))


def record_form(request: HttpRequest, kind: str, parent: str, parent_id: int, name: str, home: str) -> HttpResponse:
    """The form of a new record under a parent, or of one that stands alone; after saving it leads home."""
    model = _kind(kind)
    if parent != model.PARENT:
        raise Http404(_("没有这一类记录。"))
    _refuse_accounts(kind)
    context: dict[str, Any] = {"title": str(model._meta.verbose_name), "name": name, "home": home, "kind": kind}
    if request.method == "POST":
        try:
            values = given(kind, request.POST) | ({f"{parent}_id": parent_id} if parent else {})
            if not parent:
                ensure(
                    Action.EDIT, Place(values.get("region_code", ""), tuple(filter(None, [values.get("chain", "")])))
                )
            change = services.add_record(kind, values, request.user.get_username(), _reason(request))
        except ValueError as error:
            context["errors"] = in_language(error).split("\n")
            return _form(request, context, kind, request.POST, status=422)
        messages.success(request, _("已记下，可在改动记录中撤回。"))
        if kind == "campaign" or kind in ROOTS:
            return redirect(kind, pk=change.row)
        return redirect(f"{home}#{kind}")
    return _form(request, context, kind, _beginning(request, model, parent_id))


def _beginning(request: HttpRequest, model: type[WorkRecord], parent_id: int) -> dict[str, str]:
    """What a new form is filled in with: what the address gives, and the present year and month."""
    today = timezone.localdate()
    usual = {"year": str(today.year), "month": str(today.month)}
    if model is StageEntry:
        usual = {"on": today.isoformat()}
    if model is TargetRecord:
        usual = {"bound": ">=", "figure_kind": "level", "profile": "stock"}
    if model is TargetActual:
        usual = {"on": today.isoformat(), "verdict": "counts"}
    if model in (TaskNote, OrderReply):
        usual = {"on": today.isoformat()}
    if model is MeetingDecision:
        last = MeetingDecision.objects.filter(meeting=parent_id, removed_at=None).aggregate(n=Max("order"))["n"]
        usual = {"order": str((last or 0) + 1)}
    if model is Duty:
        usual = {"rule": "last_working_day", "shift": "before", "since": today.isoformat()}
    if model is SupervisionOrder:
        usual = {"rank": "ordinary", "issued_on": today.isoformat(), "number": next_number(today.year)}
    here = place_to_enter(request)
    usual |= {"region_code": here.region_code, "chain": "".join(here.chains)}
    return {name: request.GET.get(name, usual.get(name, "")) for name in model.COLUMNS}


@needs(Action.READ, post=Action.EDIT, on=record_of)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Changes a record. One that somebody else changed meanwhile shows both versions instead of overwriting."""
    model = _kind(kind)
    row = get_object_or_404(model, pk=pk, removed_at=None)
    if kind in OF_LISTS:
        return redirect(OF_LISTS[kind], pk=pk)
    if request.method == "POST":
        _refuse_accounts(kind)
    home, name = _home(row)
    context: dict[str, Any] = {
        "title": str(model._meta.verbose_name),
        "name": name,
        "home": home,
        "kind": kind,
        "row": row,
        "version": row.version,
        "changes": changes(services.history_of(kind, pk)),
    }
    if request.method == "POST":
        version = whole(request.POST, "version")
        try:
            told = services.change_record(
                kind, pk, version or 0, given(kind, request.POST), request.user.get_username(), _reason(request)
            )
        except services.StaleEditError as stale:
            context |= {"stale": stale, "version": stale.current.version, "errors": [in_language(stale)]}
            return _form(request, context, kind, request.POST, stale, status=409)
        except ValueError as error:
            context |= {"errors": in_language(error).split("\n"), "version": version}
            return _form(request, context, kind, request.POST, status=422)
        messages.success(request, _("已保存，可在改动记录中撤回。"))
        return redirect(f"{home}#{told.kind}")
    return _form(request, context, kind, {c: getattr(row, field_of(kind, c).attname) for c in row.COLUMNS})


def _form(
    request: HttpRequest,
    context: dict[str, Any],
    kind: str,
    values: Mapping[str, Any],
    stale: services.StaleEditError | None = None,
    status: int = 200,
) -> HttpResponse:
    projects: tuple[tuple[str, str], ...] = ()
    if kind == "item":
        linked = values.get("project") or getattr(context.get("row"), "project_id", None)
        projects = project_choices(str(request.GET.get("find") or values.get("name") or ""), linked)
    context["fields"] = fields_for(kind, values, projects, stale, link_choices(kind))
    context["chain_names"] = chain_names(kind)
    context["reason"] = request.POST.get("reason", "")
    return render(request, "workbench/record.html", context, status=status)


@needs(Action.EDIT, on=record_of)
@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Takes a record off; the change can be taken back."""
    row = get_object_or_404(_kind(kind), pk=pk, removed_at=None)
    _refuse_accounts(kind)
    home, _name = _home(row)
    if kind in ROOTS:
        home = reverse(LISTS[kind])
    version = whole(request.POST, "version")
    try:
        services.remove_record(kind, pk, version or 0, request.user.get_username(), _reason(request))
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("record", kind=kind, pk=pk)
    messages.success(request, _("已删除，可在改动记录中撤回。"))
    return redirect(home)


@needs(Action.EDIT, on=WorkChange)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one change back."""
    change = get_object_or_404(WorkChange, pk=pk, kind__in=KINDS)  # an outline's are taken back on its chain's page
    _kind(change.kind)
    try:
        services.undo_change(pk, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已撤回这处改动。"))
    if change.project_id is not None:
        return redirect("project-changes", pk=change.project_id)
    if change.root_kind == "target":
        return redirect("target-changes", pk=change.root_id)
    if change.root_kind == "entity":
        return redirect("entity", pk=change.root_id)
    if change.root_kind in ("rules", "score"):
        return redirect("criteria" if change.root_kind == "rules" else "scorecards")
    if change.campaign is not None:
        event = BatchEvent.objects.filter(pk=change.campaign, removed_at=None)
        return redirect("campaign-changes", pk=change.campaign) if event.exists() else redirect("campaigns")
    if change.root_kind == "list" and change.root_id is not None:
        kept = ChainList.objects.filter(pk=change.root_id, removed_at=None)
        return redirect("list-changes", pk=change.root_id) if kept.exists() else redirect("lists")
    if change.root_kind in ROOTS and change.root_id is not None:
        there = KINDS[change.root_kind]._default_manager.filter(pk=change.root_id, removed_at=None)
        return redirect(change.root_kind, pk=change.root_id) if there.exists() else redirect(LISTS[change.root_kind])
    return redirect(LISTS.get(change.kind, "schemes"))


@needs(Action.READ)
@require_safe
def project_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of a project's records, newest first."""
    entity = get_object_or_404(Entity, pk=pk, kind="project")
    rows = WorkChange.objects.filter(project_id__in=members_of(entity)).order_by("-id")[:CHANGES_SHOWN]
    home = reverse("project", args=[entity.canonical_id or pk])
    return render(request, "workbench/changes.html", {"name": str(entity), "home": home, "changes": changes(rows)})


@needs(Action.READ)
@require_safe
def campaign_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of a campaign, its items and totals, newest first."""
    event = get_object_or_404(BatchEvent, pk=pk)
    rows = WorkChange.objects.filter(campaign=pk).order_by("-id")[:CHANGES_SHOWN]
    home = reverse("campaign", args=[pk])
    context = {"name": campaign_name(event), "home": home, "changes": changes(rows)}
    return render(request, "workbench/changes.html", context)


def campaign_name(event: BatchEvent) -> str:
    """`2024年第3次“三个一批”`."""
    if event.number:
        return _("%(year)s年第%(number)s次“三个一批”") % {"year": event.year, "number": event.number}
    return _("%(year)s年“三个一批”") % {"year": event.year}


def _home(row: WorkRecord) -> tuple[str, str]:
    """The page that a record is shown on, and the name of what it belongs to."""
    if isinstance(row, BatchEvent):
        return reverse("campaign", args=[row.pk]), campaign_name(row)
    if isinstance(row, ChainList):
        return reverse("lists"), row.title
    if isinstance(row, ListRow):
        return reverse("list", args=[row.list_id]), row.list.title
    if row.PARENT == "event":
        event: BatchEvent = row.event  # type: ignore[attr-defined]
        return reverse("campaign", args=[event.pk]), campaign_name(event)
    if row.PARENT == "project":
        entity: Entity = row.project  # type: ignore[attr-defined]
        return reverse("project", args=[entity.canonical_id or entity.pk]), str(entity)
    if row.PARENT == "entity":
        thing: Entity = row.entity  # type: ignore[attr-defined]
        return reverse("entity", args=[thing.canonical_id or thing.pk]), str(thing)
    if isinstance(row, ScoreEntry):
        page = reverse("scorecard", args=[row.card])
        return f"{page}?period={row.period}&unit={row.unit_key}", f"{row.card} · {row.item}"
    if isinstance(row, OfficeRules):
        pages = {"criteria": "criteria-edit", "scorecard": "scorecard-edit", "bulletin": "bulletin-kind"}
        return reverse(pages[row.rule_kind], args=[row.key]), row.key
    if isinstance(row, TargetRecord):
        return reverse("target", args=[row.pk]), target_name(row)
    if row.PARENT == "target":
        target: TargetRecord = row.target  # type: ignore[attr-defined]
        return reverse("target", args=[target.pk]), target_name(target)
    kind, pk = row.root
    if kind in ROOTS:
        shown = row if row.pk == pk and not row.PARENT else getattr(row, kind)
        return reverse(kind, args=[pk]), heading_of(shown)
    name = next(name for name, model in KINDS.items() if model is type(row))
    return reverse(LISTS.get(name, "schemes")), ""


def target_name(row: TargetRecord) -> str:
    """`山西省 · 链上企业`."""
    return f"{row.subject_name} · {row.indicator}"


ROOTS = frozenset({"person", "programme", "meeting", "task", "order", "duty", "target", "certificate", "window"})
"""Kinds with a page of their own, named as they are."""
LISTS = {
    "list": "lists",
    "kit": "kits",
    "ownkit": "kits",
    "campaign": "campaigns",
    "bucket": "schemes",
    "alert_rule": "alert-rules",
    "target": "targets",
    "person": "people",
    "programme": "programmes",
    "meeting": "meetings",
    "task": "tasks",
    "order": "orders",
    "duty": "duties",
    "certificate": "certificates",
    "window": "windows",
    "escalation": "escalations",
    "rung": "escalations",
    "dayoff": "duty-calendar",
}
"""The page that lists a kind of record."""


def heading_of(row: WorkRecord) -> str:
    """What a record's page is called."""
    return str(getattr(row, "title", "") or row)


def _refuse_accounts(kind: str) -> None:
    """Who logs in as whom is for administrators to say."""
    if kind == "account":
        ensure(Action.ADMINISTER)


def _kind(kind: str) -> type[WorkRecord]:
    if kind not in KINDS or kind == "link":  # who is who is decided on pages of its own, by those who may settle it
        raise Http404(_("没有这一类记录。"))
    return KINDS[kind]


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:500]
