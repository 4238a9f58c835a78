"""Findings as statements. A statement's id hashes its content and evidence, so that reading twice adds nothing."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from liantu.extraction.coded import CodedPhraseMention
from liantu.extraction.model import Chain, Enterprise, Event, Evidence, Figure, Findings, Project, Relation
from liantu.ledger.ids import row_id
from liantu.ledger.models import Source, Statement
from liantu.ledger.naming import EntityFinder
from liantu.ledger.periods import bounds
from liantu.ledger.storable import storable
from liantu.reading.model import Text

HASHED = (
    "kind", "subject_name", "property", "object_name", "value", "unit", "bound", "figure_kind", "status", "modality",
    "period", "text_value", "payload", "number_start", "number_end", "evidence_start", "evidence_end", "locator", "by",
)  # fmt: skip
LIMITS = {"subject_name": 255, "object_name": 255, "property": 255, "unit": 32, "period": 32, "locator": 255}
TAIL_KINDS = {"belongs_to": "chain", "leads": "chain", "owns": "project", "produces": "product"}


def statement_id(statement: Statement, origin: str) -> str:
    """Hash of what a statement says and where. `origin` is the source's digest, or who typed it and when."""
    said = [origin, *(getattr(statement, name) for name in HASHED)]
    data = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return row_id(data)


class StatementMaker:
    """Turns the findings of one source into statements about entities."""

    def __init__(
        self,
        source: Source,
        findings: Findings,
        finder: EntityFinder,
        by: str,
        text: Text | None = None,
        phrases: Sequence[CodedPhraseMention] = (),
    ) -> None:
        self.source, self.findings, self.finder, self.by, self.text = source, findings, finder, by, text
        self.phrases = phrases
        self.now = timezone.now()

    def __iter__(self) -> Iterator[Statement]:
        found = self.findings
        yield from map(self.figure, (f for f in found.figures if math.isfinite(f.value)))
        yield from map(self.project, found.projects)
        yield from map(self.enterprise, found.enterprises)
        yield from map(self.chain, found.chains)
        yield from map(self.relation, found.relations)
        yield from map(self.event, found.events)
        yield from map(self.phrase, self.phrases)

    def figure(self, figure: Figure) -> Statement:
        """A quantity."""
        subject = self.finder.find(figure.subject, figure.subject_kind)
        start, end = bounds(figure.period)
        return self._statement(
            "figure",
            figure.evidence,
            figure.confidence,
            subject_name=figure.subject,
            subject=subject,
            property=figure.indicator,
            value=figure.value,
            unit=figure.unit,
            bound=figure.bound,
            figure_kind=figure.kind,
            status=figure.status,
            modality=figure.modality,
            period=figure.period or "",
            period_start=start,
            period_end=end,
            text_value=figure.number,
            number_start=figure.span[0],
            number_end=figure.span[1],
            payload=_told(subject_kind=figure.subject_kind, accrual=figure.accrual, reasons=list(figure.reasons)),
        )

    def project(self, project: Project) -> Statement:
        """A project with its investment, stage, place, owner and chain."""
        return self._statement(
            "project",
            project.evidence,
            project.confidence,
            subject_name=project.name,
            subject=self.finder.find(
                project.name,
                "project",
                project.aliases,
                context={"owner": project.owner or "", "place": project.place or ""},
            ),
            property="project",
            object_name=project.owner or "",
            object=self.finder.find(project.owner or "", "enterprise"),
            value=project.investment,
            unit="元" if project.investment is not None else "",
            text_value=project.stage or "",
            payload=_told(aliases=list(project.aliases), place=project.place, chain=project.chain),
        )

    def enterprise(self, enterprise: Enterprise) -> Statement:
        """An enterprise and its role."""
        return self._statement(
            "enterprise",
            enterprise.evidence,
            enterprise.confidence,
            subject_name=enterprise.name,
            subject=self.finder.find(enterprise.name, "enterprise", enterprise.aliases),
            property="enterprise",
            text_value=enterprise.role or "",
            payload=_told(aliases=list(enterprise.aliases)),
        )

    def chain(self, chain: Chain) -> Statement:
        """A chain at its holder."""
        return self._statement(
            "chain",
            chain.evidence,
            chain.confidence,
            subject_name=chain.name,
            subject=self.finder.find(chain.name, "chain", chain.aliases, context={"holder": chain.holder}),
            property="chain",
            object_name=chain.holder,
            object=self.finder.find(chain.holder),
            text_value=chain.role or "",
            payload=_told(aliases=list(chain.aliases), kind=chain.kind),
        )

    def relation(self, relation: Relation) -> Statement:
        """Two things and how they stand to each other."""
        return self._statement(
            "relation",
            relation.evidence,
            relation.confidence,
            subject_name=relation.head,
            subject=self.finder.find(relation.head),
            property=relation.relation,
            object_name=relation.tail,
            object=self.finder.find(relation.tail, TAIL_KINDS.get(relation.relation, "")),
        )

    def event(self, event: Event) -> Statement:
        """Something that happened to somebody on a day."""
        start, end = bounds(event.date)
        return self._statement(
            "event",
            event.evidence,
            event.confidence,
            subject_name=event.subject,
            subject=self.finder.find(event.subject),
            property=event.kind,
            text_value=event.date or "",
            period=event.date or "",
            period_start=start,
            period_end=end,
            payload=_told(place=event.place),
        )

    def phrase(self, phrase: CodedPhraseMention) -> Statement:
        """A coded phrase with the members that the document names. `value` is how many the name promises."""
        start, end = phrase.spans[0]
        members = [
            {"name": name, "start": span[0], "end": span[1]}
            for name, span in zip(phrase.members, phrase.member_spans, strict=True)
        ]
        return self._statement(
            "phrase",
            phrase.evidence,
            1.0,
            subject_name=phrase.name,
            property=phrase.kind,
            value=None if phrase.expected is None else float(phrase.expected),
            text_value=phrase.label,
            number_start=start,
            number_end=end,
            payload=_told(
                number=phrase.number,
                members=members,
                status=phrase.status,
                register=phrase.register,
                spans=[list(span) for span in phrase.spans],
            ),
        )

    def _statement(self, kind: str, evidence: Evidence, confidence: float, **columns: Any) -> Statement:
        statement = finished(
            Statement(
                source=self.source,
                kind=kind,
                evidence_start=evidence.start,
                evidence_end=evidence.end,
                sentence=evidence.text,
                locator=evidence.locator,
                confidence=confidence,
                reader_version=self.source.reader_version,
                at=self.now,
                **columns,
            ),
            self.source.digest,
        )
        return statement if self.text is None else with_clean(statement, self.text)


