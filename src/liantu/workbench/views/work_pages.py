"""The pages of one programme, meeting, task, supervision order, duty or person; steps; what a duty's period brought."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.duties.due import owing
from liantu.ledger.duties.packs import pack_of
from liantu.ledger.duties.people import current_q
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.models import (
    Certificate,
    ChainProgramme,
    Duty,
    Meeting,
    MeetingDecision,
    Person,
    PolicyWindow,
    ProgrammeMember,
    ProjectProblem,
    SupervisionOrder,
    Task,
)
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.rights import Action, ensure, may
from liantu.ledger.work.kinds import field_of
from liantu.ledger.work.stepping import MACHINE_OF
from liantu.tracking import steps
from liantu.tracking.terms import expiry, term_of
from liantu.workbench.correcting import in_language
from liantu.workbench.filters import whole
from liantu.workbench.record_forms import code_word, worded
from liantu.workbench.rights import needs
from liantu.workbench.views.records import LISTS, heading_of, record_of
from liantu.workbench.work_lists import LISTS as PAGES
from liantu.workbench.work_lists import is_late
from liantu.workbench.work_pages import (
    Section,
    changes_of,
    escalations_of,
    facts_of,
    links_section,
    rows_section,
    said_of,
    step_choices,
)

AHEAD = timedelta(days=45)


def _page(request: HttpRequest, kind: str, row: WorkRecord, sections: list[Section], **more: Any) -> HttpResponse:
    state = getattr(row, "state", "") if kind in MACHINE_OF else ""
    context: dict[str, Any] = {
        "row": row,
        "kind": kind,
        "heading": heading_of(row),
        "crumb": (reverse(LISTS[kind]), PAGES[LISTS[kind]].title),
        "facts": facts_of(kind, row, ("state", "title", "name")),
        "said": said_of(getattr(row, "evidence", "")),
        "sections": sections,
        "changes": changes_of(kind, row.pk),
        "state": code_word(field_of(kind, "state"), state) if state else "",
        "late": is_late(kind, row, timezone.localdate()),
        "may_edit": may(request.user, Action.EDIT, row).allowed,
    } | more
    return render(request, "workbench/work_page.html", context)


@needs(Action.READ, on=ChainProgramme)
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One chain of one region: who holds which post, the kit, what is to be done."""
    row = get_object_or_404(ChainProgramme, pk=pk, removed_at=None)
    today = timezone.localdate()
    members = ProgrammeMember.objects.filter(programme=row, removed_at=None).select_related("person")
    now = list(members.filter(current_q(today)).order_by("pk"))
    order = list(field_codes("member", "role"))
    now.sort(key=lambda m: (order.index(m.role), m.pk))
    former = list(members.exclude(pk__in=[m.pk for m in now]).order_by("-until", "pk"))
    shown = ("role", "person", "unit", "post", "since", "until")
    here = urlencode({"programme": pk, **_placed(row)})
    meetings = Meeting.objects.filter(programme=row, removed_at=None).select_related("chair").order_by("-held_on")[:10]
    tasks = Task.objects.filter(programme=row, removed_at=None).select_related("owner")
    sections = [
        rows_section("member", row, now, shown, _("现任")),
        *([rows_section("member", row, former, shown, _("历任与待任"))] if former else []),
        links_section(
            "task", _("没办完的任务"), "task", tasks.exclude(state__in=("closed", "cancelled")).order_by("due", "pk")[:20],
            ("title", "owner", "owner_unit", "due", "state"), f"{reverse('record-new', args=['task'])}?{here}",
        ),
        links_section(
            "meeting", _("会议"), "meeting", meetings, ("title", "kind", "held_on", "chair"),
            f"{reverse('record-new', args=['meeting'])}?{here}",
        ),
        links_section(
            "duty", _("周期职责"), "duty", Duty.objects.filter(programme=row, removed_at=None).select_related("owner"),
            ("title", "cadence", "owner", "owner_unit", "to_whom"), f"{reverse('record-new', args=['duty'])}?{here}",
        ),
    ]  # fmt: skip
    return _page(request, "programme", row, sections, pack=pack_of(row, today), posts_url=reverse("posts", args=[pk]))


def _placed(row: ChainProgramme | Meeting | Task) -> dict[str, str | int]:
    """Where a record made out of this one begins: at its place and its level."""
    return {"region_code": row.region_code, "chain": row.chain, "secrecy": row.secrecy}


def field_codes(kind: str, column: str) -> tuple[str, ...]:
    """The codes of a column, in order."""
    from liantu.ledger.work.kinds import codes_of

    return codes_of(field_of(kind, column))


