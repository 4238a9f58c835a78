"""A register of entities that grows name by name, keeps every judgement, and can take each one back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from .calibration import Bands, default_bands
from .fold import fold
from .matching import NameIndex, best_match, compare, strong_key
from .model import Decision, Named

Verdict = Literal["same", "different", "unsure"]
Origin = Literal["auto", "user"]


class ResolutionError(ValueError):
    """A judgement that cannot stand; says in Chinese and English what is wrong and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.message_zh = zh
        self.message_en = en


@dataclass(frozen=True, slots=True)
class Entity:
    """One name of one kind as it was first added; merging changes its canonical id, never the entity."""

    id: str
    kind: str
    named: Named


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody said that two entities are the same, different, or that it is open. Undone judgements are kept."""

    id: str
    left: str
    right: str
    verdict: Verdict
    origin: Origin
    by: str
    reason: str
    score: float | None = None
    undone_by: str = ""

    @property
    def stands(self) -> bool:
        return not self.undone_by


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an entity is what it is: all entities merged into it, and every judgement on them, undone ones too."""

    canonical: str
    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of the entity's name, in the order they came."""
        return tuple(dict.fromkeys(form for entity in self.entities for form in entity.named.forms))


class Resolver:
    """Entities of all kinds, in memory: the reference behaviour of the ledger's merging.

    Every name that is not written just like a known one becomes an entity; an `auto` decision adds a judgement that it is
    the same as the one found, so that undoing the judgement brings the entity back as it was.
    """

    def __init__(self, bands: Bands | None = None) -> None:
        self.bands = bands or default_bands()
        self._entities: dict[str, Entity] = {}
        self._judgements: dict[str, Judgement] = {}
        self._indexes: dict[str, NameIndex] = {}
        self._canonical: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._written: dict[tuple[str, str, str], str] = {}

    def add(
        self, kind: str, name: str, aliases: Iterable[str] = (), context: Mapping[str, str] | None = None
    ) -> Decision:
        """Who is `name`? The decision's `entity_id` is the canonical entity the name belongs to from now on.

        `auto`: an entity known before. `new` and `review`: an entity of its own; for `review` the candidates say whom to
        ask about.
        """
        named = Named(name, tuple(aliases), dict(context or {}))
        index = self._indexes.setdefault(kind, NameIndex(kind))
        known = self._as_written(kind, named)
        if known is not None:
            return known
        decision = self._allowed(best_match(kind, named, index, self.bands), named, kind)
        entity = self._create(kind, named)
        if decision.band == "auto":
            self._record(entity.id, decision.entity_id, "same", "auto", "liantu", decision.reason_zh, decision.score)
            self._canonical[entity.id] = decision.entity_id
            self._members[decision.entity_id].extend(self._members.pop(entity.id))
        index.add(self.canonical(entity.id), named)
        return replace(decision, entity_id=self.canonical(entity.id))

    def _as_written(self, kind: str, named: Named) -> Decision | None:
        """The decision for a name written just like a known one with the same strong key, else None."""
        if named.aliases:
            return None
        entity_id = self._written.get((kind, fold(named.name), strong_key(kind, named)))
        if entity_id is None or compare(kind, named, self._entities[entity_id].named).score < self.bands.auto:
            return None
        reason = "名称与已有写法相同", "written like a name known already"
        return Decision(self.canonical(entity_id), "auto", 1.0, (), *reason)

    def _allowed(self, decision: Decision, named: Named, kind: str) -> Decision:
        """The decision, unless merging would join two valid credit or project codes."""
        if decision.band != "auto":
            return decision
        keys = self._strong_keys(decision.entity_id) | ({strong_key(kind, named)} - {""})
        if len(keys) <= 1:
            return decision
        reason = "对方已有另一个有效代码，不能合并", "the other has another valid code: never merged"
        return Decision("", "new", decision.score, decision.candidates, *reason)

    def _create(self, kind: str, named: Named) -> Entity:
        entity = Entity(f"{kind}:{len(self._entities) + 1}", kind, named)
        self._entities[entity.id] = entity
        self._canonical[entity.id] = entity.id
        self._members[entity.id] = [entity.id]
        self._written.setdefault((kind, fold(named.name), strong_key(kind, named)), entity.id)
        return entity

    def canonical(self, entity_id: str) -> str:
        """The entity that `entity_id` stands for after all standing judgements. Raises KeyError for an unknown one."""
        return self._canonical[entity_id]

    def judge(self, left: str, right: str, verdict: Verdict, by: str, reason: str) -> Judgement:
        """Record that `by` finds `left` and `right` the same, different or unsure.

        Raises ResolutionError where two kinds, or two valid codes, would be joined, or where a standing judgement says the
        contrary (undo that one first).
        """
        self._check(left, right, verdict)
        judgement = self._record(left, right, verdict, "user", by, reason, None)
        self._point(one_of=left)
        return judgement

    def _check(self, left: str, right: str, verdict: Verdict) -> None:
        one, other = self._entities[left], self._entities[right]
        if one.kind != other.kind:
            raise ResolutionError("两个实体种类不同，不能相互比对", "entities of two kinds cannot be judged together")
        if verdict == "same" and len(self._strong_keys(left) | self._strong_keys(right)) > 1:
            raise ResolutionError(
                "两个有效代码不同的实体不能合并，请先核对代码",
                "two valid codes differ: never merged; check the codes first",
            )
        against = self._standing_against(left, right, verdict)
        if against is not None:
            raise ResolutionError(
                f"与尚未撤销的判断 {against.id} 相矛盾，请先撤销它",
                f"contradicts judgement {against.id}; undo that one first",
            )

    def _standing_against(self, left: str, right: str, verdict: Verdict) -> Judgement | None:
        ends = {self.canonical(left), self.canonical(right)}
        standing = [j for j in self._judgements.values() if j.stands]
        if verdict == "same":
            return next(
                (
                    j
                    for j in standing
                    if j.verdict == "different" and {self.canonical(j.left), self.canonical(j.right)} == ends
                ),
                None,
            )
        if verdict == "different" and len(ends) == 1:
            return next((j for j in reversed(standing) if j.verdict == "same" and self.canonical(j.left) in ends), None)
        return None

    def _record(
        self, left: str, right: str, verdict: Verdict, origin: Origin, by: str, reason: str, score: float | None
    ) -> Judgement:
        judgement = Judgement(f"j{len(self._judgements) + 1}", left, right, verdict, origin, by, reason, score)
        self._judgements[judgement.id] = judgement
        return judgement

    def undo(self, judgement_id: str, by: str = "") -> Judgement:
        """Take a judgement back. Everything stands as if it had never been made; the judgement itself is kept."""
        judgement = self._judgements[judgement_id]
        if judgement.undone_by:
            raise ResolutionError(f"判断 {judgement_id} 已经撤销", f"judgement {judgement_id} is undone already")
        undone = replace(judgement, undone_by=by or judgement.by)
        self._judgements[judgement_id] = undone
        self._point(one_of=judgement.left)
        return undone

    def _point(self, one_of: str) -> None:
        """Point every entity of that kind at the first of those that standing judgements call the same, and index it there."""
        kind = self._entities[one_of].kind
        ids = [e.id for e in self._entities.values() if e.kind == kind]
        standing = (j for j in self._judgements.values() if j.stands and j.verdict == "same")
        fresh = merge(ids, ((j.left, j.right) for j in standing if self._entities[j.left].kind == kind))
        moved = {e for e in ids if fresh[e] != self._canonical[e]}
        touched = {self._canonical[e] for e in moved} | {fresh[e] for e in moved}
        self._canonical |= fresh
        index = self._indexes[kind]
        for canonical in sorted(touched):
            index.discard(canonical)
            self._members.pop(canonical, None)
        for entity in ids:
            canonical = fresh[entity]
            if canonical in touched:
                self._members.setdefault(canonical, []).append(entity)
                index.add(canonical, self._entities[entity].named)

    def explain(self, entity_id: str) -> Explanation:
        """All that was merged into the entity and every judgement on any of it."""
        canonical = self.canonical(entity_id)
        members = self._members[canonical]
        within = set(members)
        judgements = tuple(j for j in self._judgements.values() if {j.left, j.right} & within)
        return Explanation(canonical, tuple(self._entities[m] for m in members), judgements)

    def _strong_keys(self, entity_id: str) -> set[str]:
        members = (self._entities[m] for m in self._members[self.canonical(entity_id)])
        return {key for key in (strong_key(e.kind, e.named) for e in members) if key}


def merge(entities: Iterable[str], same: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each entity → the first, in the order given, of all that `same` pairs connect it with. The order of pairs does not matter."""
    order = {entity: number for number, entity in enumerate(entities)}
    neighbours: dict[str, list[str]] = defaultdict(list)
    for left, right in same:
        neighbours[left].append(right)
        neighbours[right].append(left)
    canonical: dict[str, str] = {}
    for entity in order:
        if entity in canonical:
            continue
        waiting = [entity]
        while waiting:
            reached = waiting.pop()
            if reached not in canonical:
                canonical[reached] = entity
                waiting.extend(neighbours[reached])
    return canonical
