"""What the interface answers. Field names are those of `docs/contracts.md`; money is in yuan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Schema
from pydantic import Field

T = TypeVar("T")


class SourceOut(Schema):
    """The document that says something."""

    id: int
    title: str
    name: str
    publisher: str
    host: str = Field(description="where it was found, when that is another than the publisher")
    published: date | None


class EvidenceOut(Schema):
    """The sentence that says it, and where it stands: offsets are code points of the raw text, ends exclusive."""

    statement: str
    sentence: str
    start: int | None
    end: int | None
    number_start: int | None
    number_end: int | None
    locator: str = Field(description="sheet and cell, page or paragraph in packaged files")
    confidence: float
    source: SourceOut | None = Field(description="null for what a person typed in")
    by: str = Field(description="who typed it in")
    page: str = Field(description="address of the workbench page that shows it")


class FigureOut(Schema):
    """One figure that stands."""

    statement: str
    fact: str
    subject: int | None
    subject_name: str
    subject_kind: str
    indicator: str
    number: str
    value: float
    unit: str
    bound: str
    figure_kind: str
    status: str
    period: str
    period_start: date | None
    period_end: date | None
    region_code: str
    city_code: str
    region_assumed: bool
    chain_name: str
    confidence: float
    review: str
    published: date | None
    state: str = Field(description="how the sources stand to each other: single, agreed, conflict")
    origin: int | None = Field(
        description="id of the document whose words these are; another one's where they were copied"
    )
    repeats: bool = Field(description="copied, and what it was copied from is in the same fact: counted there")
    evidence: EvidenceOut


class FactOut(Schema):
    """What all sources together say of one subject, indicator, period, kind and status, with every figure."""

    id: str
    subject: int | None
    subject_name: str
    indicator: str
    figure_kind: str
    status: str
    period: str
    value: float
    value_low: float
    value_high: float
    unit: str
    bound: str
    region_code: str
    city_code: str
    state: str
    reason: str
    n_statements: int
    n_documents: int
    n_sources: int
    n_reprints: int = Field(description="documents that repeat what another one said; they are no sources")
    figures: list[FigureOut]


class StatementOut(Schema):
    """One statement, of whatever kind, as it was said."""

    id: str
    kind: str
    subject_name: str
    property: str
    object_name: str
    value: float | None
    unit: str
    text_value: str
    period: str
    status: str
    fact: str = Field(description="the fact it belongs to; empty when it is no figure or does not stand")
    n_sources: int = Field(description="independent publishers of that fact")
    evidence: EvidenceOut


class ProjectOut(Schema):
    """One project; `evidence` is its newest statement."""

    entity: int
    name: str
    stage: str
    region_code: str
    city_code: str
    region_assumed: bool
    place: str
    owner: str
    chain_name: str
    investment: float | None = Field(description="yuan")
    n_statements: int
    n_sources: int
    conflict: list[str] = Field(description="columns on which sources differ")
    evidence: EvidenceOut | None


class StageSaidOut(Schema):
    """Somebody said that the project reached a stage; `on` is the day it happened, null when that is not said."""

    stage: str
    on: date | None
    evidence: EvidenceOut


class TransitionOut(Schema):
    """From one dated stage to the next; `forward` is false where the usual order is broken."""

    before: str
    after: str
    on: date
    days: int
    forward: bool


class ProgressOut(Schema):
    """Where the project stands by all that is said: `stage` is the furthest one reached."""

    stage: str
    since: date | None
    side: str = Field(description="paused, cancelled or changed, while that holds")
    reached: list[str]
    implied: list[str] = Field(description="stages nobody spoke of that those reached cannot do without")
    transitions: list[TransitionOut]
    contradictions: list[str] = Field(description="statements that report a stage after the project was cancelled")


class ProjectHistoryOut(Schema):
    """One project with the stages said of it, the newest statement first."""

    project: ProjectOut
    progress: ProgressOut
    said: list[StageSaidOut]


class EnterpriseOut(Schema):
    """One enterprise; `evidence` is its newest statement."""

    entity: int
    name: str
    role: str
    region_code: str
    city_code: str
    region_assumed: bool
    chains: list[str]
    n_statements: int
    n_sources: int
    evidence: EvidenceOut | None


class RegistryCandidateOut(Schema):
    """A firm of the registry that an enterprise may be."""

    firm: str = Field(description="its key: the credit code where that is valid")
    form: str = Field(description="the name that came near, which may be a former one")
    score: float
    reason_zh: str
    reason_en: str


class RegistryLinkOut(Schema):
    """One enterprise of the ledger and the firm of the registry that it is."""

    entity: int
    name: str
    region_code: str
    state: str = Field(description="review, flagged, automatic, confirmed, new (not in the registry) or waiting")
    firm: str = Field(description="key of the firm; empty where none is linked")
    uscc: str
    firm_name: str = Field(description="as it was registered when it was linked")
    flag: str = Field(description="what speaks against the link now; empty for nothing")
    score: float | None
    reason_zh: str
    reason_en: str
    registry: str = Field(description="version of the registry")
    candidates: list[RegistryCandidateOut] = Field(description="those that a person may choose from; for review alone")


class ChainOut(Schema):
    """One chain at one holder; `evidence` is the newest statement that says so."""

    id: str
    entity: int
    name: str
    holder: int | None
    holder_name: str
    role: str
    region_code: str
    city_code: str
    n_statements: int
    n_sources: int
    n_enterprises: int
    n_projects: int
    evidence: EvidenceOut | None


class CopyOut(Schema):
    """An earlier document that this one repeats."""

    original: int = Field(description="id of the earlier document")
    kind: str = Field(description="identical, repost, excerpt, spun")
    share: float = Field(description="of this document's text, 0 to 1")


class MemberOut(Schema):
    """A member of a coded phrase, with the statements that name it."""

    name: str
    statements: list[str]


class PhraseOut(Schema):
    """One coded phrase of one place; `evidence` is the document that names its members most fully."""

    id: str
    name: str
    label: str
    kind: str
    number: str
    counted: str = Field(description="what it counts")
    expected: int | None = Field(description="members that the name promises")
    n_members: int
    n_missing: int | None
    state: str = Field(description="complete, open, not_published, differs")
    members: list[MemberOut]
    others: list[MemberOut] = Field(description="members in other words")
    missing: list[str] = Field(description="names of missing members, as far as they are known")
    n_documents: int = Field(description="reprints left out")
    n_sources: int
    region_code: str
    city_code: str
    evidence: EvidenceOut | None


class CheckOut(Schema):
    """One comparison between figures of one document; `spans` are raw offsets, the stated number last."""

    id: str
    source: int
    rule: str
    verdict: str = Field(description="ok, differs, suspicious")
    spans: list[tuple[int, int]]
    computed: float | None
    stated: float | None
    unit: str
    tolerance: float
    message_zh: str
    message_en: str
    sentence: str
    weight: int = Field(description="how much it asks for a person's eye; 0 when it fits or a person answered it")


class DocumentOut(Schema):
    """One document."""

    id: int
    name: str
    title: str
    media: str
    size: int
    publisher: str
    host: str
    published: date | None
    published_by: str
    grade: str
    state: str
    problems: list[dict[str, object]]
    read_at: datetime
    n_figures: int
    n_projects: int
    n_enterprises: int
    n_chains: int
    n_relations: int
    n_events: int
    n_cells: int
    copies: list[CopyOut] = Field(description="earlier documents that it repeats, the earliest first")


class OverviewOut(Schema):
    """Counts of one region, or of all. Documents are counted whole: they are of no one region."""

    region: str
    documents: int
    failed_documents: int
    figures: int
    targets: int
    projects: int
    investment: float = Field(description="yuan, of the projects that name one")
    enterprises: int
    chains: int
    facts: int
    agreed: int
    conflicts: int


class ListOut(Schema, Generic[T]):
    """One page of a list. `count` is exact up to 10,000; `more_than_counted` says that there are more."""

    count: int
    more_than_counted: bool
    page: int
    per_page: int
    has_next: bool
    items: list[T]


class ErrorOut(Schema):
    """What went wrong, in Chinese and English."""

    detail: str


class HitOut(Schema):
    """Something that a search found."""

    kind: str
    id: str = Field(description="of an entity or a document its number, of a sentence its statement, else a name")
    title: str = Field(description="its name, or the sentence around the match")
    excerpt: str = Field(description="where the words stand, when not in the title")
    region_code: str
    chain: str
    source: str
    published: date | None
    page: str = Field(description="address of the workbench page that shows it")


class HitsOut(Schema):
    """The hits of one kind, best first."""

    kind: str
    total: int = Field(description="hits that were counted")
    more: bool = Field(description="there are more than were counted")
    hits: list[HitOut]


class SearchOut(Schema):
    """What a search found, by kind."""

    words: list[str] = Field(description="the words as they were compared: half width, lower case, Simplified")
    groups: list[HitsOut]
