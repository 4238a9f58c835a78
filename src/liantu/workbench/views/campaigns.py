"""Three-batch campaigns: the list, one with its batches followed, and many items entered at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import BatchEvent, ProjectStanding, ProjectView
from liantu.ledger.rights import Action
from liantu.ledger.standing import batches
from liantu.ledger.work.by_name import exact_projects
from liantu.ledger.work.cohorts import WITHIN, Cohort, cohorts_of, cohorts_of_all
from liantu.ledger.work.kinds import field_of
from liantu.ledger.work.told_stages import same_things
from liantu.ledger.writing import writing
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.vocabulary.work_words import work_words
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.correcting import in_language
from liantu.workbench.filters import WITHOUT, whole
from liantu.workbench.formatting import region_name
from liantu.workbench.listing import listing
from liantu.workbench.record_forms import code_word, yuan
from liantu.workbench.rights import needs
from liantu.workbench.rights_words import level_words
from liantu.workbench.views.answers import answer, file_answer
from liantu.workbench.views.records import campaign_name

SORTS = {"year": "year", "date": "held_on"}
PASTED = 2_000  # lines taken at once


def campaigns_q(params: QueryDict) -> Q:
    """The campaigns a page address asks for."""
    found = Q(removed_at=None)
    if (year := whole(params, "year")) is not None:
        found &= Q(year=year)
    if code := params.get("region", "").strip():
        found &= Q(pk__in=[pk for pk, at in BatchEvent.objects.values_list("pk", "region_code") if _within(at, code)])
    return found


def _within(place: str, code: str) -> bool:
    """Whether a campaign's place lies in the region `code`."""
    if code == WITHOUT:
        return not place
    return bool(place) and place.startswith(
        code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    )


@needs(Action.READ)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns, newest first, with the rates of their batches."""
    at = revision()
    page = listing(
        request,
        BatchEvent.objects.all(),
        campaigns_q(request.GET),
        name="campaigns",
        sorts=SORTS,
        default="-date",
        last="-id",
        at=at,
    )
    followed = cohorts_of_all(list(page.rows), timezone.localdate())
    context = {
        "listing": page,
        "rows": [(event, campaign_name(event), followed[event.pk]) for event in page.rows],
        "years": sorted(set(BatchEvent.objects.filter(removed_at=None).values_list("year", flat=True)), reverse=True),
        "params": request.GET,
    }
    return answer(request, "workbench/campaigns.html", "workbench/parts/campaign_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: each batch with its items, published totals, and how far its cohort has come."""
    event = get_object_or_404(BatchEvent, pk=pk, removed_at=None)
    cohorts = cohorts_of(event, timezone.localdate())
    context = {
        "event": event,
        "name": campaign_name(event),
        "region": region_name(event.region_code) or event.region_code,
        "cohorts": cohorts,
        "views": _views(cohorts),
        "kinds": [(code, code_word(field_of("item", "batch_kind"), code)) for code in work_words()["batch_kind"]],
        "within": WITHIN,
    }
    return answer(request, "workbench/campaign.html", "workbench/campaign.html", "", context)


def _views(cohorts: Sequence[Cohort]) -> dict[int, ProjectView]:
    return ProjectView.objects.in_bulk([m.project for c in cohorts for m in c.members if m.project is not None])


