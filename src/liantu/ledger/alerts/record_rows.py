"""Procedures, factors and problems as rows that rules look at: those that are not done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from liantu.ledger.alerts.row_parts import refs_of
from liantu.ledger.models import FactorNeed, Permit, ProjectProblem, ProjectView
from liantu.ledger.models.records import ProjectRecord
from liantu.ledger.standing import batches
from liantu.tracking.alerts import Ref, Row, Value
from liantu.vocabulary.access import highest_level
from liantu.vocabulary.work_words import work_words


def record_rows(watch: str) -> Iterator[Row]:
    """The open records of one kind: `permit`, `factor` or `problem`."""
    model, is_open = _WATCHED[watch]
    rows: QuerySet[Any] = model._default_manager.filter(is_open, removed_at=None).annotate(
        home=Coalesce("project__canonical_id", "project_id")
    )
    for part in batches(rows.order_by("pk").iterator(chunk_size=2000), 500):
        projects = ProjectView.objects.in_bulk([row.home for row in part])
        for row in part:
            project = projects.get(row.home)
            named, values = _COLUMNS[watch](row)
            values["project"] = project.name if project is not None else ""
            yield Row(
                key=f"{watch}:{row.pk}",
                name=named[:255],
                values=values,
                region_code=project.region_code if project is not None else "",
                city_code=project.city_code if project is not None else "",
                chain=project.chain_name if project is not None else "",
                owner=row.owner,
                stage=project.stage if project is not None else "",
                due=row.due,
                project=row.home,
                secrecy=project.level if project is not None else highest_level(),
                evidence=refs_of(Ref(watch, str(row.pk))),
            )


def _permit(row: Permit) -> tuple[str, dict[str, Value]]:
    return row.item, {"item": row.item, "started_on": row.started_on, "due": row.due, "done_on": row.done_on}


def _factor(row: FactorNeed) -> tuple[str, dict[str, Value]]:
    word = work_words()["factor_kind"].get(row.factor)
    name = word.name_zh if word is not None else row.factor
    values: dict[str, Value] = {"factor": name, "due": row.due, "met_on": row.met_on}
    if row.needed and row.met is not None:
        values["gap_share"] = float(100 * (row.needed - row.met) / row.needed)
    return name, values


def _problem(row: ProjectProblem) -> tuple[str, dict[str, Value]]:
    return row.text, {
        "problem": row.text[:120], "raised_on": row.raised_on, "due": row.due, "solved_on": row.solved_on,
        "verified_on": row.verified_on,
    }  # fmt: skip


_WATCHED: dict[str, tuple[type[ProjectRecord], Q]] = {
    "permit": (Permit, Q(done_on=None)),
    "factor": (FactorNeed, Q(met_on=None)),
    "problem": (ProjectProblem, Q(verified_on=None)),
}
_COLUMNS: dict[str, Any] = {"permit": _permit, "factor": _factor, "problem": _problem}
