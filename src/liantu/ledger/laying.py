"""What people said keeps its place when a file's text is laid out anew.

The raw text of a packaged file (docx, pdf) is what a parser makes of it; another version may put a line break elsewhere. The
bytes are the same, so the sentence is looked up again, nearest to where it stood.
"""

from __future__ import annotations

from collections.abc import Iterable

from liantu.ledger.models import Review, Source, SourceText, Statement
from liantu.ledger.standing import by_person

PLACES = ("number_start", "number_end", "evidence_start", "evidence_end")


def lay_anew(source: Source, statements: Iterable[Statement], raw: str) -> list[Statement]:
    """Move the places of what people said, and of what they said it of, to where the sentence stands in `raw`.

    Gives the statements that moved. One whose sentence is not there any longer keeps its words and loses its place.
    """
    before = SourceText.objects.filter(source=source).values_list("raw", flat=True).first()
    if before is None or before == raw:
        return []
    spoken_of = set(Review.objects.filter(statement__source=source).values_list("statement", flat=True))
    moved = []
    for statement in statements:
        start, end = statement.evidence_start, statement.evidence_end
        if start is None or end is None or not (by_person(statement) or statement.pk in spoken_of):
            continue
        there = nearest(raw, before[start:end], start)
        if there == start:
            continue
        for column in PLACES:
            at = getattr(statement, column)
            setattr(statement, column, None if there is None or at is None else at - start + there)
        statement.save(update_fields=PLACES)
        moved.append(statement)
    return moved


def nearest(text: str, part: str, near: int) -> int | None:
    """Where `part` stands in `text`, the occurrence nearest to `near`; None when it does not."""
    if not part:
        return None
    after = text.find(part, near)
    before = text.rfind(part, 0, near + len(part) - 1) if near else -1
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: (abs(at - near), at)) if found else None
