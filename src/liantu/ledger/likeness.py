"""Which known entities a new name may mean: the resolution room's comparison, fed from the ledger's names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from liantu.ledger.models import Entity, EntityName

NOISE = re.compile(r"[\s“”‘’\"'《》（）()\[\]【】、，。：；·—\-_]+")
DISTINCTIVE = 4  # folded characters below which a bare alias may belong to anybody


def fold(name: str) -> str:
    """A name without width, case, brackets and spaces."""
    return NOISE.sub("", unicodedata.normalize("NFKC", name)).lower() or name


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new entity and the forms of its name."""

    entity_id: int
    kind: str
    scope: str
    forms: tuple[str, ...]

    @classmethod
    def of(cls, entity: Entity, forms: list[str]) -> Candidate:
        """A new entity as the comparison wants it."""
        return cls(entity.pk, entity.kind, entity.scope, tuple(dict.fromkeys(forms)))


@dataclass(frozen=True, slots=True)
class Match:
    """A known entity that a new one may be. `decision` is `auto` or `review`."""

    entity_id: int
    score: float
    decision: str
    reason: str


def likely_same(new: Candidate) -> list[Match]:
    """Known entities of the same kind that bear one of the new one's names."""
    folded = {fold(form): form for form in reversed(new.forms) if len(fold(form)) >= DISTINCTIVE}
    rows = (
        EntityName.objects.filter(folded__in=folded, entity__kind=new.kind)
        .exclude(entity=new.entity_id)
        .values_list("entity__canonical", "entity__scope", "folded", "name")
        .order_by("entity__canonical", "folded")
    )
    found: dict[int, tuple[str, str, str]] = {}
    for canonical, scope, form, name in rows:
        if canonical is not None:
            found.setdefault(canonical, (scope, form, name))
    matches = []
    for canonical, (scope, form, name) in found.items():
        elsewhere = bool(scope and new.scope and scope != new.scope)
        certain = len(found) == 1 and not elsewhere
        matches.append(
            Match(canonical, 0.95 if certain else 0.6, "auto" if certain else "review", f"{folded[form]} = {name}")
        )
    return matches
