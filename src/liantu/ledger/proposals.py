"""What a language model proposes, kept apart from the statements until a person accepts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from liantu.extraction import extract
from liantu.extraction.model import Chain, Enterprise, Figure, Project, Relation
from liantu.ledger.ids import row_id
from liantu.ledger.laying import nearest
from liantu.ledger.missed import add_missed
from liantu.ledger.models import Proposal, Review, Source, SourceText, Statement
from liantu.ledger.packing import document_of
from liantu.ledger.standing import standing
from liantu.ledger.storable import storable
from liantu.ledger.writing import writing
from liantu.proposing import Endpoint, Proposals, Proposed, propose


def propose_for(
    source_id: int, endpoint: Endpoint, progress: Callable[[int, int], None] | None = None
) -> tuple[int, Proposals]:
    """Ask a model about one source and keep what it proposes; gives how many proposals are new, with all of them.

    Raises Source.DoesNotExist, SourceText.DoesNotExist for a source without text, ProposingError.
    """
    source = Source.objects.get(pk=source_id, state=Source.State.READY)
    document = document_of(source)
    found = propose(document, extract(document), endpoint, progress=progress)
    return keep_proposals(source, found), found


def keep_proposals(source: Source, found: Proposals) -> int:
    """Keep what a model proposed for a source, beside what was proposed before; gives how many are new.

    Left out is what stands in the ledger already, and what a person has rejected or refused at the same place.
    """
    with writing():
        taken = _taken(source)
        rows = [_row(source, found.origin, item) for item in found.items if not _is_taken(item, taken)]
        known = set(Proposal.objects.filter(source=source).values_list("pk", flat=True))
        new = {row.pk: row for row in rows if row.pk not in known}
        Proposal.objects.bulk_create(new.values(), batch_size=300)
        return len(new)


def _taken(source: Source) -> list[tuple[int, int]]:
    """Raw places of the figures that stand, and of those that a person rejected."""
    rejected = Review.objects.filter(statement__source=source, verdict=Review.Verdict.REJECTED, undone_at=None)
    rows = Statement.objects.filter(
        Q(pk__in=standing().filter(source=source).values("pk")) | Q(pk__in=rejected.values("statement"))
    ).exclude(figure_kind="")
    places = rows.values_list("number_start", "number_end")
    return [(start, end) for start, end in places if start is not None and end is not None]


def _is_taken(item: Proposed, taken: list[tuple[int, int]]) -> bool:
    return item.kind == "figure" and any(start < item.end and item.start < end for start, end in taken)


def _row(source: Source, origin: str, item: Proposed) -> Proposal:
    evidence = item.finding.evidence
    columns = storable(columns_of(item))
    return Proposal(
        id=row_id(source.digest, origin, item.kind, sorted(columns.items()), item.start, item.end),
        source=source,
        origin=storable(origin)[:150],
        kind=item.kind,
        columns=columns,
        start=item.start,
        end=item.end,
        evidence_start=evidence.start,
        evidence_end=evidence.end,
        sentence=storable(evidence.text),
        at=timezone.now(),
    )


def columns_of(item: Proposed) -> dict[str, Any]:
    """What a proposal says, in the columns of a statement."""
    finding = item.finding
    if isinstance(finding, Figure):
        return {
            "subject_name": finding.subject,
            "property": finding.indicator,
            "value": finding.value,
            "unit": finding.unit,
            "bound": finding.bound,
            "figure_kind": finding.kind,
            "status": finding.status,
            "period": finding.period or "",
        }
    if isinstance(finding, Relation):
        return {"subject_name": finding.head, "property": finding.relation, "object_name": finding.tail}
    if isinstance(finding, Project):
        told = {"subject_name": finding.name, "text_value": finding.stage or "", "value": finding.investment}
        return told | {"object_name": finding.owner or "", "place": finding.place or ""}
    if isinstance(finding, Chain):
        return {"subject_name": finding.name, "object_name": finding.holder, "text_value": finding.role or ""}
    assert isinstance(finding, Enterprise)
    return {"subject_name": finding.name, "text_value": finding.role or ""}


def waiting_proposals() -> QuerySet[Proposal]:
    """Proposals that nobody has decided on, by document and place; those whose acceptance was taken back among them."""
    open_ones = Q(review=None) | Q(review__undone_at__isnull=False)
    rows = Proposal.objects.filter(open_ones, refused_at=None, source__state=Source.State.READY)
    return rows.select_related("source").order_by("source", "start", "id")


def accept_proposal(proposal_id: str, by: str, reason: str = "") -> Review:
    """Make a statement of a proposal: like what a person marks in the text, with the person as its origin.

    Raises Proposal.DoesNotExist, or ValueError when its sentence or number does not stand in the text (any longer).
    """
    with writing():
        proposal = Proposal.objects.select_related("source", "review").get(pk=proposal_id)
        if proposal.review is not None and proposal.review.undone_at is None:
            return proposal.review
        start, end = _place(proposal)
        review = add_missed(
            proposal.source_id,
            start,
            end,
            proposal.kind,
            proposal.columns,
            by,
            reason,
            clean=False,
            proposed_by=proposal.origin,
        )
        proposal.review, proposal.refused_at, proposal.refused_by = review, None, ""
        proposal.save(update_fields=["review", "refused_at", "refused_by"])
        return review


def _place(proposal: Proposal) -> tuple[int, int]:
    """Where the proposal's characters stand in the text as it is laid out now."""
    raw = SourceText.objects.values_list("raw", flat=True).get(source=proposal.source_id)
    there = nearest(raw, proposal.sentence, proposal.evidence_start)
    if there is None:
        raise ValueError("原文里已没有这句话 / the sentence does not stand in the text any longer")
    shift = there - proposal.evidence_start
    return proposal.start + shift, proposal.end + shift


def refuse_proposal(proposal_id: str, by: str) -> Proposal:
    """Lay a proposal aside; proposing it again does not bring it back."""
    return _set_refused(proposal_id, by, refused=True)


def undo_refusal(proposal_id: str, by: str) -> Proposal:
    """Let a proposal wait again."""
    return _set_refused(proposal_id, by, refused=False)


def _set_refused(proposal_id: str, by: str, *, refused: bool) -> Proposal:
    with writing():
        proposal = Proposal.objects.get(pk=proposal_id)
        proposal.refused_at, proposal.refused_by = (timezone.now(), by) if refused else (None, "")
        proposal.save(update_fields=["refused_at", "refused_by"])
        return proposal