@needs(Action.READ, on=Meeting)
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who came, what was decided, and the tasks made of it."""
    row = get_object_or_404(Meeting.objects.select_related("chair", "programme"), pk=pk, removed_at=None)
    decisions = list(row.decisions.filter(removed_at=None).order_by("order"))
    tasks: dict[int, list[Task]] = {}
    for task in Task.objects.filter(decision__in=decisions, removed_at=None).order_by("pk"):
        tasks.setdefault(task.decision_id or 0, []).append(task)
    attendees = row.attendees.filter(removed_at=None).select_related("person").order_by("pk")
    sections = [rows_section("attendee", row, attendees, ("person", "unit", "presence", "note"))]
    told = [(d, tasks.get(d.pk, []), _task_address(row, d)) for d in decisions]
    return _page(
        request, "meeting", row, sections, decisions=told,
        decision_add=reverse("record-under", args=["meeting", pk, "decision"]),
        files=[(reverse("meeting-docx", args=[pk]), _("会议纪要（Word）"))],
    )  # fmt: skip


def _task_address(row: Meeting, decision: MeetingDecision) -> str:
    day = row.held_on.isoformat() if row.held_on else ""
    values = {
        "title": decision.text[:80],
        "aim": decision.text,
        "decision": decision.pk,
        "basis": _("%(day)s《%(title)s》议定事项第 %(n)s 条") % {"day": day, "title": row.title, "n": decision.order},
        "programme": row.programme_id or "",
        **_placed(row),
    }
    return f"{reverse('record-new', args=['task'])}?{urlencode(values)}"


@needs(Action.READ, on=Task)
@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: how far it is, what leads on, how often it was chased."""
    related = ("owner", "programme", "decision__meeting", "problem__project", "project")
    row = get_object_or_404(Task.objects.select_related(*related), pk=pk, removed_at=None)
    notes = list(row.notes.filter(removed_at=None).order_by("-on", "-pk"))
    here = urlencode({
        "task": pk, "title": row.title, "owner": row.owner_id or "", "owner_unit": row.owner_unit, **_placed(row),
    })  # fmt: skip
    sections = [
        rows_section("note", row, notes, ("on", "text", "percent")),
        links_section(
            "order", _("督办"), "order", row.orders.filter(removed_at=None).order_by("pk"),
            ("title", "number", "owner_unit", "due", "state"), f"{reverse('record-new', args=['order'])}?{here}",
        ),
        *_chased("task", pk),
    ]  # fmt: skip
    percent = next((note.percent for note in notes if note.percent is not None), None)
    origin = _origin(row.problem, row.decision)
    return _page(
        request, "task", row, sections, steps=step_choices("task", row, request.user), percent=percent, origin=origin
    )


def _origin(problem: ProjectProblem | None, decision: MeetingDecision | None) -> list[tuple[str, str, str]]:
    found = []
    if decision is not None:
        meeting = decision.meeting
        found.append((_("会议议定"), f"{meeting.title} · {decision.text}", reverse("meeting", args=[meeting.pk])))
    if problem is not None:
        home = problem.project.canonical_id or problem.project_id
        found.append(
            (_("项目问题"), f"{problem.project.name}：{problem.text}", f"{reverse('project', args=[home])}#problem")
        )
    return found


def _chased(subject: str, pk: int) -> list[Section]:
    found = escalations_of(subject, pk)
    if not found:
        return []
    columns = ("rung", "on", "due", "overdue", "told")
    rows = [([(worded("escalation", column, getattr(row, column)), "") for column in columns], "") for row in found]
    return [Section("escalation", _("催办记录"), [str(field_of("escalation", c).verbose_name) for c in columns], rows)]


