"""Whom to attract for a link of a chain that a place lacks: what goes in and what comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from liantu.vocabulary.tables import read_table, read_toml

Field = Literal["scope", "name", "product"]
"""Where something is said of a firm: its business scope, its name, or a source that names its product."""
Abstention = Literal["", "no_such_region", "nothing_known_of_region", "nothing_missing", "no_evidence"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A link of a chain. `words` are what it is called; the name alone when empty."""

    key: str
    name: str
    words: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.name, *self.words)))


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain's segments, and the words that tell the chain itself (光伏, 太阳能光伏)."""

    name: str
    words: tuple[str, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of a firm. `reference` leads back to it: a statement's id, or list and row (`企业名单.csv#12`)."""

    field: Field
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of a registry or of the ledger, with all that is said of it."""

    id: str
    name: str
    region_code: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a firm fits: the kind of evidence, the word, where it stands and what it counts."""

    kind: str
    points: float
    word: str
    field: Field
    start: int  # of the word in the text of `field`
    reference: str

    @property
    def zh(self) -> str:
        return evidence_kinds()[self.kind].zh.format(word=self.word)

    @property
    def en(self) -> str:
        return evidence_kinds()[self.kind].en.format(word=self.word)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm for a segment. `points` are the sum of its reasons: an order, not a probability."""

    firm: Firm
    segment: Segment
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> float:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Candidates of one segment, best first; `abstained` says why there is none, `considered` how many firms were looked at."""

    segment: Segment
    candidates: tuple[Candidate, ...]
    considered: int
    abstained: Abstention = ""


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A line of `data/evidence.csv`."""

    points: float
    zh: str
    en: str
    source: str


@cache
def evidence_kinds() -> dict[str, EvidenceKind]:
    """Kinds of evidence by id, with what each counts."""
    table = read_table("evidence.csv", ("reason", "points", "zh", "en", "source"), package=__package__)
    table.require_unique("reason")
    return {r["reason"]: EvidenceKind(float(r["points"]), r["zh"], r["en"], r["source"]) for _, r in table.rows}


@dataclass(frozen=True, slots=True)
class Settings:
    """`short_word`: names up to this length need a word of the chain beside them. `further_segments`: how many count."""

    short_word: int
    further_segments: int


@cache
def settings() -> Settings:
    """The settings of `data/settings.toml`."""
    data = read_toml("settings.toml", package=__package__)
    return Settings(int(data["words"]["short"]), int(data["also_on_chain"]["most"]))


def best_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each kind of evidence once, the strongest first; of several of a kind the longest word, then the first place."""
    kept: dict[str, Reason] = {}
    for reason in sorted(reasons, key=lambda r: (-len(r.word), r.field, r.start, r.reference, r.word)):
        kept.setdefault(reason.kind, reason)
    return tuple(sorted(kept.values(), key=lambda r: (-r.points, r.kind)))
