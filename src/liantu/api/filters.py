"""What a list can be narrowed by: the names and meanings of the pages' own filters.

The pages pass over what they cannot read; a program is told (422), since it would take the unfiltered list for the filtered one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import QueryDict
from ninja import Schema
from pydantic import Field

Region = Annotated[
    str, Field("", max_length=64, description="GB/T 2260 code, code of a virtual region, or `-` for rows without one")
]
ChainName = Annotated[str, Field("", max_length=64, description="name of a chain, or `-` for rows without one")]
Words = Annotated[str, Field("", max_length=200, description="words, all of which must occur")]
Stage = Literal[
    "", "-", "idea", "packaged", "negotiating", "signed", "registered", "approved", "land", "started", "building",
    "completed", "in_production", "in_statistics", "at_capacity", "at_target",
]  # fmt: skip


class Page(Schema):
    """Which part of a list: pages count from 1."""

    page: int = Field(1, ge=1, le=100_000)
    per_page: int = Field(50, ge=1, le=500)
    sort: str = Field("", max_length=32, description="a sort key of the page; `-` before it for the other way round")


class SearchFilters(Schema):
    """A search over everything."""

    q: str = Field(max_length=200, min_length=1, description="words, all of which must occur; quoted: one word")
    kind: Literal[
        "", "enterprise", "project", "chain", "segment", "zone", "town", "person", "region", "organisation", "other",
        "sentence", "document",
    ] = Field("", description="only this kind, page by page; without it a few of every kind")  # fmt: skip
    region: str = Field("", max_length=6, description="GB/T 2260 code: that region and all below it")
    page: int = Field(1, ge=1, le=1000)
    per_page: int = Field(20, ge=1, le=100)


class FigureFilters(Page):
    """Figures."""

    region: Region
    chain: ChainName
    status: Literal["", "actual", "target", "plan"] = ""
    kind: Literal["", "level", "change", "share", "rank"] = ""
    state: Literal["", "single", "agreed", "conflict"] = Field("", description="how the sources stand to each other")
    source: int | None = Field(None, description="id of a document")
    subject: int | None = Field(None, description="id of a thing")
    year: int | None = Field(None, ge=1900, le=2200, description="a year that the figure's period touches")
    low: bool = Field(False, description="only what the reader was not sure of")
    copies: bool = Field(
        False,
        description="also what only repeats another document; without it each is counted once, unless `source` asks",
    )
    q: Words


class ProjectFilters(Page):
    """Projects; `least` and `most` are in 亿元."""

    region: Region
    chain: ChainName
    stage: Stage = ""
    least: float | None = Field(None, ge=0, description="total investment, 亿元")
    most: float | None = Field(None, ge=0, description="total investment, 亿元")
    conflict: bool = Field(False, description="only projects of which sources differ")
    work: Literal["", "kept", "problems", "late", "paused", "cancelled"] = Field(
        "", description="by officials' records: any, open problems, something overdue, a side state"
    )
    bucket: Literal["", "planning", "negotiation", "signing", "start", "construction", "production", "at_capacity"] = ""
    year: int | None = Field(
        None, ge=1990, le=2100, description="the plan year of `bucket`; the present one without it"
    )
    q: Words


class CampaignFilters(Page):
    """Three-batch campaigns."""

    region: Region
    year: int | None = Field(None, ge=1990, le=2100)


class RateFilters(Schema):
    """The projects that rates are made over; `year` is that of the yearly ones."""

    region: Region
    chain: ChainName
    year: int | None = Field(None, ge=1990, le=2100)


class EnterpriseFilters(Page):
    """Enterprises."""

    region: Region
    chain: ChainName
    role: Literal["", "-", "chain_master", "chain_core", "leading", "supporting"] = ""
    q: Words


class RegistryFilters(Page):
    """Enterprises by where they stand with the registry."""

    region: Region
    state: Literal["", "review", "flagged", "automatic", "confirmed", "new", "waiting"] = ""
    q: Words


class ChainFilters(Page):
    """Chains, one row a chain and holder."""

    region: Region
    role: Literal["", "-", "strong", "growing", "planned"] = ""
    q: Words


class PhraseFilters(Page):
    """Coded phrases, one row a phrase and place."""

    region: Region
    state: Literal["", "complete", "open", "not_published", "differs"] = ""
    kind: Literal["", "digit_code", "numbered_groups", "numbered_set"] = ""
    q: Words


class CheckFilters(Page):
    """Comparisons inside documents."""

    source: int | None = Field(None, description="id of a document")
    verdict: Literal["", "ok", "differs", "suspicious"] = ""
    open: bool = Field(False, description="only those that still ask for a person's eye")


class DocumentFilters(Page):
    """Documents; without a state those read and those that failed."""

    state: Literal["", "ready", "failed", "removed", "superseded", "unpacked", "undated", "problems"] = ""
    media: str = Field("", max_length=16)
    q: Words


class OverviewFilters(Schema):
    """What the overview counts."""

    region: Region


def as_params(filters: Schema) -> QueryDict:
    """The filters as the address of a page says them: what is not set is not there."""
    params = QueryDict(mutable=True)
    for name, value in filters.model_dump(exclude={"page", "per_page", "sort"}).items():
        if value not in ("", None, False):
            params[name] = "1" if value is True else str(value)
    return params
