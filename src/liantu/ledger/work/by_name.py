"""Projects by what people call them."""

from __future__ import annotations

from collections.abc import Collection

from liantu.ledger.likeness import fold
from liantu.ledger.models import EntityName, ProjectView
from liantu.ledger.standing import batches


def exact_projects(names: Collection[str]) -> dict[str, int]:
    """Names that exactly one project of the ledger goes by, with that project."""
    by_fold: dict[str, set[int]] = {}
    for part in batches({fold(name) for name in names}):
        rows = EntityName.objects.filter(folded__in=part, entity__kind="project")
        for text, pk, canonical in rows.values_list("folded", "entity_id", "entity__canonical_id"):
            by_fold.setdefault(text, set()).add(canonical or pk)
    live: set[int] = set()
    for meant in batches({pk for pks in by_fold.values() for pk in pks}):
        live.update(ProjectView.objects.filter(pk__in=meant).values_list("pk", flat=True))
    found = {}
    for name in names:
        known = by_fold.get(fold(name), set()) & live
        if len(known) == 1:
            found[name] = next(iter(known))
    return found
