"""How many enterprises stand where with the registry."""

from __future__ import annotations

from dataclasses import dataclass

from liantu.ledger.models import EnterpriseView, RegistryLink, RegistryMatch


@dataclass(frozen=True, slots=True)
class Counts:
    """Enterprises by where they stand; `flagged` counts links that something speaks against, those of `review` among them."""

    automatic: int
    confirmed: int
    review: int
    new: int
    flagged: int
    waiting: int


def counts() -> Counts:
    """The counts of what the reader may see."""
    matches = RegistryMatch.objects.order_by()
    linked = matches.filter(band=RegistryMatch.Band.LINKED)
    confirmed = RegistryLink.objects.filter(how="confirmed", removed_at=None).values("entity__canonical")
    by_hand = linked.filter(pk__in=confirmed).count()
    return Counts(
        linked.count() - by_hand,
        by_hand,
        matches.filter(band=RegistryMatch.Band.REVIEW).count(),
        matches.filter(band=RegistryMatch.Band.NEW).count(),
        RegistryLink.objects.filter(removed_at=None).exclude(flag="").count(),
        EnterpriseView.objects.exclude(pk__in=matches.values("pk")).count(),
    )
