"""Answers about what officials keep: campaigns followed, rates, the records of one project."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from liantu.api.filters import CampaignFilters, RateFilters, as_params
from liantu.api.schemas import ListOut
from liantu.api.work_schemas import (
    BatchItemOut,
    BatchOut,
    CampaignOut,
    ChangeOut,
    FollowedOut,
    ProjectRecordsOut,
    RateOut,
    RecordOut,
    WithinOut,
)
from liantu.ledger.models import BatchEvent, Entity, StageEntry, WorkChange
from liantu.ledger.models.records import ProjectRecord, WorkRecord
from liantu.ledger.work.cohorts import Cohort, cohorts_of_all
from liantu.ledger.work.kinds import KINDS
from liantu.ledger.work.rate_lines import Line, counted_lines, money_lines
from liantu.ledger.work.standings import entered_events, whole_progress
from liantu.tracking import definitions
from liantu.workbench.dossier import members_of
from liantu.workbench.filters import projects_q
from liantu.workbench.views.campaigns import campaigns_q

CHANGES = 500


def campaigns(filters: CampaignFilters) -> ListOut[CampaignOut]:
    """Campaigns, newest first, each with its batches."""
    rows = BatchEvent.objects.filter(campaigns_q(as_params(filters))).order_by("-year", "-number", "pk")
    total, start = rows.count(), (filters.page - 1) * filters.per_page
    shown = list(rows[start : start + filters.per_page])
    followed = cohorts_of_all(shown, timezone.localdate())
    return ListOut(
        count=total,
        more_than_counted=False,
        page=filters.page,
        per_page=filters.per_page,
        has_next=start + len(shown) < total,
        items=[
            CampaignOut(
                id=event.pk,
                year=event.year,
                number=event.number,
                held_on=event.held_on,
                venue=event.venue,
                region_code=event.region_code,
                secrecy=event.secrecy,
                basis=event.basis,
                batches=[_batch(cohort) for cohort in followed[event.pk]],
            )
            for event in shown
        ],
    )


def _batch(cohort: Cohort) -> BatchOut:
    total = cohort.published
    return BatchOut(
        kind=cohort.kind,
        listed=len(cohort.members),
        unlinked=cohort.unlinked,
        published_projects=total.projects if total else None,
        published_investment=_float(total.investment if total else None),
        published_output=_float(total.output if total else None),
        published_basis=total.basis if total else "",
        followed=[
            FollowedOut(
                stage=step.stage,
                count=step.count,
                rate=step.rate.definition.id if step.rate else "",
                value=_float(step.rate.value if step.rate else None),
                within=[WithinOut(months=months, count=count) for months, count in step.within],
            )
            for step in cohort.followed
        ],
        items=[
            BatchItemOut(
                id=member.item.pk,
                name=member.item.name,
                phase=member.item.phase,
                project=member.project,
                investment=_float(member.item.investment),
                output=_float(member.item.output),
                reached=list(member.reached),
            )
            for member in cohort.members
        ],
    )


def rates(filters: RateFilters) -> list[RateOut]:
    """All rates of the projects chosen; those of a year for `year`, the present one when it is not given."""
    params = as_params(filters)
    params.pop("year", None)
    where, chain = projects_q(params), filters.chain if filters.chain != "-" else ""
    params.pop("chain", None)
    anywhere: Q = projects_q(params)
    year = filters.year or timezone.localdate().year
    return [_rate(line) for line in (*counted_lines(anywhere if chain else where, chain), *money_lines(where, year))]


def _rate(line: Line) -> RateOut:
    meaning, made = definitions()[line.definition], line.rate
    return RateOut(
        definition=meaning.id,
        name_zh=meaning.name_zh,
        name_en=meaning.name_en,
        numerator_zh=meaning.numerator_zh,
        denominator_zh=meaning.denominator_zh,
        unit=meaning.unit,
        state=meaning.state,
        source=meaning.source,
        numerator=_float(made.numerator if made else None),
        denominator=_float(made.denominator if made else None),
        value=_float(made.value if made else None),
        counted=line.counted,
        left_out=line.left_out,
        flags=list(made.flags) if made else [],
    )


def project_records(entity: int) -> ProjectRecordsOut | None:
    """What officials keep of a project, under all its names; None when there is no such project."""
    thing = Entity.objects.filter(pk=entity, kind="project").first()
    if thing is None:
        return None
    ids = members_of(thing)
    found: list[RecordOut] = []
    for kind, model in KINDS.items():
        if issubclass(model, ProjectRecord):
            rows = model._default_manager.filter(project_id__in=ids, removed_at=None).order_by("pk")
            found += [_record(kind, row) for row in rows]
    entries = list(StageEntry.objects.filter(project_id__in=ids, removed_at=None))
    standing = whole_progress(entered_events(entries), timezone.localdate())
    changes = WorkChange.objects.filter(project_id__in=ids).order_by("-id")[:CHANGES]
    return ProjectRecordsOut(
        entity=thing.canonical_id or thing.pk,
        stage=standing.stage,
        side=standing.side,
        records=found,
        changes=[
            ChangeOut(
                id=change.pk,
                kind=change.kind,
                record=change.row,
                version=change.version,
                action=change.action,
                before=change.before,
                after=change.after,
                by=change.by,
                at=change.at,
                reason=change.reason,
                undone_at=change.undone_at,
                undone_by=change.undone_by,
            )
            for change in changes
        ],
    )


def _record(kind: str, row: WorkRecord) -> RecordOut:
    return RecordOut(
        kind=kind,
        id=row.pk,
        version=row.version,
        columns={column: row.column_value(column) for column in row.record_columns()},
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
