"""What people say of a statement: accepted, rejected, or corrected by a further statement with the same evidence."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from liantu.ledger.content import finished
from liantu.ledger.models import Review, Statement
from liantu.ledger.naming import EntityFinder
from liantu.ledger.periods import bounds
from liantu.ledger.refresh import Changes
from liantu.ledger.writing import writing

CORRECTABLE = frozenset(
    {
        "subject_name",
        "property",
        "value",
        "unit",
        "bound",
        "figure_kind",
        "status",
        "period",
        "text_value",
        "object_name",
    }
)


def review_statement(
    statement_id: str, verdict: str, by: str, reason: str = "", corrections: dict[str, Any] | None = None
) -> Review:
    """Accept, reject or correct a statement. A correction is a further statement with the same evidence.

    Args:
        corrections: for `corrected`, the columns that should read otherwise (`CORRECTABLE`).

    Raises ValueError for an unknown verdict, a correction without columns, or a column that cannot be corrected.
    """
    changed = corrections or {}
    if verdict not in Review.Verdict.values:
        raise ValueError(f"未知的审核结论：{verdict} / unknown verdict: {verdict}")
    if (verdict == Review.Verdict.CORRECTED) != bool(changed) or not changed.keys() <= CORRECTABLE:
        raise ValueError("更正须写明可更正的栏目 / a correction must name columns that can be corrected")
    with writing():
        statement = Statement.objects.select_related("source").get(pk=statement_id)
        changes = Changes()
        _lapse(statement, by, changes)
        replacement = _corrected(statement, changed, by) if changed else None
        review = Review.objects.create(
            statement=statement, verdict=verdict, by=by, reason=reason, at=timezone.now(), replacement=replacement
        )
        changes.add([statement, *([replacement] if replacement else [])])
        changes.apply()
        return review


def undo_review(review_id: int, by: str) -> Review:
    """Take a review back: the statement stands as the reader found it."""
    with writing():
        review = Review.objects.select_related("statement").get(pk=review_id)
        changes = Changes()
        if review.undone_at is None:
            _lapse(review.statement, by, changes)
            changes.add([review.statement])
            changes.apply()
        return Review.objects.get(pk=review_id)


def _lapse(statement: Statement, by: str, changes: Changes) -> None:
    """Take back the reviews in force; statements that replaced this one are said no longer."""
    for review in statement.reviews.filter(undone_at=None).select_related("replacement"):
        review.undone_at, review.undone_by = timezone.now(), by
        review.save(update_fields=["undone_at", "undone_by"])
        if review.replacement is not None:
            review.replacement.retired = True
            review.replacement.save(update_fields=["retired"])
            changes.add([review.replacement])


def _corrected(statement: Statement, changed: dict[str, Any], by: str) -> Statement:
    copied = {
        f.attname: getattr(statement, f.attname)
        for f in Statement._meta.concrete_fields
        if f.name not in {"id", "retired", "by", "at", "payload", "kind"}
    }
    row = Statement(**copied | changed)
    row.kind = Statement.Kind.MANUAL if statement.figure_kind else statement.kind
    row.payload = statement.payload | {"corrects": statement.pk}
    row.period_start, row.period_end = bounds(row.period)
    row.by, row.at, row.confidence = by, timezone.now(), 1.0
    within = statement.source.region_code if statement.source else ""
    finder = EntityFinder(statement.source, within)
    if "subject_name" in changed:
        row.subject = finder.find(row.subject_name)
    if "object_name" in changed:
        row.object = finder.find(row.object_name)
    finished(row, f"{statement.pk} {row.at.isoformat()}")
    row.save(force_insert=True)
    return row
