"""What the lists of an office's work can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from liantu.api.filters import ChainName, Page, Region, Words

Owner = Annotated[int | None, Field(None, description="id of a person")]
Unit = Annotated[str, Field("", max_length=128, description="the unit that answers for it, as it is written")]


class PlaceFilters(Page):
    """Records of a place and a chain."""

    region: Region
    chain: ChainName
    q: Words


class MeetingFilters(PlaceFilters):
    """Meetings."""

    kind: str = Field("", max_length=24, description="kind of meeting")


class TaskFilters(PlaceFilters):
    """Tasks."""

    state: str = Field("", max_length=24, description="a state, or `unfinished`")
    owner: Owner
    unit: Unit
    programme: int | None = Field(None, description="id of a programme")
    late: bool = Field(False, description="only what is past its day")
    until: date | None = Field(None, description="due on this day or before")


class OrderFilters(PlaceFilters):
    """Supervision orders."""

    state: str = Field("", max_length=24, description="a state, or `unfinished`")
    rank: str = Field("", max_length=24)
    owner: Owner
    unit: Unit
    late: bool = Field(False, description="only what is past its day")
    until: date | None = Field(None, description="due on this day or before")


class DutyFilters(PlaceFilters):
    """Recurring duties."""

    cadence: str = Field("", max_length=24)
    owner: Owner
    unit: Unit
    programme: int | None = Field(None, description="id of a programme")


class AlertFilters(Page):
    """Alerts."""

    region: Region
    chain: ChainName
    state: Literal["", "open", "snoozed", "closed", "resolved", "all"] = Field("", description="empty: open ones")
    level: Literal["", "blue", "yellow", "red"] = ""
    rule: str = Field("", max_length=48, description="id of a rule")
    watch: str = Field("", max_length=16, description="what the rule looks at")
    owner: str = Field("", max_length=128)
    project: int | None = Field(None, description="entity of a project")
    q: Words


class TargetFilters(PlaceFilters):
    """Targets: those of the register and those that only documents give."""

    year: int | None = Field(None, ge=1900, le=2200, description="the year that the target is due in")
    issuer: str = Field("", max_length=128)
    state: Literal["", "reached", "on_course", "behind", "late", "no_data"] = ""
    kept: Literal["", "kept", "said"] = Field("", description="only the register, or only documents")


class ListFilters(PlaceFilters):
    """Lists that an office keeps."""

    kind: str = Field("", max_length=24, description="kind of list")
    fresh: str = Field("", max_length=12, description="fresh, due, stale, never, open")
    owner: str = Field("", max_length=128, description="the unit that keeps it")


class RowFilters(Page):
    """Rows of one list."""

    state: str = Field("", max_length=24, description="whether a row is still listed")
    bare: bool = Field(False, description="only rows without anybody who answers for them")
    q: Words


class BulletinFilters(Page):
    """Bulletins."""

    region: Region
    definition: str = Field("", max_length=48, description="kind of bulletin")
    state: Literal["", "draft", "published", "dropped"] = Field("", description="empty: all but dropped ones")


class CandidateFilters(Page):
    """Things held against one set of criteria."""

    region: Region
    state: Literal["", "met", "one_short", "not_met", "no_data"] = ""
    q: Words
