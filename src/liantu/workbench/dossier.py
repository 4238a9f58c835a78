"""All that is said of one thing under all its names: what project, enterprise and chain pages show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from liantu.ledger.models import Entity, EntityName, FigureView, Judgement, Source, Statement
from liantu.ledger.standing import standing

SHOWN = 120


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation seen from the thing at hand: `word` is a key of `labels.RELATION`."""

    statement: Statement
    word: str
    forward: bool  # the thing is its head
    other: str
    other_entity: Entity | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything said of one thing, newest first."""

    names: tuple[str, ...]
    own: tuple[Statement, ...]  # statements of its own kind: project, enterprise, chain
    figures: tuple[FigureView, ...]
    relations: tuple[Relation, ...]
    events: tuple[Statement, ...]
    cells: tuple[Statement, ...]
    sources: tuple[Source, ...]
    judgements: tuple[Judgement, ...]


def members_of(entity: Entity) -> list[int]:
    """Ids of all entities that are this one."""
    canonical = entity.canonical_id or entity.pk
    found = Entity.objects.filter(Q(canonical_id=canonical) | Q(pk=canonical)).values_list("pk", flat=True)
    return list(found)


def dossier_of(entity: Entity) -> Dossier:
    """Reads the dossier in a fixed number of queries, however much is said."""
    ids = members_of(entity)
    said = standing().exclude(kind="figure").select_related("source", "subject", "object")
    # Two questions, for each of which there is an index, instead of one with an "or", for which there is none.
    about = said.filter(subject_id__in=ids)[: 4 * SHOWN]
    towards = said.filter(object_id__in=ids, kind="relation")[: 2 * SHOWN]
    rows = list({row.pk: row for row in (*about, *towards)}.values())
    rows.sort(key=lambda row: (-_day_of(row), row.pk))
    relations, seen = [], set()
    for row in rows:
        if row.kind != "relation":
            continue
        forward = row.subject_id in ids
        other = row.object if forward else row.subject
        name = row.object_name if forward else row.subject_name
        key = (row.property, forward, other.canonical_id or other.pk if other else name)
        if key not in seen:
            seen.add(key)
            relations.append(Relation(row, row.property, forward, name, other))
    figures = FigureView.objects.filter(subject_id=entity.canonical_id or entity.pk).select_related("source", "fact")
    shown = list(figures.order_by("-recency", "statement")[:SHOWN])
    sources: dict[int, Source] = {}
    for source in (*(r.source for r in rows), *(f.source for f in shown)):
        if source is not None:
            sources.setdefault(source.pk, source)
    names = EntityName.objects.filter(entity_id__in=ids).order_by("name").values_list("name", flat=True).distinct()
    judged = Judgement.objects.filter(Q(left_id__in=ids) | Q(right_id__in=ids), undone_at__isnull=True)
    return Dossier(
        names=tuple(dict.fromkeys(names)),
        own=tuple(r for r in rows if r.kind == entity.kind)[:SHOWN],
        figures=tuple(shown),
        relations=tuple(relations[:SHOWN]),
        events=tuple(r for r in rows if r.kind == "event")[:SHOWN],
        cells=tuple(r for r in rows if r.kind in {"cell", "manual"})[:SHOWN],
        sources=tuple(sources.values()),
        judgements=tuple(judged.select_related("left", "right").order_by("-at")[:20]),
    )


def _day_of(row: Statement) -> int:
    return row.source.published.toordinal() if row.source is not None and row.source.published is not None else 0


def newest_statements(entities: Collection[int], kind: str) -> dict[int, Statement]:
    """The newest standing statement of each canonical entity, for lists and exports: two queries however many."""
    owners = canonicals(entities)
    rows = newest_first(standing().filter(subject_id__in=owners, kind=kind), canonical_of("subject"))
    return {owners[row.subject_id]: row for row in rows if row.subject_id is not None}


def newest_first(rows: QuerySet[Statement], *by: Coalesce, most: int = 1) -> QuerySet[Statement]:
    """Of each group of statements only the newest, or so many: the database picks them, so that no more is loaded."""
    order = [F("source__published").desc(nulls_last=True), F("id").desc()]
    return rows.annotate(place=Window(RowNumber(), partition_by=list(by), order_by=order)).filter(place__lte=most)


def canonical_of(column: str) -> Coalesce:
    """The canonical id of the entity in a column."""
    return Coalesce(f"{column}__canonical_id", f"{column}_id")


def canonicals(entities: Collection[int]) -> dict[int, int]:
    """Every entity that is one of the given canonical ones, with its canonical id."""
    rows = Entity.objects.filter(Q(canonical_id__in=entities) | Q(pk__in=entities))
    return {pk: canonical or pk for pk, canonical in rows.values_list("pk", "canonical_id")}
