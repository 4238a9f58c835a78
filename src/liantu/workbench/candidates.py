"""Projects of the ledger that a name may mean, for linking the items of a campaign."""

from __future__ import annotations

from django.db.models import Q
from rapidfuzz import fuzz

from liantu.ledger.models import ProjectView
from liantu.workbench.labels import STAGE, word

SHOWN = 8
LOOKED_AT = 300
PIECE = 4  # characters of a name that another name must share to be looked at
_ENOUGH = 40.0  # of 100: below it two names have little in common


def project_choices(name: str, linked: object = None) -> tuple[tuple[str, str], ...]:
    """The projects most like `name`, the best first, as choices of a form; one that is linked already comes with them."""
    name = name.strip()
    pieces = {name[at : at + PIECE] for at in range(0, max(1, len(name) - PIECE + 1), 2)} if name else set()
    known = int(str(linked)) if str(linked).isdecimal() and len(str(linked)) < 10 else None
    near = Q(pk=known) if known is not None else Q()
    for piece in sorted(pieces)[:12]:
        near |= Q(name__icontains=piece)
    if not near:
        return ()
    rows = list(ProjectView.objects.filter(near).order_by("-recency", "entity")[:LOOKED_AT])
    if known is not None and all(row.pk != known for row in rows):
        rows += ProjectView.objects.filter(pk=known)
    scored = sorted(((_likeness(row.name, name), row) for row in rows), key=lambda pair: (-pair[0], pair[1].pk))
    kept = [row for score, row in scored if score >= _ENOUGH or row.pk == known][:SHOWN]
    if known is not None and all(row.pk != known for row in kept):
        kept += [row for row in rows if row.pk == known]
    return tuple((str(row.pk), f"{row.name} {word(STAGE, row.stage)}".strip()) for row in kept)


def _likeness(name: str, asked: str) -> float:
    """0 to 100: how alike two names are; a part of a name, as people type it to find the whole, counts almost as much."""
    return max(fuzz.ratio(name, asked), 0.9 * fuzz.partial_ratio(name, asked))
