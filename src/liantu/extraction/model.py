"""Findings: what a document says, each with the characters that say it.

Field names and values are those of the published reader format (`docs/contracts.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Bound = Literal["=", "≈", ">", ">=", "<", "<="]
Kind = Literal["level", "change", "share", "rank"]
Status = Literal["actual", "target", "plan"]
Stage = Literal["idea", "signed", "approved", "started", "building", "in_production", "at_capacity"]
Role = Literal["strong", "growing", "planned"]
RelationName = Literal["located_in", "owns", "leads", "belongs_to", "produces", "partners_with"]
MentionKind = Literal[
    "region", "zone", "town", "enterprise", "project", "chain", "organisation", "product", "policy", "programme"
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says it: exact raw substring and its raw offsets (code points, end exclusive)."""

    text: str
    start: int
    end: int
    locator: str = ""
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()
    """Of a document with pages, a line each: page from 1; left, top, right, bottom in fractions of it, from its upper left."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the clean text, with the entity it stands for inside this document.

    `key` is the canonical name inside the document (the fullest form seen, or the gazetteer's name);
    `aliases` holds every other form the document or the gazetteer gives. Offsets are clean.
    """

    kind: MentionKind
    key: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that says something about somebody (see GUIDELINES for the meaning of each field)."""

    span: tuple[int, int]  # raw offsets of the number
    number: str  # as written, clean form
    value: float
    unit: str
    bound: Bound
    kind: Kind
    status: Status
    indicator: str
    subject: str
    period: str | None
    evidence: Evidence
    modality: str = "fact"  # fact, planned, expected, strive, ensure, contracted, goal
    subject_kind: str = ""  # a MentionKind, or "" when the subject is the document's own region by default
    accrual: str = ""  # "cumulative" or ""
    confidence: float = 1.0  # 0..1, lower where a rule had to guess
    reasons: tuple[str, ...] = ()  # ids of the rules and cue words that decided


@dataclass(frozen=True, slots=True)
class Project:
    """An investment or construction project. `investment` in yuan."""

    name: str
    aliases: tuple[str, ...]
    evidence: Evidence
    investment: float | None = None
    stage: Stage | None = None
    place: str | None = None
    owner: str | None = None
    chain: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise the text names; `name` is the fullest form."""

    name: str
    aliases: tuple[str, ...]
    evidence: Evidence
    role: str | None = None  # chain_master, chain_core, leading, supporting
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain, cluster or specialty town that `holder` has, builds or plans."""

    name: str
    aliases: tuple[str, ...]
    holder: str
    role: Role | None
    evidence: Evidence
    kind: str = "chain"  # chain, cluster, town
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """`head` `relation` `tail`, as the text states it."""

    head: str
    relation: RelationName
    tail: str
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: signed, started, commissioned, unveiled, certified, moved_in."""

    kind: str
    subject: str
    date: str | None
    place: str | None
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one document. `title … published` repeat the document's own head."""

    source: str
    title: str | None
    publisher: str | None
    published: str | None
    figures: tuple[Figure, ...] = ()
    projects: tuple[Project, ...] = ()
    enterprises: tuple[Enterprise, ...] = ()
    chains: tuple[Chain, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The published reader format: plain JSON types, mentions left out."""
        from dataclasses import asdict

        data = asdict(self)
        data.pop("mentions")
        for found in data.values():
            for each in found if isinstance(found, tuple) else ():
                if not each["evidence"]["boxes"]:
                    del each["evidence"]["boxes"]
        return data