def with_clean(statement: Statement, text: Text) -> Statement:
    """The statement with its sentence in clean text, where that reads otherwise than the file."""
    start, end = statement.evidence_start, statement.evidence_end
    if start is not None and end is not None and start < end:
        first, last = text.clean_span(start, end)
        clean = storable(text.clean[first:last])
        if clean.strip() and _reads_otherwise(clean, statement.sentence):
            statement.clean_sentence = clean
            if statement.number_start is not None and statement.number_end is not None:
                statement.clean_at = text.clean_span(statement.number_start, statement.number_end)[0] - first
    return statement


def _reads_otherwise(clean: str, raw: str) -> bool:
    """Whether a clean sentence differs in more than the width of its marks and letters."""
    return len(clean) != len(raw) or any(
        a != b and (a.isalnum() or b.isalnum()) for a, b in zip(clean, unicodedata.normalize("NFKC", raw), strict=False)
    )


def finished(statement: Statement, origin: str) -> Statement:
    """The statement with columns cut to their width, NUL removed and its id set."""
    for name in (*LIMITS, "text_value", "sentence"):
        setattr(statement, name, storable(getattr(statement, name))[: LIMITS.get(name)])
    statement.payload = storable(statement.payload)
    statement.id = statement_id(statement, origin)
    return statement


def _told(**values: Any) -> dict[str, Any]:
    """The values that say something."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}
