"""Project stages: the canonical order, the words that tell them, and how local schemes map to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .tables import read_table, split


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a project. `cues` are words that report it in prose; `names` are labels in ledgers."""

    value: str
    order: int
    name_zh: str
    names: tuple[str, ...]
    cues: tuple[str, ...]
    reached_when: str
    source: str


@dataclass(frozen=True, slots=True)
class SideState:
    """A state that overlays a stage and never replaces it: paused, cancelled, changed."""

    value: str
    name_zh: str
    cues: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class SchemeBucket:
    """A bucket of a local scheme and the canonical stage it maps to."""

    scheme: str
    title: str
    order: int
    bucket: str
    stage: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanBucket:
    """A bucket relative to a plan year; not a stage."""

    value: str
    order: int
    name_zh: str
    definition_zh: str
    source: str


@cache
def stages() -> MappingProxyType[str, Stage]:
    """The canonical stages by value, in order."""
    table = read_table("stages.csv", ("stage", "order", "name_zh", "names", "cues", "reached_when", "source"))
    table.require_unique("stage")
    table.require_unique("order")
    found = [
        Stage(
            r["stage"],
            int(r["order"]),
            r["name_zh"],
            split(r["names"]),
            split(r["cues"]),
            r["reached_when"],
            r["source"],
        )
        for _, r in table.rows
    ]
    return MappingProxyType({s.value: s for s in sorted(found, key=lambda s: s.order)})


@cache
def stage_cues() -> tuple[tuple[str, str], ...]:
    """(cue word, stage), longest cue first; a cue told by two stages goes to the later one."""
    cues: dict[str, str] = {}
    for stage in stages().values():
        cues |= dict.fromkeys(stage.cues, stage.value)
    return tuple(sorted(cues.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def stage_of_label(label: str) -> str | None:
    """The stage that a ledger's label means (`开工`, `在建/续建`, `投产`), else None."""
    label = label.strip()
    return next((s.value for s in stages().values() if label in (s.value, s.name_zh, *s.names, *s.cues)), None)


@cache
def side_states() -> tuple[SideState, ...]:
    """Paused, cancelled, changed."""
    table = read_table("side_states.csv", ("state", "name_zh", "cues", "source"))
    table.require_unique("state")
    return tuple(SideState(r["state"], r["name_zh"], split(r["cues"]), r["source"]) for _, r in table.rows)


@cache
def stage_schemes() -> MappingProxyType[str, tuple[SchemeBucket, ...]]:
    """Local schemes by id, each as its buckets in order."""
    table = read_table("stage_schemes.csv", ("scheme", "title", "order", "bucket", "stage", "source"))
    table.require_unique("scheme", "bucket")
    table.require_known("stage", stages())
    schemes: dict[str, tuple[SchemeBucket, ...]] = {}
    for _, r in table.rows:
        bucket = SchemeBucket(r["scheme"], r["title"], int(r["order"]), r["bucket"], r["stage"], r["source"])
        schemes[bucket.scheme] = (*schemes.get(bucket.scheme, ()), bucket)
    return MappingProxyType(schemes)


@cache
def plan_buckets() -> tuple[PlanBucket, ...]:
    """The seven buckets relative to a plan year, in order."""
    table = read_table("plan_buckets.csv", ("bucket", "order", "name_zh", "definition_zh", "source"))
    table.require_unique("bucket")
    return tuple(
        PlanBucket(r["bucket"], int(r["order"]), r["name_zh"], r["definition_zh"], r["source"]) for _, r in table.rows
    )
