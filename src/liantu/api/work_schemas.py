"""What the interface answers of officials' records: campaigns, rates, a project's records. Money is in yuan."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class RateOut(Schema):
    """One rate with both sides. `value` is a percentage."""

    definition: str = Field(description="id of the definition: rates of different ones are never compared")
    name_zh: str
    name_en: str
    numerator_zh: str
    denominator_zh: str
    unit: str = Field(description="count or money (yuan)")
    state: str = Field(description="how sure the definition is: entered, common_usage, not_published, not_at_hand")
    source: str
    numerator: float | None
    denominator: float | None
    value: float | None = Field(description="null when nobody entered what it needs")
    counted: int = Field(description="projects in the denominator")
    left_out: int = Field(description="projects with records that lack one of the two amounts")
    flags: list[str]


class WithinOut(Schema):
    """How many reached a stage within so many months; null while these have not passed."""

    months: int
    count: int | None


class FollowedOut(Schema):
    """How many of a batch reached a stage."""

    stage: str
    count: int
    rate: str = Field(description="definition of the rate count / listed; empty where none is defined")
    value: float | None = Field(description="that rate in percent")
    within: list[WithinOut]


class BatchItemOut(Schema):
    """One item of a batch."""

    id: int
    name: str
    phase: str
    project: int | None = Field(description="entity of the ledger's project; null when it is linked to none")
    investment: float | None
    output: float | None
    reached: list[str]


class BatchOut(Schema):
    """One batch of a campaign."""

    kind: str = Field(description="signing, start, production")
    listed: int
    unlinked: int
    published_projects: int | None
    published_investment: float | None
    published_output: float | None
    published_basis: str
    followed: list[FollowedOut]
    items: list[BatchItemOut]


class CampaignOut(Schema):
    """One three-batch campaign."""

    id: int
    year: int
    number: int | None
    held_on: date | None
    venue: str
    region_code: str
    secrecy: int = Field(description="level of confidentiality: 0 open to all who may read")
    basis: str
    batches: list[BatchOut]


class RecordOut(Schema):
    """One record of a project: its columns as they are kept, money as text to the cent."""

    kind: str
    id: int
    version: int
    columns: dict[str, str | int | bool | None]


class ChangeOut(Schema):
    """One change of a record."""

    id: int
    kind: str
    record: int
    version: int
    action: str
    before: dict[str, str | int | bool | None]
    after: dict[str, str | int | bool | None]
    by: str
    at: datetime
    reason: str
    undone_at: datetime | None
    undone_by: str


class ProjectRecordsOut(Schema):
    """All that officials keep of a project, and the changes, newest first."""

    entity: int
    stage: str = Field(description="by officials' entries; what documents say is another answer")
    side: str
    records: list[RecordOut]
    changes: list[ChangeOut]
