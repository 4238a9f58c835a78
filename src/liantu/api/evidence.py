"""From rows of the views to the statements, sentences and sources behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import F, Q
from django.urls import reverse

from liantu.api.schemas import EvidenceOut, SourceOut
from liantu.ledger.models import ChainView, Entity, Statement
from liantu.ledger.standing import standing
from liantu.workbench.dossier import newest_statements


def evidence_of(statement: Statement) -> EvidenceOut:
    """The sentence of a statement; its source must be joined in."""
    source = statement.source
    return EvidenceOut(
        statement=statement.pk,
        sentence=statement.sentence,
        start=statement.evidence_start,
        end=statement.evidence_end,
        number_start=statement.number_start,
        number_end=statement.number_end,
        locator=statement.locator,
        confidence=statement.confidence,
        source=SourceOut(
            id=source.pk,
            title=source.title,
            name=source.name,
            publisher=source.publisher,
            host=source.host,
            published=source.published,
        )
        if source is not None
        else None,
        by=statement.by,
        page=reverse("statement", args=[statement.pk]),
    )


def newest_of(entities: Sequence[int], kind: str) -> dict[int, EvidenceOut]:
    """The newest evidence of each entity: of its own kind, else whatever else names it (as owner of a project, in a relation)."""
    found = newest_statements(entities, kind)
    rest = [pk for pk in entities if pk not in found]
    if rest:
        owners = _canonicals(rest)
        naming = standing().filter(Q(subject_id__in=owners) | Q(object_id__in=owners))
        for row in naming.order_by(F("source__published").asc(nulls_first=True), "id"):
            named = (owners.get(pk) for pk in (row.subject_id, row.object_id) if pk is not None)
            found |= {pk: row for pk in named if pk is not None}
    return {pk: evidence_of(statement) for pk, statement in found.items()}


def newest_of_chains(rows: Iterable[ChainView]) -> dict[str, EvidenceOut]:
    """The newest statement that puts each chain at its holder, by the row's id."""
    wanted = {(row.entity_id, row.holder_id): row.pk for row in rows}
    canonical = _canonicals({pk for pair in wanted for pk in pair if pk is not None})
    said = standing().filter(kind="chain", subject_id__in=canonical)
    found: dict[str, EvidenceOut] = {}
    for statement in said.order_by(F("source__published").asc(nulls_first=True), "id"):
        subject, holder = (
            canonical.get(pk, pk) if pk is not None else None for pk in (statement.subject_id, statement.object_id)
        )
        row = wanted.get((subject, holder))  # type: ignore[arg-type]  # a statement of a chain has a subject
        if row is not None:
            found[row] = evidence_of(statement)
    return found


def _canonicals(entities: Collection[int]) -> dict[int, int]:
    """Every entity that is one of the given canonical ones, with its canonical id."""
    rows = Entity.objects.filter(Q(canonical_id__in=entities) | Q(pk__in=entities))
    return {pk: canonical or pk for pk, canonical in rows.values_list("pk", "canonical_id")}
