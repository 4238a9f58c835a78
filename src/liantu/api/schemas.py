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
