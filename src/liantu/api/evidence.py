"""From rows of the views to the statements, sentences and sources behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from liantu.api.schemas import EvidenceOut, SourceOut
from liantu.ledger.models import ChainView, Statement
from liantu.ledger.standing import recency, standing
from liantu.workbench.dossier import canonical_of, canonicals, newest_first, newest_statements


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
    if rest := [pk for pk in entities if pk not in found]:
        owners = canonicals(rest)
        for side in ("subject", "object"):
            for row in newest_first(standing().filter(**{f"{side}_id__in": owners}), canonical_of(side)):
                entity = owners[getattr(row, f"{side}_id")]
                found[entity] = max(found.get(entity, row), row, key=_age)
    return {pk: evidence_of(statement) for pk, statement in found.items()}


def _age(statement: Statement) -> tuple[int, str]:
    return recency(statement.source.published if statement.source else None), statement.pk


def newest_of_chains(rows: Iterable[ChainView]) -> dict[str, EvidenceOut]:
    """The newest statement that puts each chain at its holder, by the row's id."""
    wanted = {(row.entity_id, row.holder_id): row.pk for row in rows}
    canonical = canonicals({pk for pair in wanted for pk in pair if pk is not None})
    said = standing().filter(kind="chain", subject_id__in=canonical)
    found: dict[str, EvidenceOut] = {}
    for statement in newest_first(said, canonical_of("subject"), canonical_of("object")):
        subject, holder = (
            canonical.get(pk, pk) if pk is not None else None for pk in (statement.subject_id, statement.object_id)
        )
        row = wanted.get((subject, holder))  # type: ignore[arg-type]  # a statement of a chain has a subject
        if row is not None:
            found[row] = evidence_of(statement)
    return found