@needs(Action.EDIT, on=BatchEvent)
@require_POST
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Many items at once, one a line: name, total investment, planned output, parted by tabs, as cells of a sheet are copied.

    All lines or none: a line that cannot be read is named with its number.
    """
    event = get_object_or_404(BatchEvent, pk=pk, removed_at=None)
    kind, by = request.POST.get("batch_kind", ""), request.user.get_username()
    lines = [line for line in request.POST.get("lines", "").splitlines() if line.strip()]
    try:
        rows = _pasted(lines)
        known = exact_projects([str(row["name"]) for row in rows])
        with writing():
            for row in rows:
                values = {"event_id": pk, "batch_kind": kind, "project_id": known.get(str(row["name"]))} | row
                services.add_record("item", values, by, request.POST.get("reason", "").strip()[:500])
    except ValueError as error:
        messages.error(request, in_language(error))
        context = {"event": event, "name": campaign_name(event), "kind": kind, "lines": request.POST.get("lines", "")}
        kinds = [(code, code_word(field_of("item", "batch_kind"), code)) for code in work_words()["batch_kind"]]
        return render(request, "workbench/campaign_paste.html", context | {"kinds": kinds}, status=422)
    told = {"n": len(rows), "linked": sum(1 for row in rows if str(row["name"]) in known)}
    messages.success(request, _("已加入 %(n)s 项，其中 %(linked)s 项按名称对应到台账里的项目。") % told)
    return redirect("campaign", pk=event.pk)


def _pasted(lines: list[str]) -> list[dict[str, Any]]:
    if not lines:
        raise ValueError(_("请先粘贴内容：每行一个项目"))
    if len(lines) > PASTED:
        raise ValueError(_("一次最多 %(n)s 行，请分几次粘贴") % {"n": PASTED})
    found, wrong = [], []
    for at, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        try:
            money = [yuan(cell) if cell else None for cell in (*cells[1:3], "", "")[:2]]
            if not cells[0] or len(cells) > 3:
                raise ValueError(_("要有项目名称，后面最多两栏：总投资、计划年产值"))
            found.append({"name": cells[0], "investment": money[0], "output": money[1]})
        except ValueError as error:
            wrong.append(_("第 %(line)s 行：%(error)s") % {"line": at, "error": error})
    if wrong:
        raise ValueError("；".join(wrong[:20]))
    return found


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All batches of the campaigns that the filters let through, one row a batch and stage followed."""
    columns = [
        Column(_("活动"), 30),
        Column(_("日期"), 12),
        Column(_("地区"), 16),
        Column(_("密级"), 8),
        Column(_("批次"), 10),
        Column(_("公布项目数"), 12),
        Column(_("公布总投资（亿元）"), 16, "#,##0.####"),
        Column(_("公布计划年产值（亿元）"), 18, "#,##0.####"),
        Column(_("列出项目数"), 12),
        Column(_("未对应项目"), 12),
        Column(_("跟踪到"), 10),
        Column(_("已达到"), 10),
        Column(_("比率"), 10),
        Column(_("口径"), 40),
        *(Column(_("%(n)s个月内") % {"n": months}, 10) for months in WITHIN),
    ]
    found = BatchEvent.objects.filter(campaigns_q(request.GET)).order_by("-year", "-number", "pk")
    notes = [_("比率的分母是这一批次列出的项目；没有比率口径的阶段只计数。")]
    return file_answer(form, _("三个一批"), columns, _batch_rows(found), notes)


def _batch_rows(found: QuerySet[BatchEvent]) -> Iterator[list[Cell]]:
    for part in batches(found.iterator(chunk_size=200), 100):
        followed = cohorts_of_all(part, timezone.localdate())
        for event in part:
            for cohort in followed[event.pk]:
                for step in cohort.followed:
                    definition = step.rate.definition if step.rate is not None else None
                    total = cohort.published
                    yield [
                        campaign_name(event),
                        event.held_on,
                        region_name(event.region_code) or event.region_code,
                        level_words(event.secrecy),
                        code_word(field_of("item", "batch_kind"), cohort.kind),
                        total.projects if total else None,
                        _yi(total.investment if total else None),
                        _yi(total.output if total else None),
                        len(cohort.members),
                        cohort.unlinked,
                        labels.word(labels.STAGE, step.stage),
                        step.count,
                        step.rate.shown if step.rate is not None else "",
                        f"{definition.numerator_zh} ÷ {definition.denominator_zh}" if definition is not None else "",
                        *(count for _months, count in (step.within or ((0, None),) * len(WITHIN))),
                    ]


def _yi(value: Any) -> float | None:
    return None if value is None else float(value) / 1e8


@needs(Action.READ)
@require_safe
def export_items(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """All items of one campaign with the project and the stages it has reached."""
    event = get_object_or_404(BatchEvent, pk=pk, removed_at=None)
    columns = [
        Column(_("批次"), 10),
        Column(_("项目名称"), 44),
        Column(_("期次"), 8),
        Column(_("总投资（亿元）"), 14, "#,##0.####"),
        Column(_("计划年产值（亿元）"), 16, "#,##0.####"),
        Column(_("台账项目"), 44),
        Column(_("文件所说阶段"), 12),
        Column(_("登记阶段"), 12),
        Column(_("停缓建等"), 10),
        Column(_("已达到"), 30),
        Column(_("说明"), 40),
    ]
    cohorts = cohorts_of(event, timezone.localdate())
    return file_answer(form, campaign_name(event), columns, _item_rows(cohorts), [])


def _item_rows(cohorts: Sequence[Cohort]) -> Iterator[list[Cell]]:
    views = _views(cohorts)
    home = same_things(list(views))
    standings: dict[int, ProjectStanding] = {}
    for part in batches(home):
        for row in ProjectStanding.objects.filter(pk__in=part).order_by("stage_order"):
            standings[home[row.pk]] = row
    for cohort in cohorts:
        for member in cohort.members:
            view = views.get(member.project or 0)
            standing = standings.get(member.project or 0)
            yield [
                code_word(field_of("item", "batch_kind"), cohort.kind),
                member.item.name,
                member.item.phase,
                _yi(member.item.investment),
                _yi(member.item.output),
                view.name if view else "",
                labels.word(labels.STAGE, view.stage) if view else "",
                labels.word(labels.STAGE, standing.stage) if standing else "",
                labels.word(labels.SIDE, standing.side) if standing else "",
                "、".join(labels.word(labels.STAGE, stage) for stage in member.reached),
                member.item.note,
            ]
