"""What pages add to findings: the boxes of their evidence, and doubt where a scan was hard to recognise."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar

from liantu.extraction.model import Evidence, Figure, Findings
from liantu.reading.model import Document

DOUBT = 0.3
"""Confidence of a figure with a digit, sign or unit that was hard to recognise: low, so that a person looks at it."""
DOUBT_REASON = "hard_to_recognise"
_UNIT_REACH = 3  # characters behind the number in which its unit may stand


class _Said(Protocol):
    @property
    def evidence(self) -> Evidence: ...


_T = TypeVar("_T", bound=_Said)


def on_pages(document: Document, findings: Findings) -> Findings:
    """The findings of a document with pages; those of any other are as they were."""
    if document.doubts:
        findings = replace(findings, figures=tuple(_doubted(document, figure) for figure in findings.figures))
    if not document.places:
        return findings

    def boxed(found: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(_boxed(document, each) for each in found)

    return replace(
        findings,
        figures=boxed(findings.figures),
        projects=boxed(findings.projects),
        enterprises=boxed(findings.enterprises),
        chains=boxed(findings.chains),
        relations=boxed(findings.relations),
        events=boxed(findings.events),
    )


def _doubted(document: Document, figure: Figure) -> Figure:
    """The figure, with low confidence where a character of it is doubtful: its number, or the unit right behind it."""
    start, end = figure.span
    reach = end + (_UNIT_REACH if figure.unit and not document.text.raw[start:end].endswith(figure.unit) else 0)
    if not document.is_doubtful(start, reach):
        return figure
    return replace(figure, confidence=min(figure.confidence, DOUBT), reasons=(*figure.reasons, DOUBT_REASON))


def _boxed(document: Document, found: _T) -> _T:
    evidence = found.evidence
    boxes = tuple((each.page, *each.box) for each in document.boxes(evidence.start, evidence.end))
    placed: _T = replace(found, evidence=replace(evidence, boxes=boxes))  # type: ignore[type-var]
    return placed