@needs(Action.READ, on=SupervisionOrder)
@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One supervision order with its replies."""
    related = ("owner", "issuer", "task", "problem__project")
    row = get_object_or_404(SupervisionOrder.objects.select_related(*related), pk=pk, removed_at=None)
    replies = row.replies.filter(removed_at=None).order_by("-on", "-pk")
    sections = [rows_section("reply", row, replies, ("on", "unit", "text")), *_chased("order", pk)]
    files = [(reverse("order-docx", args=[pk]), _("督办单（Word）"))]
    return _page(
        request, "order", row, sections, steps=step_choices("order", row, request.user), files=files,
        origin=_origin(row.problem, None),
    )  # fmt: skip


@needs(Action.READ, on=Duty)
@require_safe
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One recurring duty: period by period, newest first; what is missing can be handed in or excused."""
    row = get_object_or_404(Duty.objects.select_related("owner", "programme"), pk=pk, removed_at=None)
    today, calendar = timezone.localdate(), office_calendar()
    items = owing([row], today, today + AHEAD, calendar)[::-1][:120]
    excused = row.deliveries.filter(removed_at=None, excused=True).order_by("-period")
    sections = [rows_section("delivery", row, excused, ("period", "note"), _("免报的各期"))] if excused else []
    unknown = not all(calendar.knows(item.instance.due) for item in items)
    return _page(
        request, "duty", row, [*sections, *_chased("duty", pk)], items=items, unknown_holidays=unknown,
        deliver=reverse("record-under", args=["duty", pk, "delivery"]), today=today,
    )  # fmt: skip


@needs(Action.READ, on=Certificate)
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One recognition or certificate; where its paper names no last day, the day that follows from the rule for its kind."""
    row = get_object_or_404(Certificate.objects.select_related("owner"), pk=pk, removed_at=None)
    until, term = expiry(row.title, row.issued_on, row.valid_until), term_of(row.title)
    hint = ""
    if row.valid_until is None and until is not None and term is not None:
        hint = _("未写有效期，按“%(word)s”%(years)s 年推算至 %(until)s（%(source)s）") % {
            "word": term.word, "years": term.years, "until": until, "source": term.source,
        }  # fmt: skip
    return _page(request, "certificate", row, [], hint=hint)


@needs(Action.READ, on=PolicyWindow)
@require_safe
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """One time in which support can be applied for."""
    row = get_object_or_404(PolicyWindow.objects.select_related("owner"), pk=pk, removed_at=None)
    return _page(request, "window", row, [])


@needs(Action.READ, on=Person)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts, what is owed, and the account they log in with."""
    row = get_object_or_404(Person, pk=pk, removed_at=None)
    posts = ProgrammeMember.objects.filter(person=row, removed_at=None, programme__removed_at=None)
    posts = posts.select_related("programme").order_by("-since", "pk")
    told = [
        (
            [
                (str(p.programme), reverse("programme", args=[p.programme_id])),
                *((worded("member", c, getattr(p, c)), "") for c in ("role", "unit", "post", "since", "until")),
            ],
            "",
        )
        for p in posts
    ]
    heads = [str(field_of("member", c).verbose_name) for c in ("role", "unit", "post", "since", "until")]
    sections = [
        Section("post", _("任职"), [_("链长工作"), *heads], told),
        links_section(
            "task", _("没办完的任务"), "task",
            Task.objects.filter(owner=row, removed_at=None).exclude(state__in=("closed", "cancelled")).order_by("due"),
            ("title", "due", "state", "chain"),
        ),
        links_section(
            "duty", _("周期职责"), "duty", Duty.objects.filter(owner=row, removed_at=None).order_by("pk"),
            ("title", "cadence", "to_whom"),
        ),
    ]  # fmt: skip
    if may(request.user, Action.ADMINISTER).allowed:
        accounts = row.accounts.filter(removed_at=None).order_by("pk")
        sections.append(rows_section("account", row, accounts, ("account",)))
    return _page(request, "person", row, sections)


@needs(Action.READ, on=record_of)
@require_POST
def step(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Takes one step with a task, an order or a problem. Verifying needs the right to approve, all others that to edit."""
    row = get_object_or_404(_moving(kind), pk=pk, removed_at=None)
    action, words = request.POST.get("action", ""), request.POST.get("words", "")[:2000]
    known = steps()[MACHINE_OF[kind]].get(action)
    ensure(Action.APPROVE if known is not None and known.who == "other" else Action.EDIT, row)
    version = whole(request.POST, "version") or 0
    try:
        services.take_step(kind, pk, version, action, request.user.get_username(), words, timezone.localdate())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(
            request, _("已办：%(step)s。本人可在改动记录中撤回。") % {"step": known.name_zh if known else action}
        )
    return redirect(_back(kind, row))


def _moving(kind: str) -> type[WorkRecord]:
    from django.http import Http404

    from liantu.ledger.work.kinds import KINDS

    if kind not in MACHINE_OF:
        raise Http404(_("没有这一类记录。"))
    return KINDS[kind]


def _back(kind: str, row: WorkRecord) -> str:
    if isinstance(row, ProjectProblem):
        return f"{reverse('project', args=[row.project.canonical_id or row.project_id])}#problem"
    return reverse(kind, args=[row.pk])
