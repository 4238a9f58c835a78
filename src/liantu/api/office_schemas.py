"""What the interface answers of an office's work: records, alerts, targets, lists, bulletins, scores, criteria. Money is in yuan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from liantu.api.schemas import EvidenceOut
from liantu.api.work_schemas import RecordOut


class WorkOut(RecordOut):
    """One programme, meeting, task or supervision order. Columns that name a person or a programme hold ids; `names` says whose."""

    names: dict[str, str]
    late: bool = Field(description="past its day, and still owed")
    percent: int | None = Field(description="of a task: how far it is, as last reported")
    evidence: EvidenceOut | None = Field(description="the sentence it rests on, where one is named")
    page: str = Field(description="address of the workbench page that shows it")


class OwedOut(Schema):
    """One period of a duty."""

    period: str
    due: date
    state: str = Field(description="late, due (today), open")


class DutyOut(WorkOut):
    """One recurring duty with the periods that nothing came in for."""

    owed: list[OwedOut] = Field(description="up to 31 days ahead, the earliest first")


class EvidenceRefOut(Schema):
    """Something that an alert rests on."""

    kind: str = Field(description="statement, fact, source, check, project, or a kind of record")
    id: str


class AlertOut(Schema):
    """One rule met by one thing."""

    id: int
    rule: str
    watch: str
    name: str
    level: str
    state: str
    text: str = Field(description="as of today, in Chinese")
    fix: str
    measure: float
    threshold: float
    numbers: dict[str, Any] = Field(description="the values that the rule took, by column")
    region_code: str
    city_code: str
    chain: str
    owner: str
    project: int | None
    due: date | None
    since: date
    until: date | None = Field(description="snoozed until this day")
    rests_on: list[EvidenceRefOut]
    evidence: list[EvidenceOut] = Field(description="the statements among what it rests on")
    page: str


class ActualOut(Schema):
    """A figure that counts for a target, in the target's unit."""

    value: float
    on: date | None
    bound: str
    decided: bool = Field(description="a person said that it counts")
    evidence: EvidenceOut | None = Field(description="null for what was entered by hand")


class TargetOut(Schema):
    """One target and where it stands."""

    id: int | None = Field(description="id of the record; null for a target that only documents give")
    indicator: str
    subject_name: str
    region_code: str
    chain: str
    value: float | None = Field(description="null for a target without a number")
    upper: float | None
    bound: str
    unit: str
    kind: str
    start: date | None
    due: date | None
    issuer: str
    issued_on: date | None
    state: str = Field(description="reached, on_course, behind, late, no_data")
    reason: str = Field(description="why nothing can be said")
    percent: float | None = Field(description="actual / target")
    elapsed: float | None = Field(description="part of the time gone by, 0 to 1")
    revised: str = Field(description="kind of the newest confirmed revision")
    replaced: bool = Field(description="a later target took its place")
    secrecy: int = Field(description="level of confidentiality: 0 open to all who may read")
    actual: ActualOut | None
    evidence: EvidenceOut | None = Field(description="the sentence of the document that sets it")
    page: str


class KeptListOut(Schema):
    """One list that an office keeps."""

    id: int
    title: str
    kind: str
    region_code: str
    chain: str
    owner_unit: str
    owner_person: str
    secrecy: int = Field(description="level of confidentiality: 0 open to all who may read")
    rhythm: str
    confirmed_on: date | None
    freshness: str
    rows: int
    rows_without_owner: int
    version: int | None = Field(description="number of the last published version")
    published_on: date | None
    page: str


class ListRowOut(Schema):
    """One row of a list."""

    id: int
    name: str
    cells: dict[str, Any]
    entity: int | None
    evidence: EvidenceOut | None
    page: str


class BulletinOut(Schema):
    """One issue of a bulletin."""

    id: int
    definition: str
    title: str
    issuer: str
    period: str
    region_code: str
    chain: str
    state: str
    year: int
    number: int | None
    published_at: datetime | None
    page: str


class BulletinRowOut(Schema):
    """One row behind a number of a bulletin."""

    kind: str
    id: str
    name: str
    numerator: float | None
    denominator: float | None


class BulletinFigureOut(Schema):
    """One number of a bulletin with the rows behind it."""

    name: str
    indicator: str
    shown: str
    value: float | None
    numerator: float | None
    denominator: float | None
    left_out: int
    rows: list[BulletinRowOut]


class BulletinWholeOut(BulletinOut):
    """One issue with its tables, its prose and every number."""

    body: dict[str, Any]
    prose: dict[str, str] = Field(description="by section, what people made of the generated prose")
    figures: list[BulletinFigureOut]


class CardOut(Schema):
    """One scorecard."""

    id: str
    name_zh: str
    name_en: str
    cadence: str
    origin: str
    items: list[str]


class ItemScoreOut(Schema):
    """One item of one unit; `low` and `high` differ where something is not known."""

    item: str
    name: str
    method: str
    weight: float
    low: float
    high: float
    formula: str
    reason: str
    value: float | None
    target: float | None
    unit: str
    basis: str
    statements: list[str] = Field(description="ids of the sentences that the value rests on")


class UnitScoreOut(Schema):
    """One unit of a scorecard; `first` and `last` are the places it can have."""

    unit: str
    name: str
    region_code: str
    chain: str
    low: float
    high: float
    first: int
    last: int
    vetoed: bool | None = Field(description="null when nobody knows")
    missing: int
    items: list[ItemScoreOut]


class ScoresOut(Schema):
    """A scorecard computed over the units of a region for one period."""

    card: CardOut
    region: str
    period: str
    units: list[UnitScoreOut]


class CriteriaOut(Schema):
    """One set of criteria, as it holds from one day to another."""

    id: str
    scheme: str
    name_zh: str
    name_en: str
    subject: str
    effective_from: date | None
    effective_to: date | None
    origin: str
    complete: bool
    clauses: int


class ClauseOut(Schema):
    """One condition held against one thing."""

    clause: str
    text: str
    result: str = Field(description="met, not_met, no_data")
    reason: str
    low: float | None
    high: float | None
    unit: str
    word: str
    yes: bool | None
    by_hand: bool
    statements: list[str] = Field(description="ids of the sentences that the value rests on")


class CandidateOut(Schema):
    """One thing held against a set."""

    entity: int
    name: str
    kind: str
    verdict: str = Field(description="met, one_short, not_met, no_data")
    known: int = Field(description="clauses of which anything is known")
    clauses: list[ClauseOut]
    page: str
