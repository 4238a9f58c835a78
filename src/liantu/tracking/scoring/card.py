"""A scorecard as it was written: who is scored, how often, by which items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Method = Literal["completion_ratio", "efficacy", "step", "per_unit_capped", "veto", "peer_rating", "rank", "manual"]
METHODS: tuple[Method, ...] = (
    "completion_ratio", "efficacy", "step", "per_unit_capped", "veto", "peer_rating", "rank", "manual",
)  # fmt: skip
UnitKind = Literal["region", "zone", "chain", "office"]
UNIT_KINDS: tuple[UnitKind, ...] = ("region", "zone", "chain", "office")
SourceKind = Literal["figure", "target", "stage", "manual"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the raw value of an item comes from.

    `figure`: the newest figure of the unit in the period under one of `words`, in `unit`; `target`: the unit's kept target
    under one of `words`, and the figure that counts for it; `stage`: how many projects entered `stage` in the period, of at
    least `least` yuan; `manual`: a person enters it, with what it rests on.
    """

    kind: SourceKind
    words: tuple[str, ...] = ()
    unit: str = ""
    figure_kind: str = "level"
    stage: str = ""
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """From `start` upwards an item gives `points`."""

    start: float
    points: float


@dataclass(frozen=True, slots=True)
class Item:
    """One item. Of a bonus item `weight` is the most that it adds; a veto has no weight."""

    id: str
    name: str
    weight: float
    method: Method
    source: Source
    bonus: bool = False
    target: float | None = None  # completion_ratio; None: the target of the source
    prorate: bool = False  # held against the part of the target that time asks for
    cap: float = 1.0  # completion_ratio: the most of the weight that can be had
    floor: float | None = None  # efficacy; None: the least of all units
    ceiling: float | None = None  # efficacy; None: the most of all units
    base: float = 60.0
    span: float = 40.0
    bands: tuple[Band, ...] = ()
    per: float = 0.0  # per_unit_capped: points for each `each` above `above`
    each: float = 1.0
    above: float = 0.0
    places: tuple[float, ...] = ()  # rank: points of the first, second …
    rest: float = 0.0
    less_is_better: bool = False
    presumed_no: bool = False  # veto: what nobody reported is taken not to have happened, and shown as not reported
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole. `total` is what the weights of items that are no bonus must sum to, as the card declares."""

    id: str
    name_zh: str
    name_en: str
    unit_kind: UnitKind
    cadence: str
    effective_from: date | None
    effective_to: date | None
    origin: str
    note: str
    total: float
    units: tuple[str, ...]
    items: tuple[Item, ...]
