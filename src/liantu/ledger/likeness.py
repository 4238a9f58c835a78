"""Which known entities a new name may mean: the resolution room's comparison over the ledger's names.

The index of names lives in the process and grows with the ledger. Before each document it is compared with the table:
the last row it knows must still be that row (a transaction may have been rolled back), and rows behind it are taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from liantu.ledger.models import Entity, EntityName
from liantu.resolution import Named, NameIndex, best_match
from liantu.resolution import fold as fold_name

ASKED = frozenset({"enterprise", "project", "zone", "town", "organisation"})  # kinds whose doubtful pairs people settle
MATCHED = ASKED | {"chain", "policy", "programme"}
OFFERED = 2  # doubtful candidates shown for one new name


def fold(name: str) -> str:
    """A name without width, case, brackets and spaces; the name itself where nothing is left."""
    return fold_name(name) or name


@dataclass(frozen=True, slots=True)
class Match:
    """A known entity that a new one may be. `same`: taken without asking; else a person decides."""

    entity_id: int
    score: float
    same: bool
    reason: str


@dataclass(slots=True)
class _Known:
    """Names of one kind, and the last row of the table among them."""

    index: NameIndex
    last: int = 0
    made: datetime | None = None


class KnownNames:
    """The names of a ledger's entities by kind."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], _Known] = {}

    def _of(self, kind: str) -> _Known:
        return self._known.setdefault((str(connection.settings_dict["NAME"]), kind), _Known(NameIndex(kind)))

    def catch_up(self, kind: str, below: int | None = None) -> None:
        """Take in what the table has and the index lacks; begin anew when the table is not what it was.

        Args:
            below: leave out entities from this one on.
        """
        known = self._of(kind)
        if known.last:
            row = Entity.objects.filter(pk=known.last).values_list("created_at", flat=True).first()
            if row != known.made:
                known.index, known.last, known.made = NameIndex(kind), 0, None
        found = Entity.objects.filter(kind=kind, pk__gt=known.last).order_by("pk")
        rows = list(found if below is None else found.filter(pk__lt=below))
        if not rows:
            return
        forms: dict[int, list[str]] = {}
        names = EntityName.objects.filter(entity__kind=kind, entity__gt=known.last).order_by("pk")
        for pk, name in names.values_list("entity", "name"):
            forms.setdefault(pk, []).append(name)
        for entity in rows:
            self._add(known, entity, forms.get(entity.pk, []))

    def add(self, entity: Entity, forms: Iterable[str]) -> None:
        """A new entity, or further forms of a known one."""
        if entity.kind in MATCHED:
            self._add(self._of(entity.kind), entity, forms)

    @staticmethod
    def _add(known: _Known, entity: Entity, forms: Iterable[str]) -> None:
        known.index.add(str(entity.pk), Named(entity.name, tuple(forms), entity.context))
        if entity.pk > known.last:
            known.last, known.made = entity.pk, entity.created_at

    def likely(self, kind: str, name: str, forms: Iterable[str], context: Mapping[str, str]) -> list[Match]:
        """Known entities that a new name may mean, the best first: one that is taken as the same, or some to ask about."""
        if kind not in MATCHED:
            return []
        canonical: dict[str, str] = {}

        def canonical_of(entity: str) -> str:
            if entity not in canonical:
                found = Entity.objects.filter(pk=int(entity)).values_list("canonical", flat=True).first()
                canonical[entity] = str(found or entity)
            return canonical[entity]

        decision = best_match(kind, Named(name, tuple(forms), context), self._of(kind).index, canonical=canonical_of)
        if decision.band == "auto":
            return [Match(int(decision.entity_id), decision.score, True, decision.reason_zh)]
        if decision.band == "new" or kind not in ASKED:
            return []
        offered: dict[str, Match] = {}
        for candidate in decision.candidates:
            one = canonical_of(candidate.entity_id)
            if candidate.score >= decision.score * 0.9 and len(offered) < OFFERED:
                reason = f"{candidate.reason_zh}（{candidate.form}）"
                offered.setdefault(one, Match(int(candidate.entity_id), candidate.score, False, reason))
        return list(offered.values())


known_names = KnownNames()
