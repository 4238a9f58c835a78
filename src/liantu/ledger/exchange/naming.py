"""Entities of many names at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liantu.ledger.inserting import insert, keys, made
from liantu.ledger.likeness import fold
from liantu.ledger.models import Entity, EntityName
from liantu.ledger.naming import NAME_LENGTH, EntityFinder
from liantu.ledger.refresh import Changes
from liantu.ledger.standing import batches

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


def made_entities(kind: str, wanted: Mapping[Identity, str]) -> tuple[dict[Identity, Entity], dict[Identity, Entity]]:
    """The entities of these identities: those that there are, and those made now under the names given."""
    found = known_entities(kind, wanted)
    new = {identity: name for identity, name in wanted.items() if identity not in found}
    fresh = {
        (folded, scope): made(
            Entity, id=pk, canonical_id=pk, kind=kind, folded=folded, scope=scope, name=name[:NAME_LENGTH]
        )
        for ((folded, scope), name), pk in zip(new.items(), keys(Entity, len(new)), strict=True)
    }
    insert(fresh.values())
    insert(_name(entity, new[identity]) for identity, entity in fresh.items())
    return found, fresh


def keep_names(said: Iterable[tuple[Entity, str]]) -> None:
    """Note forms of entities' names, so that they are found by them."""
    insert((_name(entity, name) for entity, name in dict.fromkeys(said)), ignore_conflicts=True)


def _name(entity: Entity, name: str) -> EntityName:
    return made(EntityName, entity_id=entity.pk, name=name[:NAME_LENGTH], folded=fold(name)[:NAME_LENGTH])


@dataclass(frozen=True, slots=True)
class Owners:
    """Enterprises by name."""

    named: dict[str, Entity]
    n_new: int  # how many nobody had named before
    made: dict[int, Entity]  # those of the new that are not compared for namesakes yet: nobody says anything of them


def owners_named(names: Iterable[str], compared: int = COMPARED) -> Owners:
    """The enterprises of these names; of the new ones the first `compared` are compared for namesakes at once."""
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
    there, fresh = made_entities("enterprise", {i: name for name, i in wanted.items() if i not in found})
    found |= there | fresh
    named = {name: found[identity] for name, identity in wanted.items()}
    return Owners(named, len(new), {entity.pk: entity for entity in fresh.values()})
