"""The body of a stored document, as copies are looked for in it, with the way back to its file."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass

from liantu.ledger.models import Source, SourceText
from liantu.ledger.packing import unpack
from liantu.reading.model import BODY_KINDS, Text
from liantu.resolution.duplicates import Prepared

ON_THE_SHELF = 32  # bodies kept in memory while one document is looked at


@dataclass(frozen=True, slots=True)
class Body:
    """Body text, a line a block (`resolution.duplicates.body_text`), and where each block begins in it and in the clean text."""

    prepared: Prepared
    text: Text
    starts: tuple[int, ...]
    clean_starts: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw [start, end) of a stretch of the body."""
        return self.text.raw_span(self._clean(start), self._clean(end - 1) + 1)

    def _clean(self, at: int) -> int:
        block = bisect_right(self.starts, at) - 1
        return self.clean_starts[block] + at - self.starts[block]


def body_of(row: SourceText) -> Body:
    """The body of one stored text."""
    starts, ends = unpack(bytes(row.offsets))
    lines: list[str] = []
    at = 0
    own: list[int] = []
    clean: list[int] = []
    for kind, start, end, _level, _locator in row.blocks:
        if kind in BODY_KINDS:
            lines.append(row.cleaned[start:end])
            own.append(at)
            clean.append(start)
            at += end - start + 1
    return Body(Prepared("\n".join(lines)), Text(row.raw, row.cleaned, starts, ends), tuple(own), tuple(clean))


class Shelf:
    """Bodies by source id; those used last stay in memory."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[int, Body] = OrderedDict()

    def body(self, source: int) -> Body:
        """The body of a source. Raises SourceText.DoesNotExist."""
        if source in self._bodies:
            self._bodies.move_to_end(source)
        else:
            self._bodies[source] = body_of(SourceText.objects.get(pk=source))
            if len(self._bodies) > ON_THE_SHELF:
                self._bodies.popitem(last=False)
        return self._bodies[source]


def takes_part(source: Source) -> bool:
    """Whether copies of a source are looked for: documents that stand. The rows of a workbook are a list, not an article."""
    return source.is_live and not source.n_cells and SourceText.objects.filter(pk=source.pk).exists()
