"""A person's week; what is late and is to be chased; the month of recurring duties; posts that documents tell."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.duties.agenda import ToDo
from liantu.ledger.duties.due import Owing, live_duties, owing
from liantu.ledger.duties.posts import accept_post, refuse_post, told_posts
from liantu.ledger.duties.settings import office_calendar, office_ladder
from liantu.ledger.models import ChainProgramme, DayOff, Escalation, Fact, FigureView, LadderRung, ProjectProblem
from liantu.ledger.rights import Action, may
from liantu.tracking import WorkingCalendar
from liantu.workbench.cached import revision
from liantu.workbench.correcting import in_language
from liantu.workbench.filters import chosen, region_q, words_q
from liantu.workbench.listing import listing
from liantu.workbench.rights import everywhere, needs
from liantu.workbench.views.answers import answer

CHASES_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the week with the address where it is done."""

    todo: ToDo
    url: str


@needs(Action.READ)
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """What whoever is logged in has to do this week, the most urgent first."""
    today, account = timezone.localdate(), request.user.get_username()
    person = services.person_of(account)
    if person is None:
        return render(request, "workbench/week.html", {"person": None, "today": today, "account": account})
    found = services.agenda(person, account, today)
    approves = may(request.user, Action.APPROVE).allowed
    lines = [Line(todo, _address(todo)) for todo in found.todo if approves or not todo.kind.startswith("verify_")]
    problems = {t.todo.row for t in lines if t.todo.kind == "verify_problem"}
    homes = {
        pk: canonical or project
        for pk, project, canonical in ProjectProblem.objects.filter(pk__in=problems).values_list(
            "pk", "project_id", "project__canonical_id"
        )
    }
    lines = [
        Line(t.todo, f"{reverse('project', args=[homes[t.todo.row]])}#problem")
        if t.todo.row in homes and t.todo.kind == "verify_problem"
        else t
        for t in lines
    ]
    groups = [
        (code, [line for line in lines if line.todo.urgency.code == code])
        for code in ("late", "today", "this_week", "no_day", "later")
    ]
    context = {
        "person": person,
        "agenda": found,
        "today": today,
        "groups": [(code, rows) for code, rows in groups if rows],
        "counts": {code: len(rows) for code, rows in groups},
        "waiting": _waiting(found.places),
    }
    return render(request, "workbench/week.html", context)


def _address(todo: ToDo) -> str:
    if todo.of_list is not None:
        return reverse("list", args=[todo.of_list])
    kind = {"watch": "task"}.get(todo.kind, todo.kind.removeprefix("verify_"))
    return reverse("week") if kind == "problem" else reverse(kind, args=[todo.row])


def _waiting(places: list[tuple[str, str]]) -> list[tuple[str, str, int, str]]:
    """Figures to look at and conflicts to settle on the person's chains and regions: (region, chain, how many, address)."""
    found: list[tuple[str, str, int, str]] = []
    for region, chain in places[:12]:
        unsure = FigureView.objects.filter(region_q(region), chain_name=chain, attention__gt=0, repeats=False)
        if n := unsure.order_by()[:1000].count():
            address = f"{reverse('figures')}?{urlencode({'region': region, 'chain': chain})}"
            found.append((region, f"{chain} · {_('没有把握的数字')}", n, address))
    for region in sorted({region for region, _chain in places[:12]}):
        if n := Fact.objects.filter(region_q(region), state="conflict").order_by()[:1000].count():
            found.append((region, _("说法不一"), n, f"{reverse('conflicts')}?{urlencode({'region': region})}"))
    return found


