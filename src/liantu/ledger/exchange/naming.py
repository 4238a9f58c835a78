"""Entities of many names at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F

from liantu.ledger.likeness import fold
from liantu.ledger.models import Entity, EntityName
from liantu.ledger.naming import NAME_LENGTH, EntityFinder
from liantu.ledger.refresh import Changes
from liantu.ledger.standing import batches

BATCH = 500
COMPARED = 1000
"""New names that are compared with all known ones for namesakes; of more at once the rest is taken as written."""

Identity = tuple[str, str]  # folded name and scope


def known_entities(kind: str, wanted: Iterable[Identity]) -> dict[Identity, Entity]:
    """The entities of these identities that there are."""
    identities = set(wanted)
    found: dict[Identity, Entity] = {}
    for part in batches(sorted({folded for folded, _ in identities})):
        for entity in Entity.objects.filter(kind=kind, folded__in=part):
            if (identity := (entity.folded, entity.scope)) in identities:
                found[identity] = entity
    return found


def made_entities(kind: str, wanted: Mapping[Identity, str]) -> dict[Identity, Entity]:
    """The entities of these identities; those that there are not are made under the names given."""
    found = known_entities(kind, wanted)
    new = {identity: name for identity, name in wanted.items() if identity not in found}
    made = {
        (folded, scope): Entity(kind=kind, folded=folded, scope=scope, name=name[:NAME_LENGTH])
        for (folded, scope), name in new.items()
    }
    Entity.objects.bulk_create(made.values(), batch_size=BATCH)  # both engines give the new keys back
    for part in batches([entity.pk for entity in made.values()]):
        Entity.objects.filter(pk__in=part).update(canonical=F("id"))
    for entity in made.values():
        entity.canonical_id = entity.pk
    keep_names((entity, new[identity]) for identity, entity in made.items())
    return found | made


def keep_names(said: Iterable[tuple[Entity, str]]) -> None:
    """Note forms of entities' names, so that they are found by them."""
    EntityName.objects.bulk_create(
        [
            EntityName(entity=entity, name=name[:NAME_LENGTH], folded=fold(name)[:NAME_LENGTH])
            for entity, name in dict.fromkeys(said)
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def owners_named(names: Iterable[str], compared: int = COMPARED) -> tuple[dict[str, Entity], int]:
    """The enterprises of these names, and how many were new; of those, the first `compared` are compared with the known ones
    for namesakes."""
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
    found |= made_entities("enterprise", {i: name for name, i in wanted.items() if i not in found})
    return {name: found[identity] for name, identity in wanted.items()}, len(new)
