"""Views of things that an import makes: out of what is being written of them, without reading it back.

Nothing else can be said of a thing that was made in this transaction, so its dossier is at hand. What was there before goes
the usual way (`refresh.listed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from liantu.ledger.inserting import made
from liantu.ledger.models import Entity, Statement
from liantu.ledger.refresh.dossiers import level_of, new_dossiers
from liantu.ledger.refresh.things import add_things, count_members
from liantu.ledger.standing import batches

PART = 500


@dataclass(slots=True)
class ThingsMadeNow:
    """What an import makes: rows of a list as they are written, and the owners whom they name when all rows are in."""

    _owners: dict[int, Entity] = field(default_factory=dict)
    _told: dict[int, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))  # id and level by owner
    _showing: dict[tuple[int, int], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )  # by owner: see `write`
    _labels: set[str] = field(default_factory=set)

    def add_owners(self, owners: Mapping[int, Entity]) -> None:
        """Note owners that were made now."""
        self._owners.update(owners)

    def write(self, things: Sequence[Entity], statements: Sequence[Statement], owners: Iterable[Entity]) -> set[int]:
        """Views of things made now, of which these statements say all there is; and what they say of new owners, for later.

        Args:
            owners: all that the statements name.

        Gives the things.
        """
        said: dict[int, list[Statement]] = defaultdict(list)
        for s in statements:
            if s.object_id in self._owners:
                self._told[s.object_id].append((s.pk, level_of(s)))
            if s.subject_id is not None:
                said[s.subject_id].append(s)
        # A row that a person wrote calls its owner as the person did: only the canonical id is asked for.
        shown = {owner.pk: (owner.canonical_id or owner.pk, owner.name) for owner in owners}
        self._labels |= add_things(new_dossiers(things, said, {}), shown)
        made_now = {entity.pk for entity in things}
        for s in statements:
            if s.subject_id in made_now and s.object_id is not None and s.object_id not in self._owners:
                self._showing[s.object_id, shown[s.object_id][0]].append(s.subject_id)
        return made_now

    def without(self, owners: Iterable[int]) -> set[int]:
        """The owners among these that were there before."""
        return set(owners) - self._owners.keys()

    def write_owners(self, by: str, at: datetime) -> None:
        """Views of the owners that were made now. All that is said of them was said by one person at one moment."""
        for part in batches(self._owners.values(), PART):
            regarding = {
                entity.pk: [_mention(entity.pk, pk, level, by, at) for pk, level in self._told[entity.pk]]
                for entity in part
            }
            self._labels |= add_things(new_dossiers(part, {}, regarding), {})

    def shown_otherwise(self) -> set[int]:
        """Things whose owner has been merged with another since they were written."""
        now: dict[int, int | None] = {}
        for part in batches({owner for owner, _ in self._showing}):
            now.update(Entity.objects.filter(pk__among=part).values_list("pk", "canonical"))
        return {pk for (owner, shown), rows in self._showing.items() if now[owner] != shown for pk in rows}

    def count(self) -> None:
        """Count the members of the chains concerned; to be called when everything else is up to date."""
        count_members(self._labels)


def _mention(owner: int, pk: str, level: int, by: str, at: datetime) -> Statement:
    """So much of a statement about a project as the rows of its owner are made of."""
    return made(
        Statement, id=pk, object_id=owner, kind="project", property="project", payload={"level": level}, by=by, at=at
    )
