"""Where a sentence of one version of a file stands in another: by its exact clean text, nothing less."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Model

from liantu.ledger.models import Source, SourceText, Statement
from liantu.ledger.packing import document_of
from liantu.reading.model import Document

NAMED_BY = ("kind", "figure_kind", "subject_name", "property", "object_name", "text_value", "value", "unit")
"""What tells the cells of a workbook apart when rows and columns have moved."""


class Version:
    """The text of one version of a file, taken up when it is first asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def document(self) -> Document | None:
        """The document; None where nothing was kept of it."""
        try:
            return document_of(self.source)
        except SourceText.DoesNotExist:
            return None

    @cached_property
    def _borders(self) -> tuple[frozenset[int], frozenset[int]]:
        sentences = self.document.sentences if self.document else ()
        return frozenset(s.start for s in sentences), frozenset(s.end for s in sentences)

    def stretch(self, statement: Statement) -> tuple[int, int] | None:
        """Clean [start, end) of a statement's sentence."""
        start, end = statement.evidence_start, statement.evidence_end
        if self.document is None or start is None or end is None or start >= end:
            return None
        return self.document.text.clean_span(start, end)

    def places(self, said: str) -> list[int]:
        """Clean offsets at which `said` stands as one or several whole sentences."""
        if self.document is None or not said.strip():
            return []
        starts, ends = self._borders
        found, at = [], self.document.text.clean.find(said)
        while at >= 0:
            if at in starts and at + len(said) in ends:
                found.append(at)
            at = self.document.text.clean.find(said, at + 1)
        return found


def copied(statement: Statement, source: Source) -> Statement:
    """A copy of a statement that is not saved and belongs to another source."""
    columns = {f.attname: getattr(statement, f.attname) for f in Statement._meta.concrete_fields}
    made = Statement(**columns | {"source_id": source.pk, "payload": dict(statement.payload)})
    for side in ("subject", "object"):
        if isinstance(known := statement.__dict__.get("_state").fields_cache.get(side), Model):  # type: ignore[union-attr]
            setattr(made, side, known)
    return made


def moved_to(statement: Statement, before: Version, after: Version) -> Statement | None:
    """The statement as it would stand in another version of its file, not saved; None where its sentence does not.

    Of a sentence that stands several times the one of the same order is meant, if both versions have as many of it.
    """
    stretch = before.stretch(statement)
    if stretch is None or before.document is None or after.document is None:
        return None
    said = before.document.text.clean[slice(*stretch)]
    old, new = before.places(said), after.places(said)
    if not new or (len(new) > 1 and len(old) != len(new)):
        return None
    start = new[old.index(stretch[0])] if len(new) > 1 and stretch[0] in old else new[0]
    text = after.document.text
    made = copied(statement, after.source)
    made.evidence_start, made.evidence_end = text.raw_span(start, start + len(said))
    made.sentence = text.raw[made.evidence_start : made.evidence_end]
    if statement.number_start is not None and statement.number_end is not None:
        first, last = before.document.text.clean_span(statement.number_start, statement.number_end)
        shift = start - stretch[0]
        made.number_start, made.number_end = text.raw_span(first + shift, last + shift)
    if marked := statement.payload.get("marked"):
        first, last = before.document.text.clean_span(*marked)
        made.payload["marked"] = list(text.raw_span(first + start - stretch[0], last + start - stretch[0]))
    return made


def same_cell(statement: Statement, found: list[Statement]) -> Statement | None:
    """The one statement of another version of a workbook that says the same of the same thing; None for none or several."""
    key = [getattr(statement, column) for column in NAMED_BY]
    alike = [s for s in found if [getattr(s, column) for column in NAMED_BY] == key]
    return alike[0] if len(alike) == 1 else None
