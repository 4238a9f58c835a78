"""Does every finding point at the characters that say it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liantu.extraction.model import Evidence, Findings
from liantu.reading.model import Document


@dataclass(frozen=True, slots=True)
class Unfaithful:
    """A finding whose place in the file does not hold what it says: what was wanted there, and what is there."""

    finding: str
    wanted: str
    there: str


def count_evidence(findings: Findings) -> int:
    """How many places in the file the findings name: one a sentence, and one more for each figure's number."""
    return sum(1 for _ in _evidence(findings)) + len(findings.figures)


def unfaithful(document: Document, findings: Findings) -> list[Unfaithful]:
    """The findings whose sentence is not, character by character, at its raw offsets, or whose number is not at its span."""
    raw = document.text.raw
    wrong = [
        Unfaithful(name, evidence.text, raw[evidence.start : evidence.end])
        for name, evidence in _evidence(findings)
        if not evidence.text or raw[evidence.start : evidence.end] != evidence.text
    ]
    for figure in findings.figures:
        start, end = document.text.clean_span(*figure.span)
        there = document.text.clean[start:end]
        if (
            there != figure.number
            or not figure.evidence.start <= figure.span[0] <= figure.span[1] <= figure.evidence.end
        ):
            wrong.append(Unfaithful(figure.indicator, figure.number, there))
    return wrong


def _evidence(findings: Findings) -> Iterator[tuple[str, Evidence]]:
    yield from ((figure.indicator, figure.evidence) for figure in findings.figures)
    yield from ((thing.name, thing.evidence) for thing in findings.projects)
    yield from ((thing.name, thing.evidence) for thing in findings.enterprises)
    yield from ((thing.name, thing.evidence) for thing in findings.chains)
    yield from ((f"{r.head} {r.relation} {r.tail}", r.evidence) for r in findings.relations)
    yield from ((f"{event.kind} {event.subject}", event.evidence) for event in findings.events)
