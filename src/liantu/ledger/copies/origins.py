"""Whose words a statement is: those of its document, or of the one that its passage was copied from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from liantu.ledger.models import Copy, Source, Statement
from liantu.ledger.standing import batches, said_on, voice_of

Passages = list[
    tuple[int, int, int, int, int]
]  # start and end in the copy, start and end in the original, the original


class Origins:
    """Looks up for the statements of some sources which document said them first."""

    def __init__(self, sources: Iterable[int | None]) -> None:
        self._passages: dict[int, Passages] = defaultdict(list)
        self._said: dict[int, tuple[str, date | None]] = {}  # publisher and date of each original
        edge = {pk for pk in sources if pk is not None}
        known: set[int] = set()
        while edge:
            known |= edge
            above: set[int] = set()
            for part in batches(sorted(edge)):
                for row in Copy.objects.filter(source__in=part).order_by("pk"):
                    self._passages[row.source_id] += [(*passage, row.original_id) for passage in row.passages]
                    above.add(row.original_id)
            edge = above - known
        originals = {original for passages in self._passages.values() for *_, original in passages}
        for part in batches(sorted(originals)):
            for pk, publisher, published in Source.objects.filter(pk__in=part).values_list(
                "pk", "publisher", "published"
            ):
                self._said[pk] = publisher, published

    @classmethod
    def of_statements(cls, statements: Iterable[Statement]) -> Origins:
        """For the sources of some statements."""
        return cls({s.source_id for s in statements})

    def origin(self, statement: Statement) -> int | None:
        """Id of the document whose words they are; None for what a person typed in."""
        place = statement.evidence_start if statement.number_start is None else statement.number_start
        source = statement.source_id
        if source is None or place is None or source not in self._passages:
            return source
        seen = {source}
        while (step := self._copied(source, place)) is not None and step[0] not in seen:
            source, place = step
            seen.add(source)
        return source

    def copied(self, statement: Statement) -> bool:
        """Whether the words are another document's."""
        return self.origin(statement) != statement.source_id

    def voice(self, statement: Statement) -> str:
        """The independent voice behind a statement: publisher of its words where known, else the document, else the person."""
        origin = self.origin(statement)
        if statement.source is None or origin is None:
            return f"by:{statement.by}"
        return voice_of(origin, self._said[origin][0] if origin in self._said else statement.source.publisher)

    def said_on(self, statement: Statement) -> date | None:
        """When the words were first published: what “now” was when they were written."""
        origin = self.origin(statement)
        return self._said[origin][1] if origin in self._said else said_on(statement)

    def count_voices(self, statements: Sequence[Statement]) -> int:
        """Number of independent voices among statements."""
        return len({self.voice(statement) for statement in statements})

    def _copied(self, source: int, place: int) -> tuple[int, int] | None:
        """Original and the place there of a place in a copied passage; None where the words are the source's own."""
        for start, end, there, there_end, original in self._passages.get(source, ()):
            if start <= place < end:
                return original, min(there + place - start, max(there, there_end - 1))
        return None
