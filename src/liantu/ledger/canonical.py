"""Which entities are one: judgements in force, and the canonical id they give. Merging rewrites nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from liantu.ledger.models import Entity, Judgement

SAME = Judgement.Verdict.SAME


def in_force(judgements: Iterable[Judgement]) -> dict[frozenset[int], Judgement]:
    """For each pair the judgement that holds: a person's before the resolver's, the later before the earlier."""
    holding: dict[frozenset[int], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.origin == "user", j.pk)):
        holding[frozenset((judgement.left_id, judgement.right_id))] = judgement
    return holding


def joined_to(start: int) -> set[int]:
    """Ids of all entities that judgements in force make one with `start`, itself included."""
    seen, edge = {start}, {start}
    while edge:
        rows = Judgement.objects.filter(Q(left__in=edge) | Q(right__in=edge), undone_at=None)
        reached = {entity for pair, judgement in in_force(rows).items() if judgement.verdict == SAME for entity in pair}
        edge = reached - seen
        seen |= edge
    return seen


def settle(entities: Iterable[int]) -> set[int]:
    """Point the given entities, and all that are or were one with them, at their canonical entity: the oldest.

    Gives the ids of every entity of a component that changed.
    """
    asked = set(entities)
    canonicals = set(Entity.objects.filter(pk__in=asked).values_list("canonical", flat=True)) - {None}
    left = asked | set(Entity.objects.filter(canonical__in=canonicals).values_list("pk", flat=True))
    before = dict(Entity.objects.filter(pk__in=left).values_list("pk", "canonical"))
    changed: set[int] = set()
    while left:
        component = joined_to(min(left))
        left -= component
        for pk, canonical in Entity.objects.filter(pk__in=component - before.keys()).values_list("pk", "canonical"):
            before[pk] = canonical
        oldest = min(component)
        moved = {pk for pk in component if before[pk] != oldest}
        if moved:
            Entity.objects.filter(pk__in=moved).update(canonical=oldest)
            changed |= component | {was for pk in moved if (was := before[pk]) is not None}
    return changed
