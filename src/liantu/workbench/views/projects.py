"""Projects: the ledger of them, and one project with its stages, money, relations and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import Alert, Entity, ProjectView, Statement
from liantu.ledger.rights import Action
from liantu.ledger.standing import batches, standing
from liantu.ledger.work.schemes import schemes
from liantu.ledger.work.standings import entered_events, whole_progress
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import per_tables, revision
from liantu.workbench.dossier import dossier_of, members_of, newest_statements
from liantu.workbench.facets import chain_choices, region_choices
from liantu.workbench.filters import projects_q
from liantu.workbench.formatting import region_name
from liantu.workbench.life import bar, compared, moments, phases
from liantu.workbench.listing import listing
from liantu.workbench.project_records import records_of, standings_of
from liantu.workbench.rights import needs
from liantu.workbench.steps import steps_of
from liantu.workbench.views.answers import answer, file_answer

SORTS = {
    "recency": "recency",
    "name": "name",
    "stage": "stage_order",
    "investment": "investment",
    "sources": "n_sources",
}


@needs(Action.READ)
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects the filters let through."""
    at = revision()
    where = projects_q(request.GET)
    page = listing(
        request,
        ProjectView.objects.all(),
        where,
        name="projects",
        sorts=SORTS,
        default="-recency",
        last="entity",
        at=at,
    )
    money = per_tables(f"investment:{where!r}", lambda: _investment(where), at)
    standings = standings_of([row.pk for row in page.rows])
    context = {
        "listing": page,
        "standings": standings,
        "today": timezone.localdate(),
        "work": labels.WORK,
        "buckets": labels.PLAN_BUCKET,
        "investment": money,
        "regions": region_choices(ProjectView, at),
        "chains": chain_choices(ProjectView, at),
        "stages": labels.STAGE,
        "params": request.GET,
    }
    return answer(request, "workbench/projects.html", "workbench/parts/project_rows.html", "results", context)


def _investment(where: Q) -> float:
    return float(ProjectView.objects.filter(where).order_by().aggregate(s=Sum("investment"))["s"] or 0.0)


@needs(Action.READ)
@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project. A name that was merged into another leads to that one's page."""
    entity = get_object_or_404(Entity, pk=pk)
    view = ProjectView.objects.filter(pk=pk).select_related("owner_entity").first()
    if view is None and entity.canonical_id and entity.canonical_id != pk:
        return redirect("project", pk=entity.canonical_id)
    found = dossier_of(entity)
    today = timezone.localdate()
    kept = records_of(members_of(entity), today)
    steps = steps_of(found.own, found.events, found.names)
    read = [row.text_value for row in found.own if row.text_value] + [step.code for step in steps]
    stage = view.stage if view is not None else ""
    order = list(labels.STAGE)
    entered = whole_progress(entered_events(kept.stages), today)
    context = {
        "alerts": Alert.objects.filter(project_id=entity.pk, state=Alert.State.OPEN).count(),
        "entity": entity,
        "view": view,
        "dossier": found,
        "conflict_columns": [c for c in view.conflict.split(",") if c] if view is not None else [],
        "steps": steps,
        "records": kept,
        "entered": entered,
        "moments": moments(steps, kept.stages),
        "bar": bar(kept.stages, read, stage),
        "compared": compared(kept.stages, today),
        "phases": phases(kept.stages, steps, [phase.name for phase in kept.phases]),
        "local": [
            (scheme.title, bucket)
            for scheme in schemes().values()
            if (
                bucket := scheme.bucket_of(
                    max(entered.stage, stage, key=lambda s: order.index(s) if s in order else -1)
                )
            )
        ],
    }
    return answer(request, "workbench/project.html", "workbench/project.html", "", context)


@needs(Action.READ)
@require_safe
def investment(request: HttpRequest, pk: int) -> HttpResponse:
    """Every sentence that says what a project costs."""
    entity = get_object_or_404(Entity, pk=pk)
    said = standing().filter(subject_id__in=members_of(entity), value__isnull=False)
    said = said.filter(Q(kind="project") | Q(property__contains="总投资"))
    rows = _once_a_sentence(said.order_by(F("source__published").desc(nulls_last=True), "id")[:60])
    context = {"entity": entity, "view": ProjectView.objects.filter(pk=pk).first(), "rows": rows}
    return answer(request, "workbench/investment.html", "workbench/parts/investment.html", "panel-body", context)


def _once_a_sentence(said: Iterable[Statement]) -> list[Statement]:
    """One statement for each sentence and value, that of the number itself where there is one."""
    kept: dict[tuple[int | None, str, float | None], Statement] = {}
    for row in said:
        key = (row.source_id, row.sentence, row.value)
        if key not in kept or (row.figure_kind and not kept[key].figure_kind):
            kept[key] = row
    return list(kept.values())


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All projects that the filters let through."""
    columns = [
        Column(_("项目"), 44),
        Column(_("阶段"), 10),
        Column(_("总投资（亿元）"), 14, "#,##0.####"),
        Column(_("地区"), 16),
        Column(_("地点"), 24),
        Column(_("建设单位"), 30),
        Column(_("产业链"), 18),
        Column(_("陈述数"), 8),
        Column(_("来源数"), 8),
        Column(_("各源不一的栏"), 16),
        Column(_("登记的阶段"), 12),
        Column(_("停缓建等"), 10),
        Column(_("未销号问题"), 10),
        Column(_("最近期限"), 12),
        Column(_("说它的句子"), 70),
        Column(_("来源"), 40),
        Column(_("发布日期"), 12),
    ]
    found = ProjectView.objects.filter(projects_q(request.GET)).order_by("-recency", "entity")
    return file_answer(
        form, _("项目"), columns, _export_rows(found), [_("阶段取各来源中最靠后的一个；投资以元换算为亿元。")]
    )


def _export_rows(found: QuerySet[ProjectView]) -> Iterator[list[Cell]]:
    for batch in batches(found.iterator(chunk_size=500), 500):
        said = newest_statements([row.pk for row in batch], "project")
        standings = standings_of([row.pk for row in batch])
        for row in batch:
            statement = said.get(row.pk)
            source = statement.source if statement else None
            standing = standings.get(row.pk)
            yield [
                row.name,
                labels.word(labels.STAGE, row.stage),
                None if row.investment is None else row.investment / 1e8,
                region_name(row.region_code or row.city_code),
                row.place,
                row.owner,
                row.chain_name,
                row.n_statements,
                row.n_sources,
                "、".join(labels.word(labels.PROJECT_COLUMN, c) for c in row.conflict.split(",") if c),
                labels.word(labels.STAGE, standing.stage) if standing else "",
                labels.word(labels.SIDE, standing.side) if standing else "",
                standing.open_problems if standing else None,
                standing.next_due if standing else None,
                statement.sentence if statement else "",
                (source.title or source.name) if source else "",
                source.published if source else None,
            ]
