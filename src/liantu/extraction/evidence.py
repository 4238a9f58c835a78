"""Evidence from clean offsets: the whole sentence, as the raw file has it."""

from __future__ import annotations

from bisect import bisect_right

from liantu.extraction.model import Evidence
from liantu.reading.model import Document


def sentence_index(document: Document, offset: int) -> int:
    """Index of the sentence that holds the clean `offset`; the nearest one before it when none does."""
    return max(0, bisect_right(document.sentences, offset, key=lambda s: s.start) - 1)


def evidence_at(document: Document, start: int, end: int) -> Evidence:
    """The sentence around clean [start, end) in raw offsets; the span itself where no sentence holds it."""
    low, high = start, end
    if document.sentences:
        sentence = document.sentences[sentence_index(document, start)]
        if sentence.start <= start < sentence.end:
            low, high = sentence.start, max(end, sentence.end)
    raw_start, raw_end = document.text.raw_span(low, high)
    locator = ""
    block = bisect_right(document.blocks, low, key=lambda b: b.start) - 1
    if block >= 0:
        locator = document.blocks[block].locator
    return Evidence(document.text.raw[raw_start:raw_end], raw_start, raw_end, locator)