@needs(Action.READ, post=Action.EDIT)
@require_http_methods(["GET", "POST"])
def escalations(request: HttpRequest) -> HttpResponse:
    """What has come to a rung of the ladder and was not chased yet; what was chased; the ladder. POST records the chosen rungs."""
    today = timezone.localdate()
    if request.method == "POST":
        only = request.POST.get("only", "")
        chosen_ids = {only} if only else set(request.POST.getlist("chase"))
        try:
            made = services.escalate(today, request.user.get_username(), chosen_ids)
        except ValueError as error:
            messages.error(request, in_language(error))
        else:
            messages.success(request, _("已记下 %(n)s 次催办。") % {"n": len(made)})
        return redirect("escalations")
    words = chosen(request.GET, "q")
    page = listing(
        request, Escalation.objects.select_related("order"), words_q(words, "title", "told"), name="escalations",
        sorts={"day": "on", "due": "due"}, default="-day", last="-pk", at=revision(),
    )  # fmt: skip
    own = set(LadderRung.objects.filter(removed_at=None).values_list("subject", flat=True))
    rungs: dict[str, list[object]] = {}
    ids = {(r.subject, r.kind, r.rung): r.pk for r in LadderRung.objects.filter(removed_at=None)}
    for rung in office_ladder():
        rungs.setdefault(rung.subject, []).append((rung, ids.get((rung.subject, rung.kind, rung.rung))))
    context = {
        "chases": services.chases(today)[:CHASES_SHOWN],
        "listing": page,
        "rungs": [(subject, rows, subject in own) for subject, rows in rungs.items()],
        "params": request.GET,
        "today": today,
        "urls": {"task": "task", "order": "order", "duty": "duty"},
    }
    return answer(request, "workbench/escalations.html", "workbench/parts/escalation_rows.html", "results", context)


@needs(Action.EDIT, on=everywhere)
@require_POST
def own_ladder(request: HttpRequest, subject: str) -> HttpResponse:
    """Makes the rungs shipped for a subject the office's own."""
    try:
        services.take_over_ladder(subject, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已转为本单位自己的层级，可以改天数。"))
    return redirect("escalations")


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month: whether it is worked, what a notice says of it, what is due."""

    day: date
    inside: bool
    working: bool
    name: str
    items: list[Owing]


@needs(Action.READ)
@require_safe
def duty_calendar(request: HttpRequest) -> HttpResponse:
    """One month: what recurring duties ask for on which day, and which days are free."""
    today = timezone.localdate()
    first = _month(request.GET.get("month", ""), today)
    last = _next(first) - timedelta(days=1)
    calendar = office_calendar()
    weeks = list(Calendar().monthdatescalendar(first.year, first.month))
    # A period that begins later may be due earlier only within itself: looking to the end of the grid finds all.
    items: dict[date, list[Owing]] = {}
    for item in owing(live_duties(), today, weeks[-1][-1], calendar):
        items.setdefault(item.instance.due, []).append(item)
    context = {
        "weeks": [[_cell(day, first, calendar, items.get(day, [])) for day in row] for row in weeks],
        "month": first,
        "weekdays": _("一 二 三 四 五 六 日").split(),
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": _next(first).strftime("%Y-%m"),
        "missed": [o for day in sorted(items) for o in items[day] if o.state == "late" and o.instance.due < first][
            -60:
        ],
        "known": calendar.knows(first) and calendar.knows(last),
        "own_days": DayOff.objects.filter(removed_at=None).order_by("-first", "pk")[:60],
        "today": today,
    }
    return render(request, "workbench/duty_calendar.html", context)


def _cell(day: date, first: date, calendar: WorkingCalendar, items: list[Owing]) -> DayCell:
    told = calendar.told(day)
    return DayCell(
        day, day.month == first.month, calendar.is_working(day), told.name if told is not None else "", items
    )


def _month(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2090 else today.replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


@needs(Action.READ, on=ChainProgramme)
@require_safe
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    """What documents say of who holds the posts of a programme, to be accepted with their sentence."""
    programme = get_object_or_404(ChainProgramme, pk=pk, removed_at=None)
    return render(request, "workbench/posts.html", {"programme": programme, "offers": told_posts(programme)})


@needs(Action.EDIT, on=ChainProgramme)
@require_POST
def decide_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts or refuses one of them."""
    actions: dict[str, Callable[[int, str, str], object]] = {"accept": accept_post, "refuse": refuse_post}
    action = actions.get(request.POST.get("action", ""))
    if action is None or not ChainProgramme.objects.filter(pk=pk, removed_at=None).exists():
        raise Http404(_("没有这一类记录。"))
    try:
        action(pk, request.POST.get("offer", ""), request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已记下。"))
    return redirect("posts", pk=pk)
