"""What people say of a statement: accepted, rejected, corrected by a further one, or added where the reader missed it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from liantu.ledger.carrying import carry
from liantu.ledger.corrections import CORRECTABLE, corrected
from liantu.ledger.models import Fact, FigureView, Review, Statement
from liantu.ledger.refresh import Changes
from liantu.ledger.writing import writing

GIVEN = frozenset({Review.Verdict.ACCEPTED, Review.Verdict.CORRECTED, Review.Verdict.REJECTED})


def review_statement(
    statement_id: str, verdict: str, by: str, reason: str = "", corrections: dict[str, Any] | None = None
) -> Review:
    """Accept, reject or correct a statement. A correction is a further statement with the same evidence.

    What a person says holds for the place in the file: a later reading that finds something there is bound by it.

    Args:
        corrections: for `corrected`, the columns that should read otherwise (`CORRECTABLE`).

    Raises ValueError for an unknown verdict, a correction without columns, a column that cannot be corrected, or a value
    that it cannot hold.
    """
    changed = corrections or {}
    if verdict not in GIVEN:
        raise ValueError(f"未知的审核结论：{verdict} / unknown verdict: {verdict}")
    if (verdict == Review.Verdict.CORRECTED) != bool(changed) or not changed.keys() <= CORRECTABLE:
        raise ValueError("更正须写明可更正的栏目 / a correction must name columns that can be corrected")
    with writing():
        statement = Statement.objects.select_related("source", "subject", "object").get(pk=statement_id)
        changes = Changes()
        review = _review(statement, verdict, by, reason, changed, changes)
        changes.apply()
        return review


def settle_conflict(fact_id: str, statement_id: str, by: str, reason: str = "") -> list[Review]:
    """Say which of the values that sources give for one fact is right: those that agree with it are accepted, the others
    rejected.

    Raises Fact.DoesNotExist, or ValueError when the statement does not belong to the fact.
    """
    with writing():
        fact = Fact.objects.get(pk=fact_id)
        rows = list(FigureView.objects.filter(fact_id=fact.pk).select_related("statement__source").order_by("pk"))
        right = next((row for row in rows if row.pk == statement_id), None)
        if right is None:
            raise ValueError("这条陈述不在这件事里 / the statement does not belong to this fact")
        changes, reviews = Changes(), []
        for row in rows:
            agrees = (row.value, row.unit) == (right.value, right.unit)
            verdict = Review.Verdict.ACCEPTED if agrees else Review.Verdict.REJECTED
            reviews.append(_review(row.statement, verdict, by, reason, {}, changes))
        changes.apply()
        return reviews


def undo_review(review_id: int, by: str) -> Review:
    """Take a person's word back, everywhere it was carried to: what the reader found stands again."""
    with writing():
        review = Review.objects.select_related("statement", "carried_from").get(pk=review_id)
        changes = Changes()
        if review.undone_at is None:
            end_review(review, by, changes)
            changes.apply()
        return Review.objects.get(pk=review_id)


def _review(
    statement: Statement, verdict: str, by: str, reason: str, changed: dict[str, Any], changes: Changes
) -> Review:
    """A person's word on a statement, in place of what was said of it before."""
    for before in list(statement.reviews.filter(undone_at=None).exclude(verdict=Review.Verdict.ADDED)):
        end_review(before, by, changes)
    replacement = None
    if changed:
        replacement, moved = corrected(statement, changed, by)
        changes.moved(moved)
        changes.add([replacement])
    review = Review.objects.create(
        statement=statement, verdict=verdict, by=by, reason=reason, at=timezone.now(), replacement=replacement
    )
    changes.add([statement])
    if (statement.retired or statement.kept) and statement.source is not None:
        changes.add(carry(statement.source).touched)
    return review


def end_review(review: Review, by: str, changes: Changes) -> None:
    """Take a review back with all that was carried from it, and with it the statements that it put in place of others."""
    root = review.carried_from or review
    if root.moved_from is not None and root.moved_from.undone_at is None:
        root.moved_from.take_back(by)  # should the old version of the file come back, it does not hold there either
    for each in [root, *root.carried.filter(undone_at=None)]:
        if each.undone_at is not None:
            continue
        each.take_back(by)
        changes.add([each.statement])
        if each.replacement is not None:
            _retire(each.replacement, by, changes)
    if root.verdict == Review.Verdict.ADDED or root.statement.kept:
        _retire(root.statement, by, changes)


def _retire(statement: Statement, by: str, changes: Changes) -> None:
    """End a statement that only stood on a person's word, and whatever was said of it in turn."""
    changes.add([statement])
    statement.retired, statement.kept = True, False
    statement.save(update_fields=["retired", "kept"])
    for review in list(statement.reviews.filter(undone_at=None, carried_from=None)):
        end_review(review, by, changes)
