"""Entities of many names at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F

from liantu.ledger.inserting import insert, made
from liantu.ledger.likeness import fold
from liantu.ledger.models import Entity, EntityName
from liantu.ledger.naming import NAME_LENGTH, EntityFinder
from liantu.ledger.refresh import Changes
from liantu.ledger.standing import batches

BATCH = 500
COMPARED = 200
"""New names that are compared with all known ones for namesakes while an import is written; the others are right after it
(`exchange.namesakes`), so that nobody waits for them with the ledger in hand."""

Identity = tuple[str, str]  # folded name and scope


def known_entities(kind: str, wanted: Iterable[Identity]) -> dict[Identity, Entity]:
    """The entities of these identities that there are."""
    identities = set(wanted)
    found: dict[Identity, Entity] = {}
    for part in batches(sorted({folded for folded, _ in identities})):
        for entity in Entity.objects.filter(kind=kind, folded__among=part):
            if (identity := (entity.folded, entity.scope)) in identities:
                found[identity] = entity
    return found


def made_entities(kind: str, wanted: Mapping[Identity, str]) -> dict[Identity, Entity]:
    """The entities of these identities; those that there are not are made under the names given."""
    found = known_entities(kind, wanted)
    new = {identity: name for identity, name in wanted.items() if identity not in found}
    fresh = {
        (folded, scope): Entity(kind=kind, folded=folded, scope=scope, name=name[:NAME_LENGTH])
        for (folded, scope), name in new.items()
    }
    Entity.objects.bulk_create(fresh.values(), batch_size=BATCH)  # both engines give the new keys back
    for part in batches([entity.pk for entity in fresh.values()]):
        Entity.objects.filter(pk__among=part).update(canonical=F("id"))
    for entity in fresh.values():
        entity.canonical_id = entity.pk
    keep_names((entity, new[identity]) for identity, entity in fresh.items())
    return found | fresh


def keep_names(said: Iterable[tuple[Entity, str]]) -> None:
    """Note forms of entities' names, so that they are found by them."""
    insert(
        (
            made(EntityName, entity_id=entity.pk, name=name[:NAME_LENGTH], folded=fold(name)[:NAME_LENGTH])
            for entity, name in dict.fromkeys(said)
        ),
        ignore_conflicts=True,
    )


def owners_named(names: Iterable[str], compared: int = COMPARED) -> tuple[dict[str, Entity], int, list[int]]:
    """The enterprises of these names, how many were new, and those of the new that wait to be compared for namesakes: all but
    the first `compared`."""
    wanted = {name: (fold(name)[:NAME_LENGTH], "") for name in sorted(set(names)) if name}
    found = known_entities("enterprise", wanted.values())
    finder = EntityFinder(None)
    new = [name for name, identity in wanted.items() if identity not in found]
    for name in new[: max(compared, 0)]:
        entity = finder.find(name, "enterprise")
        if entity is not None:
            found[wanted[name]] = entity
    if finder.moved:
        changes = Changes()
        changes.moved(finder.moved)
        changes.apply()
    left = made_entities("enterprise", {i: name for name, i in wanted.items() if i not in found})
    found |= left
    return {name: found[identity] for name, identity in wanted.items()}, len(new), [e.pk for e in left.values()]
